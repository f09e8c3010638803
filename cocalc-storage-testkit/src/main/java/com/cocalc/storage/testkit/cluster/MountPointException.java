package com.cocalc.storage.testkit.cluster;

import java.nio.file.FileSystemException;

/** A step at which runc fails to make a mount point, in its words. */
final class MountPointException extends FileSystemException {

    private static final long serialVersionUID = 1L;

    private final String step;

    /**
     * Creates an exception.
     *
     * @param step the system call, and what it was for
     * @param path the path in the container, of the entry at which the call failed
     * @param reason the reason, as of {@link com.cocalc.storage.testkit.cluster.program.Reasons}
     */
    MountPointException(String step, String path, String reason) {
        super(path, null, reason);
        this.step = step;
    }

    /** Returns the step, the path on the node, and the reason. */
    String words() {
        return step + " " + Trouble.ROOTFS + getFile() + ": " + Trouble.inGo(this);
    }
}
