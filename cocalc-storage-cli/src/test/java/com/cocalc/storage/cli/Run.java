package com.cocalc.storage.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What one run of the program printed and how it ended. */
record Run(int exitCode, String out, String err) {

    static Run of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }
}
