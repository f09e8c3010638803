package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.Volume;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The kinds of volumes, in the order in which the API server looks for them. */
public enum VolumeSourceKind {
    EMPTY_DIR("emptyDir", Volume::getEmptyDir),
    HOST_PATH("hostPath", Volume::getHostPath),
    GIT_REPO("gitRepo", Volume::getGitRepo),
    GCE_PERSISTENT_DISK("gcePersistentDisk", Volume::getGcePersistentDisk),
    AWS_ELASTIC_BLOCK_STORE("awsElasticBlockStore", Volume::getAwsElasticBlockStore),
    SECRET("secret", Volume::getSecret),
    NFS("nfs", Volume::getNfs),
    ISCSI("iscsi", Volume::getIscsi),
    GLUSTERFS("glusterfs", Volume::getGlusterfs),
    FLOCKER("flocker", Volume::getFlocker),
    CLAIM("persistentVolumeClaim", Volume::getPersistentVolumeClaim),
    RBD("rbd", Volume::getRbd),
    CINDER("cinder", Volume::getCinder),
    CEPH_FS("cephfs", Volume::getCephfs),
    QUOBYTE("quobyte", Volume::getQuobyte),
    DOWNWARD_API("downwardAPI", Volume::getDownwardAPI),
    FC("fc", Volume::getFc),
    FLEX_VOLUME("flexVolume", Volume::getFlexVolume),
    CONFIG_MAP("configMap", Volume::getConfigMap),
    AZURE_FILE("azureFile", Volume::getAzureFile),
    VSPHERE_VOLUME("vsphereVolume", Volume::getVsphereVolume),
    PHOTON_PERSISTENT_DISK("photonPersistentDisk", Volume::getPhotonPersistentDisk),
    PORTWORX_VOLUME("portworxVolume", Volume::getPortworxVolume),
    AZURE_DISK("azureDisk", Volume::getAzureDisk),
    STORAGE_OS("storageos", Volume::getStorageos),
    PROJECTED("projected", Volume::getProjected),
    SCALE_IO("scaleIO", Volume::getScaleIO),
    CSI("csi", Volume::getCsi),
    EPHEMERAL("ephemeral", Volume::getEphemeral),
    IMAGE("image", Volume::getImage);

    private static final VolumeSourceKind[] ALL = values();

    private final String field;

    @SuppressWarnings("ImmutableEnumChecker") // a method reference, which holds no state
    private final Function<Volume, @Nullable Object> source;

    VolumeSourceKind(String field, Function<Volume, @Nullable Object> source) {
        this.field = field;
        this.source = source;
    }

    /** The first source of a volume; the server refuses a second. */
    public static @Nullable VolumeSourceKind findFirst(Volume volume) {
        for (VolumeSourceKind kind : ALL) {
            if (kind.isIn(volume)) {
                return kind;
            }
        }
        return null;
    }

    /** The field of the volume. */
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

    /** Whether a container can never write to such a volume. */
    public boolean isReadOnly() {
        return this == SECRET || this == CONFIG_MAP || this == DOWNWARD_API || this == PROJECTED || this == IMAGE;
    }
}
