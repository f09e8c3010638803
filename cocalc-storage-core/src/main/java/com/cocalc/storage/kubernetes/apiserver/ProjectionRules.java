package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API server's rules for files that Kubernetes writes: of secrets, config maps, the downward API. */
final class ProjectionRules {

    private static final Set<String> FIELDS =
            Set.of("metadata.name", "metadata.namespace", "metadata.labels", "metadata.annotations", "metadata.uid");

    private ProjectionRules() {}

    static void checkMode(@Nullable Integer mode, FieldPath at, Faults faults) {
        if (mode != null && (mode < 0 || mode > 0777)) {
            faults.invalid(at, mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    static void checkItems(@Nullable List<KeyToPath> items, FieldPath at, Faults faults) {
        List<KeyToPath> list = Absent.asEmpty(items);
        for (int i = 0; i < list.size(); i++) {
            KeyToPath item = Absent.asEmpty(list.get(i), KeyToPath::new);
            FieldPath path = at.index(i);
            VolumeSourceRules.required(item.getKey(), path.child("key"), faults);
            VolumeSourceRules.required(item.getPath(), path.child("path"), faults);
            PathRules.checkNonReserved(Absent.asEmpty(item.getPath()), path.child("path"), faults);
            checkMode(item.getMode(), path.child("mode"), faults);
        }
    }

    /** Checks files. The server's paths of their faults have no index and end at the volume. */
    static void checkFiles(@Nullable List<DownwardAPIVolumeFile> files, FieldPath at, Faults faults) {
        for (DownwardAPIVolumeFile given : Absent.asEmpty(files)) {
            DownwardAPIVolumeFile file = Absent.asEmpty(given, DownwardAPIVolumeFile::new);
            VolumeSourceRules.required(file.getPath(), at.child("path"), faults);
            PathRules.checkNonReserved(Absent.asEmpty(file.getPath()), at.child("path"), faults);
            if (file.getFieldRef() != null) {
                EnvironmentRules.checkFieldReference(file.getFieldRef(), FIELDS, at.child("fieldRef"), faults);
                if (file.getResourceFieldRef() != null) {
                    faults.invalid(at, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
                }
            } else if (file.getResourceFieldRef() != null) {
                checkResource(file.getResourceFieldRef(), at.child("resourceFieldRef"), faults);
            } else {
                faults.required(at, "one of fieldRef and resourceFieldRef is required");
            }
            checkMode(file.getMode(), at.child("mode"), faults);
        }
    }

    /** Checks the resource of a named container in a file. */
    private static void checkResource(ResourceFieldSelector reference, FieldPath at, Faults faults) {
        if (Absent.isEmpty(reference.getContainerName())) {
            faults.required(at.child("containerName"), "");
        } else {
            EnvironmentRules.checkResource(reference, at, faults);
        }
        EnvironmentRules.checkDivisor(reference, at.child("divisor"), faults);
    }

    static void checkProjected(ProjectedVolumeSource projected, FieldPath at, Faults faults) {
        checkMode(projected.getDefaultMode(), at.child("defaultMode"), faults);
        Set<String> paths = new HashSet<>();
        List<VolumeProjection> sources = Absent.asEmpty(projected.getSources());
        for (int i = 0; i < sources.size(); i++) {
            VolumeProjection source = Absent.asEmpty(sources.get(i), VolumeProjection::new);
            checkProjection(source, at, at.child("sources").index(i), paths, faults);
        }
    }

    private static void checkProjection(
            VolumeProjection source, FieldPath volume, FieldPath at, Set<String> paths, Faults faults) {
        int kinds = 0;
        if (source.getSecret() != null) {
            kinds++;
            checkNamed(source.getSecret().getName(), source.getSecret().getItems(), at.child("secret"), faults);
            checkUnique(source.getSecret().getItems(), paths, volume, faults);
        }
        if (source.getConfigMap() != null) {
            kinds++;
            checkNamed(
                    source.getConfigMap().getName(), source.getConfigMap().getItems(), at.child("configMap"), faults);
            checkUnique(source.getConfigMap().getItems(), paths, volume, faults);
        }
        if (source.getDownwardAPI() != null) {
            kinds++;
            checkFiles(source.getDownwardAPI().getItems(), at.child("downwardAPI"), faults);
            for (DownwardAPIVolumeFile file :
                    Absent.asEmpty(source.getDownwardAPI().getItems())) {
                checkUnique(file == null ? "" : Absent.asEmpty(file.getPath()), paths, volume, faults);
            }
        }
        if (source.getServiceAccountToken() != null) {
            kinds++;
            checkToken(source.getServiceAccountToken(), volume, at.child("serviceAccountToken"), faults);
        }
        // A server of 1.34 drops clusterTrustBundle and podCertificate before it counts.
        if (kinds > 1) {
            faults.forbidden(at, "may not specify more than 1 volume type per source");
        }
    }

    private static void checkNamed(
            @Nullable String name, @Nullable List<KeyToPath> items, FieldPath at, Faults faults) {
        VolumeSourceRules.required(name, at.child("name"), faults);
        checkItems(items, at.child("items"), faults);
    }

    private static void checkUnique(
            @Nullable List<KeyToPath> items, Set<String> paths, FieldPath volume, Faults faults) {
        for (KeyToPath item : Absent.asEmpty(items)) {
            checkUnique(item == null ? "" : Absent.asEmpty(item.getPath()), paths, volume, faults);
        }
    }

    private static void checkUnique(String path, Set<String> paths, FieldPath volume, Faults faults) {
        if (!path.isEmpty() && !paths.add(path)) {
            faults.invalid(volume, path, "conflicting duplicate paths");
        }
    }

    private static void checkToken(ServiceAccountTokenProjection token, FieldPath volume, FieldPath at, Faults faults) {
        Long seconds = token.getExpirationSeconds();
        if (seconds != null && seconds < 600) {
            faults.invalid(at.child("expirationSeconds"), seconds, "may not specify a duration less than 10 minutes");
        } else if (seconds != null && seconds > 1L << 32) {
            faults.invalid(
                    at.child("expirationSeconds"), seconds, "may not specify a duration larger than 2^32 seconds");
        }
        VolumeSourceRules.required(token.getPath(), volume.child("path").placedAt(at.child("path")), faults);
        PathRules.checkNonReserved(
                Absent.asEmpty(token.getPath()), volume.child("path").placedAt(at.child("path")), faults);
    }
}
