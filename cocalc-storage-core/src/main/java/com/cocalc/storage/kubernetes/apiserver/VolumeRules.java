package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.NameRules;
import com.cocalc.storage.kubernetes.pod.VolumeSourceKind;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The API server's rules for {@code spec.volumes}. */
final class VolumeRules {

    private static final String SECOND_SOURCE = "may not specify more than 1 volume type";

    private VolumeRules() {}

    /** Returns the names of the volumes that a server of 1.34 removes with all their mounts: those of an image. */
    static Set<String> removed(List<Volume> volumes) {
        Set<String> names = new HashSet<>();
        for (Volume volume : volumes) {
            if (volume != null && VolumeSourceKind.IMAGE.isIn(volume)) {
                names.add(Absent.asEmpty(volume.getName()));
            }
        }
        return names;
    }

    /** Checks all volumes but the removed ones, and returns those that mounts may name: those without a fault. */
    static Map<String, Volume> check(List<Volume> volumes, String podName, FieldPath at, Faults faults) {
        Map<String, Volume> usable = new HashMap<>(volumes.size() * 2);
        Set<String> createdClaims = createdClaims(volumes, podName);
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = Absent.asEmpty(volumes.get(i), Volume::new);
            if (VolumeSourceKind.IMAGE.isIn(volume)) {
                continue;
            }
            String name = Absent.asEmpty(volume.getName());
            FieldPath path = at.index(i);
            int before = faults.size();
            checkSource(volume, podName, path, faults);
            if (name.isEmpty()) {
                faults.required(path.child("name"), "");
            } else {
                MetadataRules.invalid(path.child("name"), name, NameRules.findLabelFault(name), faults);
            }
            if (usable.containsKey(name)) {
                faults.duplicate(path.child("name"), name);
            }
            if (faults.size() == before) {
                usable.put(name, volume);
            }
            checkNotCreated(volume, createdClaims, path, faults);
        }
        return usable;
    }

    /** Returns the claims that Kubernetes creates for volumes of the kind {@code ephemeral}. */
    private static Set<String> createdClaims(List<Volume> volumes, String podName) {
        Set<String> created = new HashSet<>();
        for (Volume volume : podName.isEmpty() ? List.<Volume>of() : volumes) {
            if (volume != null && volume.getEphemeral() != null && !VolumeSourceKind.IMAGE.isIn(volume)) {
                created.add(podName + "-" + Absent.asEmpty(volume.getName()));
            }
        }
        return created;
    }

    private static void checkNotCreated(Volume volume, Set<String> createdClaims, FieldPath at, Faults faults) {
        if (createdClaims.isEmpty() || volume.getPersistentVolumeClaim() == null) {
            return;
        }
        String claim = Absent.asEmpty(volume.getPersistentVolumeClaim().getClaimName());
        if (createdClaims.contains(claim)) {
            faults.invalid(
                    at.child("persistentVolumeClaim").child("claimName"),
                    claim,
                    "must not reference a PVC that gets created for an ephemeral volume");
        }
    }

    /** Checks the source of a volume. A volume without a source is accepted, and becomes an empty directory. */
    private static void checkSource(Volume volume, String podName, FieldPath at, Faults faults) {
        VolumeSourceKind first = VolumeSourceKind.findFirst(volume);
        if (first == null) {
            return;
        }
        VolumeSourceRules.check(first, volume, at.child(first.field()), faults);
        if (first == VolumeSourceKind.EPHEMERAL) {
            checkCreatedClaimName(volume, podName, at, faults);
        }
        for (VolumeSourceKind kind : VolumeSourceKind.values()) {
            if (kind.compareTo(first) > 0 && kind.isIn(volume)) {
                FieldPath refused = at.child(kind.fieldWhenRefused());
                faults.forbidden(refused.placedAt(at.child(kind.field())), SECOND_SOURCE);
            }
        }
    }

    private static void checkCreatedClaimName(Volume volume, String podName, FieldPath at, Faults faults) {
        String name = Absent.asEmpty(volume.getName());
        if (podName.isEmpty() || name.isEmpty()) {
            return;
        }
        String fault = NameRules.findSubdomainFault(podName + "-" + name);
        if (fault != null) {
            faults.invalid(
                    at.child("name"), name, "PVC name " + MessageText.quoted(podName + "-" + name) + ": " + fault);
        }
    }
}
