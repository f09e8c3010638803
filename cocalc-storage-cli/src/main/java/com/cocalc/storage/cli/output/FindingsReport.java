package com.cocalc.storage.cli.output;

import com.cocalc.storage.kubernetes.audit.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints findings as they are added, and a summary at the end. */
public final class FindingsReport {

    private final Screen screen;
    private final Format format;
    private final Severity failOn;
    private final Format.Rows rows;
    private final Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    private boolean failed;
    private boolean empty = true;

    public FindingsReport(Screen screen, Format format, Severity failOn) {
        this.screen = screen;
        this.format = format;
        this.failOn = failOn;
        rows = new Format.Rows(screen, format);
    }

    /** Prints the findings about one object below its title. */
    public void add(String title, List<FindingRow> findings) {
        findings.forEach(finding -> count(Severity.valueOf(finding.severity())));
        if (format != Format.text) {
            findings.forEach(rows::add);
        } else if (!findings.isEmpty()) {
            screen.out().print(empty ? "" : "\n");
            if (!title.isEmpty()) {
                screen.out().println(Wrapping.paragraph(Table.onTerminal(title), screen.width(), 2));
                screen.out().println();
            }
            String separator = "";
            for (FindingRow finding : findings) {
                screen.out().print(separator);
                screen.print(finding.text(screen.width()));
                separator = "\n";
            }
            empty = false;
        }
    }

    /** Counts a finding that is not printed. */
    public void count(Severity severity) {
        counts.merge(severity, 1, Integer::sum);
        failed |= severity.compareTo(failOn) <= 0;
    }

    /** Prints the last line, and returns the exit code. */
    public int end(String among) {
        if (format == Format.text) {
            screen.out().println((empty ? "" : "\n") + summary() + " in " + among);
        } else {
            rows.end();
        }
        return exitCode();
    }

    /** The exit code after the findings so far. */
    public int exitCode() {
        return failed ? ExitCode.FINDINGS : 0;
    }

    private String summary() {
        List<String> parts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            int count = counts.getOrDefault(severity, 0);
            if (count > 0) {
                parts.add(counted(count, severity.toString().toLowerCase(Locale.ROOT)));
            }
        }
        return parts.isEmpty() ? "nothing found" : String.join(", ", parts);
    }

    /** Returns a number with its noun. */
    public static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
