package com.cocalc.storage.cli.output;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a run writes to.
 *
 * @param out standard output: the answer alone, so that it can be piped on
 * @param err standard error: notes and errors
 * @param width the number of columns that a line of text may have
 * @param colours whether severities are coloured
 * @param progress whether standard error shows how far a command is
 */
public record Screen(PrintWriter out, PrintWriter err, int width, Colours colours, Progress progress) {

    private static final int USUAL_WIDTH = 80;
    private static final int LEAST_WIDTH = 40;
    private static final Pattern SEVERITY = Pattern.compile("^(ERROR|WARNING|HINT)\\b", Pattern.MULTILINE);
    private static final Map<String, String> CODES = Map.of("ERROR", "31", "WARNING", "33", "HINT", "36");

    /** Whether text is coloured. */
    public enum Colours {
        /** Plain text. */
        OFF,
        /** With escape sequences of a terminal. */
        ON
    }

    /** Whether a line tells how far a command is. */
    public enum Progress {
        /** No line. */
        OFF,
        /** A line that is written over, with escape sequences of a terminal. */
        ON
    }

    /** The program, which knows where it writes to. */
    public interface Owner {

        /** Where this run writes to. */
        Screen screen();
    }

    /** A screen without progress. */
    public Screen(PrintWriter out, PrintWriter err, int width, Colours colours) {
        this(out, err, width, colours, Progress.OFF);
    }

    /** A width that no line reaches. */
    public static final int ENDLESS = Integer.MAX_VALUE;

    public static Screen of(CommandSpec spec) {
        return ((Owner) spec.root().userObject()).screen();
    }

    /** The streams of this process; the launcher has looked whether there is a terminal, which Java cannot do. */
    public static Screen ofProcess(Map<String, String> environment) {
        boolean terminal = Boolean.getBoolean("cocalc.storage.terminal");
        String noColor = environment.getOrDefault("NO_COLOR", "");
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Screen(
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                widthOf(environment.get("COLUMNS")),
                terminal && noColor.isEmpty() && !dumb ? Colours.ON : Colours.OFF,
                Boolean.getBoolean("cocalc.storage.terminal.err") && !dumb ? Progress.ON : Progress.OFF);
    }

    public static int widthOf(@Nullable String columns) {
        if (columns == null || !columns.matches("[1-9][0-9]{0,4}")) {
            return USUAL_WIDTH;
        }
        return Math.max(LEAST_WIDTH, Integer.parseInt(columns));
    }

    public Screen withWidth(int other) {
        return new Screen(out, err, other, colours, progress);
    }

    /** Tells something beside the answer. */
    public void note(String text) {
        err.println("note: " + text);
    }

    /** Prints text whose severities stand at the start of a line. */
    public void print(String text) {
        out.print(
                colours == Colours.OFF
                        ? text
                        : SEVERITY.matcher(text)
                                .replaceAll(found -> Matcher.quoteReplacement(
                                        "\u001b[1;" + CODES.get(found.group()) + "m" + found.group() + "\u001b[0m")));
    }
}
