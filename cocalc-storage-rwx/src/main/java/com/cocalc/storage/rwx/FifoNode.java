package com.cocalc.storage.rwx;

/** A named pipe. What is written to it is not kept here: it goes from handle to handle. */
final class FifoNode extends Inode {
    FifoNode(long ino, int mode, int uid, int gid, long now) {
        super(ino, Stat.FIFO | mode, uid, gid, now);
    }

    @Override
    long size() {
        return 0;
    }
}
