package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;

/** A program that an init container can run. */
@FunctionalInterface
public interface Command {
    /**
     * Runs.
     *
     * @param invocation its arguments and what it sees
     * @return the exit code, 0 for success
     * @throws IOException if a file refused and the program has no words of its own for it; it then ends with exit code
     *     1
     */
    int run(Invocation invocation) throws IOException;
}
