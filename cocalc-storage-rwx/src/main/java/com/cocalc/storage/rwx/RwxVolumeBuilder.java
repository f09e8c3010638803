package com.cocalc.storage.rwx;

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
     * Takes times from this clock instead of a virtual one.
     *
     * @param source the clock; a {@link VirtualTime} may be shared by several volumes
     * @return this builder
     */
    public RwxVolumeBuilder clock(Clock source) {
        this.clock = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Gives the root directory these permissions in place of 0755. Its owner is root.
     *
     * @param mode the twelve permission bits
     * @return this builder
     * @throws IllegalArgumentException if other bits are set
     */
    public RwxVolumeBuilder rootMode(int mode) {
        if ((mode & ~07777) != 0) {
            throw new IllegalArgumentException("rootMode must be 0 to 07777 (octal), but was 0"
                    + Integer.toOctalString(mode) + "; Java writes octal with a leading 0");
        }
        this.rootMode = mode;
        return this;
    }

    /**
     * Lets files hold this much together; then writing is ENOSPC. Counted in blocks of 4,096 bytes, rounded up.
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
     * Lets the volume have this many inodes, its root and further hard links included; then creating is ENOSPC.
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
     * Gives a user a name, as {@code /etc/passwd} does: owners with this uid are shown by it, and the look-up service
     * finds it. Without one, a user's name is its number; root has one already.
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
     * Gives a group a name, as {@code /etc/group} does. Root's has one already.
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
     * Keeps the stack trace of each opening for {@link RwxVolume#openHandles()}. Costs about a microsecond per opening.
     *
     * @return this builder
     */
    public RwxVolumeBuilder traceHandles() {
        this.isTracing = true;
        return this;
    }

    /**
     * Keeps apart what was forced, so that the volume can {@linkplain RwxVolume#crash crash}. Takes memory for what was
     * forced a second time.
     *
     * @return this builder
     */
    public RwxVolumeBuilder crashable() {
        this.isCrashable = true;
        return this;
    }

    /**
     * Lets the volume answer as an NFS export does, where that differs from a file system of one host. Each mount is a
     * client of its own:
     *
     * <ul>
     *   <li>each read and write asks the server anew: the file's owner passes whatever its mode, anybody else needs the
     *       permission still;
     *   <li>what another mount removed is ESTALE: open files and directories, and the root of a mount;
     *   <li>a file that this mount has open and removes stays as {@code .nfs} with a number until its last handle is
     *       closed, and its directory is not empty so long. A file with a further name just loses this one;
     *   <li>a write that the volume or a quota has no room for succeeds, and ENOSPC or EDQUOT comes once, at the next
     *       force or at close; what fitted is there;
     *   <li>attributes are believed for three seconds of the volume's clock, names and that there is none for thirty,
     *       but for what this mount changes or lists itself. Opening asks anew for attributes, and for the name unless
     *       it was missing or its file is still there: one that another mount has moved away is opened;
     *   <li>appended bytes go to where this mount believes the end of the file to be.
     * </ul>
     *
     * @return this builder
     */
    public RwxVolumeBuilder nfs() {
        this.isNfs = true;
        return this;
    }

    /**
     * Makes the volume.
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
            throw new IllegalArgumentException("name of an account must have characters, none of them ':', but was \""
                    + name + "\"; take that of /etc/passwd");
        }
        return name;
    }

    static void requirePositive(String name, long number) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    name + " must be at least 1, but was " + number + "; leave it out for a volume without limit");
        }
    }
}
