package com.cocalc.storage.files;

import java.io.IOException;

/** A piece of an operation, done by whichever thread is free. */
@FunctionalInterface
interface Job {
    void run(Worker worker) throws IOException;
}
