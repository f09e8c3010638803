package com.cocalc.storage.testkit.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeResourceRequirements;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects with a given name and default contents. */
final class UsualObjects {

    private UsualObjects() {}

    static PersistentVolumeClaim claim(String name, String storageClass) {
        PersistentVolumeClaimSpec spec = new PersistentVolumeClaimSpec();
        spec.setAccessModes(new ArrayList<>(List.of("ReadWriteMany")));
        spec.setStorageClassName(requireNonNull(storageClass, "storageClass"));
        spec.setResources(new VolumeResourceRequirements());
        spec.getResources().setRequests(new LinkedHashMap<>(Map.of("storage", Quantity.parse("10Gi"))));
        PersistentVolumeClaim object = new PersistentVolumeClaim();
        object.setMetadata(named(name));
        object.setSpec(spec);
        return object;
    }

    static StorageClass storageClass(String name) {
        StorageClass object = new StorageClass();
        object.setMetadata(named(name));
        object.setProvisioner("fake.cocalc.com/nfs");
        return object;
    }

    private static ObjectMeta named(String name) {
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(requireNonNull(name, "name"));
        return metadata;
    }
}
