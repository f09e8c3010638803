package com.cocalc.storage.rwx;

import java.util.Arrays;

/**
 * What {@code Files.delete}, {@code Files.move} and {@code toRealPath} do in several system calls, done in one step:
 * with a file that has a plain name in a directory which walks came to lately, while nobody can tell these calls apart.
 * Where anything is otherwise the answer is false, nothing has happened, and the calls one by one find out what is
 * wrong.
 */
final class Shortcut {
    private static final int CALLS_TO_DELETE = 2;
    private static final int CALLS_TO_MOVE = 3;

    private final MountTable table;

    Shortcut(MountTable table) {
        this.table = table;
    }

    /** lstat(2) and unlink(2). */
    boolean delete(byte[] path) {
        int start = Words.startOfElement(path, path.length);
        KnownDirectories.Known known = table.known().findParent(path, start);
        if (known == null) {
            return false;
        }
        DirectoryNode parent = known.directory;
        int hash = Words.hash(path, start, path.length);
        synchronized (parent) {
            Names names = parent.names();
            int position = names.position(path, start, path.length, hash);
            if (position == Names.NONE
                    || !(names.node(position) instanceof FileNode file)
                    || !isUsable(known)
                    || !Permissions.mayRemove(known.mount.user(), parent, file)) {
                return false;
            }
            long now = table.tick(CALLS_TO_DELETE);
            synchronized (file) {
                parent.beginChange();
                parent.remove(position);
                known.mount.server().inodes().dropName(file, now);
                parent.mtime = now;
                parent.ctime = now;
                parent.endChange();
            }
            return true;
        }
    }

    /** lstat(2) of both, and rename(2) to a name of the same directory that is free. */
    boolean move(byte[] from, byte[] to) {
        int start = Words.startOfElement(from, from.length);
        KnownDirectories.Known known = table.known().findParent(from, start);
        if (known == null
                || to.length <= start
                || !Arrays.equals(from, 0, start, to, 0, start)
                || Words.startOfElement(to, to.length) != start
                || !LastName.isPlain(to, start)) {
            return false;
        }
        DirectoryNode parent = known.directory;
        int hash = Words.hash(from, start, from.length);
        int newHash = Words.hash(to, start, to.length);
        synchronized (parent) {
            Names names = parent.names();
            int position = names.position(from, start, from.length, hash);
            if (position == Names.NONE
                    || !(names.node(position) instanceof FileNode file)
                    || names.position(to, start, to.length, newHash) != Names.NONE
                    || !isUsable(known)
                    || (parent.quota != null && parent.quota != file.quota)
                    || !Permissions.mayRemove(known.mount.user(), parent, file)) {
                return false;
            }
            long now = table.tick(CALLS_TO_MOVE);
            parent.beginChange();
            parent.remove(position);
            parent.put(Arrays.copyOfRange(to, start, to.length), newHash, file);
            parent.mtime = now;
            parent.ctime = now;
            parent.endChange();
            synchronized (file) {
                file.beginChange();
                file.ctime = now;
                file.endChange();
            }
            return true;
        }
    }

    /** readlink(2) on the way along an absolute path: whether it leads through names alone that are no links. */
    boolean isReal(byte[] path) {
        int start = Words.startOfElement(path, path.length);
        KnownDirectories.Known known = table.known().findParent(path, start);
        int[] elements = PathAlgebra.starts(path);
        if (known == null
                || known.mount.nfs() != null
                || table.isIntercepted()
                || PathAlgebra.normalize(path, elements) != path) {
            return false;
        }
        DirectoryNode parent = known.directory;
        int version = parent.version();
        Inode node = parent.names().find(path, start, path.length, Words.hash(path, start, path.length));
        if (node == null
                || node instanceof LinkNode
                || !Permissions.may(known.mount.user(), parent, Permissions.EXECUTE)
                || !parent.isUnchanged(version)
                || !table.known().isStill(known)) {
            return false;
        }
        table.tick(elements.length);
        return true;
    }

    /** Whether the way to it is as it was, and nobody looks at single calls. The directory's monitor must be held. */
    private boolean isUsable(KnownDirectories.Known known) {
        Server server = known.mount.server();
        return !known.mount.isReadOnly()
                && known.mount.nfs() == null
                && server.disk() == null
                && !table.isIntercepted()
                && table.known().isStill(known);
    }
}
