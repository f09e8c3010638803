package com.cocalc.storage.rwx.disk;

/** A named pipe. What is written to it is not kept here: it goes from handle to handle. */
public final class FifoNode extends Inode {
    public FifoNode(long ino, int mode, int uid, int gid, long now) {
        super(ino, Stat.FIFO | mode, uid, gid, now);
    }

    @Override
    public long size() {
        return 0;
    }
}
