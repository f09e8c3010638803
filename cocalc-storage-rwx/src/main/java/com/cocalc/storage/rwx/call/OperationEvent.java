package com.cocalc.storage.rwx.call;

import java.util.Objects;

/**
 * A system call that is about to start.
 *
 * @param operation its kind
 * @param path the path as it was passed; of two paths, the one that is renamed or created; for a call on an open file,
 *     the path that it was opened by
 * @param mount the user of the mount and the part of the volume, for a person
 */
public record OperationEvent(Operation operation, String path, String mount) {
    /**
     * Checks that no part is null.
     *
     * @param operation its kind
     * @param path the path as it was passed; for a call on an open file, the path that it was opened by
     * @param mount the user of the mount and the part of the volume, for a person
     */
    public OperationEvent {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(mount, "mount");
    }

    /** {@return the event as one line of a list, for example {@code MKDIR a/b}} */
    @Override
    public String toString() {
        return operation + " " + path;
    }
}
