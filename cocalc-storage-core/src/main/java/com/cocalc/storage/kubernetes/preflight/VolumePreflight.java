package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.kubernetes.audit.SameStorage;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The volumes behind the claims: whether each claim has one of its own, and whether the files survive. */
final class VolumePreflight {

    private final StorageModel model;
    private final ClusterSnapshot snapshot;
    private final PreflightFindings findings;
    private final ServerNames servers;
    private final Map<String, Optional<VolumePlace>> places = new HashMap<>();

    VolumePreflight(StorageModel model, ClusterSnapshot snapshot, PreflightFindings findings) {
        this.model = model;
        this.snapshot = snapshot;
        this.findings = findings;
        servers = ServerNames.of(snapshot.all(Service.class));
    }

    void check() {
        Map<ClaimName, String> volumes = new LinkedHashMap<>();
        for (ClaimName name : model.claims()) {
            ClaimPreflight.findClaim(snapshot, name)
                    .map(VolumePreflight::volumeOf)
                    .ifPresent(volume -> volumes.put(name, volume));
        }
        volumes.forEach((name, volume) -> {
            checkShared(name, volume);
            snapshot.find(PersistentVolume.class, volume)
                    .ifPresentOrElse(one -> check(name, one), () -> missing(name, volume));
        });
        model.claims().forEach(this::checkClass);
        for (Pod pod : snapshot.all(Pod.class)) {
            checkServer(pod);
        }
    }

    /** Volumes that are made from now on get the options of the class. */
    private void checkClass(ClaimName name) {
        String asked = ClaimPreflight.findClaim(snapshot, name)
                .map(ClusterSnapshot::classOf)
                .orElse(null);
        snapshot.find(StorageClass.class, asked)
                .filter(one -> Absent.asEmpty(one.getProvisioner()).contains("nfs"))
                .ifPresent(one -> new MountOptionPreflight(findings)
                        .check(
                                "class " + MessageText.quoted(ClusterSnapshot.nameOf(one)),
                                "/mountOptions",
                                one.getMountOptions()));
    }

    private static @Nullable String volumeOf(PersistentVolumeClaim claim) {
        String volume = claim.getSpec() == null ? null : claim.getSpec().getVolumeName();
        return Absent.isEmpty(volume) ? null : volume;
    }

    /** Looks at all claims of the cluster: also a stranger's claim may lead to our files. */
    private void checkShared(ClaimName name, String volume) {
        Optional<VolumePlace> ours = placeOf(volume);
        for (PersistentVolumeClaim other : snapshot.all(PersistentVolumeClaim.class)) {
            String otherVolume = volumeOf(other);
            boolean same =
                    snapshot.isHere(other) && ClusterSnapshot.nameOf(other).equals(name.value());
            if (otherVolume == null || same) {
                continue;
            }
            String both = ClaimPreflight.named(name) + " and " + describe(other);
            if (otherVolume.equals(volume)) {
                findings.add(
                        PreflightRule.SAME_VOLUME,
                        "/spec/volumeName",
                        both + " are bound to volume " + MessageText.quoted(volume));
                continue;
            }
            placeOf(otherVolume).ifPresent(theirs -> checkPlaces(both, ours.orElse(null), theirs));
        }
    }

    /**
     * The claims beside those of the installation, in its namespace, that have files of one of these, and the volumes
     * without a claim that do.
     */
    SameStorage sameStorage() {
        Set<String> own = model.claims().stream().map(ClaimName::value).collect(Collectors.toSet());
        List<SameStorage.Claim> found = new ArrayList<>();
        InlineVolumes inline = new InlineVolumes(this::placeOf, servers);
        for (ClaimName name : model.claims()) {
            String volume = ClaimPreflight.findClaim(snapshot, name)
                    .map(VolumePreflight::volumeOf)
                    .orElse(null);
            if (volume == null) {
                continue;
            }
            placeOf(volume).ifPresent(place -> inline.add(name, place));
            for (PersistentVolumeClaim other : snapshot.claims()) {
                String claim = ClusterSnapshot.nameOf(other);
                String otherVolume = own.contains(claim) ? null : volumeOf(other);
                if (otherVolume != null) {
                    partWith(otherVolume, volume)
                            .ifPresent(part -> found.add(
                                    new SameStorage.Claim(claim, part, "files of " + ClaimPreflight.named(name))));
                }
            }
        }
        return SameStorage.of(found, inline);
    }

    private Optional<String> partWith(String theirs, String ours) {
        return theirs.equals(ours)
                ? Optional.of("")
                : placeOf(theirs).flatMap(place -> placeOf(ours).flatMap(place::partWith));
    }

    private Optional<VolumePlace> placeOf(String volume) {
        return places.computeIfAbsent(
                volume,
                name -> VolumePlace.of(
                        snapshot.find(PersistentVolume.class, name).orElse(null), servers));
    }

