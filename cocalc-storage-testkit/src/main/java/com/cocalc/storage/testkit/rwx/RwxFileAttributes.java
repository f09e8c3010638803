package com.cocalc.storage.testkit.rwx;

import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The attributes of a file at one moment. Nothing keeps the time of creation: it is the last modification. */
final class RwxFileAttributes implements PosixFileAttributes {
    private final Stat stat;
    private final Accounts accounts;

    RwxFileAttributes(Stat stat, Accounts accounts) {
        this.stat = stat;
        this.accounts = accounts;
    }

    Stat stat() {
        return stat;
    }

    @Override
    public FileTime lastModifiedTime() {
        return time(stat.mtimeNs());
    }

    @Override
    public FileTime lastAccessTime() {
        return time(stat.atimeNs());
    }

    @Override
    public FileTime creationTime() {
        return lastModifiedTime();
    }

    FileTime changeTime() {
        return time(stat.ctimeNs());
    }

    private static FileTime time(long nanoseconds) {
        return FileTime.from(nanoseconds, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean isRegularFile() {
        return stat.isRegular();
    }

    @Override
    public boolean isDirectory() {
        return stat.isDirectory();
    }

    @Override
    public boolean isSymbolicLink() {
        return stat.isLink();
    }

    @Override
    public boolean isOther() {
        return !stat.isRegular() && !stat.isDirectory() && !stat.isLink();
    }

    @Override
    public long size() {
        return stat.size();
    }

    @Override
    public Object fileKey() {
        return new FileKey(stat.dev(), stat.ino());
    }

    @Override
    public UserPrincipal owner() {
        return accounts.user(stat.uid());
    }

    @Override
    public GroupPrincipal group() {
        return accounts.group(stat.gid());
    }

    @Override
    public Set<PosixFilePermission> permissions() {
        return ModeBits.permissions(stat.mode());
    }

    private record FileKey(long dev, long ino) {
        @Override
        public String toString() {
            return "(dev=" + Long.toHexString(dev) + ",ino=" + ino + ")";
        }
    }
}
