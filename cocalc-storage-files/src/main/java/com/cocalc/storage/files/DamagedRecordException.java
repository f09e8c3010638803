package com.cocalc.storage.files;

import java.io.IOException;

/** A record of a share is not what this library wrote. */
final class DamagedRecordException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedRecordException(String what) {
        super(what);
    }
}
