package com.cocalc.storage.testkit.cluster.program;

import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of a program in a container. */
public final class Invocation {

    private final List<String> argv;
    private final Path workingDirectory;
    private final Map<String, String> environment;
    private final List<String> log;
    private final Programs programs;

    Invocation(
            List<String> argv,
            Path workingDirectory,
            Map<String, String> environment,
            List<String> log,
            Programs programs) {
        this.argv = List.copyOf(argv);
        this.workingDirectory = workingDirectory;
        this.environment = environment;
        this.log = log;
        this.programs = programs;
    }

    /** Returns an invocation of another program in the same container. */
    Invocation with(List<String> otherArgv) {
        return new Invocation(otherArgv, workingDirectory, environment, log, programs);
    }

    /** Returns the program as it was called. */
    String program() {
        return argv.get(0);
    }

    Programs programs() {
        return programs;
    }

    /** {@return the name by which the program was called} */
    public String name() {
        return Programs.nameOf(argv.get(0));
    }

    /**
     * Returns the arguments after the name. If {@code find} passes a name that is not UTF-8, each byte that Java could
     * not read is an unpaired surrogate U+DC80 to U+DCFF, which {@link #path} understands.
     *
     * @return the arguments
     */
    public List<String> arguments() {
        return new ArrayList<>(argv.subList(1, argv.size()));
    }

    /** {@return the container's files, as its user sees them} */
    public FileSystem fileSystem() {
        return workingDirectory.getFileSystem();
    }

    /**
     * Returns the file that an argument names. A relative path starts at the container's working directory, which is
     * found by its path: unlike on Linux, the user must be able to pass the directories above it.
     *
     * @param argument one of {@link #arguments()}, or a part of one
     * @return its path in {@link #fileSystem()}
     * @throws java.nio.file.InvalidPathException if it is not a path, for example because it contains a NUL
     */
    public Path path(String argument) {
        return NameText.path(workingDirectory, argument);
    }

    /** {@return the container's environment} */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * Writes a line to the container's log.
     *
     * @param line the line
     */
    public void print(String line) {
        log.add(NameText.shown(line));
    }

    /** Prints a message after the program's name, as GNU's programs do, and returns the exit code. */
    int fail(String message) {
        print(name() + ": " + message);
        return 1;
    }
}
