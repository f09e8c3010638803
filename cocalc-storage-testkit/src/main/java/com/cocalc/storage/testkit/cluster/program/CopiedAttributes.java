package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a copy has of its source beside the contents. */
final class CopiedAttributes {

    private CopiedAttributes() {}

    /** What a new file is made with; set-id bits are not among them. */
    static Set<PosixFilePermission> permissions(UnixFile source) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        int bit = 0400;
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((source.mode() & bit) != 0) {
                permissions.add(permission);
            }
            bit >>= 1;
        }
        return permissions;
    }

    /**
     * Times, owner where that is allowed, and mode, which a change of the owner would spoil, as {@code cp -p}.
     *
     * @return what went wrong, if anything did
     */
    static Optional<String> preserve(Operand from, UnixFile source, Operand to) {
        try {
            if (!source.isLink()) {
                BasicFileAttributes times = Files.readAttributes(from.path(), BasicFileAttributes.class);
                Files.getFileAttributeView(to.path(), BasicFileAttributeView.class)
                        .setTimes(times.lastModifiedTime(), times.lastAccessTime(), null);
            }
        } catch (IOException e) {
            return Optional.of("preserving times for " + to.quoted() + ": " + Reasons.of(e));
        }
        boolean isOfOwner = true;
        try {
            UnixFile.chown(to.path(), source.uid(), source.gid(), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            isOfOwner = false; // whoever is not root keeps its own
        }
        try {
            if (!source.isLink()) {
                // Set-id bits and the sticky one are for the owner that the source has.
                UnixFile.chmod(to.path(), isOfOwner ? source.permissions() : source.permissions() & 0777);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("preserving permissions for " + to.quoted() + ": " + Reasons.of(e));
        }
    }
}
