package com.cocalc.storage.files.copy;

import java.io.IOException;

/** What must be held while the target of a copy changes. It is asked before each change that others see. */
@FunctionalInterface
public interface CopyGuard {

    CopyGuard NONE = () -> {};

    /** Keeps it held; an exception ends the copy. */
    void keep() throws IOException;

    /** Keeps it held as long as that is possible, and lets what nobody else sees go on otherwise. */
    default CopyGuard ifPossible() {
        return () -> {
            try {
                keep();
            } catch (IOException e) {
                // The next change that others see finds that out as well, and ends the copy.
                return;
            }
        };
    }
}
