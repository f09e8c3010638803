package com.cocalc.storage.files.tree;

import java.io.IOException;

/** A directory that is being copied is no longer where it was, so that it cannot be opened again. */
public final class MovedException extends IOException {
    private static final long serialVersionUID = 1L;

    public MovedException() {
        super("the directory was moved or removed while it was copied");
    }
}
