package com.cocalc.storage.rwx;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.rwx.call.Capability;
import com.cocalc.storage.rwx.kernel.Attachment;
import com.cocalc.storage.rwx.kernel.Credentials;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * The settings of a mount: its user, the part of the volume that it shows, and how the server maps the user. Immutable;
 * each method returns a changed copy.
 */
public final class Mount {
    static final int NOBODY = 65534;
    private static final int USUAL_UMASK = 022;
    static final long MAX_ID = 4_294_967_294L;

    // Never written to once this mount has it.
    private final Settings settings;

    private Mount(Settings settings) {
        this.settings = settings;
    }

    /**
     * Returns a read-write mount of the whole volume for a user, with umask 022. Uid 0 has all capabilities.
     *
     * @param identity the user and its primary group
     * @return the mount
     */
    public static Mount as(PosixIdentity identity) {
        Objects.requireNonNull(identity, "identity");
        return as(identity.uid(), identity.gid());
    }

    /**
     * Returns a read-write mount of the whole volume for a user, with umask 022. Uid 0 has all capabilities.
     *
     * @param uid the user, 0 to 4,294,967,294
     * @param gid the primary group, 0 to 4,294,967,294
     * @return the mount
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Mount as(long uid, long gid) {
        Settings changed = new Settings();
        changed.uid = requireId("uid", uid);
        changed.gid = requireId("gid", gid);
        changed.capabilities = uid == 0 ? EnumSet.allOf(Capability.class) : Set.of();
        return new Mount(changed);
    }

    /** {@return a read-write mount of the whole volume for root, with umask 022 and all capabilities} */
    public static Mount asRoot() {
        return as(0, 0);
    }

    /**
     * Returns a copy with other supplementary groups.
     *
     * @param gids the groups
     * @return the changed mount
     * @throws IllegalArgumentException if a number is out of range
     */
    public Mount groups(long... gids) {
        Settings changed = new Settings(settings);
        changed.groups = gids.clone();
        for (long group : changed.groups) {
            requireId("group", group);
        }
        return new Mount(changed);
    }

    /**
     * Returns a copy that shows a directory instead of the whole volume. A missing directory is created as the kubelet
     * creates it, also for a read-only mount: as root, which a squashing server maps to another user, and with all mode
     * bits of the volume's root.
     *
     * @param path plain names joined by {@code /}
     * @return the changed mount
     * @throws IllegalArgumentException if the path is empty, absolute, or has empty, {@code .} or {@code ..} elements
     */
    public Mount subPath(String path) {
        Objects.requireNonNull(path, "path");
        for (String element : path.split("/", -1)) {
            if (element.isEmpty() || element.equals(".") || element.equals("..") || element.indexOf('\0') >= 0) {
                throw InvalidValueException.of(
                        "subPath",
                        "be plain names joined by '/'",
                        MessageText.quoted(path),
                        "leave it out to mount the whole volume");
            }
        }
        Settings changed = new Settings(settings);
        changed.subPath = path;
        return new Mount(changed);
    }

    /** {@return a read-only copy, through which every change fails with EROFS} */
    public Mount readOnly() {
        Settings changed = new Settings(settings);
        changed.isReadOnly = true;
        return new Mount(changed);
    }

    /**
     * {@return a copy whose server maps users as an export with {@code root_squash} does: uid 0 becomes 65534:65534
     * without groups or capabilities, and other users are unchanged}
     */
    public Mount rootSquash() {
        Settings changed = new Settings(settings);
        changed.isRootSquashed = true;
        return new Mount(changed);
    }

    /**
     * Returns a copy whose server maps users as an export with {@code all_squash} does: every user becomes the
     * anonymous user, without groups or capabilities.
     *
     * @param anonymousUid the server's {@code anonuid}
     * @param anonymousGid the server's {@code anongid}
     * @return the changed mount
     * @throws IllegalArgumentException if a number is out of range
     */
    public Mount allSquash(long anonymousUid, long anonymousGid) {
        Settings changed = new Settings(settings);
        changed.squashAllUid = requireId("anonymousUid", anonymousUid);
        changed.squashAllGid = requireId("anonymousGid", anonymousGid);
        return new Mount(changed);
    }

    /**
     * Returns a copy with another umask.
     *
     * @param mask the bits that new files and directories do not get, 0 to 0777
     * @return the changed mount
     * @throws IllegalArgumentException if the mask has other bits
     */
    public Mount umask(int mask) {
        if ((mask & ~0777) != 0) {
            throw InvalidValueException.of(
                    "umask",
                    "be 0 to 0777 (octal)",
                    "0" + Integer.toOctalString(mask),
                    "Java writes octal with a leading 0");
        }
        Settings changed = new Settings(settings);
        changed.umask = mask;
        return new Mount(changed);
    }

