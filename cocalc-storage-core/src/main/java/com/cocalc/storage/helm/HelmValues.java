package com.cocalc.storage.helm;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.StorageConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * What the {@code values.yaml} of CoCalc's Helm chart says about storage.
 *
 * <p>These keys are read; what is not there, or {@code null}, keeps its default:
 *
 * <ul>
 *   <li>{@code global.storage.data.claimName}, {@code global.storage.software.claimName} and
 *       {@code global.storage.shares.claimName} (texts)
 *   <li>{@code global.shared_files_path} (a text with {@code [project_id]})
 *   <li>{@code storage.create} (a boolean), {@code storage.class} (a text), {@code storage.size.data} and
 *       {@code storage.size.software} (quantities, as text or number); class and sizes are checked, though not used,
 *       where {@code create} is false
 *   <li>{@code manage.project.fixPermissionsInit} (a boolean)
 * </ul>
 *
 * <p>Everything else is ignored, whatever it is, with two exceptions: at and below {@code global.storage} and
 * {@code storage} there may be no other key; and at the root, in {@code global}, {@code manage} and
 * {@code manage.project} no key may be within two edits of one of the above that is absent, or a typing mistake would
 * be a silent default.
 *
 * <p>YAML is taken as Helm takes it: booleans are also {@code yes}, {@code no}, {@code on}, {@code off}, {@code y} and
 * {@code n} without quotes (a quoted one is a text), anchors, aliases and merge keys work, tags create nothing.
 * Stricter than Helm: a key that stands twice in a map with keys of the above is refused, and so is a second document
 * in a file, a tag that changes the type of a value that is read, and a tab between keys and values. A key always wins
 * over one that a merge key brings, as YAML says; Helm agrees where the merge key comes first.
 *
 * <p>A file may be 4 MiB long and 100 levels deep; aliases may not unfold to more than a million values.
 */
public final class HelmValues {

    private final StorageConfig storage;

    private HelmValues(StorageConfig storage) {
        this.storage = storage;
    }

    /**
     * Reads a file.
     *
     * @param file YAML in UTF-8, with or without a byte order mark
     * @return what it says
     * @throws HelmValuesException with all that is wrong, also if the file cannot be read
     */
    public static HelmValues read(Path file) {
        return read(List.of(file));
    }

    /**
     * Reads files as {@code helm -f first.yaml -f second.yaml} does: a later value wins, maps are merged key by key,
     * and {@code null} deletes what earlier files say.
     *
     * @param files YAML in UTF-8, in order; none is an installation with the chart's defaults
     * @return what they say together
     * @throws HelmValuesException with all that is wrong, each with the file that the value came from
     */
    public static HelmValues read(List<Path> files) {
        Problems problems = new Problems();
        Layers layers = new Layers(problems);
        for (Path file : List.copyOf(files)) {
            String name = MessageText.whole(file.toString());
            problems.nextFile();
            String text = ValuesFile.read(file, name, problems);
            if (text != null) {
                layers.add(text, name);
            }
        }
        return of(layers, problems);
    }

    /**
     * Reads text.
     *
     * @param text YAML
     * @param name how errors name it, for example {@code my-values.yaml}
     * @return what it says
     * @throws HelmValuesException with all that is wrong
     */
    public static HelmValues parse(String text, String name) {
        requireNonNull(text, "text");
        requireNonNull(name, "name");
        Problems problems = new Problems();
        Layers layers = new Layers(problems);
        layers.add(text, MessageText.whole(name));
        return of(layers, problems);
    }

    private static HelmValues of(Layers layers, Problems problems) {
        StorageConfig storage = StorageReader.read(layers.merged(), problems);
        problems.throwIfAny();
        return new HelmValues(storage);
    }

    /**
     * Returns the configuration of storage.
     *
     * @return what the values set, and defaults for the rest
     */
    public StorageConfig storage() {
        return storage;
    }

    /** Returns the settings in words. */
    @Override
    public String toString() {
        return "HelmValues[" + storage + "]";
    }
}
