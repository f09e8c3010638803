package com.cocalc.storage.files.tree;

import java.io.IOException;

/** The file system cannot do what safety needs. */
public final class UnsafeFileSystemException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnsafeFileSystemException(String what) {
        super(what);
    }
}
