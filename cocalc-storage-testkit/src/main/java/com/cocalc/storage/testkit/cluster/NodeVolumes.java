package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.rwx.RwxVolume;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The part of the kubelet that mounts a pod's volumes on the node. */
final class NodeVolumes {

    private final ClusterState state;
    private final KubeletVersion version;
    private final ScratchVolumes scratch;

    NodeVolumes(ClusterState state, KubeletVersion version) {
        this.state = state;
        this.version = version;
        this.scratch = new ScratchVolumes(state);
    }

    /**
     * Mounts the volumes and returns them by name, without those that no container mounts. The kubelet mounts each on
     * its own, so that one which fails does not keep it from changing another, as {@code fsGroup} does.
     */
    Map<String, PodVolume> mount(PodRecord record) throws Trouble {
        List<Volume> wanted = wanted(record);
        List<PodClaim> claims = claims(record, wanted);
        // Of several entries on one claim the last one decides for all.
        Map<String, Boolean> readOnly = new HashMap<>();
        claims.forEach(claim -> readOnly.put(claim.name(), claim.isReadOnly()));
        Map<String, PodVolume> mounted = new LinkedHashMap<>();
        Trouble first = null;
        for (Volume volume : wanted) {
            try {
                mounted.put(volume.getName(), mount(record, volume, readOnly));
            } catch (Trouble trouble) {
                first = first == null ? trouble : first;
            }
        }
        if (first != null) {
            throw first;
        }
        requireOneVolumeForAClaim(claims);
        return mounted;
    }

    private PodVolume mount(PodRecord record, Volume volume, Map<String, Boolean> readOnly) throws Trouble {
        Optional<PodClaim> claim = PodClaim.of(record.pod(), volume);
        return claim.isEmpty()
                ? scratch.mount(record, volume)
                : ofClaim(
                        record,
                        claim.get(),
                        Boolean.TRUE.equals(readOnly.get(claim.get().name())));
    }

    private static List<Volume> wanted(PodRecord record) throws Trouble {
        Set<String> mounted = new HashSet<>();
        for (Container container : record.allContainers()) {
            Absent.asEmpty(container.getVolumeMounts()).forEach(mount -> mounted.add(mount.getName()));
        }
        List<Volume> wanted = new ArrayList<>();
        for (Volume volume : record.volumes()) {
            if (mounted.contains(volume.getName())) {
                wanted.add(volume);
            }
        }
        return wanted;
    }

    private void requireOneVolumeForAClaim(List<PodClaim> claims) throws Trouble {
        Map<String, PodClaim> byName = new HashMap<>();
        List<String> unmounted = new ArrayList<>();
        for (PodClaim claim : claims) {
            PodClaim other = byName.put(claim.name(), claim);
            if (other != null) {
                unmounted.add(other.volume());
            }
        }
        if (!unmounted.isEmpty() && version == KubeletVersion.V1_34) {
            // Both are one mount for the kubelet, which waits for the other name for ever.
            throw Trouble.mount("Unable to attach or mount volumes: unmounted volumes=[" + String.join(" ", unmounted)
                    + "], unattached volumes=[], failed to process volumes=[]: context deadline exceeded");
        }
    }

    private static List<PodClaim> claims(PodRecord record, List<Volume> volumes) {
        return volumes.stream()
                .flatMap(volume -> PodClaim.of(record.pod(), volume).stream())
                .toList();
    }

    private FakeClaim requireUsable(PodRecord record, PodClaim use) throws Trouble {
        String place = record.namespace() + "/" + use.name();
        FakeClaim claim = state.claims().find(record.namespace(), use.name());
        if (claim == null) {
            throw unprocessed(
                    use,
                    "error processing PVC " + place
                            + ": failed to fetch PVC from API server: persistentvolumeclaims \"" + use.name()
                            + "\" not found");
        }
        if (use.isOwn() && !claim.isOwnedBy(record.uid())) {
            throw unprocessed(use, notOwner(use, record));
        }
        if (claim.isTerminating() && record.mounted().isEmpty()) {
            throw unprocessed(use, "error processing PVC " + place + ": PVC is being deleted");
        }
        if (!claim.isBound()) {
            throw unprocessed(use, "error processing PVC " + place + ": PVC is not bound");
        }
        if (claim.isBlock()) {
            throw unprocessed(
                    use, "volume " + use.volume() + " has volumeMode Block, but is specified in volumeMounts");
        }
        return claim;
    }

