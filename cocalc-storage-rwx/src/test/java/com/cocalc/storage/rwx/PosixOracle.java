package com.cocalc.storage.rwx;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The real kernel, asked by {@code oracle.py}. */
final class PosixOracle {
    private static final Path PROGRAM = Path.of("src/test/tools/posix-oracle/oracle.py");
    private static final int EXIT_BAD_INPUT = 2;

    private PosixOracle() {}

    /** Why the kernel cannot be asked here, or would give other answers for known reasons. */
    static Optional<String> findObstacle() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.of("needs Linux");
        }
        try {
            Answer empty = run(List.of(), "python3", PROGRAM.toString());
            if (empty.exit != 0) {
                return Optional.of("exit code " + empty.exit + ": " + empty.errors);
            }
            Answer kernel = run(List.of(), "python3", PROGRAM.toString(), "--kernel");
            Object sysctls = ScriptFields.of(Json.parse(kernel.lines.get(0)), "the kernel")
                    .value("sysctls");
            String expected = "{\"protected_hardlinks\":1,\"protected_symlinks\":0,\"protected_regular\":0,"
                    + "\"protected_fifos\":0}";
            return Json.write(sysctls).equals(expected)
                    ? Optional.empty()
                    : Optional.of("sysctls of fs must be " + expected + ", but are " + Json.write(sysctls));
        } catch (IOException e) {
            return Optional.of("needs python3: " + e.getMessage());
        }
    }

    /** The answers to these scripts, in order. */
    static List<String> answers(List<String> scripts) {
        try {
            // A busy machine is no reason to stop a script.
            Answer answer = run(scripts, "python3", PROGRAM.toString(), "--seconds", "3600");
            if ((answer.exit != 0 && answer.exit != EXIT_BAD_INPUT) || answer.lines.size() != scripts.size()) {
                throw new IllegalStateException("oracle ended with " + answer.exit + ": " + answer.errors);
            }
            return answer.lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Answer(int exit, List<String> lines, String errors) {}

    private static Answer run(List<String> input, String... command) throws IOException {
        Path in = Files.createTempFile("scripts", ".jsonl");
        Path errors = Files.createTempFile("oracle", ".txt");
        try {
            Files.write(in, input);
            Process process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectError(errors.toFile())
                    .start();
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                List<String> lines = reader.lines().toList();
                return new Answer(
                        process.waitFor(), lines, Files.readString(errors).strip());
            } catch (InterruptedException e) {
                process.destroy();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        } finally {
            Files.delete(in);
            Files.delete(errors);
        }
    }
}
