package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;

/** A program that an init container can run. */
@FunctionalInterface
public interface Command {
    /**
     * Runs the program.
     *
     * @param invocation the arguments, and the container's files and variables
     * @return the exit code, 0 for success
     * @throws IOException if a file operation fails and the program does not report it itself; it then ends with exit
     *     code 1
     */
    int run(Invocation invocation) throws IOException;
}
