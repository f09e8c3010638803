package com.cocalc.storage.kubernetes.pod;

import io.fabric8.kubernetes.api.model.AWSElasticBlockStoreVolumeSource;
import io.fabric8.kubernetes.api.model.AzureDiskVolumeSource;
import io.fabric8.kubernetes.api.model.AzureFileVolumeSource;
import io.fabric8.kubernetes.api.model.CSIVolumeSource;
import io.fabric8.kubernetes.api.model.CephFSVolumeSource;
import io.fabric8.kubernetes.api.model.CinderVolumeSource;
import io.fabric8.kubernetes.api.model.FCVolumeSource;
import io.fabric8.kubernetes.api.model.FlexVolumeSource;
import io.fabric8.kubernetes.api.model.GCEPersistentDiskVolumeSource;
import io.fabric8.kubernetes.api.model.GlusterfsVolumeSource;
import io.fabric8.kubernetes.api.model.ISCSIVolumeSource;
import io.fabric8.kubernetes.api.model.NFSVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.PortworxVolumeSource;
import io.fabric8.kubernetes.api.model.QuobyteVolumeSource;
import io.fabric8.kubernetes.api.model.RBDVolumeSource;
import io.fabric8.kubernetes.api.model.ScaleIOVolumeSource;
import io.fabric8.kubernetes.api.model.StorageOSVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The kinds of volumes, in the order in which the API server checks them. */
public enum VolumeSourceKind {
    /** The field {@code emptyDir}. */
    EMPTY_DIR("emptyDir", Volume::getEmptyDir),
    /** The field {@code hostPath}. */
    HOST_PATH("hostPath", Volume::getHostPath),
    /** The field {@code gitRepo}. */
    GIT_REPO("gitRepo", Volume::getGitRepo),
    /** The field {@code gcePersistentDisk}. */
    GCE_PERSISTENT_DISK("gcePersistentDisk", Volume::getGcePersistentDisk, GCEPersistentDiskVolumeSource::getReadOnly),
    /** The field {@code awsElasticBlockStore}. */
    AWS_ELASTIC_BLOCK_STORE(
            "awsElasticBlockStore", Volume::getAwsElasticBlockStore, AWSElasticBlockStoreVolumeSource::getReadOnly),
    /** The field {@code secret}. */
    SECRET("secret", Volume::getSecret, source -> true),
    /** The field {@code nfs}. */
    NFS("nfs", Volume::getNfs, NFSVolumeSource::getReadOnly),
    /** The field {@code iscsi}. */
    ISCSI("iscsi", Volume::getIscsi, ISCSIVolumeSource::getReadOnly),
    /** The field {@code glusterfs}. */
    GLUSTERFS("glusterfs", Volume::getGlusterfs, GlusterfsVolumeSource::getReadOnly),
    /** The field {@code flocker}. */
    FLOCKER("flocker", Volume::getFlocker),
    /** The field {@code persistentVolumeClaim}. */
    CLAIM("persistentVolumeClaim", Volume::getPersistentVolumeClaim, PersistentVolumeClaimVolumeSource::getReadOnly),
    /** The field {@code rbd}. */
    RBD("rbd", Volume::getRbd, RBDVolumeSource::getReadOnly),
    /** The field {@code cinder}. */
    CINDER("cinder", Volume::getCinder, CinderVolumeSource::getReadOnly),
    /** The field {@code cephfs}. */
    CEPH_FS("cephfs", Volume::getCephfs, CephFSVolumeSource::getReadOnly),
    /** The field {@code quobyte}. */
    QUOBYTE("quobyte", Volume::getQuobyte, QuobyteVolumeSource::getReadOnly),
    /** The field {@code downwardAPI}. */
    DOWNWARD_API("downwardAPI", Volume::getDownwardAPI, source -> true),
    /** The field {@code fc}. */
    FC("fc", Volume::getFc, FCVolumeSource::getReadOnly),
    /** The field {@code flexVolume}. */
    FLEX_VOLUME("flexVolume", Volume::getFlexVolume, FlexVolumeSource::getReadOnly),
    /** The field {@code configMap}. */
    CONFIG_MAP("configMap", Volume::getConfigMap, source -> true),
    /** The field {@code azureFile}. */
    AZURE_FILE("azureFile", Volume::getAzureFile, AzureFileVolumeSource::getReadOnly),
    /** The field {@code vsphereVolume}. */
    VSPHERE_VOLUME("vsphereVolume", Volume::getVsphereVolume),
    /** The field {@code photonPersistentDisk}. */
    PHOTON_PERSISTENT_DISK("photonPersistentDisk", Volume::getPhotonPersistentDisk),
    /** The field {@code portworxVolume}. */
    PORTWORX_VOLUME("portworxVolume", Volume::getPortworxVolume, PortworxVolumeSource::getReadOnly),
    /** The field {@code azureDisk}. */
    AZURE_DISK("azureDisk", Volume::getAzureDisk, AzureDiskVolumeSource::getReadOnly),
    /** The field {@code storageos}. */
    STORAGE_OS("storageos", Volume::getStorageos, StorageOSVolumeSource::getReadOnly),
    /** The field {@code projected}. */
    PROJECTED("projected", Volume::getProjected, source -> true),
    /** The field {@code scaleIO}. */
    SCALE_IO("scaleIO", Volume::getScaleIO, ScaleIOVolumeSource::getReadOnly),
    /** The field {@code csi}. */
    CSI("csi", Volume::getCsi, CSIVolumeSource::getReadOnly),
    /** The field {@code ephemeral}. */
    EPHEMERAL("ephemeral", Volume::getEphemeral),
    /** The field {@code image}. */
    IMAGE("image", Volume::getImage, source -> true);

