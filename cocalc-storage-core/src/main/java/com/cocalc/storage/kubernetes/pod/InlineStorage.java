package com.cocalc.storage.kubernetes.pod;

import com.cocalc.storage.MessageText;
import io.fabric8.kubernetes.api.model.CSIVolumeSource;
import io.fabric8.kubernetes.api.model.NFSVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Storage that a pod names inline, without a claim; it can be all of the storage behind the claims. */
final class InlineStorage {

    /** Kinds of storage that outlive a pod. All but NFS are block devices or file systems that several nodes share. */
    private static final Set<VolumeSourceKind> SHARED = EnumSet.of(
            VolumeSourceKind.NFS,
            VolumeSourceKind.ISCSI,
            VolumeSourceKind.GLUSTERFS,
            VolumeSourceKind.RBD,
            VolumeSourceKind.CINDER,
            VolumeSourceKind.CEPH_FS,
            VolumeSourceKind.QUOBYTE,
            VolumeSourceKind.FC,
            VolumeSourceKind.FLEX_VOLUME,
            VolumeSourceKind.AZURE_FILE,
            VolumeSourceKind.AZURE_DISK,
            VolumeSourceKind.AWS_ELASTIC_BLOCK_STORE,
            VolumeSourceKind.GCE_PERSISTENT_DISK,
            VolumeSourceKind.VSPHERE_VOLUME,
            VolumeSourceKind.PORTWORX_VOLUME,
            VolumeSourceKind.FLOCKER,
            VolumeSourceKind.PHOTON_PERSISTENT_DISK,
            VolumeSourceKind.STORAGE_OS,
            VolumeSourceKind.SCALE_IO);

    /** Drivers of file systems that several pods share, and that mount them inline; a bucket is not one. */
    private static final Set<String> SHARED_DRIVERS = Set.of(
            "nfs.csi.k8s.io",
            "smb.csi.k8s.io",
            "file.csi.azure.com",
            "blob.csi.azure.com",
            "efs.csi.aws.com",
            "fsx.csi.aws.com",
            "filestore.csi.storage.gke.io",
            "lustre.csi.storage.gke.io",
            "parallelstore.csi.storage.gke.io",
            "azurelustre.csi.azure.com",
            "nasplugin.csi.alibabacloud.com",
            "org.gluster.glusterfs",
            "csi.juicefs.com",
            "csi.weka.io",
            "beegfs.csi.netapp.com",
            "csi.quobyte.com");

    /** The driver of CephFS, before which operators put their own name. */
    private static final String CEPH_FS_DRIVER = "cephfs.csi.ceph.com";

    /**
     * Drivers that create a separate volume for each pod, with secrets, certificates, an image or the programs of a
     * monitoring agent in it.
     */
    private static final Set<String> PRIVATE_DRIVERS = Set.of(
            "secrets-store.csi.k8s.io",
            "secrets-store-gke.csi.k8s.io",
            "secrets.stackable.tech",
            "csi.vso.hashicorp.com",
            "csi.oneagent.dynatrace.com",
            "k8s.csi.datadoghq.com",
            "csi-image.warm-metal.tech",
            "csi.cert-manager.io",
            "spiffe.csi.cert-manager.io",
            "csi.spiffe.io",
            "csi.sharedresource.openshift.io",
            "csi.tigera.io",
            "image.csi.k8s.io",
            "inline.storage.kubernetes.io",
            "hostpath.csi.k8s.io");

    private InlineStorage() {}

    /** Returns a description of the volume for a message, or null if it is not storage that others may share. */
    static @Nullable String words(Volume volume, VolumeSourceKind kind) {
        if (kind == VolumeSourceKind.NFS) {
            NFSVolumeSource nfs = volume.getNfs();
            return export(Absent.asEmpty(nfs.getPath()), Absent.asEmpty(nfs.getServer()));
        }
        if (kind == VolumeSourceKind.CSI) {
            return words(volume.getCsi());
        }
        return SHARED.contains(kind) ? "storage of the kind " + kind.field() + ", without a claim" : null;
    }

    /** Returns whether the storage is known to be shared, which is not known of an unknown driver. */
    static boolean isKnown(Volume volume, VolumeSourceKind kind) {
        if (kind != VolumeSourceKind.CSI) {
            return true;
        }
        String driver = Absent.asEmpty(volume.getCsi().getDriver());
        Map<String, String> attributes = attributes(volume.getCsi());
        return SHARED_DRIVERS.contains(driver)
                || driver.endsWith(CEPH_FS_DRIVER)
                || attributes.containsKey("server")
                || Absent.asEmpty(attributes.get("source")).startsWith("//"); // a share of SMB
    }

    private static @Nullable String words(CSIVolumeSource csi) {
        String driver = Absent.asEmpty(csi.getDriver());
        Map<String, String> attributes = attributes(csi);
        if (attributes.containsKey("share") && attributes.containsKey("server")) {
            return export(Absent.asEmpty(attributes.get("share")), Absent.asEmpty(attributes.get("server")));
        }
        return PRIVATE_DRIVERS.contains(driver)
                ? null
                : "storage of the driver " + MessageText.quoted(driver) + ", without a claim";
    }

    /** Drivers read the names of attributes in any case. */
    private static Map<String, String> attributes(CSIVolumeSource csi) {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Absent.asEmpty(csi.getVolumeAttributes()).forEach((name, value) -> sorted.put(Absent.asEmpty(name), value));
        return sorted;
    }

    private static String export(String path, String server) {
        return MessageText.quoted(path) + " of the NFS server " + MessageText.quoted(server);
    }
}
