package com.cocalc.storage.cli.output;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The output of a run.
 *
 * @param out standard output: only the answer, so that it can be piped
 * @param err standard error: notes and errors
 * @param width the number of columns that a line of text may have
 * @param colours whether severities are coloured
 * @param progress whether standard error shows the progress of a command
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
        /** Coloured text, with escape sequences of a terminal. */
        ON
    }

    /** Whether a line shows the progress of a command. */
    public enum Progress {
        /** No line. */
        OFF,
        /** A line that is overwritten, with escape sequences of a terminal. */
        ON
    }

    /** A program with a screen. */
    public interface Owner {

        /** Returns the screen of this run. */
        Screen screen();
    }

    /** Creates a screen without progress. */
    public Screen(PrintWriter out, PrintWriter err, int width, Colours colours) {
        this(out, err, width, colours, Progress.OFF);
    }

    /** A width that no line reaches. */
    public static final int ENDLESS = Integer.MAX_VALUE;

    public static Screen of(CommandSpec spec) {
        return ((Owner) spec.root().userObject()).screen();
    }

    /**
     * Returns the screen of this process. The launcher has checked whether there is a terminal, which Java cannot do.
     */
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

    /** Prints a note to standard error. */
    public void note(String text) {
        err.println("note: " + text);
    }

    /** Prints text with severities at the start of lines. */
    public void print(String text) {
        out.print(
                colours == Colours.OFF
                        ? text
                        : SEVERITY.matcher(text)
                                .replaceAll(found -> Matcher.quoteReplacement(
                                        "\u001b[1;" + CODES.get(found.group()) + "m" + found.group() + "\u001b[0m")));
    }
}
