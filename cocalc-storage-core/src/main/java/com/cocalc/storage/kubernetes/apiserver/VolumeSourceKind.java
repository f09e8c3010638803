package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.Volume;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The kinds of volumes, in the order in which the API server looks for them. */
public enum VolumeSourceKind {
    /** The field {@code emptyDir}. */
    EMPTY_DIR("emptyDir", Volume::getEmptyDir),
    /** The field {@code hostPath}. */
    HOST_PATH("hostPath", Volume::getHostPath),
    /** The field {@code gitRepo}. */
    GIT_REPO("gitRepo", Volume::getGitRepo),
    /** The field {@code gcePersistentDisk}. */
    GCE_PERSISTENT_DISK("gcePersistentDisk", Volume::getGcePersistentDisk),
    /** The field {@code awsElasticBlockStore}. */
    AWS_ELASTIC_BLOCK_STORE("awsElasticBlockStore", Volume::getAwsElasticBlockStore),
    /** The field {@code secret}. */
    SECRET("secret", Volume::getSecret),
    /** The field {@code nfs}. */
    NFS("nfs", Volume::getNfs),
    /** The field {@code iscsi}. */
    ISCSI("iscsi", Volume::getIscsi),
    /** The field {@code glusterfs}. */
    GLUSTERFS("glusterfs", Volume::getGlusterfs),
    /** The field {@code flocker}. */
    FLOCKER("flocker", Volume::getFlocker),
    /** The field {@code persistentVolumeClaim}. */
    CLAIM("persistentVolumeClaim", Volume::getPersistentVolumeClaim),
    /** The field {@code rbd}. */
    RBD("rbd", Volume::getRbd),
    /** The field {@code cinder}. */
    CINDER("cinder", Volume::getCinder),
    /** The field {@code cephfs}. */
    CEPH_FS("cephfs", Volume::getCephfs),
    /** The field {@code quobyte}. */
    QUOBYTE("quobyte", Volume::getQuobyte),
    /** The field {@code downwardAPI}. */
    DOWNWARD_API("downwardAPI", Volume::getDownwardAPI),
    /** The field {@code fc}. */
    FC("fc", Volume::getFc),
    /** The field {@code flexVolume}. */
    FLEX_VOLUME("flexVolume", Volume::getFlexVolume),
    /** The field {@code configMap}. */
    CONFIG_MAP("configMap", Volume::getConfigMap),
    /** The field {@code azureFile}. */
    AZURE_FILE("azureFile", Volume::getAzureFile),
    /** The field {@code vsphereVolume}. */
    VSPHERE_VOLUME("vsphereVolume", Volume::getVsphereVolume),
    /** The field {@code photonPersistentDisk}. */
    PHOTON_PERSISTENT_DISK("photonPersistentDisk", Volume::getPhotonPersistentDisk),
    /** The field {@code portworxVolume}. */
    PORTWORX_VOLUME("portworxVolume", Volume::getPortworxVolume),
    /** The field {@code azureDisk}. */
    AZURE_DISK("azureDisk", Volume::getAzureDisk),
    /** The field {@code storageos}. */
    STORAGE_OS("storageos", Volume::getStorageos),
    /** The field {@code projected}. */
    PROJECTED("projected", Volume::getProjected),
    /** The field {@code scaleIO}. */
    SCALE_IO("scaleIO", Volume::getScaleIO),
    /** The field {@code csi}. */
    CSI("csi", Volume::getCsi),
    /** The field {@code ephemeral}. */
    EPHEMERAL("ephemeral", Volume::getEphemeral),
    /** The field {@code image}. */
    IMAGE("image", Volume::getImage);

    private static final VolumeSourceKind[] ALL = values();

    private final String field;

    @SuppressWarnings("ImmutableEnumChecker") // a method reference, which holds no state
    private final Function<Volume, @Nullable Object> source;

    VolumeSourceKind(String field, Function<Volume, @Nullable Object> source) {
        this.field = field;
        this.source = source;
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

    /**
     * Returns the field of the volume that holds the source.
     *
     * @return for example {@code persistentVolumeClaim}
     */
    public String field() {
        return field;
    }

    /** The field as the server spells it when it refuses a second source: twice it misspells. */
    String fieldWhenRefused() {
        return this == CEPH_FS ? "cephFS" : this == DOWNWARD_API ? "downwarAPI" : field;
    }

    boolean isIn(Volume volume) {
        return source.apply(volume) != null;
    }

    /**
     * Returns whether a container can never write to such a volume.
     *
     * @return true for an image, and for files that Kubernetes writes itself
     */
    public boolean isReadOnly() {
        return this == SECRET || this == CONFIG_MAP || this == DOWNWARD_API || this == PROJECTED || this == IMAGE;
    }
}
