package com.cocalc.storage.rwx;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.rwx.disk.Budget;
import com.cocalc.storage.rwx.disk.Pages;
import com.cocalc.storage.rwx.kernel.Server;
import com.cocalc.storage.rwx.nio.Accounts;
import java.time.Clock;
import java.util.Objects;

/** The settings of a volume. */
public final class RwxVolumeBuilder {
    private Clock clock = new VirtualTime();
    private int rootMode = 0755;
    private long maxPages = Budget.UNLIMITED;
    private long maxInodes = Budget.UNLIMITED;
    private Accounts accounts = Accounts.rootAlone();

    private boolean isTracing;
    private boolean isNfs;
    private boolean isCrashable;

    RwxVolumeBuilder() {}

    /**
     * Sets the clock that gives files their times, instead of a virtual one.
     *
     * @param source the clock; several volumes may share a {@link VirtualTime}
     * @return this builder
     */
    public RwxVolumeBuilder clock(Clock source) {
        this.clock = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Sets the permissions of the root directory instead of 0755. Its owner is root.
     *
     * @param mode the twelve permission bits
     * @return this builder
     * @throws IllegalArgumentException if other bits are set
     */
    public RwxVolumeBuilder rootMode(int mode) {
        if ((mode & ~07777) != 0) {
            throw InvalidValueException.of(
                    "rootMode",
                    "be 0 to 07777 (octal)",
                    "0" + Integer.toOctalString(mode),
                    "Java writes octal with a leading 0");
        }
        this.rootMode = mode;
        return this;
    }

    /**
     * Limits the size of all files together; writing beyond it fails with ENOSPC. Files count in blocks of 4,096 bytes,
     * rounded up.
     *
     * @param bytes the capacity, at least 1
     * @return this builder
     * @throws IllegalArgumentException if bytes is less than 1
     */
    public RwxVolumeBuilder capacity(long bytes) {
        requirePositive("capacity", bytes);
        this.maxPages = (bytes - 1) / Pages.SIZE + 1;
        return this;
    }

    /**
     * Limits the number of inodes, including the root and additional hard links; creating more fails with ENOSPC.
     *
     * @param count the limit, at least 1
     * @return this builder
     * @throws IllegalArgumentException if count is less than 1
     */
    public RwxVolumeBuilder inodes(long count) {
        requirePositive("inodes", count);
        this.maxInodes = count;
        return this;
    }

    /**
     * Gives a user a name, as {@code /etc/passwd} does: owners with this uid are shown by that name, and the look-up
     * service finds it. The name of any other user except root is its number.
     *
     * @param name the name
     * @param uid the user, 0 to 4,294,967,294
     * @return this builder
     * @throws IllegalArgumentException if the name is empty or has a colon, or the number is out of range
     */
    public RwxVolumeBuilder user(String name, long uid) {
        this.accounts = accounts.withUser(requireName(name), Mount.requireId("uid", uid));
        return this;
    }

    /**
     * Gives a group a name, as {@code /etc/group} does. The name of any other group except root's is its number.
     *
     * @param name the name
     * @param gid the group, 0 to 4,294,967,294
     * @return this builder
     * @throws IllegalArgumentException if the name is empty or has a colon, or the number is out of range
     */
    public RwxVolumeBuilder group(String name, long gid) {
        this.accounts = accounts.withGroup(requireName(name), Mount.requireId("gid", gid));
        return this;
    }

    /**
     * Keeps the stack trace of each opening for {@link RwxVolume#openHandles()}. This takes about a microsecond per
     * opening.
     *
     * @return this builder
     */
    public RwxVolumeBuilder traceHandles() {
        this.isTracing = true;
        return this;
    }

    /**
     * Keeps a copy of what was forced, so that the volume can {@linkplain RwxVolume#crash crash}. The copy takes
     * additional memory.
     *
     * @return this builder
     */
    public RwxVolumeBuilder crashable() {
        this.isCrashable = true;
        return this;
    }

    /**
     * Makes the volume answer as an NFS export does, where that differs from a file system of one host. Each mount is a
     * separate client:
     *
     * <ul>
     *   <li>the server checks permissions again at each read and write: the file's owner passes whatever the mode is,
     *       and any other user still needs the permission;
     *   <li>using an open file or directory, or the root of a mount, that another mount removed fails with ESTALE;
     *   <li>a file that is open on this mount and is removed by it stays as {@code .nfs} with a number until its last
     *       handle is closed, and until then its directory is not empty. A file with another name only loses this one;
     *   <li>a write for which the volume or a quota has no space succeeds, and ENOSPC or EDQUOT is reported once, at
     *       the next force or close; the bytes that had space are written;
     *   <li>a mount caches attributes for three seconds of the volume's clock, and names and missing names for thirty,
     *       except for what it changes or lists itself. Opening asks the server for attributes again, and for the name
     *       unless the name was missing or its file still exists: a file that another mount has moved away is opened;
     *   <li>bytes are appended at the end of the file as this mount knows it.
     * </ul>
     *
     * @return this builder
     */
    public RwxVolumeBuilder nfs() {
        this.isNfs = true;
        return this;
    }

    /**
     * Creates the volume.
     *
     * @return a new, empty volume
     */
    public RwxVolume build() {
        Server.Settings settings =
                new Server.Settings(ClockTicks.of(clock), rootMode, maxPages, maxInodes, isTracing, isNfs, isCrashable);
        return new RwxVolume(new Server(settings), clock, accounts);
    }

    private static String requireName(String name) {
        if (name.isEmpty() || name.indexOf(':') >= 0) {
            throw InvalidValueException.of(
                    "name of an account",
                    "have characters, none of them ':'",
                    MessageText.quoted(name),
                    "take that of /etc/passwd");
        }
        return name;
    }

    static void requirePositive(String name, long number) {
        if (number < 1) {
            throw InvalidValueException.of(
                    name, "be at least 1", Long.toString(number), "leave it out for a volume without limit");
        }
    }
}
