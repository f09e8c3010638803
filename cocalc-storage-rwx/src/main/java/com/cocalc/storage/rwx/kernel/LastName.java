package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.OpenName;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last element of a path whose walk has come to the directory before it. A part of the path that was passed, or of
 * the target of the last link.
 */
final class LastName {
    static final int MAX_BYTES = 255;

    private static final byte[] NOTHING = {};

    /** What the last element is. */
    enum Kind {
        NAME,
        DOT,
        DOT_DOT,
        /** There is none: the path was slashes only. */
        ROOT
    }

    private byte[] path = NOTHING;
    private int from;
    private int to;
    private Kind kind = Kind.ROOT;

    void set(byte[] ofPath, int start, int end) {
        path = ofPath;
        from = start;
        to = end;
        kind = kindOf(ofPath, start, end);
    }

    void setRoot() {
        path = NOTHING;
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

    Kind kind() {
        return kind;
    }

    boolean isName() {
        return kind == Kind.NAME;
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
            throw ErrnoException.of(directory.isRemoved() ? Errno.ENOENT : Errno.ENAMETOOLONG);
        }
    }

    /** This name of an inode that was found by it; null if it is none, or one of another inode. */
    @Nullable
    OpenName openName(DirectoryNode directory, Inode node) {
        byte[] name = isName() ? directory.names().nameOf(node, path, from, to) : null;
        return name == null ? null : new OpenName(directory, name);
    }

    /** The inode of this name; null if it is missing. */
    @Nullable
    Inode findIn(DirectoryNode directory) {
        return directory.names().find(path, from, to);
    }
}
