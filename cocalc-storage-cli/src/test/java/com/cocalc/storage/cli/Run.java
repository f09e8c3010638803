package com.cocalc.storage.cli;

import com.cocalc.storage.cli.output.Screen;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** What one run of the program printed and how it ended. */
public record Run(int exitCode, String out, String err) {

    /** In a terminal of 80 columns without colours. */
    public static Run of(String... arguments) {
        return on(80, Screen.Colours.OFF, arguments);
    }

    public static Run on(int width, Screen.Colours colours, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = on(new Screen(new PrintWriter(out), new PrintWriter(err), width, colours), arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }

    /** On any screen; returns the exit code. */
    public static int on(Screen screen, String... arguments) {
        return Main.run(screen, arguments);
    }

    /** With a text on standard input. */
    public static Run with(String input, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return of(arguments);
        } finally {
            System.setIn(before);
        }
    }
}
