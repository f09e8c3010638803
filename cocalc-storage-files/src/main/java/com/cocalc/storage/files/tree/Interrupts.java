package com.cocalc.storage.files.tree;

import java.io.IOException;

/** Work that an interrupt of the calling thread must not end, such as tidying up after one. */
public final class Interrupts {

    private Interrupts() {}

    /** Does the work, and leaves the thread as interrupted as it was. */
    public static void defer(Workers.IoCall work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
