package com.cocalc.storage.rwx.disk;

/** A symbolic link. Its target never changes. */
public final class LinkNode extends Inode {
    /** Targets longer than this cost a page, as on tmpfs. */
    private static final int LONGEST_FREE_TARGET = 127;

    private final byte[] target;

    public LinkNode(long ino, byte[] target, int uid, int gid, long now) {
        super(ino, Stat.LINK | 0777, uid, gid, now);
        this.target = target;
    }

    /** The bytes themselves: not to be changed. */
    public byte[] target() {
        return target;
    }

    public static int pagesOf(byte[] target) {
        return target.length > LONGEST_FREE_TARGET ? 1 : 0;
    }

    @Override
    public long size() {
        return target.length;
    }
}
