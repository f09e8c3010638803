package com.cocalc.storage.files;

import java.io.IOException;

/** Another publisher is at work on a share. */
final class ShareBusyException extends IOException {

    private static final long serialVersionUID = 1L;

    ShareBusyException() {
        super("another publisher is at work on it");
    }

    ShareBusyException(IOException cause) {
        this();
        initCause(cause);
    }
}
