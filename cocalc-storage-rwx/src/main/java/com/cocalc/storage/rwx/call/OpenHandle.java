package com.cocalc.storage.rwx.call;

import java.util.List;
import java.util.Objects;

/**
 * A file or directory that is open.
 *
 * @param path the path that it was opened by
 * @param mount the user of the mount and the part of the volume, for a person
 * @param openedAt the stack trace of its opening, the innermost frame first
 */
public record OpenHandle(String path, String mount, List<StackTraceElement> openedAt) {
    /**
     * Copies the stack trace.
     *
     * @param path the path that it was opened by
     * @param mount the user of the mount and the part of the volume, for a person
     * @param openedAt the stack trace of its opening, the innermost frame first
     */
    public OpenHandle {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(mount, "mount");
        openedAt = List.copyOf(openedAt);
    }

    /** {@return the path, the user and the stack trace as an exception prints it} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(path).append(" (").append(mount).append(')');
        openedAt.forEach(frame -> text.append("\n\tat ").append(frame));
        return text.toString();
    }
}
