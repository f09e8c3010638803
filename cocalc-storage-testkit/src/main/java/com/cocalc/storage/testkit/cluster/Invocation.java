package com.cocalc.storage.testkit.cluster;

import java.nio.file.FileSystem;
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
     * Returns what comes behind the name.
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
        log.add(line);
    }

    /** Says what went wrong, with the program's name in front, as GNU's do; the exit code for it. */
    int fail(String message) {
        print(name() + ": " + message);
        return 1;
    }
}
