package com.cocalc.storage.files.share;

import java.io.IOException;

/** Another publisher is at work on a share. */
public final class ShareBusyException extends IOException {

    private static final long serialVersionUID = 1L;

    ShareBusyException() {
        super("another publisher is at work on it");
    }

    ShareBusyException(IOException cause) {
        this();
        initCause(cause);
    }
}
