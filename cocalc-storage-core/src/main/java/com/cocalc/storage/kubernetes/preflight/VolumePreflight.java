package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.kubernetes.audit.SameStorage;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The volumes behind the claims: whether each claim has one of its own, and whether the files survive. */
final class VolumePreflight {

    private final StorageModel model;
    private final ClusterSnapshot snapshot;
    private final PreflightFindings findings;
    private final VolumePlaces places;
    private final List<PersistentVolume> unlistedClaims;

    VolumePreflight(StorageModel model, ClusterSnapshot snapshot, PreflightFindings findings) {
        this.model = model;
        this.snapshot = snapshot;
        this.findings = findings;
        places = new VolumePlaces(snapshot);
        unlistedClaims = ofUnlistedClaims();
    }

    void check() {
        Map<ClaimName, String> volumes = new LinkedHashMap<>();
        for (ClaimName name : model.claims()) {
            ClaimPreflight.findClaim(snapshot, name)
                    .map(ClusterSnapshot::volumeNameOf)
                    .ifPresent(volume -> volumes.put(name, volume));
        }
        Set<String> checked = new HashSet<>();
        volumes.forEach((name, volume) -> {
            checkShared(name, volume);
            PersistentVolume there =
                    snapshot.find(PersistentVolume.class, volume).orElse(null);
            if (there == null) {
                missing(name, volume);
                return;
            }
            String behind = describe(there) + " behind " + ClaimPreflight.named(name);
            new VolumeStatePreflight(snapshot, findings).checkOwner(name, behind, there);
            if (checked.add(volume)) {
                check(behind, there);
            }
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
                                snapshot.objectName(one),
                                "class " + MessageText.quoted(ClusterSnapshot.nameOf(one)),
                                VolumeMountOptions.ofClass(one.getProvisioner(), one.getMountOptions())));
    }

    /** Looks at all claims of the cluster: also a stranger's claim may lead to our files. Two of ours are one pair. */
    private void checkShared(ClaimName name, String volume) {
        List<VolumePlace> ours = places.of(volume);
        for (PersistentVolumeClaim other : snapshot.all(PersistentVolumeClaim.class)) {
            String otherVolume = ClusterSnapshot.volumeNameOf(other);
            if (otherVolume == null || isUpTo(name, other)) {
                continue;
            }
            String both = ClaimPreflight.named(name) + " and " + describe(other);
            if (otherVolume.equals(volume)) {
                findings.add(
                        snapshot.objectName(name),
                        PreflightRule.SAME_VOLUME,
                        "/spec/volumeName",
                        both + " are bound to volume " + MessageText.quoted(volume));
            } else if (isOurs(other)) {
                if (!checkPlaces(name, both, ours, places.of(otherVolume, ours))) {
                    checkHandles(name, both, volume, otherVolume);
                }
            } else if (!places.isOfProvisioner(otherVolume)) {
                List<VolumePlace> beside =
                        places.besideClaim(volume, snapshot.namespaceOf(other), ClusterSnapshot.nameOf(other));
                checkPlaces(name, both, beside, places.of(otherVolume, ours));
            }
        }
        for (PersistentVolume other : unlistedClaims) {
            String otherVolume = ClusterSnapshot.nameOf(other);
            if (!places.isOfProvisioner(otherVolume)) {
                ObjectReference claim = other.getSpec().getClaimRef();
                String both = ClaimPreflight.named(name) + " and " + describe(claim.getName(), claim.getNamespace());
                checkPlaces(name, both, ours, places.of(otherVolume, ours));
            }
        }
    }

    private boolean isOurs(PersistentVolumeClaim claim) {
        return snapshot.isHere(claim)
                && model.claims().stream().map(ClaimName::value).anyMatch(ClusterSnapshot.nameOf(claim)::equals);
    }

