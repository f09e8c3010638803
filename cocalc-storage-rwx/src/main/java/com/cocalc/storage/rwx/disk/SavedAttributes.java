package com.cocalc.storage.rwx.disk;

import java.util.LinkedHashMap;
import java.util.Map;

/** The attributes of an inode at one moment. */
record SavedAttributes(
        int mode,
        int uid,
        int gid,
        long size,
        long atime,
        long mtime,
        long ctime,
        long btime,
        Map<String, byte[]> extended) {

    /** As of now. */
    static SavedAttributes of(Inode node) {
        Map<String, byte[]> extended = node.attributes();
        return new SavedAttributes(
                node.mode,
                node.uid,
                node.gid,
                node.isDirectory() ? 0 : node.size(),
                node.atime,
                node.mtime,
                node.ctime,
                node.btime,
                extended.isEmpty() ? Map.of() : new LinkedHashMap<>(extended));
    }

    /** Gives all but the size to an inode that is not yet in use. */
    void giveTo(Inode node) {
        node.mode = mode;
        node.uid = uid;
        node.gid = gid;
        node.atime = atime;
        node.mtime = mtime;
        node.ctime = ctime;
        node.btime = btime;
        if (!extended.isEmpty()) {
            node.changeableAttributes().putAll(extended);
        }
    }

    SavedAttributes withSize(long newSize) {
        return new SavedAttributes(mode, uid, gid, newSize, atime, mtime, ctime, btime, extended);
    }

    boolean isSameButForTimes(SavedAttributes other) {
        return mode == other.mode
                && uid == other.uid
                && gid == other.gid
                && size == other.size
                && extended.equals(other.extended);
    }
}
