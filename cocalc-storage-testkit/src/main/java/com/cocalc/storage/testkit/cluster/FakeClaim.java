package com.cocalc.storage.testkit.cluster;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import java.nio.file.FileSystem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A claim of the cluster, bound to a volume or waiting for one. */
public final class FakeClaim {

    private final PersistentVolumeClaim object;
    private @Nullable RwxVolume volume;
    private @Nullable BackEnd backEnd;
    private boolean isRetained;
    /** The volumes on other nodes, as each node has its own directory. */
    private final Map<String, RwxVolume> otherNodes = new HashMap<>();

    FakeClaim(PersistentVolumeClaim object) {
        this.object = object;
        object.setStatus(new PersistentVolumeClaimStatus());
        object.getStatus().setPhase("Pending");
    }

    void bind(RwxVolume bound, BackEnd on, boolean retain) {
        volume = bound;
        backEnd = on;
        isRetained = retain;
        object.getStatus().setPhase("Bound");
        object.getStatus().setAccessModes(object.getSpec().getAccessModes());
        object.getStatus().setCapacity(object.getSpec().getResources().getRequests());
        object.getSpec().setVolumeName("pvc-" + object.getMetadata().getUid());
    }

    /** {@return the name of the claim} */
    public String name() {
        return object.getMetadata().getName();
    }

    /** {@return the namespace of the claim} */
    public String namespace() {
        return object.getMetadata().getNamespace();
    }

    /** {@return a copy of the claim as the cluster has it, with its status} */
    public PersistentVolumeClaim object() {
        return Copy.of(object);
    }

    /** Returns the cluster's own object. */
    PersistentVolumeClaim live() {
        return object;
    }

    /** Returns the name of the class, empty if none is set. */
    String className() {
        String name = object.getSpec().getStorageClassName();
        return name == null ? "" : name;
    }

    /** Returns the name of the persistent volume, or null until the claim is bound. */
    String volumeName() {
        return object.getSpec().getVolumeName();
    }

    boolean isOwnedBy(String podUid) {
        return Absent.asEmpty(object.getMetadata().getOwnerReferences()).stream()
                .anyMatch(owner -> podUid.equals(owner.getUid()));
    }

    void terminate(Instant now) {
        if (!isTerminating()) {
            object.getMetadata().setDeletionTimestamp(now.toString());
        }
    }

    /** {@return whether the claim is bound to a volume, so that its phase is {@code Bound}} */
    public boolean isBound() {
        return volume != null;
    }

    /**
     * Returns the volume with everything that is stored in the claim. Use it to examine the files, to change them from
     * outside, or to inject faults.
     *
     * @return the volume; for a back end on nodes, that of the first node
     * @throws IllegalStateException if the claim is not bound
     */
    public RwxVolume volume() {
        if (volume == null) {
            throw new IllegalStateException("claim " + name() + " must be bound to have a volume, but is pending;"
                    + " look at the cluster's events for the reason");
        }
        return volume;
    }

    /**
     * Mounts the claim's files as another client of its server, which maps the mount's user as it maps all users.
     *
     * @param mount the user, and the part of the claim
     * @return the file system; closing it leaves the files as they are
     * @throws IllegalStateException if the claim is not bound
     * @throws IllegalArgumentException if the sub-path leads through something other than directories
     */
    public FileSystem mount(Mount mount) {
        return volume().mount(Export.squashed(backEnd(), requireNonNull(mount, "mount")));
    }

    /**
     * Returns the back end of the claim.
     *
     * @return the back end
     * @throws IllegalStateException if the claim is not bound
     */
    public BackEnd backEnd() {
        volume();
        return requireNonNull(backEnd);
    }

    /**
     * Changes how the server exports the files, as an administrator does. The change applies to mounts from now on.
     *
     * @param other the back end that maps users from now on
     * @throws IllegalStateException if the claim is not bound
     */
    public void reexport(BackEnd other) {
        requireNonNull(other, "other");
        volume();
        backEnd = other;
    }

    boolean isRetained() {
        return isRetained;
    }

    boolean isTerminating() {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    boolean isBlock() {
        return "Block".equals(object.getSpec().getVolumeMode());
    }

    /** Returns whether pods of several nodes may use the claim at once. */
    boolean isShared() {
        List<String> modes = object.getSpec().getAccessModes();
        return modes.contains("ReadWriteMany") || modes.contains("ReadOnlyMany");
    }

    boolean isOfOnePod() {
        return object.getSpec().getAccessModes().contains("ReadWriteOncePod");
    }

    /** Returns the files that a node sees. */
    RwxVolume volumeOn(String node, ClusterState state) {
        boolean isFirst = node.equals(state.nodes().get(0));
        return backEnd() != BackEnd.HOST_PATH || isFirst
                ? volume()
                : otherNodes.computeIfAbsent(node, key -> state.newVolume(RwxVolume.builder()));
    }

    /** Returns the volumes on all nodes, empty if the claim is not bound. */
    List<RwxVolume> volumes() {
        List<RwxVolume> volumes = new ArrayList<>(otherNodes.values());
        if (volume != null) {
            volumes.add(volume);
        }
        return volumes;
    }

    /** Returns the namespace, the name and the storage. */
    @Override
    public String toString() {
        return namespace() + "/" + name() + (isBound() ? " on " + backEnd() : ", pending");
    }
}
