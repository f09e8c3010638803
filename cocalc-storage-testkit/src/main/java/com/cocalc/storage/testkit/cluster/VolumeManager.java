package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.testkit.rwx.RwxVolume;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of the kubelet that mounts a pod's volumes on the node. */
final class VolumeManager {

    private final ClusterState state;
    private final KubeletVersion version;
    private final ScratchVolumes scratch;

    VolumeManager(ClusterState state, KubeletVersion version) {
        this.state = state;
        this.version = version;
        this.scratch = new ScratchVolumes(state);
    }

    /** The volumes by name; those that no container mounts are left out, as the kubelet does. */
    Map<String, PodVolume> mount(PodRecord record) throws Trouble {
        List<Volume> wanted = wanted(record);
        requireOneVolumeForAClaim(record, wanted);
        Map<String, PodVolume> mounted = new LinkedHashMap<>();
        for (Volume volume : wanted) {
            PersistentVolumeClaimVolumeSource source = volume.getPersistentVolumeClaim();
            PodVolume made =
                    source == null ? scratch.mount(record, volume) : ofClaim(record, volume.getName(), source, wanted);
            mounted.put(volume.getName(), made);
        }
        return mounted;
    }

    private static List<Volume> wanted(PodRecord record) throws Trouble {
        Set<String> mounted = new HashSet<>();
        for (Container container : record.allContainers()) {
            Lists.of(container.getVolumeMounts()).forEach(mount -> mounted.add(mount.getName()));
        }
        List<Volume> wanted = new ArrayList<>();
        for (Volume volume : record.volumes()) {
            if (mounted.contains(volume.getName())) {
                wanted.add(volume);
            }
        }
        return wanted;
    }

    private void requireOneVolumeForAClaim(PodRecord record, List<Volume> wanted) throws Trouble {
        Map<String, String> last = new LinkedHashMap<>();
        List<String> unmounted = new ArrayList<>();
        for (Volume volume : wanted) {
            if (volume.getPersistentVolumeClaim() != null) {
                String other = last.put(volume.getPersistentVolumeClaim().getClaimName(), volume.getName());
                if (other != null) {
                    unmounted.add(other);
                }
            }
        }
        if (!unmounted.isEmpty() && version == KubeletVersion.V1_34) {
            // Both are one mount for the kubelet, which waits for the other name for ever.
            for (String claim : last.keySet()) {
                requireUsable(record, claim, last.get(claim));
            }
            throw Trouble.mount("Unable to attach or mount volumes: unmounted volumes=[" + String.join(" ", unmounted)
                    + "], unattached volumes=[], failed to process volumes=[]: context deadline exceeded");
        }
    }

    private FakeClaim requireUsable(PodRecord record, String name, @Nullable String volume) throws Trouble {
        FakeClaim claim = state.findClaim(record.namespace(), name);
        if (claim == null) {
            throw unprocessed(
                    volume,
                    "error processing PVC " + record.namespace() + "/" + name
                            + ": failed to fetch PVC from API server: persistentvolumeclaims \"" + name
                            + "\" not found");
        }
        if (!claim.isBound()) {
            throw unprocessed(volume, "error processing PVC " + record.namespace() + "/" + name + ": PVC is not bound");
        }
        if (claim.isBlock()) {
            throw unprocessed(volume, "volume " + volume + " has volumeMode Block, but is specified in volumeMounts");
        }
        return claim;
    }

    private static Trouble unprocessed(@Nullable String volume, String why) {
        return Trouble.mount("Unable to attach or mount volumes: unmounted volumes=[" + volume
                + "], unattached volumes=[], failed to process volumes=[" + volume + "]: " + why);
    }

    private PodVolume ofClaim(
            PodRecord record, String name, PersistentVolumeClaimVolumeSource source, List<Volume> wanted)
            throws Trouble {
        FakeClaim claim = requireUsable(record, source.getClaimName(), name);
        String node = Objects.requireNonNull(record.node());
        requireReachable(claim, record, node);
        boolean isReadOnly = lastSource(source, wanted);
        BackEnd backEnd = claim.backEnd();
        RwxVolume volume = claim.volumeOn(node, state.nodes().get(0));
        PodVolume mounted = new PodVolume(
                name,
                volume,
                backEnd,
                isReadOnly,
                isReadOnly && Export.mountsReadOnly(backEnd),
                "/var/lib/kubelet/pods/" + record.uid() + "/volumes/kubernetes.io~pvc/"
                        + claim.object().getSpec().getVolumeName());
        PodSecurityContext context = record.pod().getSpec().getSecurityContext();
        if (context != null && context.getFsGroup() != null && backEnd.appliesFsGroup() && !isReadOnly) {
            warnOfOtherGroup(claim, record, context.getFsGroup());
            boolean onlyOnMismatch = "OnRootMismatch".equals(context.getFsGroupChangePolicy());
            FsGroup.apply(
                    mounted,
                    context.getFsGroup(),
                    onlyOnMismatch,
                    claim.object().getMetadata().getUid());
        }
        return mounted;
    }

    /** Of several entries on one claim the last one decides for all. */
    private static boolean lastSource(PersistentVolumeClaimVolumeSource source, List<Volume> wanted) {
        PersistentVolumeClaimVolumeSource last = source;
        for (Volume volume : wanted) {
            PersistentVolumeClaimVolumeSource other = volume.getPersistentVolumeClaim();
            if (other != null && other.getClaimName().equals(source.getClaimName())) {
                last = other;
            }
        }
        return Boolean.TRUE.equals(last.getReadOnly());
    }

    private void requireReachable(FakeClaim claim, PodRecord record, String node) throws Trouble {
        if (claim.backEnd() == BackEnd.LOCAL && !node.equals(state.nodes().get(0))) {
            throw Trouble.mount("MountVolume.NodeAffinity check failed for volume \""
                    + claim.object().getSpec().getVolumeName() + "\" : no matching NodeSelectorTerms");
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
                    + claim.object().getSpec().getVolumeName() + "\" Volume is already used by pod(s) "
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
                                record.pod(),
                                "AlreadyMountedVolume",
                                "The requested fsGroup is " + group + ", but the volume "
                                        + claim.object().getSpec().getVolumeName() + " has GID " + other
                                        + ". The volume may not be shareable.");
                return;
            }
        }
    }
}
