package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.FileNode;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.LinkNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the directory that a mount starts at, and makes it where it is missing. */
public final class SubPaths {
    private final Server server;
    private final String subPath;
    private final Supplier<Syscalls> maker;
    private final int mode;

    private SubPaths(Server server, String subPath, Supplier<Syscalls> maker) {
        this.server = server;
        this.subPath = subPath;
        this.maker = maker;
        this.mode = server.root().mode & 07777;
    }

    /**
     * The directory of this mount, or the file where one is to be covered; the volume's root where it has no sub-path.
     * What is missing is made by root as the server takes it, with all bits of the root's mode
     * (pkg/volume/util/subpath, doSafeMakeDir).
     */
    static Inode ofMount(Server server, Attachment mount, @Nullable Inode covered) {
        if (covered instanceof FileNode && present(server, mount.subPath()) instanceof FileNode file) {
            return file;
        }
        return mount.subPath().isEmpty()
                ? server.root()
                : new SubPaths(server, mount.subPath(), () -> server.syscalls(mount.ofKubelet())).make();
    }

    /** The directory of this sub-path. What is missing is made as for a mount, but by the test itself. */
    public static DirectoryNode ofTest(Server server, Attachment mount) {
        return new SubPaths(server, mount.subPath(), () -> server.syscallsOfTest(mount.ofKubelet())).make();
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
                force(found);
            }
        }
        if (found instanceof DirectoryNode directory) {
            // A process in a mount cannot force what is above it.
            force(parent);
            return directory;
        }
        String what = found == null ? "gone again" : found instanceof LinkNode ? "a symbolic link" : "a file";
        throw new IllegalArgumentException("subPath must lead through directories alone, but in \"" + subPath + "\", \""
                + new String(name, StandardCharsets.UTF_8) + "\" is " + what
                + "; a kubelet refuses to start the container");
    }

    private void force(Inode node) {
        server.lock().lock();
        try {
            server.tree().force(node, true);
        } finally {
            server.lock().unlock();
        }
    }

    private static @Nullable Inode present(Server server, String subPath) {
        server.lock().lock();
        try {
            Inode node = server.root();
            for (String name : subPath.split("/", -1)) {
                node = node instanceof DirectoryNode directory
                        ? directory.find(name.getBytes(StandardCharsets.UTF_8))
                        : null;
            }
            return node;
        } finally {
            server.lock().unlock();
        }
    }

    private @Nullable Inode find(DirectoryNode parent, byte[] name) {
        server.lock().lock();
        try {
            return parent.find(name);
        } finally {
            server.lock().unlock();
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
        } finally {
            system.table().detach();
        }
    }
}
