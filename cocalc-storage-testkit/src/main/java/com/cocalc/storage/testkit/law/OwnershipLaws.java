package com.cocalc.storage.testkit.law;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.MountPath;
import com.cocalc.storage.PosixIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Laws about the files of a home: their owner, and which files must not be there.
 *
 * <p>A tree is judged entry by entry without following links, and others may change it at the same time: an entry that
 * is removed before it is read is left out, and one that is replaced while it is read is reported as such. This works
 * on every file system with the attribute view {@code unix} and {@link java.nio.file.SecureDirectoryStream}: Linux, and
 * the fake volumes.
 */
public final class OwnershipLaws {

    /** All entries must belong to the project's user. */
    public static final Law OWNED_BY_THE_USER = new Law(
            "owned-by-the-user",
            "every entry of a home belongs to the project's user and group, by default 2001:2001",
            "change it: chown -h, or homeOwnership fixPermissionsInit");

    /** No entry may be writable for all. */
    public static final Law NOT_WRITABLE_FOR_ALL =
            new Law("not-writable-for-all", "nothing in a home is writable for all", "chmod o-w");

    /** No file may run with the permissions of its owner. */
    public static final Law NO_SET_UID = new Law(
            "no-set-uid",
            "no file in a home runs with the permissions of its owner or group (set-uid, set-gid)",
            "chmod ug-s, and find out who created it");

    /** No link may lead out of the home, where a service might follow it. */
    public static final Law NO_LINK_OUT = new Law(
            "no-link-out",
            "no symbolic link in a home leads out of it",
            "remove it, or never follow links of a home from outside its container");

    /** No entry may be a device. */
    public static final Law NO_DEVICE =
            new Law("no-device", "there is no device file in a home", "remove it; root has created it");

    /** Every entry must be readable for the judge, so that none passes unread. */
    public static final Law TREE_CAN_BE_JUDGED = new Law(
            "tree-can-be-judged",
            "every entry can be read, and does not change while it is read",
            "run as a user who may read the tree, and stop the programs that change it");

    private static final MountPath HOME = MountPath.parse("/home/user");

    private OwnershipLaws() {}

    /** {@return the laws about files, in the order of {@code docs/laws.md}} */
    public static List<Law> all() {
        return List.of(OWNED_BY_THE_USER, NOT_WRITABLE_FOR_ALL, NO_SET_UID, NO_LINK_OUT, NO_DEVICE, TREE_CAN_BE_JUDGED);
    }

    /**
     * Judges a home whose container has it at {@code /home/user}.
     *
     * @param home the home, itself included
     * @param owner the required owner
     * @return the violations, directory by directory, sorted by name
     * @throws IOException if the home itself cannot be read
     * @throws IllegalArgumentException if it is not a directory, or on a file system without owners
     */
    public static List<Violation> check(Path home, PosixIdentity owner) throws IOException {
        return check(home, owner, HOME);
    }

    /**
     * Judges a home.
     *
     * @param home the home, itself included
     * @param owner the required owner
     * @param inContainer the path of the home in its container; an absolute link to a place below it stays in the home
     * @return the violations, directory by directory, sorted by name
     * @throws IOException if the home itself cannot be read
     * @throws IllegalArgumentException if it is not a directory, or on a file system without owners
     */
    public static List<Violation> check(Path home, PosixIdentity owner, MountPath inContainer) throws IOException {
        requireNonNull(home, "home");
        Violations violations = new Violations();
        EntryJudge judge = new EntryJudge(
                requireNonNull(owner, "owner"),
                new LinkTarget(home, requireNonNull(inContainer, "inContainer")),
                violations);
        new TreeWalk(home, judge, violations).walk();
        return violations.list();
    }
}
