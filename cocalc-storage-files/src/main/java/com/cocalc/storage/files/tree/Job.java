package com.cocalc.storage.files.tree;

import java.io.IOException;

/** A piece of an operation, done by whichever thread is free. */
@FunctionalInterface
public interface Job {
    void run(Worker worker) throws IOException;
}
