package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.NameRules;
import com.cocalc.storage.kubernetes.pod.VolumeSourceKind;
import io.fabric8.kubernetes.api.model.AzureDiskVolumeSource;
import io.fabric8.kubernetes.api.model.CSIVolumeSource;
import io.fabric8.kubernetes.api.model.EphemeralVolumeSource;
import io.fabric8.kubernetes.api.model.FCVolumeSource;
import io.fabric8.kubernetes.api.model.FlexVolumeSource;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.NFSVolumeSource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API server's rules for what is inside a volume's source. */
final class VolumeSourceRules {

    private static final List<String> HOST_PATH_TYPES = List.of(
            "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");

    private VolumeSourceRules() {}

    static void check(VolumeSourceKind kind, Volume volume, FieldPath at, Faults faults) {
        switch (kind) {
            case EMPTY_DIR -> checkSizeLimit(volume.getEmptyDir().getSizeLimit(), at, faults);
            case HOST_PATH -> checkHostPath(volume.getHostPath(), at, faults);
            case GCE_PERSISTENT_DISK -> {
                // The server names this field by the name it has nowhere else.
                FieldPath disk = at.sibling("persistentDisk").placedAt(at);
                required(volume.getGcePersistentDisk().getPdName(), disk.child("pdName"), faults);
                checkPartition(volume.getGcePersistentDisk().getPartition(), disk, faults);
            }
            case AWS_ELASTIC_BLOCK_STORE -> {
                required(volume.getAwsElasticBlockStore().getVolumeID(), at.child("volumeID"), faults);
                checkPartition(volume.getAwsElasticBlockStore().getPartition(), at, faults);
            }
            case SECRET -> {
                required(volume.getSecret().getSecretName(), at.child("secretName"), faults);
                ProjectionRules.checkMode(volume.getSecret().getDefaultMode(), at.child("defaultMode"), faults);
                ProjectionRules.checkItems(volume.getSecret().getItems(), at.child("items"), faults);
            }
            case NFS -> checkNfs(volume.getNfs(), at, faults);
            case ISCSI -> IscsiRules.check(volume.getIscsi(), Absent.asEmpty(volume.getName()), at, faults);
            case CLAIM -> required(volume.getPersistentVolumeClaim().getClaimName(), at.child("claimName"), faults);
            case CINDER -> {
                required(volume.getCinder().getVolumeID(), at.child("volumeID"), faults);
                requiredName(volume.getCinder().getSecretRef(), at.child("secretRef"), faults);
            }
            case DOWNWARD_API -> {
                ProjectionRules.checkMode(volume.getDownwardAPI().getDefaultMode(), at.child("defaultMode"), faults);
                ProjectionRules.checkFiles(volume.getDownwardAPI().getItems(), at, faults);
            }
            case FC -> checkFc(volume.getFc(), at, faults);
            case FLEX_VOLUME -> checkFlexVolume(volume.getFlexVolume(), at, faults);
            case CONFIG_MAP -> {
                required(volume.getConfigMap().getName(), at.child("name"), faults);
                ProjectionRules.checkMode(volume.getConfigMap().getDefaultMode(), at.child("defaultMode"), faults);
                ProjectionRules.checkItems(volume.getConfigMap().getItems(), at.child("items"), faults);
            }
            case AZURE_FILE -> {
                required(volume.getAzureFile().getSecretName(), at.child("secretName"), faults);
                required(volume.getAzureFile().getShareName(), at.child("shareName"), faults);
            }
            case VSPHERE_VOLUME -> required(volume.getVsphereVolume().getVolumePath(), at.child("volumePath"), faults);
            case PORTWORX_VOLUME -> required(volume.getPortworxVolume().getVolumeID(), at.child("volumeID"), faults);
            case AZURE_DISK -> checkAzureDisk(volume.getAzureDisk(), at, faults);
            case PROJECTED -> ProjectionRules.checkProjected(volume.getProjected(), at, faults);
            case CSI -> checkCsi(volume.getCsi(), at, faults);
            case EPHEMERAL -> checkEphemeral(volume.getEphemeral(), at, faults);
            default -> {
                // Kinds that no server of today can mount are taken as they stand.
            }
        }
    }

    static void required(@Nullable String value, FieldPath at, Faults faults) {
        if (Absent.isEmpty(value)) {
            faults.required(at, "");
        }
    }

    private static void requiredName(@Nullable LocalObjectReference reference, FieldPath at, Faults faults) {
        if (reference != null) {
            required(reference.getName(), at.child("name"), faults);
        }
    }

