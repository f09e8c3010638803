package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.disk.Stat;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * The basic attributes of a file at one moment. As on the default file system, they cannot be cast to attributes that
 * were not read.
 */
class RwxFileAttributes implements BasicFileAttributes {
    private final Stat stat;

    RwxFileAttributes(Stat stat) {
        this.stat = stat;
    }

    final Stat stat() {
        return stat;
    }

    @Override
    public final FileTime lastModifiedTime() {
        return time(stat.mtimeNs());
    }

    @Override
    public final FileTime lastAccessTime() {
        return time(stat.atimeNs());
    }

    @Override
    public final FileTime creationTime() {
        return time(stat.btimeNs());
    }

    final FileTime changeTime() {
        return time(stat.ctimeNs());
    }

    private static FileTime time(long nanoseconds) {
        return FileTime.from(nanoseconds, TimeUnit.NANOSECONDS);
    }

    @Override
    public final boolean isRegularFile() {
        return stat.isRegular();
    }

    @Override
    public final boolean isDirectory() {
        return stat.isDirectory();
    }

    @Override
    public final boolean isSymbolicLink() {
        return stat.isLink();
    }

    @Override
    public final boolean isOther() {
        return !stat.isRegular() && !stat.isDirectory() && !stat.isLink();
    }

    @Override
    public final long size() {
        return stat.size();
    }

    @Override
    public final Object fileKey() {
        return new FileKey(stat.dev(), stat.ino());
    }

    private record FileKey(long dev, long ino) {
        @Override
        public String toString() {
            return "(dev=" + Long.toHexString(dev) + ",ino=" + ino + ")";
        }
    }
}
