package com.cocalc.storage.testkit.law;

import com.cocalc.storage.PosixIdentity;
import java.io.IOException;
import java.nio.file.Path;

/** Judges one entry of a tree by its attributes. */
final class EntryJudge {

    private static final int TYPE = 0170000;
    private static final int LINK = 0120000;
    private static final int DIRECTORY = 0040000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int BLOCK_DEVICE = 0060000;
    private static final int SET_UID = 04000;
    private static final int SET_GID = 02000;
    private static final int WRITABLE_FOR_ALL = 0002;

    private final PosixIdentity owner;
    private final LinkTarget links;
    private final Violations violations;

    EntryJudge(PosixIdentity owner, LinkTarget links, Violations violations) {
        this.owner = owner;
        this.links = links;
        this.violations = violations;
    }

    /** The result of {@code stat} for an entry. */
    record Attributes(long uid, long gid, int mode) {

        boolean isDirectory() {
            return is(DIRECTORY);
        }

        private boolean is(int type) {
            return (mode & TYPE) == type;
        }

        private String bits() {
            return String.format("mode %04o", mode & 07777);
        }
    }

    void judge(Path entry, String where, Attributes attributes) throws IOException {
        if (attributes.uid != owner.uid() || attributes.gid != owner.gid()) {
            violations.add(
                    OwnershipLaws.OWNED_BY_THE_USER, where, attributes.uid + ":" + attributes.gid, owner.toString());
        }
        if (attributes.is(LINK)) {
            // A link has all permission bits, and they have no effect.
            String target = links.findWayOut(entry);
            if (target != null) {
                violations.add(
                        OwnershipLaws.NO_LINK_OUT, where, "a link to " + Printed.of(target), "a target in the home");
            }
            return;
        }
        if ((attributes.mode & WRITABLE_FOR_ALL) != 0) {
            violations.add(
                    OwnershipLaws.NOT_WRITABLE_FOR_ALL, where, attributes.bits(), "no write permission for others");
        }
        // On a directory set-gid hands the group on, and the kubelet sets it where it applies fsGroup.
        int forbidden = attributes.isDirectory() ? SET_UID : SET_UID | SET_GID;
        if ((attributes.mode & forbidden) != 0) {
            violations.add(OwnershipLaws.NO_SET_UID, where, attributes.bits(), "neither set-uid nor set-gid");
        }
        if (attributes.is(CHARACTER_DEVICE) || attributes.is(BLOCK_DEVICE)) {
            violations.add(OwnershipLaws.NO_DEVICE, where, "a device", "a file, a directory or a link");
        }
    }
}
