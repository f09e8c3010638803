package com.cocalc.storage.rwx;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The program behind {@code tools/posix-scripts}: a script per line of standard input, an answer per line of output.
 */
final class PosixScripts {
    private static final int EXIT_BAD_INPUT = 2;

    private PosixScripts() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0) {
            System.err.println("usage: posix-scripts < scripts.jsonl > answers.jsonl");
            System.exit(EXIT_BAD_INPUT);
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false, "US-ASCII");
        System.exit(answerAll(in, out));
    }

    /** Answers every line that is not blank, and returns the exit code. */
    static int answerAll(BufferedReader in, PrintStream out) throws IOException {
        int exit = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!line.isBlank()) {
                Map<String, @Nullable Object> answer = PosixScript.answer(line);
                if (answer.containsKey("error")) {
                    exit = EXIT_BAD_INPUT;
                }
                out.print(Json.write(answer) + "\n");
                out.flush();
            }
        }
        return exit;
    }
}
