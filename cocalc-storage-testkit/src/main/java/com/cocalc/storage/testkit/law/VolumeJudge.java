package com.cocalc.storage.testkit.law;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.testkit.law.PodSeen.ClaimMount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges whether the volumes and mounts of a pod match. */
final class VolumeJudge {

    private final ProjectVolumes volumes;
    private final Set<String> ours;
    private final Violations violations;

    VolumeJudge(ProjectVolumes volumes, Violations violations) {
        StorageConfig config = volumes.config();
        this.volumes = volumes;
        ours = Set.copyOf(List.of(
                config.dataClaim().value(),
                config.softwareClaim().value(),
                config.sharesClaim().value()));
        this.violations = violations;
    }

    void judge(PodSeen pod) {
        Set<String> used = new HashSet<>();
        for (ContainerSeen container : pod.containers()) {
            judgeMounts(container, pod, used);
            container.devices().forEach(device -> used.add(device.getName()));
        }
        judgeVolumes(pod, used);
        for (ClaimMount mount : pod.claimMounts()) {
            if (ours.contains(mount.claim())
                    && mount.readOnlySource()
                    && !Boolean.TRUE.equals(mount.mount().getReadOnly())
                    && !mustBeWritable(mount)) {
                violations.add(
                        PodLaws.READ_ONLY_SOURCE_READ_ONLY_MOUNTS,
                        mount.pointer() + "/readOnly",
                        String.valueOf(mount.mount().getReadOnly()),
                        "true, as volume " + Printed.of(mount.mount().getName()) + " is read-only");
            }
        }
    }

    /** Returns whether a mount must be writable, so that another law reports a read-only source. */
    private boolean mustBeWritable(ClaimMount mount) {
        StorageConfig config = volumes.config();
        boolean isHome = mount.claim().equals(config.dataClaim().value())
                && mount.cleanPath().equals(config.homePath().value())
                && mount.container().kind() == ContainerSeen.Kind.MAIN;
        boolean isSoftware = mount.claim().equals(config.softwareClaim().value())
                && mount.cleanPath().equals(config.softwarePath().value())
                && mount.subPath() == null
                && !mount.hasExpression();
        return isHome || (isSoftware && !volumes.softwareAccess().access().isReadOnly());
    }

    private void judgeMounts(ContainerSeen container, PodSeen pod, Set<String> used) {
        Map<String, @Nullable String> paths = new HashMap<>();
        for (int i = 0; i < container.mounts().size(); i++) {
            VolumeMount mount = container.mounts().get(i);
            String pointer = container.pointer() + "/volumeMounts/" + i;
            used.add(mount.getName());
            if (pod.volume(mount.getName()) == null) {
                violations.add(
                        PodLaws.MOUNT_NAMES_A_VOLUME,
                        pointer + "/name",
                        Printed.of(mount.getName()),
                        "one of " + pod.volumes().stream().map(Volume::getName).toList());
            }
            String path = PodSeen.clean(mount.getMountPath());
            String other = paths.putIfAbsent(path, pointer);
            if (other != null) {
                violations.add(
                        PodLaws.MOUNT_PATHS_DIFFER,
                        pointer + "/mountPath",
                        Printed.of(mount.getMountPath()) + ", the place of " + other,
                        "a place of its own");
            }
        }
    }

    /** Where nothing mounts the claim of homes or of the software, the laws that want a mount say so. */
    private boolean isOfMissingMount(String claim, PodSeen pod) {
        boolean wanted = claim.equals(volumes.config().dataClaim().value())
                || claim.equals(volumes.config().softwareClaim().value());
        return wanted
                && pod.claimMounts().stream().noneMatch(mount -> mount.claim().equals(claim));
    }

    private void judgeVolumes(PodSeen pod, Set<String> used) {
        Map<String, String> claims = new HashMap<>();
        for (int i = 0; i < pod.volumes().size(); i++) {
            Volume volume = pod.volumes().get(i);
            String claim = PodSeen.claimOf(volume);
            if (claim == null || !ours.contains(claim)) {
                continue;
            }
            String other = claims.putIfAbsent(claim, String.valueOf(volume.getName()));
            if (other != null) {
                violations.add(
                        PodLaws.CLAIM_HAS_ONE_VOLUME,
                        "/spec/volumes/" + i,
                        "volume " + Printed.of(volume.getName()) + " of claim " + claim,
                        "volume " + Printed.of(other) + " alone");
            }
            if (!used.contains(volume.getName()) && !isOfMissingMount(claim, pod)) {
                violations.add(
                        PodLaws.VOLUME_IS_USED,
                        "/spec/volumes/" + i,
                        "volume " + Printed.of(volume.getName()) + " without a mount",
                        "a mount, or no volume");
            }
        }
    }
}