    /** Nodes know volumes of a CSI driver by their handles, whatever their attributes say. */
    private void checkHandles(ClaimName name, String both, String volume, String other) {
        List<String> handle = handleOf(volume);
        if (!handle.isEmpty() && handle.equals(handleOf(other))) {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.SAME_HANDLE,
                    "/spec/volumeName",
                    both + " have different volumes of driver " + MessageText.quoted(handle.get(0))
                            + " with one handle " + MessageText.quoted(handle.get(1)));
        }
    }

    private List<String> handleOf(String volume) {
        return snapshot.find(PersistentVolume.class, volume)
                .map(PersistentVolume::getSpec)
                .map(PersistentVolumeSpec::getCsi)
                .filter(csi -> !Absent.isEmpty(csi.getVolumeHandle()))
                .map(csi -> List.of(Absent.asEmpty(csi.getDriver()), csi.getVolumeHandle()))
                .orElse(List.of());
    }

    /** Volumes of claims in namespaces whose claims were not listed. */
    private List<PersistentVolume> ofUnlistedClaims() {
        Set<String> listed = snapshot.all(PersistentVolumeClaim.class).stream()
                .map(ClusterSnapshot::volumeNameOf)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return snapshot.all(PersistentVolume.class).stream()
                .filter(volume -> !listed.contains(ClusterSnapshot.nameOf(volume)) && isHeld(volume))
                .toList();
    }

    private static boolean isHeld(PersistentVolume volume) {
        ObjectReference owner =
                volume.getSpec() == null ? null : volume.getSpec().getClaimRef();
        String phase = volume.getStatus() == null ? null : volume.getStatus().getPhase();
        return owner != null && !Absent.isEmpty(owner.getName()) && (phase == null || phase.equals("Bound"));
    }

    /** Whether a claim is this one of the installation or an earlier one, which has been compared with this one. */
    private boolean isUpTo(ClaimName name, PersistentVolumeClaim claim) {
        String there = ClusterSnapshot.nameOf(claim);
        return snapshot.isHere(claim)
                && model.claims().stream()
                        .map(ClaimName::value)
                        .filter(own -> own.equals(there) || own.equals(name.value()))
                        .findFirst()
                        .filter(there::equals)
                        .isPresent();
    }

    /**
     * The claims beside those of the installation, in its namespace, that have files of one of these, and the volumes
     * without a claim that do.
     */
    SameStorage sameStorage() {
        Set<String> own = model.claims().stream().map(ClaimName::value).collect(Collectors.toSet());
        List<SameStorage.Claim> found = new ArrayList<>();
        InlineVolumes inline = new InlineVolumes(places);
        for (ClaimName name : model.claims()) {
            String volume = ClaimPreflight.findClaim(snapshot, name)
                    .map(ClusterSnapshot::volumeNameOf)
                    .orElse(null);
            if (volume == null) {
                continue;
            }
            inline.add(name, places.of(volume));
            for (PersistentVolumeClaim other : snapshot.claims()) {
                String claim = ClusterSnapshot.nameOf(other);
                String otherVolume = own.contains(claim) ? null : ClusterSnapshot.volumeNameOf(other);
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
        List<VolumePlace> here = places.of(ours);
        return theirs.equals(ours) ? Optional.of("") : VolumePlaces.partWith(places.of(theirs, here), here);
    }

    /** Returns whether something was found. */
    private boolean checkPlaces(ClaimName name, String both, List<VolumePlace> ours, List<VolumePlace> theirs) {
        for (VolumePlace here : ours) {
            for (VolumePlace there : theirs) {
                if (here.overlaps(there)) {
                    meet(name, both, here, there);
                    return true;
                }
            }
        }
        for (VolumePlace here : ours) {
            for (VolumePlace there : theirs) {
                if (here.couldOverlap(there, places.names())) {
                    findings.add(
                            snapshot.objectName(name),
                            PreflightRule.SERVERS_NOT_COMPARED,
                            "/spec/volumeName",
                            both + " lie on the same path or one above the other, " + here + " and " + there
                                    + ", and the snapshot does not tell what is behind the Service");
                    return true;
                }
            }
        }
        return false;
    }

    private void meet(ClaimName name, String both, VolumePlace ours, VolumePlace theirs) {
        String differ = both + " have different volumes, and ";
        if (ours.contains(theirs) && theirs.contains(ours)) {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.SAME_STORAGE,
                    "/spec/volumeName",
                    differ + "both are " + ours);
        } else if (ours.contains(theirs)) {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.NESTED_STORAGE,
                    "/spec/volumeName",
                    differ + "the first, " + ours + ", holds the second, " + theirs);
        } else {
            findings.add(
                    snapshot.objectName(name),
                    PreflightRule.NESTED_STORAGE,
                    "/spec/volumeName",
                    differ + "the second, " + theirs + ", holds the first, " + ours);
        }
    }

    private String describe(PersistentVolumeClaim claim) {
        return describe(ClusterSnapshot.nameOf(claim), snapshot.namespaceOf(claim));
    }

    private String describe(String claim, @Nullable String namespace) {
        String name = "claim " + MessageText.quoted(claim);
        return snapshot.namespace().equals(namespace)
                ? name
                : name + " of namespace " + MessageText.quoted(Absent.asEmpty(namespace));
    }

    /** A user who may not list volumes has a snapshot without any. */
    private void missing(ClaimName name, String volume) {
        boolean bound = ClaimPreflight.findClaim(snapshot, name)
                .filter(claim -> claim.getStatus() != null
                        && "Bound".equals(claim.getStatus().getPhase()))
                .isPresent();
        if (bound && !snapshot.all(PersistentVolume.class).isEmpty()) {
            findings.add(
                    snapshot.objectName(name),
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

    private static String describe(PersistentVolume volume) {
        return "volume " + MessageText.quoted(ClusterSnapshot.nameOf(volume));
    }

    private void check(String behind, PersistentVolume volume) {
        PersistentVolumeSpec spec = Absent.asEmpty(volume.getSpec(), PersistentVolumeSpec::new);
        String policy = Absent.asEmpty(spec.getPersistentVolumeReclaimPolicy());
        if (policy.equals("Delete") || policy.equals("Recycle")) {
            findings.add(
                    snapshot.objectName(volume),
                    PreflightRule.RECLAIM_DELETE,
                    "/spec/persistentVolumeReclaimPolicy",
                    behind + " has reclaim policy " + policy,
                    retain(ClusterSnapshot.nameOf(volume)));
        }
        List<String> modes = Absent.asEmpty(spec.getAccessModes());
        if (!modes.isEmpty() && !modes.contains("ReadWriteMany")) {
            findings.add(
                    snapshot.objectName(volume),
                    PreflightRule.NOT_READ_WRITE_MANY,
                    "/spec/accessModes",
                    behind + " has access modes " + MessageText.quoted(modes.toString()));
        }
        if ("Block".equals(spec.getVolumeMode())) {
            findings.add(
                    snapshot.objectName(volume),
                    PreflightRule.BLOCK_VOLUME,
                    "/spec/volumeMode",
                    behind + " has volumeMode Block");
        }
        boolean csi = spec.getCsi() != null
                && Absent.asEmpty(spec.getCsi().getDriver()).equals("nfs.csi.k8s.io");
        if (spec.getNfs() != null || csi) {
            new MountOptionPreflight(findings)
                    .check(snapshot.objectName(volume), behind, VolumeMountOptions.of(volume));
        }
        new VolumeStatePreflight(snapshot, findings).check(behind, volume);
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
                        snapshot.objectName(pod),
                        PreflightRule.PERSISTENCE_OFF,
                        "/spec/volumes/" + i + "/emptyDir",
                        "NFS server " + MessageText.quoted(ClusterSnapshot.nameOf(pod))
                                + " exports an emptyDir (its chart has persistence.enabled: false)");
            }
        }
    }
}
