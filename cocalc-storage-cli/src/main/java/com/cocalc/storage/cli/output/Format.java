package com.cocalc.storage.cli.output;

import com.cocalc.storage.kubernetes.KubernetesText;
import java.util.List;

/** The formats of an answer; users write these names. */
public enum Format {
    /** For people. */
    text,
    /** For programs: one JSON value. */
    json,
    /** For programs: the same as YAML. */
    yaml;

    /** Prints rows as they are added, so that they need not be kept. */
    public static final class Rows {

        private final Screen screen;
        private final Format format;
        private boolean empty = true;

        public Rows(Screen screen, Format format) {
            this.screen = screen;
            this.format = format;
        }

        public void add(Object row) {
            if (format == json) {
                String array = KubernetesText.json(List.of(row));
                String element = array.substring(2, array.lastIndexOf("\n]"));
                screen.out().print((empty ? "[\n" : ",\n") + element);
            } else {
                screen.out().print(KubernetesText.yaml(List.of(row)));
            }
            empty = false;
        }

        public void end() {
            if (format == json) {
                screen.out().print(empty ? "[ ]\n" : "\n]\n");
            } else if (empty) {
                screen.out().print("[]\n");
            }
        }
    }
}
