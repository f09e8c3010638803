package com.cocalc.storage.rwx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last element of a path whose walk has come to the directory before it, and what was found there. A part of the
 * path that was passed, or of the target of the last link.
 */
final class LastName {
    static final int MAX_BYTES = 255;

    private static final int UNLOCKED_TRIES = 16;
    private static final int NEVER = -1;

    /** What the last element is. */
    enum Kind {
        NAME,
        DOT,
        DOT_DOT,
        /** There is none: the path was slashes only. */
        ROOT
    }

    private byte[] path = PathText.EMPTY;
    private int from;
    private int to;
    private int hash;
    private Kind kind = Kind.ROOT;

    // What was found, and the version of the directory then; an odd version has found nothing yet.
    private @Nullable Inode found;
    private int position = Names.NONE;
    private int version = NEVER;

    void set(byte[] ofPath, int start, int end) {
        path = ofPath;
        from = start;
        to = end;
        hash = Words.hash(ofPath, start, end);
        kind = kindOf(ofPath, start, end);
        version = NEVER;
    }

    void setRoot() {
        path = PathText.EMPTY;
        from = 0;
        to = 0;
        kind = Kind.ROOT;
    }

    static Kind kindOf(byte[] path, int from, int to) {
        if (path[from] != '.' || to - from > 2) {
            return Kind.NAME;
        }
        return to - from == 1 ? Kind.DOT : path[from + 1] == '.' ? Kind.DOT_DOT : Kind.NAME;
    }

    /** Whether the path goes on from here with one element that is a name of fitting length, and ends. */
    static boolean isPlain(byte[] path, int start) {
        int size = path.length - start;
        return size > 0 && size <= MAX_BYTES && kindOf(path, start, path.length) == Kind.NAME;
    }

    Kind kind() {
        return kind;
    }

    /** Whether slashes follow. */
    boolean hasSlash() {
        return to < path.length;
    }

    byte[] bytes() {
        return Arrays.copyOfRange(path, from, to);
    }

    void requireFitting(DirectoryNode directory) throws ErrnoException {
        requireFitting(directory, from, to);
    }

    /** In a removed directory nothing is looked for, however long its name is. */
    static void requireFitting(DirectoryNode directory, int from, int to) throws ErrnoException {
        if (to - from > MAX_BYTES) {
            throw (directory.isRemoved() ? Errno.ENOENT : Errno.ENAMETOOLONG).exception();
        }
    }

    /** The inode of this name, never as of a moment in the middle of a rename; null if it is missing. */
    @Nullable
    Inode findIn(DirectoryNode directory) {
        for (int i = 0; i < UNLOCKED_TRIES; i++) {
            int before = directory.version();
            find(directory.names());
            if (directory.isUnchanged(before)) {
                version = before;
                return found;
            }
            Thread.onSpinWait();
        }
        synchronized (directory) {
            return findLockedIn(directory);
        }
    }

    /** As {@link #findIn} for one who holds the directory's monitor. */
    @Nullable
    Inode findLockedIn(DirectoryNode directory) {
        if (!directory.isUnchanged(version)) {
            find(directory.names());
            version = directory.version();
        }
        return found;
    }

    private void find(Names names) {
        position = names.position(path, from, to, hash);
        found = position == Names.NONE ? null : names.node(position);
    }

    /** Whether this is still the name of an inode that was found. */
    boolean isStill(Inode node, DirectoryNode directory) {
        return directory.isUnchanged(version) || directory.names().find(path, from, to, hash) == node;
    }

    /** After {@link #findLockedIn} found nothing: gives this name to an inode. */
    void putIn(DirectoryNode directory, Inode node) {
        directory.put(bytes(), hash, node);
    }

    /** After {@link #findLockedIn} found something: gives this name to another inode. */
    void replaceIn(DirectoryNode directory, Inode node) {
        directory.replace(position, node);
    }

    /** After {@link #findLockedIn} found something: removes this name. */
    void removeFrom(DirectoryNode directory) {
        directory.remove(position);
    }
}
