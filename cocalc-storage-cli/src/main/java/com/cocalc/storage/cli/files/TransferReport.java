package com.cocalc.storage.cli.files;

import com.cocalc.storage.cli.output.ExitCode;
import com.cocalc.storage.cli.output.FindingsReport;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.files.CopyReport;
import com.cocalc.storage.files.FilesException;
import com.cocalc.storage.files.outcome.Problem;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The output and the exit code of a command that moves files. */
final class TransferReport {

    private static final ObjectMapper LINES =
            new JsonMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); json is one value a line.")
    private LineFormat format = LineFormat.text;

    TransferReport() {}

    /** The formats of a report; users write these names. */
    enum LineFormat {
        /** For people. */
        text,
        /** For programs: one JSON value in each line. */
        json
    }

    /**
     * A file or directory that was not copied.
     *
     * @param event skipped
     * @param path its path in the source's project
     * @param reason the reason
     * @param text the reason in words
     */
    record Skipped(String event, String path, String reason, String text) {}

    /**
     * The line of a run without figures.
     *
     * @param event what was done
     * @param path the path on which it was done
     */
    record Ended(String event, String path) {}

    /**
     * The last line of a run that was not stopped.
     *
     * @param event what was done
     * @param figures the figures of the run
     * @param skipped the number of skipped files for each reason
     * @param remarks remarks about the whole run
     */
    record Done(String event, Figures figures, Map<String, Long> skipped, List<String> remarks) {}

    /**
     * The last line of a run that was stopped.
     *
     * @param event failed
     * @param problem the problem
     * @param message the problem in words
     * @param before the figures until then, or null if the work had not started
     */
    record Failed(
            String event,
            String problem,
            String message,
            @Nullable Figures before) {}

    /**
     * The figures of a run.
     *
     * @param files copied files
     * @param bytes their bytes
     * @param directories created directories
     * @param links created links
     * @param unchanged files and links that were equal already
     * @param deleted entries deleted in the target
     */
    record Figures(long files, long bytes, long directories, long links, long unchanged, long deleted) {

        boolean isNothing() {
            return files == 0 && directories == 0 && links == 0 && unchanged == 0 && deleted == 0;
        }

        static Figures of(CopyReport report) {
            return new Figures(
                    report.files(),
                    report.bytes(),
                    report.directories(),
                    report.links(),
                    report.unchanged(),
                    report.deleted());
        }

        @Override
        public String toString() {
            return FindingsReport.counted(files, "file") + " (" + FindingsReport.counted(bytes, "byte") + "), "
                    + (directories == 1 ? "1 directory" : directories + " directories") + ", "
                    + FindingsReport.counted(links, "link") + "; " + unchanged + " unchanged, " + deleted + " deleted";
        }
    }

    /** Prints one line, for a command whose work has no figures. */
    int done(Screen screen, String event, String path) {
        switch (format) {
            case text -> screen.out().println(event + " " + Table.onTerminal(path));
            case json -> line(screen, new Ended(event, path));
        }
        return 0;
    }

    /** Prints what was done. */
    int done(Screen screen, String event, CopyReport report) {
        report.remarks().forEach(screen::note);
        switch (format) {
            case text -> {
                screen.out().println(event + " " + Figures.of(report));
                printSkipped(screen, report);
            }
            case json -> {
                lines(screen, report);
                Map<String, Long> skipped = new TreeMap<>();
                report.skippedByReason().forEach((reason, number) -> skipped.put(reason.name(), number));
                line(screen, new Done(event, Figures.of(report), skipped, report.remarks()));
            }
        }
        return report.isComplete() ? 0 : ExitCode.FINDINGS;
    }

    /** Prints the reason why the run was stopped. */
    int failed(Screen screen, FilesException e) {
        String message = String.valueOf(e.getMessage());
        screen.err().println("error: " + Table.onTerminal(message));
        Optional<CopyReport> before = e.findReport();
        switch (format) {
            case text ->
                before.map(Figures::of)
                        .filter(figures -> !figures.isNothing())
                        .ifPresent(figures -> screen.note("done before: " + figures));
            case json -> {
                before.ifPresent(done -> lines(screen, done));
                Figures figures = before.map(Figures::of).orElse(null);
                line(screen, new Failed("failed", e.problem().name(), message, figures));
            }
        }
        return exitCodeOf(e.problem());
    }

    static int exitCodeOf(Problem problem) {
        return switch (problem) {
            case SOURCE_MISSING,
                    HOME_MISSING,
                    NOT_A_DIRECTORY,
                    ONTO_ITSELF,
                    INTO_ITSELF,
                    OTHER_KIND,
                    NOT_PUBLISHABLE,
                    TOO_MUCH -> ExitCode.BAD_INPUT;
            case TIME_UP, CANCELLED, BLOCKED, BUSY, UNSAFE, DENIED, FAILED -> ExitCode.CANNOT_RUN;
        };
    }

    private static void printSkipped(Screen screen, CopyReport report) {
        if (report.isComplete()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("SKIPPED", "REASON"));
        report.skipped()
                .forEach(skipped -> rows.add(
                        List.of(skipped.path().toString(), skipped.reason().toString())));
        screen.out().println();
        screen.out().print(Table.of(rows, screen.width()));
        long all = report.skippedByReason().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        if (all > report.skipped().size()) {
            screen.note(all + " were skipped, of which these are the first "
                    + report.skipped().size());
        }
    }

    private static void lines(Screen screen, CopyReport report) {
        report.skipped()
                .forEach(skipped -> line(
                        screen,
                        new Skipped(
                                "skipped",
                                skipped.path().toString(),
                                skipped.reason().name(),
                                skipped.reason().toString())));
    }

    private static void line(Screen screen, Object value) {
        try {
            screen.out().println(LINES.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers always have a JSON", e);
        }
    }
}
