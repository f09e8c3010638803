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
 * <p>A tree is judged entry by entry, without following a link, and may be changed by others at the same time: what is
 * removed before it was looked at is left out, what is exchanged while it is looked at is reported as such. Works on
 * every file system with the attribute view {@code unix} and {@link java.nio.file.SecureDirectoryStream}: Linux, and
 * the fake volumes.
 */
public final class OwnershipLaws {

    /** The files belong to the project. */
    public static final Law OWNED_BY_THE_USER = new Law(
            "owned-by-the-user",
            "every entry of a home belongs to the project's user and group, by default 2001:2001",
            "hand it over: chown -h, or homeOwnership fixPermissionsInit");

    /** Only the owner and the group may change them. */
    public static final Law NOT_WRITABLE_FOR_ALL =
            new Law("not-writable-for-all", "nothing in a home is writable for everybody", "chmod o-w");

    /** A program runs with the rights of the user that starts it. */
    public static final Law NO_SET_UID = new Law(
            "no-set-uid",
            "no file in a home runs with the rights of its owner or group (set-uid, set-gid)",
            "chmod ug-s, and look for who made it");

    /** A service that follows links must stay in the home. */
    public static final Law NO_LINK_OUT = new Law(
            "no-link-out",
            "no symbolic link in a home leads out of it",
            "remove it, or never follow links of a home from outside its container");

    /** A home holds files, directories and links. */
    public static final Law NO_DEVICE =
            new Law("no-device", "there is no device file in a home", "remove it; root has made it");

    /** What is not judged must not pass. */
    public static final Law TREE_CAN_BE_JUDGED = new Law(
            "tree-can-be-judged",
            "every entry can be looked at and holds still for it",
            "run as a user who may read the tree, and stop whoever changes it");

    private static final MountPath HOME = MountPath.parse("/home/user");

    private OwnershipLaws() {}

    /**
     * Returns the laws about files.
     *
     * @return in the order of the README's table
     */
    public static List<Law> all() {
        return List.of(OWNED_BY_THE_USER, NOT_WRITABLE_FOR_ALL, NO_SET_UID, NO_LINK_OUT, NO_DEVICE, TREE_CAN_BE_JUDGED);
    }

    /**
     * Judges a home whose container has it at {@code /home/user}.
     *
     * @param home the home, itself included
     * @param owner whose it must be
     * @return what breaks a law, directory by directory, names sorted
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
     * @param owner whose it must be
     * @param inContainer where the project has it: an absolute link to a place in there stays in the home
     * @return what breaks a law, directory by directory, names sorted
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
