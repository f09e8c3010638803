package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.NameRules;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TypedLocalObjectReference;
import io.fabric8.kubernetes.api.model.TypedObjectReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The API server's rules for a persistent volume claim. */
final class ClaimRules {

    private static final List<String> ACCESS_MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    private static final String ALONE = "ReadWriteOncePod";
    private static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

    private ClaimRules() {}

    static void check(PersistentVolumeClaim claim, Faults faults) {
        MetadataRules.checkWithGeneration(Absent.asEmpty(claim.getMetadata(), ObjectMeta::new), faults);
        PersistentVolumeClaimSpec spec = Absent.asEmpty(claim.getSpec(), PersistentVolumeClaimSpec::new);
        checkSpec(isCloned(spec) ? completed(spec) : spec, FieldPath.of("spec"), faults);
    }

    private static void checkSpec(PersistentVolumeClaimSpec spec, FieldPath at, Faults faults) {
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
        checkSources(spec, at, faults);
        String attributes = Absent.asEmpty(spec.getVolumeAttributesClassName());
        if (!attributes.isEmpty()) {
            MetadataRules.invalid(
                    at.child("volumeAttributesClassName"),
                    attributes,
                    NameRules.findSubdomainFault(attributes),
                    faults);
        }
    }

    /** Checks the template of a claim that Kubernetes makes from a pod. */
    static void checkTemplate(PersistentVolumeClaimSpec spec, FieldPath at, Faults faults) {
        checkSpec(isCloned(spec) ? withoutUnsupported(spec) : spec, at, faults);
    }

    private static boolean isCloned(PersistentVolumeClaimSpec spec) {
        return spec.getDataSource() != null || spec.getDataSourceRef() != null;
    }

    /**
     * Returns the spec without what the server drops before it checks anything: a reference into another namespace (the
     * feature gate {@code CrossNamespaceVolumeDataSource} is off) and then, if no reference is left, a source that is
     * neither a claim nor a snapshot.
     */
    private static PersistentVolumeClaimSpec withoutUnsupported(PersistentVolumeClaimSpec given) {
        PersistentVolumeClaimSpec spec = new PersistentVolumeClaimSpecBuilder(given).build();
        spec.setDataSourceRef(supported(spec.getDataSourceRef()));
        if (spec.getDataSourceRef() == null) {
            spec.setDataSource(supported(spec.getDataSource()));
        }
        return spec;
    }

    /** Returns the spec with each of the two fields filled in from the other, as the server does for a claim. */
    private static PersistentVolumeClaimSpec completed(PersistentVolumeClaimSpec given) {
        PersistentVolumeClaimSpec spec = withoutUnsupported(given);
        TypedLocalObjectReference source = spec.getDataSource();
        TypedObjectReference reference = spec.getDataSourceRef();
        if (source != null && reference == null) {
            spec.setDataSourceRef(
                    new TypedObjectReference(source.getApiGroup(), source.getKind(), source.getName(), null));
        } else if (source == null && reference != null) {
            spec.setDataSource(
                    new TypedLocalObjectReference(reference.getApiGroup(), reference.getKind(), reference.getName()));
        }
        return spec;
    }

    private static @Nullable TypedLocalObjectReference supported(@Nullable TypedLocalObjectReference source) {
        if (source == null) {
            return null;
        }
        String kind = Absent.asEmpty(source.getApiGroup()) + "/" + Absent.asEmpty(source.getKind());
        return kind.equals("/PersistentVolumeClaim") || kind.equals("snapshot.storage.k8s.io/VolumeSnapshot")
                ? source
                : null;
    }

    private static @Nullable TypedObjectReference supported(@Nullable TypedObjectReference reference) {
        return reference == null || Absent.isEmpty(reference.getNamespace()) ? reference : null;
    }

    private static void checkSources(PersistentVolumeClaimSpec spec, FieldPath at, Faults faults) {
        TypedLocalObjectReference source = spec.getDataSource();
        TypedObjectReference reference = spec.getDataSourceRef();
        if (source != null) {
            checkSource(source.getApiGroup(), source.getKind(), source.getName(), at.child("dataSource"), faults);
        }
        if (reference != null) {
            FieldPath path = at.child("dataSourceRef");
            checkSource(reference.getApiGroup(), reference.getKind(), reference.getName(), path, faults);
        }
        boolean differs = source != null
                && reference != null
                && !(Objects.equals(source.getApiGroup(), reference.getApiGroup())
                        && Objects.equals(source.getKind(), reference.getKind())
                        && Objects.equals(source.getName(), reference.getName()));
        if (differs) {
            faults.invalid(at.placedAt(at.child("dataSource")), at + ".dataSource", "must match dataSourceRef");
        }
    }

    private static void checkSource(
            @Nullable String group, @Nullable String kind, @Nullable String name, FieldPath at, Faults faults) {
        VolumeSourceRules.required(name, at.child("name"), faults);
        VolumeSourceRules.required(kind, at.child("kind"), faults);
        if (group != null && !group.isEmpty()) {
            MetadataRules.invalid(at.child("apiGroup"), group, NameRules.findSubdomainFault(group), faults);
        } else if (!"PersistentVolumeClaim".equals(kind)) {
            faults.invalid(
                    at, Absent.asEmpty(kind), "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
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
