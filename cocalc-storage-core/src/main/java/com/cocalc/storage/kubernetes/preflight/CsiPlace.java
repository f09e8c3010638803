package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.CSIPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.SecretReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the files of a volume of a CSI driver are: each driver names it in its own way. */
final class CsiPlace {

    /** Each with the attribute that has its value. */
    private static final Map<String, String> PLACEHOLDERS = Map.of(
            "${pvc.metadata.name}", "csi.storage.k8s.io/pvc/name",
            "${pvc.metadata.namespace}", "csi.storage.k8s.io/pvc/namespace",
            "${pv.metadata.name}", "csi.storage.k8s.io/pv/name");

    private static final String EFS = "efs.csi.aws.com";

    private CsiPlace() {}

    static Optional<VolumePlace> of(CSIPersistentVolumeSource csi, List<String> mountOptions, ServerNames names) {
        String driver = Absent.asEmpty(csi.getDriver());
        String handle = Absent.asEmpty(csi.getVolumeHandle());
        Map<String, String> attributes = ignoringCase(Absent.asEmpty(csi.getVolumeAttributes()));
        VolumePlace known = switch (driver) {
            case EFS -> ofEfs(csi, attribute(attributes, "path"), mountOptions);
            case "file.csi.azure.com" -> AzurePlace.ofFile(csi, attributes, names);
            case "blob.csi.azure.com" -> AzurePlace.ofBlobs(csi, attributes, option(mountOptions, "--subdirectory"));
            case "csi.juicefs.com" -> ofJuice(csi, attributes, mountOptions);
            case "seaweedfs-csi-driver" -> ofSeaweed(handle, attribute(attributes, "path"));
            case "csi.moosefs.com" -> ofPath("MooseFS", attributes.get("mfsSubDir"));
            case "csi.vastdata.com" -> ofVast(attributes.get("root_export"), handle);
            case "csi.cubefs.com" -> ofCube(attributes);
            default ->
                driver.endsWith("cephfs.csi.ceph.com")
                        ? ofCeph(attributes)
                        : ofAttributes(driver, handle, attributes, names);
        };
        return known == null ? VolumePlace.ofHandle(driver, handle) : Optional.of(known);
    }

    /** A volume that Ceph exports by NFS is a subvolume of its file system as well. */
    static Optional<VolumePlace> behindExport(CSIPersistentVolumeSource csi) {
        return Absent.asEmpty(csi.getDriver()).endsWith("nfs.csi.ceph.com")
                ? Optional.ofNullable(ofCeph(ignoringCase(Absent.asEmpty(csi.getVolumeAttributes()))))
                : Optional.empty();
    }

    /** As the drivers read them: in any case, and with the names of claim and volume put in. */
    static Map<String, String> ignoringCase(Map<String, String> attributes) {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        attributes.forEach((name, value) -> sorted.put(name, Absent.asEmpty(value)));
        sorted.replaceAll((name, value) -> {
            String filled = value;
            for (Map.Entry<String, String> one : PLACEHOLDERS.entrySet()) {
                filled = filled.replace(one.getKey(), sorted.getOrDefault(one.getValue(), one.getKey()));
            }
            return filled;
        });
        return sorted;
    }

    private static String attribute(Map<String, String> attributes, String name) {
        return Absent.asEmpty(attributes.get(name));
    }

    /** Drivers of NFS and SMB name the server and its directory, also those that are not known here. */
    static @Nullable VolumePlace ofAttributes(
            String driver, String handle, Map<String, String> attributes, ServerNames names) {
        String below = "/" + attribute(attributes, "subdir");
        // The second is what a driver of fstab's options has.
        String source = (attribute(attributes, "source") + attribute(attributes, "networkPath")).replace('\\', '/');
        if (source.startsWith("//")) {
            int end = source.indexOf('/', 2);
            return end < 0
                    ? null
                    : VolumePlace.ofServer(
                            "SMB", names.serverOf(source.substring(2, end)), source.substring(end) + below);
        }
        if (driver.endsWith(".manila.csi.openstack.org") && attributes.containsKey("shareID")) {
            return VolumePlace.of("Manila share " + MessageText.quoted(attribute(attributes, "shareID")), "/");
        }
        if (attributes.containsKey("server") && attributes.containsKey("share")) {
            boolean smb = driver.contains("smb")
                    || attribute(attributes, "node_attach_driver").equals("smb");
            return VolumePlace.ofServer(
                    smb ? "SMB" : "NFS",
                    names.serverOf(attribute(attributes, "server")),
                    attribute(attributes, "share") + below);
        }
        VolumePlace exported = DriverExport.find(driver, attributes, names);
        return exported == null ? DriverHandle.find(driver, handle, names) : exported;
    }

