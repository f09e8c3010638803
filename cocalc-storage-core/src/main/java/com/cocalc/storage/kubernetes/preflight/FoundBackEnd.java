package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.CSIPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kind of storage behind a volume, as far as its object and its class tell. */
final class FoundBackEnd {

    private FoundBackEnd() {}

    static Optional<BackEnd> of(
            ClusterSnapshot snapshot, @Nullable PersistentVolume volume, @Nullable StorageClass storageClass) {
        if (squashesRoot(storageClass)) {
            return Optional.of(BackEnd.GANESHA_ROOT_SQUASH);
        }
        PersistentVolumeSpec spec = volume == null ? null : volume.getSpec();
        if (spec == null) {
            return Optional.empty();
        }
        if (spec.getCsi() != null) {
            return CsiPlace.accessPoint(spec.getCsi(), VolumeMountOptions.each(spec.getMountOptions()))
                            .isEmpty()
                    ? ofCsi(snapshot, spec.getCsi())
                    : Optional.of(BackEnd.EFS_ACCESS_POINT);
        }
        if (spec.getNfs() != null) {
            return Optional.of(BackEnd.GANESHA);
        }
        if (spec.getLocal() != null) {
            return Optional.of(BackEnd.LOCAL);
        }
        return spec.getHostPath() != null ? Optional.of(BackEnd.HOST_PATH) : Optional.empty();
    }

    static boolean squashesRoot(@Nullable StorageClass storageClass) {
        return storageClass != null
                && "true"
                        .equalsIgnoreCase(
                                Absent.asEmpty(storageClass.getParameters()).get("rootSquash"));
    }

    private static Optional<BackEnd> ofCsi(ClusterSnapshot snapshot, CSIPersistentVolumeSource csi) {
        String name = Absent.asEmpty(csi.getDriver());
        if (isSmb(csi)) {
            return Optional.empty(); // its mount options say whose the files are
        }
        String squash = azureSquash(csi);
        if (squash.equalsIgnoreCase("RootSquash")) {
            return Optional.of(BackEnd.GANESHA_ROOT_SQUASH);
        }
        if (squash.equalsIgnoreCase("AllSquash")) {
            return Optional.of(BackEnd.NFS_ALL_SQUASH);
        }
        CSIDriver driver = snapshot.find(CSIDriver.class, name).orElse(null);
        if (driver == null) {
            return Optional.empty(); // nobody listed it, so its policy is not known
        }
        String policy = driver.getSpec() == null ? null : driver.getSpec().getFsGroupPolicy();
        if (!"File".equals(policy)) {
            return Optional.of(BackEnd.CSI_DEFAULT_POLICY);
        }
        return Optional.of(name.endsWith("cephfs.csi.ceph.com") ? BackEnd.CEPHFS : BackEnd.NFS_CSI);
    }

    /** What a share of Azure Files makes of root, or nothing. */
    static String azureSquash(CSIPersistentVolumeSource csi) {
        return isAzureFile(csi) ? attribute(csi, "rootSquashType") : "";
    }

    private static boolean isSmb(CSIPersistentVolumeSource csi) {
        return isAzureFile(csi)
                ? !attribute(csi, "protocol").equalsIgnoreCase("nfs")
                : Absent.asEmpty(csi.getDriver()).contains("smb");
    }

    private static boolean isAzureFile(CSIPersistentVolumeSource csi) {
        return "file.csi.azure.com".equals(csi.getDriver());
    }

    private static String attribute(CSIPersistentVolumeSource csi, String name) {
        return CsiPlace.ignoringCase(Absent.asEmpty(csi.getVolumeAttributes())).getOrDefault(name, "");
    }
}
