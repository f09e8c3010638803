package com.cocalc.storage.testkit.law;

import com.cocalc.storage.Access;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of a finished pod that the laws judge. */
record PodSeen(
        List<Volume> volumes,
        List<ContainerSeen> containers,
        @Nullable PodSecurityContext security) {

    static PodSeen of(Pod pod) {
        PodSpec spec = pod.getSpec() == null ? new PodSpec() : pod.getSpec();
        return new PodSeen(Absent.asEmpty(spec.getVolumes()), ContainerSeen.in(spec), spec.getSecurityContext());
    }

    /** A mount of a claim. */
    record ClaimMount(
            ContainerSeen container, String pointer, VolumeMount mount, String claim, boolean readOnlySource) {

        /** Returns whether a process sees the mount read-only, for which either flag is enough. */
        boolean isReadOnly() {
            return readOnlySource || Boolean.TRUE.equals(mount.getReadOnly());
        }

        boolean isOf(ContainerSeen other) {
            return container.pointer().equals(other.pointer());
        }

        String cleanPath() {
            return clean(mount.getMountPath());
        }

        /** Returns the sub-path, or null for the whole claim; the kubelet reads "" as none. */
        @Nullable
        String subPath() {
            return mount.getSubPath() == null || mount.getSubPath().isEmpty() ? null : mount.getSubPath();
        }

        ComponentView.Mounted mounted() {
            return new ComponentView.Mounted(
                    claim,
                    mount.getSubPath() == null ? "" : mount.getSubPath(),
                    cleanPath(),
                    isReadOnly() ? Access.READ_ONLY : Access.READ_WRITE);
        }

        boolean hasExpression() {
            return mount.getSubPathExpr() != null && !mount.getSubPathExpr().isEmpty();
        }
    }

    @Nullable
    Volume volume(@Nullable String name) {
        for (Volume volume : volumes) {
            if (volume.getName() != null && volume.getName().equals(name)) {
                return volume;
            }
        }
        return null;
    }

    static @Nullable String claimOf(@Nullable Volume volume) {
        PersistentVolumeClaimVolumeSource source = volume == null ? null : volume.getPersistentVolumeClaim();
        return source == null ? null : source.getClaimName();
    }

    static boolean isReadOnlySource(Volume volume) {
        PersistentVolumeClaimVolumeSource source = volume.getPersistentVolumeClaim();
        return source != null && Boolean.TRUE.equals(source.getReadOnly());
    }

    /** Returns all mounts of all claims, container by container. */
    List<ClaimMount> claimMounts() {
        List<ClaimMount> mounts = new ArrayList<>();
        for (ContainerSeen container : containers) {
            for (int i = 0; i < container.mounts().size(); i++) {
                VolumeMount mount = container.mounts().get(i);
                Volume volume = volume(mount.getName());
                String claim = claimOf(volume);
                if (volume != null && claim != null) {
                    mounts.add(new ClaimMount(
                            container,
                            container.pointer() + "/volumeMounts/" + i,
                            mount,
                            claim,
                            isReadOnlySource(volume)));
                }
            }
        }
        return mounts;
    }

    /**
     * Returns the message for a missing mount with the existing ones, as it often has another claim, path or sub-path.
     */
    static String noSuchMount(Collection<ClaimMount> instead) {
        return instead.isEmpty()
                ? "no such mount, nor one of any claim"
                : "no such mount; mounted are "
                        + instead.stream()
                                .map(mount -> mount.mounted().toString())
                                .distinct()
                                .collect(Collectors.joining("; "));
    }

    /** Returns a mount path as the container runtime reads it. */
    static String clean(@Nullable String path) {
        List<String> names = new ArrayList<>();
        for (String name : (path == null ? "" : path).split("/", -1)) {
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.remove(names.size() - 1);
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return "/" + String.join("/", names);
    }
}