    /**
     * {@code fs-id}, {@code fs-id:/path} or {@code fs-id:/path:fsap-id}, of which the path was an attribute and the
     * access point a mount option once; an access point has a root of its own.
     */
    private static @Nullable VolumePlace ofEfs(
            CSIPersistentVolumeSource csi, String pathAttribute, List<String> mountOptions) {
        String[] parts = Absent.asEmpty(csi.getVolumeHandle()).split(":", 3);
        if (!parts[0].startsWith("fs-")) {
            return null;
        }
        String path = parts.length < 2 || parts[1].isEmpty() ? pathAttribute : parts[1];
        String accessPoint = accessPoint(csi, mountOptions);
        return VolumePlace.of(
                VolumePlace.efs(parts[0]),
                accessPoint.isEmpty() ? path : "/:" + accessPoint + CleanedPath.absolute(path));
    }

    /** The access point of EFS through which a volume is mounted, or nothing. */
    static String accessPoint(CSIPersistentVolumeSource csi, List<String> mountOptions) {
        String[] parts = Absent.asEmpty(csi.getVolumeHandle()).split(":", 3);
        if (!EFS.equals(csi.getDriver())) {
            return "";
        }
        return parts.length > 2 && !parts[2].isEmpty() ? parts[2] : option(mountOptions, "accesspoint");
    }

    private static String option(List<String> mountOptions, String name) {
        return mountOptions.stream()
                .filter(option -> option.startsWith(name + "="))
                .map(option -> option.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    /** The secret names the file system; a handle made by hand may be anything. */
    private static @Nullable VolumePlace ofJuice(
            CSIPersistentVolumeSource csi, Map<String, String> attributes, List<String> mountOptions) {
        SecretReference secret = csi.getNodePublishSecretRef();
        if (secret == null || Absent.isEmpty(secret.getName())) {
            return null;
        }
        String below = option(mountOptions, "subdir");
        String root = below.isEmpty()
                ? option(List.of(attribute(attributes, "mountOptions").split(",")), "subdir")
                : below;
        return VolumePlace.of(
                "JuiceFS of secret " + MessageText.quoted(secret.getName()) + " of namespace "
                        + MessageText.quoted(Absent.asEmpty(secret.getNamespace())),
                "/" + root + "/" + attribute(attributes, "subPath"));
    }

    /** A handle that is no path is a bucket, or stands for the path of a volume that was made by hand. */
    private static VolumePlace ofSeaweed(String handle, String path) {
        String named = path.isEmpty() ? "/buckets/" + handle : path;
        return VolumePlace.of("SeaweedFS", handle.startsWith("/") ? handle : named);
    }

    private static @Nullable VolumePlace ofPath(String storage, @Nullable String path) {
        return path == null ? null : VolumePlace.of(storage, path);
    }

    private static @Nullable VolumePlace ofVast(@Nullable String root, String handle) {
        return root == null ? null : VolumePlace.of("VAST", root + "/" + handle);
    }

    private static @Nullable VolumePlace ofCube(Map<String, String> attributes) {
        String volume = attribute(attributes, "volName");
        return volume.isEmpty()
                ? null
                : new VolumePlace(
                        "CubeFS volume " + MessageText.quoted(volume),
                        servers("masters", attribute(attributes, "masterAddr")),
                        "/",
                        null);
    }

    /** Several servers of one storage, of which any may be named. */
    private static Map<String, Set<String>> servers(String what, String written) {
        Set<String> servers = Stream.of(written.split(","))
                .filter(one -> !one.isBlank())
                .map(one -> ServerName.withoutPort(one).value())
                .collect(Collectors.toSet());
        return servers.isEmpty() ? Map.of() : Map.of(what, servers);
    }

    /** A volume that names no file system is on the default one, which may be any. */
    private static @Nullable VolumePlace ofCeph(Map<String, String> attributes) {
        String path = attribute(attributes, "rootPath");
        path = path.isEmpty() ? attribute(attributes, "subvolumePath") : path;
        // Older volumes have only its name; the driver makes it in this group unless told otherwise.
        String subvolume = attribute(attributes, "subvolumeName");
        path = path.isEmpty() && !subvolume.isEmpty() ? "/volumes/csi/" + subvolume : path;
        if (path.isEmpty()) {
            return null;
        }
        String fileSystem = attribute(attributes, "fsName");
        Map<String, Set<String>> narrowed = new HashMap<>(servers("monitors", attribute(attributes, "monitors")));
        if (!fileSystem.isEmpty()) {
            narrowed.put("file system", Set.of(fileSystem));
        }
        return new VolumePlace(
                "CephFS of cluster " + MessageText.quoted(attribute(attributes, "clusterID")), narrowed, path, null);
    }
}