    /**
     * Returns a copy with these capabilities and no others, as a container's root has them.
     *
     * @param some the capabilities; without any, root is an ordinary user that owns what uid 0 owns
     * @return the changed mount
     * @throws IllegalStateException if the user is not root; other users of a container have no capabilities
     */
    public Mount capabilities(Capability... some) {
        if (settings.uid != 0) {
            throw new IllegalStateException("capabilities must be given to uid 0 alone, but the user is " + settings.uid
                    + "; start from Mount.asRoot()");
        }
        Settings changed = new Settings(settings);
        EnumSet<Capability> set = EnumSet.noneOf(Capability.class);
        set.addAll(Arrays.asList(some));
        changed.capabilities = set;
        return new Mount(changed);
    }

    /** Returns the request for the mount, as the volume takes it. */
    Attachment attachment() {
        Mount kubelet = ofKubelet();
        return new Attachment(
                toString(),
                credentials(),
                settings.isReadOnly,
                settings.subPath,
                kubelet.credentials(),
                kubelet.toString());
    }

    /** Returns a mount of the whole volume for the root of the node, which the server maps in the same way. */
    private Mount ofKubelet() {
        Settings changed = new Settings();
        changed.capabilities = EnumSet.allOf(Capability.class);
        changed.isRootSquashed = settings.isRootSquashed;
        changed.squashAllUid = settings.squashAllUid;
        changed.squashAllGid = settings.squashAllGid;
        return new Mount(changed);
    }

    /** Returns the user as the server maps it; this is the only place that squashes. */
    private Credentials credentials() {
        if (settings.squashAllUid >= 0) {
            return new Credentials(settings.squashAllUid, settings.squashAllGid, new long[0], settings.umask, Set.of());
        }
        if (settings.isRootSquashed && settings.uid == 0) {
            return new Credentials(NOBODY, NOBODY, new long[0], settings.umask, Set.of());
        }
        return new Credentials(settings.uid, settings.gid, settings.groups, settings.umask, settings.capabilities);
    }

    /**
     * Returns the user and the part of the volume for a person: {@code 2001:2001 on projects/p1, read-only}.
     * Capabilities and umask are named if they are not the defaults.
     */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder().append(settings.uid).append(':').append(settings.gid);
        if (settings.groups.length > 0) {
            text.append(" groups ").append(Arrays.toString(settings.groups));
        }
        if (settings.squashAllUid >= 0) {
            text.append(" squashed to ")
                    .append(settings.squashAllUid)
                    .append(':')
                    .append(settings.squashAllGid);
        } else if (settings.isRootSquashed) {
            text.append(settings.uid == 0 ? " squashed to 65534:65534" : " root-squashed");
        }
        if (settings.uid == 0 && settings.capabilities.size() < Capability.values().length) {
            text.append(settings.capabilities.isEmpty() ? " without capabilities" : " with " + settings.capabilities);
        }
        if (settings.umask != USUAL_UMASK) {
            text.append(String.format(" umask %03o", settings.umask));
        }
        text.append(" on ").append(settings.subPath.isEmpty() ? "the whole volume" : settings.subPath);
        text.append(settings.isReadOnly ? ", read-only" : ", read-write");
        return text.toString();
    }

    static long requireId(String name, long id) {
        if (id < 0 || id > MAX_ID) {
            throw InvalidValueException.of(
                    name,
                    "be 0 to " + MAX_ID,
                    Long.toString(id),
                    "use the number of a Unix account, 2001 for a project");
        }
        return id;
    }

    private static final class Settings {
        private long uid;
        private long gid;
        private long[] groups = {};
        private String subPath = "";
        private boolean isReadOnly;
        private boolean isRootSquashed;
        private long squashAllUid = -1;
        private long squashAllGid = -1;
        private int umask = USUAL_UMASK;
        private Set<Capability> capabilities = Set.of();

        private Settings() {}

        private Settings(Settings other) {
            uid = other.uid;
            gid = other.gid;
            groups = other.groups;
            subPath = other.subPath;
            isReadOnly = other.isReadOnly;
            isRootSquashed = other.isRootSquashed;
            squashAllUid = other.squashAllUid;
            squashAllGid = other.squashAllGid;
            umask = other.umask;
            capabilities = other.capabilities;
        }
    }
}
