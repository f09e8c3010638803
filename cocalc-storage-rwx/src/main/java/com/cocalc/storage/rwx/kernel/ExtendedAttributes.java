package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.FifoNode;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.LinkNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Extended attributes in the name space {@code user.}, which regular files and directories have. */
final class ExtendedAttributes {
    private static final int LONGEST_NAME = 255;
    private static final int LARGEST_VALUE = 65536;

    private ExtendedAttributes() {}

    static byte[] get(Credentials user, Inode node, byte[] name) throws ErrnoException {
        String key = key(name);
        if (node instanceof LinkNode || node instanceof FifoNode) {
            throw ErrnoException.of(Errno.ENODATA);
        }
        Permissions.require(user, node, Permissions.READ);
        requireName(key);
        byte[] value = node.attributes().get(key);
        if (value == null) {
            throw ErrnoException.of(Errno.ENODATA);
        }
        return value.clone();
    }

    /** Listing needs no permission. */
    static List<byte[]> list(Inode node) {
        List<byte[]> names = new ArrayList<>();
        for (String name : node.attributes().keySet()) {
            names.add(name.getBytes(StandardCharsets.ISO_8859_1));
        }
        return names;
    }

    static void set(MountPoint mount, Inode node, byte[] name, byte[] value, long now) throws ErrnoException {
        if (value.length > LARGEST_VALUE) {
            throw ErrnoException.of(Errno.E2BIG);
        }
        String key = key(name);
        requireChangeable(mount, node);
        requireName(key);
        node.changeableAttributes().put(key, value.clone());
        changed(mount, node, now);
    }

    static void remove(MountPoint mount, Inode node, byte[] name, long now) throws ErrnoException {
        String key = key(name);
        requireChangeable(mount, node);
        requireName(key);
        if (!node.attributes().containsKey(key)) {
            throw ErrnoException.of(Errno.ENODATA);
        }
        node.changeableAttributes().remove(key);
        changed(mount, node, now);
    }

    private static void changed(MountPoint mount, Inode node, long now) {
        node.ctime = now;
        mount.server().tree().changed(node);
    }

    private static void requireChangeable(MountPoint mount, Inode node) throws ErrnoException {
        mount.requireWritable();
        if (node instanceof LinkNode || node instanceof FifoNode) {
            throw ErrnoException.of(Errno.EPERM);
        }
        if (node.isDirectory() && (node.mode & Inode.STICKY) != 0) {
            Permissions.requireOwner(mount.user(), node);
        }
        Permissions.require(mount.user(), node, Permissions.WRITE);
    }

    private static String key(byte[] name) throws ErrnoException {
        if (name.length == 0 || name.length > LONGEST_NAME) {
            throw ErrnoException.of(Errno.ERANGE);
        }
        String key = new String(name, StandardCharsets.ISO_8859_1);
        if (!key.startsWith("user.")) {
            throw ErrnoException.of(Errno.EOPNOTSUPP);
        }
        return key;
    }

    /** After the permissions: the name behind the prefix is a matter of the file system. */
    private static void requireName(String key) throws ErrnoException {
        if (key.length() == "user.".length()) {
            throw ErrnoException.of(Errno.EINVAL);
        }
    }
}
