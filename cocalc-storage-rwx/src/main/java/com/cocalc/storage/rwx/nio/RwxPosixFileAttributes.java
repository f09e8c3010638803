package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.disk.Stat;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** The attributes of a file at one moment, with owner, group and permissions. */
final class RwxPosixFileAttributes extends RwxFileAttributes implements PosixFileAttributes {
    private final Accounts accounts;

    RwxPosixFileAttributes(Stat stat, Accounts accounts) {
        super(stat);
        this.accounts = accounts;
    }

    @Override
    public UserPrincipal owner() {
        return accounts.user(stat().uid());
    }

    @Override
    public GroupPrincipal group() {
        return accounts.group(stat().gid());
    }

    @Override
    public Set<PosixFilePermission> permissions() {
        return ModeBits.permissions(stat().mode());
    }
}
