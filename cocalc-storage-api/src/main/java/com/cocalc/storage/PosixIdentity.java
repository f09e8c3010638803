package com.cocalc.storage;

/**
 * A Unix user and group by number, as the kernel and an NFS server see them.
 *
 * @param uid the user, 0 to 2,147,483,647 (the range that the Kubernetes API server accepts)
 * @param gid the group, 0 to 2,147,483,647
 */
public record PosixIdentity(long uid, long gid) {

    /** The user of every project's pod: {@code user}, 2001:2001. */
    public static final PosixIdentity PROJECT_USER = new PosixIdentity(2001, 2001);

    /** The superuser, 0:0. Never the identity of a project. */
    public static final PosixIdentity ROOT = new PosixIdentity(0, 0);

    /**
     * Checks both numbers.
     *
     * @param uid the user, 0 to 2,147,483,647 (the range that the Kubernetes API server accepts)
     * @param gid the group, 0 to 2,147,483,647
     * @throws InvalidValueException if one is out of range
     */
    public PosixIdentity {
        requireInRange("uid", uid);
        requireInRange("gid", gid);
    }

    /**
     * Returns the identity of these numbers.
     *
     * @param uid the user, 0 to 2,147,483,647
     * @param gid the group, 0 to 2,147,483,647
     * @return the identity
     * @throws InvalidValueException if one is out of range
     */
    public static PosixIdentity of(long uid, long gid) {
        return new PosixIdentity(uid, gid);
    }

    /**
     * Returns whether this is the superuser, whatever the group.
     *
     * @return whether the uid is 0
     */
    public boolean isRoot() {
        return uid == 0;
    }

    /**
     * Returns the text {@code uid:gid}, as {@code chown} takes it.
     *
     * @return for example {@code 2001:2001}
     */
    @Override
    public String toString() {
        return uid + ":" + gid;
    }

    private static void requireInRange(String name, long number) {
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new InvalidValueException(
                    name,
                    "be 0 to " + Integer.MAX_VALUE,
                    Long.toString(number),
                    "use the number of the Unix account, 2001 for a project");
        }
    }
}
