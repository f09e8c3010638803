package com.cocalc.storage.testkit.cluster;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.RwxVolumeBuilder;

/**
 * Makes the volumes of a storage class: the kind of storage, and the owner and mode of the root of a fresh volume.
 * Immutable; each {@code with} returns a changed copy.
 */
public final class Provisioner {

    private final BackEnd backEnd;
    private final int rootMode;
    private final PosixIdentity rootOwner;
    private final boolean isNfs;
    private final boolean isCrashable;

    private Provisioner(BackEnd backEnd, int rootMode, PosixIdentity rootOwner, boolean isNfs, boolean isCrashable) {
        this.backEnd = backEnd;
        this.rootMode = rootMode;
        this.rootOwner = rootOwner;
        this.isNfs = isNfs;
        this.isCrashable = isCrashable;
    }

    /**
     * Makes volumes on this storage. Their root is 0755, of root, or of the project's user where the server maps
     * everybody to it.
     *
     * @param backEnd the storage
     * @return the provisioner
     */
    public static Provisioner of(BackEnd backEnd) {
        requireNonNull(backEnd, "backEnd");
        return new Provisioner(
                backEnd,
                0755,
                Export.mapsEverybody(backEnd) ? PosixIdentity.PROJECT_USER : PosixIdentity.ROOT,
                false,
                false);
    }

    /**
     * Gives the roots of fresh volumes this mode.
     *
     * @param mode the twelve permission bits
     * @return a changed copy
     * @throws IllegalArgumentException if other bits are set
     */
    public Provisioner withRootMode(int mode) {
        RwxVolume.builder().rootMode(mode); // knows the range
        return new Provisioner(backEnd, mode, rootOwner, isNfs, isCrashable);
    }

    /**
     * Lets volumes answer as an NFS export does, where that differs from one host: each mount of each container is a
     * client of its own, as {@link RwxVolumeBuilder#nfs()} says. Off unless set, on all back ends: a test then sees at
     * once what another container did.
     *
     * @return a changed copy
     */
    public Provisioner withNfsClients() {
        return new Provisioner(backEnd, rootMode, rootOwner, true, isCrashable);
    }

    /**
     * Lets volumes {@linkplain RwxVolume#crash lose power}, as {@link RwxVolumeBuilder#crashable()} says. What has it
     * mounted then is dead; a container that is restarted has what survived.
     *
     * @return a changed copy
     */
    public Provisioner withCrashes() {
        return new Provisioner(backEnd, rootMode, rootOwner, isNfs, true);
    }

    /**
     * Returns the storage.
     *
     * @return the kind of storage under the volumes
     */
    public BackEnd backEnd() {
        return backEnd;
    }

    RwxVolume newVolume(ClusterState state) {
        RwxVolumeBuilder builder = RwxVolume.builder().rootMode(rootMode);
        if (isNfs) {
            builder.nfs();
        }
        if (isCrashable) {
            builder.crashable();
        }
        RwxVolume volume = state.newVolume(builder);
        if (!rootOwner.equals(PosixIdentity.ROOT)) {
            volume.populate(String.format("%04o %s - /", rootMode, rootOwner));
        }
        return volume;
    }

    /** Returns the storage, and the root of a fresh volume. */
    @Override
    public String toString() {
        String clients = isNfs ? " with NFS clients" : "";
        String crashes = isCrashable ? " that may crash" : "";
        return String.format("%s%s%s, root %04o of %s", backEnd, clients, crashes, rootMode, rootOwner);
    }
}
