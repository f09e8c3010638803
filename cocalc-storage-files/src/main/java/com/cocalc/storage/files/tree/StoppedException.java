package com.cocalc.storage.files.tree;

import java.io.IOException;

/** The operation was stopped from outside: what was being done is left, and the reason is known elsewhere. */
public final class StoppedException extends IOException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("stopped");
    }
}