    private static void checkSizeLimit(@Nullable Quantity limit, FieldPath at, Faults faults) {
        if (limit != null && ServerQuantity.of(limit).signum() < 0) {
            faults.forbidden(at.child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
        }
    }

    private static void checkHostPath(HostPathVolumeSource source, FieldPath at, Faults faults) {
        String path = Absent.asEmpty(source.getPath());
        if (path.isEmpty()) {
            faults.required(at.child("path"), "");
            return;
        }
        PathRules.checkNoBacksteps(path, at.child("path"), faults);
        if (source.getType() != null && !HOST_PATH_TYPES.contains(source.getType())) {
            faults.unsupported(at.child("type"), source.getType(), HOST_PATH_TYPES);
        }
    }

    private static void checkPartition(@Nullable Integer partition, FieldPath at, Faults faults) {
        if (partition != null && (partition < 0 || partition > 255)) {
            faults.invalid(at.child("partition"), partition, "must be between 1 and 255, inclusive");
        }
    }

    private static void checkNfs(NFSVolumeSource source, FieldPath at, Faults faults) {
        required(source.getServer(), at.child("server"), faults);
        String path = Absent.asEmpty(source.getPath());
        required(path, at.child("path"), faults);
        if (!path.startsWith("/")) {
            faults.invalid(at.child("path"), path, "must be an absolute path");
        }
    }

    private static void checkFc(FCVolumeSource source, FieldPath at, Faults faults) {
        boolean targets = !Absent.asEmpty(source.getTargetWWNs()).isEmpty();
        boolean ids = !Absent.asEmpty(source.getWwids()).isEmpty();
        if (!targets && !ids) {
            faults.required(at.child("targetWWNs"), "must specify either targetWWNs or wwids, but not both");
        } else if (targets && ids) {
            faults.invalid(at.child("targetWWNs"), "", "targetWWNs and wwids can not be specified simultaneously");
        }
        Integer lun = source.getLun();
        if (targets && lun == null) {
            faults.required(at.child("lun"), "lun is required if targetWWNs is specified");
        } else if (targets && (lun < 0 || lun > 255)) {
            faults.invalid(at.child("lun"), lun, "must be between 0 and 255, inclusive");
        }
    }

    private static void checkAzureDisk(AzureDiskVolumeSource source, FieldPath at, Faults faults) {
        required(source.getDiskName(), at.child("diskName"), faults);
        required(source.getDiskURI(), at.child("diskURI"), faults);
        unsupported(source.getCachingMode(), List.of("None", "ReadOnly", "ReadWrite"), at.child("cachingMode"), faults);
        unsupported(source.getKind(), List.of("Dedicated", "Managed", "Shared"), at.child("kind"), faults);
        String address = "Managed".equals(source.getKind()) ? "/subscriptions/" : "https://";
        String uri = Absent.asEmpty(source.getDiskURI());
        if (!uri.startsWith(address)) {
            faults.unsupported(at.child("diskURI"), uri, List.of(address + "…"));
        }
    }

    private static void checkFlexVolume(FlexVolumeSource source, FieldPath at, Faults faults) {
        required(source.getDriver(), at.child("driver"), faults);
        for (String option : Absent.asEmpty(source.getOptions()).keySet()) {
            String key = Absent.asEmpty(option);
            String domain = "." + NameRules.lowerCase(key.split("/", 2)[0]);
            if (domain.endsWith(".kubernetes.io") || domain.endsWith(".k8s.io")) {
                faults.invalid(at.child("options").key(key), key, "kubernetes.io and k8s.io namespaces are reserved");
            }
        }
    }

    static void unsupported(@Nullable String value, List<String> supported, FieldPath at, Faults faults) {
        if (value != null && !supported.contains(value)) {
            faults.unsupported(at, value, supported);
        }
    }

    private static void checkCsi(CSIVolumeSource source, FieldPath at, Faults faults) {
        String driver = Absent.asEmpty(source.getDriver());
        required(driver, at.child("driver"), faults);
        if (MetadataRules.utf8Length(driver) > 63) {
            faults.tooLong(at.child("driver"), 63);
        }
        if (!driver.isEmpty()) {
            MetadataRules.invalid(
                    at.child("driver"), driver, NameRules.findSubdomainFault(NameRules.lowerCase(driver)), faults);
        }
        LocalObjectReference secret = source.getNodePublishSecretRef();
        requiredName(secret, at.child("nodePublishSecretRef"), faults);
        if (secret != null && !Absent.isEmpty(secret.getName())) {
            FieldPath name =
                    at.child("name").placedAt(at.child("nodePublishSecretRef").child("name"));
            MetadataRules.invalid(name, secret.getName(), NameRules.findSubdomainFault(secret.getName()), faults);
        }
    }

    private static void checkEphemeral(EphemeralVolumeSource source, FieldPath at, Faults faults) {
        FieldPath template = at.child("volumeClaimTemplate");
        if (source.getVolumeClaimTemplate() == null) {
            faults.required(template, "");
            return;
        }
        ObjectMeta metadata = Absent.asEmpty(source.getVolumeClaimTemplate().getMetadata(), ObjectMeta::new);
        MetadataRules.checkTemplate(metadata, template.child("metadata"), faults);
        PersistentVolumeClaimSpec spec =
                Absent.asEmpty(source.getVolumeClaimTemplate().getSpec(), PersistentVolumeClaimSpec::new);
        ClaimRules.checkTemplate(spec, template.child("spec"), faults);
    }
}
