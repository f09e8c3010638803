package com.cocalc.storage.files;

import java.io.IOException;

/** The operation was stopped from outside: what was being done is left, and the reason is known elsewhere. */
final class StoppedException extends IOException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("stopped");
    }
}
