package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.ClusterTrustBundleProjection;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeSource;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.GRPCAction;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodCertificateProjection;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Map;
import java.util.Set;

/** Fields that the models have and that the servers whose rules are here (1.34) do not know. */
final class NewerFields {

    private static final Map<Class<?>, Set<String>> FIELDS = Map.ofEntries(
            Map.entry(VolumeMount.class, Set.of("bindMountOptions")),
            Map.entry(EmptyDirVolumeSource.class, Set.of("mode")),
            Map.entry(SecretVolumeSource.class, Set.of("defaultUser")),
            Map.entry(ConfigMapVolumeSource.class, Set.of("defaultUser")),
            Map.entry(DownwardAPIVolumeSource.class, Set.of("defaultUser")),
            Map.entry(ProjectedVolumeSource.class, Set.of("defaultUser")),
            Map.entry(KeyToPath.class, Set.of("user")),
            Map.entry(DownwardAPIVolumeFile.class, Set.of("user")),
            Map.entry(ServiceAccountTokenProjection.class, Set.of("user")),
            Map.entry(ClusterTrustBundleProjection.class, Set.of("user")),
            Map.entry(PodCertificateProjection.class, Set.of("user")),
            Map.entry(GRPCAction.class, Set.of("mode")));

    private NewerFields() {}

    static Set<String> of(Class<?> type) {
        return FIELDS.getOrDefault(type, Set.of());
    }
}
