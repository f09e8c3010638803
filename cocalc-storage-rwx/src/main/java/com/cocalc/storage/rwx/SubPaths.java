package com.cocalc.storage.rwx;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the directory that a mount starts at, and lets somebody make it where it is missing. */
final class SubPaths {
    private final Server server;
    private final String subPath;
    private final Supplier<Syscalls> maker;
    private final int mode;

    private SubPaths(Server server, String subPath, Supplier<Syscalls> maker, int mode) {
        this.server = server;
        this.subPath = subPath;
        this.maker = maker;
        this.mode = mode;
    }

    /**
     * The directory of this mount; the volume's root where it has no sub-path. What is missing is made by root as the
     * server takes it, with all bits of the root's mode (pkg/volume/util/subpath, doSafeMakeDir).
     */
    static DirectoryNode ofMount(Server server, Mount mount) {
        return make(server, mount.subPath(), mount.ofKubelet(), server.root().mode & 07777);
    }

    /**
     * The directory of this sub-path. What is missing is made as if somebody had mounted it, but by the test itself.
     */
    static DirectoryNode ofTest(Server server, String subPath) {
        Mount mount = Mount.asRoot().subPath(subPath);
        return new SubPaths(server, subPath, () -> server.syscallsOfTest(mount.ofKubelet()), server.root().mode & 07777)
                .make();
    }

    /**
     * The directory of this sub-path.
     *
     * @param maker who makes what is missing: a mount of the whole volume
     * @param mode what it then gets
     */
    static DirectoryNode make(Server server, String subPath, Mount maker, int mode) {
        return subPath.isEmpty()
                ? server.root()
                : new SubPaths(server, subPath, () -> server.syscalls(maker), mode).make();
    }

    private DirectoryNode make() {
        DirectoryNode directory = server.root();
        byte[] path = subPath.getBytes(StandardCharsets.UTF_8);
        int start = 0;
        for (int end = 0; end <= path.length; end++) {
            if (end == path.length || path[end] == '/') {
                directory = enter(directory, path, start, end);
                start = end + 1;
            }
        }
        return directory;
    }

    private DirectoryNode enter(DirectoryNode parent, byte[] path, int start, int end) {
        byte[] name = Arrays.copyOfRange(path, start, end);
        if (name.length > LastName.MAX_BYTES) {
            throw new IllegalArgumentException("each element of a subPath must have at most 255 bytes, but one has "
                    + name.length + ": " + subPath);
        }
        Inode found = find(parent, name);
        if (found == null) {
            create(Arrays.copyOf(path, end));
            found = find(parent, name);
            if (found != null) {
                server.force(found, true);
            }
        }
        if (found instanceof DirectoryNode directory) {
            // Whoever works in a mount cannot force what is above it.
            server.force(parent, true);
            return directory;
        }
        String what = found == null ? "gone again" : found instanceof LinkNode ? "a symbolic link" : "a file";
        throw new IllegalArgumentException("subPath must lead through directories alone, but in \"" + subPath + "\", \""
                + new String(name, StandardCharsets.UTF_8) + "\" is " + what
                + "; a kubelet refuses to start the container");
    }

    private static @Nullable Inode find(DirectoryNode parent, byte[] name) {
        synchronized (parent) {
            return parent.find(name);
        }
    }

    private void create(byte[] path) {
        Syscalls system = maker.get();
        try {
            system.mkdir(null, path, mode);
            system.chmod(null, path, mode, false); // whatever the umask
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EEXIST) {
                throw new IllegalArgumentException(
                        "subPath \"" + subPath + "\" could not be made by " + system + ": "
                                + e.errno().text() + "; make it beforehand as its owner",
                        e);
            }
        }
    }
}
