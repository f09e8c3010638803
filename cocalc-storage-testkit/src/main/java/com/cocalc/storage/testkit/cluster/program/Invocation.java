package com.cocalc.storage.testkit.cluster.program;

import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of a program in a container. */
public final class Invocation {

    private final List<String> argv;
    private final FileSystem fileSystem;
    private final Map<String, String> environment;
    private final List<String> log;
    private final Programs programs;

    Invocation(
            List<String> argv,
            FileSystem fileSystem,
            Map<String, String> environment,
            List<String> log,
            Programs programs) {
        this.argv = List.copyOf(argv);
        this.fileSystem = fileSystem;
        this.environment = environment;
        this.log = log;
        this.programs = programs;
    }

    /** The same container, another program. */
    Invocation with(List<String> otherArgv) {
        return new Invocation(otherArgv, fileSystem, environment, log, programs);
    }

    /** As the program was called. */
    String program() {
        return argv.get(0);
    }

    Programs programs() {
        return programs;
    }

    /**
     * Returns the name that the program was called by.
     *
     * @return the last element of its path
     */
    public String name() {
        return Programs.nameOf(argv.get(0));
    }

    /**
     * Returns what comes behind the name. Where {@code find} hands on a name that is not UTF-8, each byte of it that
     * Java could not read is a lone surrogate U+DC80 to U+DCFF; {@link #path} knows them.
     *
     * @return the arguments
     */
    public List<String> arguments() {
        return new ArrayList<>(argv.subList(1, argv.size()));
    }

    /**
     * Returns the container's files, as its user sees them.
     *
     * @return the file system
     */
    public FileSystem fileSystem() {
        return fileSystem;
    }

    /**
     * Returns the file that an argument names.
     *
     * @param argument one of {@link #arguments()}, or a part of one
     * @return its path in {@link #fileSystem()}
     * @throws java.nio.file.InvalidPathException if it is none, as with a NUL in it
     */
    public Path path(String argument) {
        return NameText.path(fileSystem, argument);
    }

    /**
     * Returns the container's environment.
     *
     * @return the variables
     */
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

    /** Says what went wrong, with the program's name in front, as GNU's do; the exit code for it. */
    int fail(String message) {
        print(name() + ": " + message);
        return 1;
    }
}
