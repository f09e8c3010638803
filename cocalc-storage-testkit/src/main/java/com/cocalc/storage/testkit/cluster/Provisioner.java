package com.cocalc.storage.testkit.cluster;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.RwxVolumeBuilder;

/**
 * The provisioner of a storage class: the kind of storage, and the owner and mode of the root of a new volume.
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
     * Returns a provisioner of volumes on a back end. The root of a volume has mode 0755 and is owned by root, or by
     * the project's user if the server maps every user to it.
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
     * Returns a copy that gives the roots of new volumes another mode.
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
     * Returns a copy whose volumes answer as an NFS export does, where that differs from one host: each mount of each
     * container is a separate client, as {@link RwxVolumeBuilder#nfs()} describes. By default this is off for all back
     * ends, so that a test sees at once what another container did.
     *
     * @return a changed copy
     */
    public Provisioner withNfsClients() {
        return new Provisioner(backEnd, rootMode, rootOwner, true, isCrashable);
    }

    /**
     * Returns a copy whose volumes can {@linkplain RwxVolume#crash lose power}, as {@link RwxVolumeBuilder#crashable()}
     * describes. Existing mounts then fail; a restarted container has the files that survived.
     *
     * @return a changed copy
     */
    public Provisioner withCrashes() {
        return new Provisioner(backEnd, rootMode, rootOwner, isNfs, true);
    }

    /** {@return the back end} */
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

    /** Returns the back end, and the owner and mode of the root of a new volume. */
    @Override
    public String toString() {
        String clients = isNfs ? " with NFS clients" : "";
        String crashes = isCrashable ? " that may crash" : "";
        return String.format("%s%s%s, root %04o of %s", backEnd, clients, crashes, rootMode, rootOwner);
    }
}
