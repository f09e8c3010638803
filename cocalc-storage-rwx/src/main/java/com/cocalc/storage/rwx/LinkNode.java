package com.cocalc.storage.rwx;

/** A symbolic link. Its target never changes. */
final class LinkNode extends Inode {
    /** Targets longer than this cost a page, as on tmpfs. */
    private static final int LONGEST_FREE_TARGET = 127;

    private final byte[] target;

    LinkNode(long ino, byte[] target, int uid, int gid, long now) {
        super(ino, Stat.LINK | 0777, uid, gid, now);
        this.target = target;
    }

    /** The bytes themselves: not to be changed. */
    byte[] target() {
        return target;
    }

    static int pagesOf(byte[] target) {
        return target.length > LONGEST_FREE_TARGET ? 1 : 0;
    }

    @Override
    long size() {
        return target.length;
    }
}
