package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;

/** The API server's rules for a persistent volume claim. */
final class ClaimRules {

    private static final List<String> ACCESS_MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    private static final String ALONE = "ReadWriteOncePod";
    private static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

    private ClaimRules() {}

    static void check(PersistentVolumeClaim claim, Faults faults) {
        MetadataRules.check(Absent.asEmpty(claim.getMetadata(), ObjectMeta::new), faults);
        checkSpec(Absent.asEmpty(claim.getSpec(), PersistentVolumeClaimSpec::new), FieldPath.of("spec"), faults);
    }

    static void checkSpec(PersistentVolumeClaimSpec spec, FieldPath at, Faults faults) {
        List<String> modes = Absent.asEmpty(spec.getAccessModes());
        if (modes.isEmpty()) {
            faults.required(at.child("accessModes"), "at least 1 access mode is required");
        }
        LabelSelectorRules.check(spec.getSelector(), at.child("selector"), faults);
        checkModes(modes, at.child("accessModes"), faults);
        checkStorage(spec, at, faults);
        String storageClass = Absent.asEmpty(spec.getStorageClassName());
        if (!storageClass.isEmpty()) {
            MetadataRules.invalid(
                    at.child("storageClassName"), storageClass, NameRules.findSubdomainFault(storageClass), faults);
        }
        VolumeSourceRules.unsupported(spec.getVolumeMode(), VOLUME_MODES, at.child("volumeMode"), faults);
        String attributes = Absent.asEmpty(spec.getVolumeAttributesClassName());
        if (!attributes.isEmpty()) {
            MetadataRules.invalid(
                    at.child("volumeAttributesClassName"),
                    attributes,
                    NameRules.findSubdomainFault(attributes),
                    faults);
        }
    }

    private static void checkModes(List<String> modes, FieldPath at, Faults faults) {
        boolean alone = false;
        boolean others = false;
        for (int i = 0; i < modes.size(); i++) {
            String mode = Absent.asEmpty(modes.get(i));
            if (!ACCESS_MODES.contains(mode)) {
                faults.unsupported(at.placedAt(at.index(i)), mode, ACCESS_MODES);
            } else if (mode.equals(ALONE)) {
                alone = true;
            } else {
                others = true;
            }
        }
        if (alone && others) {
            faults.forbidden(at, "may not use ReadWriteOncePod with other access modes");
        }
    }

    private static void checkStorage(PersistentVolumeClaimSpec spec, FieldPath at, Faults faults) {
        FieldPath resources = at.child("resources");
        Map<String, Quantity> requests = spec.getResources() == null
                ? Map.of()
                : Absent.asEmpty(spec.getResources().getRequests());
        FieldPath path =
                resources.key("storage").placedAt(resources.child("requests").child("storage"));
        if (!requests.containsKey("storage")) {
            faults.required(path, "");
            return;
        }
        Quantity storage = Absent.asEmpty(requests.get("storage"), () -> new Quantity("0"));
        ServerQuantity size = ServerQuantity.of(storage);
        if (size.signum() <= 0) {
            faults.invalid(path, size, "must be greater than zero");
        }
    }
}
