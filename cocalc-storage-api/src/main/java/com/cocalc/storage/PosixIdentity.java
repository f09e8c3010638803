package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A Unix user and group by number, as the kernel and an NFS server see them.
 *
 * <p>Each number is 0 to 2,147,483,647, the range that the Kubernetes API server accepts.
 */
public final class PosixIdentity {

    /** The user of every project's pod: {@code user}, 2001:2001. */
    public static final PosixIdentity PROJECT_USER = new PosixIdentity(2001, 2001);

    /** The superuser, 0:0. Never the identity of a project. */
    public static final PosixIdentity ROOT = new PosixIdentity(0, 0);

    /** Ten digits hold the largest number; more would overflow. */
    private static final int MOST_DIGITS = 10;

    private final long uid;
    private final long gid;

    private PosixIdentity(long uid, long gid) {
        this.uid = uid;
        this.gid = gid;
    }

    /**
     * Returns the identity with these numbers.
     *
     * @param uid the user, 0 to 2,147,483,647
     * @param gid the group, 0 to 2,147,483,647
     * @return the identity
     * @throws InvalidValueException if one is out of range
     */
    public static PosixIdentity of(long uid, long gid) {
        requireInRange("uid", uid);
        requireInRange("gid", gid);
        return new PosixIdentity(uid, gid);
    }

    /**
     * Parses an identity.
     *
     * @param text {@code uid:gid}, both as decimal digits
     * @return the identity
     * @throws InvalidValueException if it is anything else, or one of the numbers is out of range
     */
    public static PosixIdentity parse(String text) {
        requireNonNull(text, "identity");
        int colon = text.indexOf(':');
        if (colon < 0 || !isNumber(text, 0, colon) || !isNumber(text, colon + 1, text.length())) {
            throw InvalidValueException.of(
                    "identity",
                    "be a user and a group by number, \"uid:gid\"",
                    MessageText.quoted(text),
                    "write for example \"2001:2001\"");
        }
        return of(Long.parseLong(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }

    private static boolean isNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to && to - from <= MOST_DIGITS;
    }

    /** {@return the number of the user, 0 to 2,147,483,647} */
    public long uid() {
        return uid;
    }

    /** {@return the number of the group, 0 to 2,147,483,647} */
    public long gid() {
        return gid;
    }

    /** {@return whether this is the superuser, whose uid is 0, whatever the group is} */
    public boolean isRoot() {
        return uid == 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PosixIdentity that && uid == that.uid && gid == that.gid;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(uid) + Long.hashCode(gid);
    }

    /** {@return the text {@code uid:gid}, as {@code chown} takes it, for example {@code 2001:2001}} */
    @Override
    public String toString() {
        return uid + ":" + gid;
    }

    private static void requireInRange(String name, long number) {
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw InvalidValueException.of(
                    name,
                    "be 0 to " + Integer.MAX_VALUE,
                    Long.toString(number),
                    "use the number of the Unix account, 2001 for a project");
        }
    }
}