    /** Returns the message for an ephemeral volume whose claim has another owner. */
    static String notOwner(PodClaim use, PodRecord record) {
        return "PVC " + record.namespace() + "/" + use.name() + " was not created for pod " + record.namespace() + "/"
                + record.name() + " (pod is not owner)";
    }

    private static Trouble unprocessed(PodClaim use, String why) {
        return Trouble.mount("Unable to attach or mount volumes: unmounted volumes=[" + use.volume()
                + "], unattached volumes=[], failed to process volumes=[" + use.volume() + "]: " + why);
    }

    private PodVolume ofClaim(PodRecord record, PodClaim use, boolean isReadOnly) throws Trouble {
        FakeClaim claim = requireUsable(record, use);
        String node = Objects.requireNonNull(record.node());
        requireReachable(claim, record, node);
        BackEnd backEnd = claim.backEnd();
        RwxVolume volume = claim.volumeOn(node, state);
        PodVolume mounted = new PodVolume(
                claim.volumeName(),
                volume,
                "",
                backEnd,
                !isReadOnly
                        ? PodVolume.Access.ALL
                        : Export.mountsReadOnly(backEnd) ? PodVolume.Access.NOBODY : PodVolume.Access.KUBELET,
                record.directory() + "/volumes/kubernetes.io~pvc/" + claim.volumeName());
        PodSecurityContext context = record.pod().getSpec().getSecurityContext();
        if (context != null && context.getFsGroup() != null && backEnd.appliesFsGroup() && !isReadOnly) {
            warnOfOtherGroup(claim, record, context.getFsGroup());
            boolean onlyOnMismatch = "OnRootMismatch".equals(context.getFsGroupChangePolicy());
            FsGroup.apply(mounted, context.getFsGroup(), onlyOnMismatch, claim.volumeName());
        }
        return mounted;
    }

    private void requireReachable(FakeClaim claim, PodRecord record, String node) throws Trouble {
        if (claim.backEnd() == BackEnd.LOCAL && !node.equals(state.nodes().get(0))) {
            throw Trouble.mount("MountVolume.NodeAffinity check failed for volume \"" + claim.volumeName()
                    + "\" : no matching NodeSelectorTerms");
        }
        if (claim.isShared()) {
            return;
        }
        List<String> others = new ArrayList<>();
        for (PodRecord user : state.users(claim)) {
            if (user != record && !user.mounted().isEmpty() && !node.equals(user.node())) {
                others.add(user.name());
            }
        }
        if (!others.isEmpty()) {
            throw Trouble.attach("Multi-Attach error for volume \""
                    + claim.volumeName() + "\" Volume is already used by pod(s) "
                    + String.join(", ", others));
        }
    }

    private void warnOfOtherGroup(FakeClaim claim, PodRecord record, Long group) {
        if (claim.backEnd() != BackEnd.LOCAL) {
            return;
        }
        for (PodRecord user : state.users(claim)) {
            PodSecurityContext context = user.pod().getSpec().getSecurityContext();
            Long other = context == null ? null : context.getFsGroup();
            if (user != record && !user.mounted().isEmpty() && other != null && !other.equals(group)) {
                state.events()
                        .warning(
                                "kubelet",
                                record.pod(),
                                "AlreadyMountedVolume",
                                "The requested fsGroup is " + group + ", but the volume "
                                        + claim.volumeName() + " has GID " + other
                                        + ". The volume may not be shareable.");
                return;
            }
        }
    }
}
