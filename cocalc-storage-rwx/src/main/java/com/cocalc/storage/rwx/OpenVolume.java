package com.cocalc.storage.rwx;

import java.io.IOException;

/** What the file systems of one volume have in common: the names of its users, and that they are closed with it. */
final class OpenVolume {
    private final Accounts accounts;
    private volatile boolean isOpen = true;

    OpenVolume(Accounts accounts) {
        this.accounts = accounts;
    }

    Accounts accounts() {
        return accounts;
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Closes all file systems of the volume, and keeps others from being used. */
    void close() throws IOException {
        isOpen = false;
        MountedFileSystems.closeAll(this);
    }
}
