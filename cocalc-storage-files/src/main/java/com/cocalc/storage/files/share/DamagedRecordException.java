package com.cocalc.storage.files.share;

import java.io.IOException;

/** A record of a share is not what this library wrote. */
public final class DamagedRecordException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedRecordException(String what) {
        super(what);
    }
}
