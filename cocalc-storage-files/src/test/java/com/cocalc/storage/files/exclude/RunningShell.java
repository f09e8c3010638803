package com.cocalc.storage.files.exclude;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs scripts of bytes, one character for each byte, with the locale C. */
final class RunningShell {

    /** Whether a command ends well. */
    boolean answersTo(String command) {
        try {
            Path nowhere = Files.createTempDirectory("shell");
            try {
                run(nowhere, command);
                return true;
            } catch (IllegalStateException e) {
                return false;
            } finally {
                Files.delete(nowhere.resolve("script"));
                Files.delete(nowhere);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script in a directory, and returns what it writes. */
    String run(Path directory, String script) throws IOException {
        Files.write(directory.resolve("script"), script.getBytes(ISO_8859_1));
        ProcessBuilder builder = new ProcessBuilder("sh", "script")
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the script ended with " + process.exitValue() + " after: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a script runs", e);
        }
        return output;
    }
}
