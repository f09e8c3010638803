package com.cocalc.storage.rwx;

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
        synchronized (node) {
            if (node instanceof LinkNode) {
                throw Errno.ENODATA.exception();
            }
            Permissions.require(user, node, Permissions.READ);
            requireName(key);
            byte[] value = node.attributes().get(key);
            if (value == null) {
                throw Errno.ENODATA.exception();
            }
            return value.clone();
        }
    }

    /** Listing needs no permission. */
    static List<byte[]> list(Inode node) {
        synchronized (node) {
            List<byte[]> names = new ArrayList<>();
            for (String name : node.attributes().keySet()) {
                names.add(name.getBytes(StandardCharsets.ISO_8859_1));
            }
            return names;
        }
    }

    static void set(MountPoint mount, Credentials user, Inode node, byte[] name, byte[] value, long now)
            throws ErrnoException {
        if (value.length > LARGEST_VALUE) {
            throw Errno.E2BIG.exception();
        }
        String key = key(name);
        synchronized (node) {
            requireChangeable(mount, user, node);
            requireName(key);
            node.changeableAttributes().put(key, value.clone());
            changed(mount, node, now);
        }
    }

    static void remove(MountPoint mount, Credentials user, Inode node, byte[] name, long now) throws ErrnoException {
        String key = key(name);
        synchronized (node) {
            requireChangeable(mount, user, node);
            requireName(key);
            if (!node.attributes().containsKey(key)) {
                throw Errno.ENODATA.exception();
            }
            node.changeableAttributes().remove(key);
            changed(mount, node, now);
        }
    }

    private static void changed(MountPoint mount, Inode node, long now) {
        node.beginChange();
        node.ctime = now;
        node.endChange();
        mount.changed(node);
    }

    private static void requireChangeable(MountPoint mount, Credentials user, Inode node) throws ErrnoException {
        mount.requireWritable();
        if (node instanceof LinkNode) {
            throw Errno.EPERM.exception();
        }
        if (node.isDirectory() && (node.mode & Inode.STICKY) != 0) {
            Permissions.requireOwner(user, node);
        }
        Permissions.require(user, node, Permissions.WRITE);
    }

    private static String key(byte[] name) throws ErrnoException {
        if (name.length == 0 || name.length > LONGEST_NAME) {
            throw Errno.ERANGE.exception();
        }
        String key = new String(name, StandardCharsets.ISO_8859_1);
        if (!key.startsWith("user.")) {
            throw Errno.EOPNOTSUPP.exception();
        }
        return key;
    }

    /** After the permissions: the name behind the prefix is a matter of the file system. */
    private static void requireName(String key) throws ErrnoException {
        if (key.length() == "user.".length()) {
            throw Errno.EINVAL.exception();
        }
    }
}
