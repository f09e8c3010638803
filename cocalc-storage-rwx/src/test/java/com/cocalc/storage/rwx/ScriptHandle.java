package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.kernel.OpenFile;

/** A handle that a script keeps, with the position that read(2) and write(2) move. */
final class ScriptHandle {
    final OpenFile file;
    long position;

    ScriptHandle(OpenFile file) {
        this.file = file;
    }
}