    private static final VolumeSourceKind[] ALL = values();

    private final String field;

    @SuppressWarnings("ImmutableEnumChecker") // a method reference, which holds no state
    private final Function<Volume, @Nullable Object> source;

    @SuppressWarnings("ImmutableEnumChecker") // method references, which hold no state
    private final Predicate<Volume> readOnly;

    VolumeSourceKind(String field, Function<Volume, @Nullable Object> source) {
        this.field = field;
        this.source = source;
        readOnly = volume -> false;
    }

    <S> VolumeSourceKind(String field, Function<Volume, @Nullable S> source, Function<S, @Nullable Boolean> readOnly) {
        this.field = field;
        this.source = source::apply;
        this.readOnly = volume -> {
            S there = source.apply(volume);
            return there != null && Boolean.TRUE.equals(readOnly.apply(there));
        };
    }

    /**
     * Finds the first source of a volume. The server refuses a second one.
     *
     * @param volume a volume
     * @return the kind of its source, or null if it has none
     */
    public static @Nullable VolumeSourceKind findFirst(Volume volume) {
        for (VolumeSourceKind kind : ALL) {
            if (kind.isIn(volume)) {
                return kind;
            }
        }
        return null;
    }

    /** {@return the field of the volume with the source, for example {@code persistentVolumeClaim}} */
    public String field() {
        return field;
    }

    /**
     * Returns whether the kubelet writes the files of such a volume. It also makes directories in it for the mounts
     * below a mount of it.
     *
     * @return true for a config map, a secret, the downward API and a projection of these
     */
    public boolean isWrittenByKubelet() {
        return this == CONFIG_MAP || this == SECRET || this == DOWNWARD_API || this == PROJECTED;
    }

    /** Returns the field as the server spells it when it refuses a second source; it misspells two of them. */
    public String fieldWhenRefused() {
        return this == CEPH_FS ? "cephFS" : this == DOWNWARD_API ? "downwarAPI" : field;
    }

    /** Returns whether a volume has a source of this kind. */
    public boolean isIn(Volume volume) {
        return source.apply(volume) != null;
    }

    /**
     * Returns whether the source of a volume makes every mount of it read-only.
     *
     * @param volume a volume of this kind
     * @return true if the source says so, for an image, and for files that Kubernetes writes itself
     */
    public boolean isReadOnly(Volume volume) {
        return readOnly.test(volume);
    }
}
