package com.cocalc.storage.files.share;

import java.io.IOException;

/** A publisher was quiet for longer than its lease, and another one has taken over the share. */
public final class LeaseLostException extends IOException {

    private static final long serialVersionUID = 1L;

    LeaseLostException() {
        super("its lease ended before it was renewed, and another publisher took over");
    }

    LeaseLostException(IOException cause) {
        this();
        initCause(cause);
    }
}
