package com.cocalc.storage.rwx.nio;

import java.io.IOException;

/** The common state of the file systems of one volume: the names of its users, and whether the volume is open. */
public final class OpenVolume {
    private final Accounts accounts;
    private volatile boolean isOpen = true;

    public OpenVolume(Accounts accounts) {
        this.accounts = accounts;
    }

    public Accounts accounts() {
        return accounts;
    }

    public boolean isOpen() {
        return isOpen;
    }

    /** Closes all file systems of the volume, and prevents the use of others. */
    public void close() throws IOException {
        isOpen = false;
        MountedFileSystems.closeAll(this);
    }
}