    private void checkPlaces(String both, @Nullable VolumePlace ours, VolumePlace theirs) {
        if (ours == null) {
            return;
        }
        if (!ours.overlaps(theirs)) {
            if (ours.couldOverlap(theirs, servers)) {
                findings.add(
                        PreflightRule.SERVERS_NOT_COMPARED,
                        "/spec/volumeName",
                        both + " lie on the same path or one above the other, " + ours + " and " + theirs
                                + ", and the snapshot does not have the Service");
            }
            return;
        }
        String differ = both + " have different volumes, and ";
        if (ours.contains(theirs) && theirs.contains(ours)) {
            findings.add(PreflightRule.SAME_STORAGE, "/spec/volumeName", differ + "both are " + ours);
        } else if (ours.contains(theirs)) {
            findings.add(
                    PreflightRule.NESTED_STORAGE,
                    "/spec/volumeName",
                    differ + "the first, " + ours + ", holds the second, " + theirs);
        } else {
            findings.add(
                    PreflightRule.NESTED_STORAGE,
                    "/spec/volumeName",
                    differ + "the second, " + theirs + ", holds the first, " + ours);
        }
    }

    private String describe(PersistentVolumeClaim claim) {
        String name = "claim " + MessageText.quoted(ClusterSnapshot.nameOf(claim));
        return snapshot.isHere(claim)
                ? name
                : name + " of namespace "
                        + MessageText.quoted(Absent.asEmpty(claim.getMetadata().getNamespace()));
    }

    /** A user who may not list volumes has a snapshot without any. */
    private void missing(ClaimName name, String volume) {
        boolean bound = ClaimPreflight.findClaim(snapshot, name)
                .filter(claim -> claim.getStatus() != null
                        && "Bound".equals(claim.getStatus().getPhase()))
                .isPresent();
        if (bound && !snapshot.all(PersistentVolume.class).isEmpty()) {
            findings.add(
                    PreflightRule.VOLUME_MISSING,
                    "/spec/volumeName",
                    ClaimPreflight.named(name) + " is bound to volume " + MessageText.quoted(volume)
                            + ", which does not exist");
        }
    }

    /** What is no name for a server is no word for a shell either. */
    private static String retain(String volume) {
        String remedy = PreflightRule.RECLAIM_DELETE.remedy();
        return volume.matches("[a-z0-9.-]+") ? remedy.replace("NAME", volume) : remedy;
    }

    private void check(ClaimName name, PersistentVolume volume) {
        PersistentVolumeSpec spec = Absent.asEmpty(volume.getSpec(), PersistentVolumeSpec::new);
        String behind = "volume " + MessageText.quoted(ClusterSnapshot.nameOf(volume)) + " behind "
                + ClaimPreflight.named(name);
        String policy = Absent.asEmpty(spec.getPersistentVolumeReclaimPolicy());
        if (policy.equals("Delete") || policy.equals("Recycle")) {
            findings.add(
                    PreflightRule.RECLAIM_DELETE,
                    "/spec/persistentVolumeReclaimPolicy",
                    behind + " has reclaim policy " + policy,
                    retain(ClusterSnapshot.nameOf(volume)));
        }
        List<String> modes = Absent.asEmpty(spec.getAccessModes());
        if (!modes.isEmpty() && !modes.contains("ReadWriteMany")) {
            findings.add(
                    PreflightRule.NOT_READ_WRITE_MANY,
                    "/spec/accessModes",
                    behind + " has access modes " + MessageText.quoted(modes.toString()));
        }
        if ("Block".equals(spec.getVolumeMode())) {
            findings.add(PreflightRule.BLOCK_VOLUME, "/spec/volumeMode", behind + " has volumeMode Block");
        }
        boolean csi = spec.getCsi() != null
                && Absent.asEmpty(spec.getCsi().getDriver()).equals("nfs.csi.k8s.io");
        if (spec.getNfs() != null || csi) {
            new MountOptionPreflight(findings).check(behind, "/spec/mountOptions", spec.getMountOptions());
        }
        new VolumeStatePreflight(snapshot, findings).check(name, behind, volume);
    }

    /** The provisioner exports its directory {@code /export}; without persistence that is an emptyDir. */
    private void checkServer(Pod pod) {
        PodSpec spec = Absent.asEmpty(pod.getSpec(), PodSpec::new);
        for (Container container : Absent.asEmpty(spec.getContainers())) {
            if (container == null || !isNfsServer(container)) {
                continue;
            }
            for (VolumeMount mount : Absent.asEmpty(container.getVolumeMounts())) {
                if (mount != null && "/export".equals(CleanedPath.absolute(Absent.asEmpty(mount.getMountPath())))) {
                    checkExport(pod, spec, Absent.asEmpty(mount.getName()));
                }
            }
        }
    }

    private static boolean isNfsServer(Container container) {
        String image = Absent.asEmpty(container.getImage());
        return image.contains("nfs-provisioner")
                || image.contains("nfs-server-provisioner")
                || image.contains("ganesha");
    }

    private void checkExport(Pod pod, PodSpec spec, String name) {
        List<Volume> volumes = Absent.asEmpty(spec.getVolumes());
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            if (volume != null && name.equals(volume.getName()) && volume.getEmptyDir() != null) {
                findings.add(
                        PreflightRule.PERSISTENCE_OFF,
                        "/spec/volumes/" + i + "/emptyDir",
                        "NFS server " + MessageText.quoted(ClusterSnapshot.nameOf(pod))
                                + " exports an emptyDir (its chart has persistence.enabled: false)");
            }
        }
    }
}
