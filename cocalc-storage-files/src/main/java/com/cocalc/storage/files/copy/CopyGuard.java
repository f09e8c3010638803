package com.cocalc.storage.files.copy;

import java.io.IOException;

/** What must be held while the target of a copy changes. It is asked before each change that others see. */
@FunctionalInterface
public interface CopyGuard {

    CopyGuard NONE = () -> {};

    /** Keeps it held; an exception ends the copy. */
    void keep() throws IOException;
}
