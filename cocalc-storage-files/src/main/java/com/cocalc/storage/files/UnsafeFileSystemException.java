package com.cocalc.storage.files;

import java.io.IOException;

/** The file system cannot do what safety needs. */
final class UnsafeFileSystemException extends IOException {
    private static final long serialVersionUID = 1L;

    UnsafeFileSystemException(String what) {
        super(what);
    }
}
