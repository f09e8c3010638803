package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.CSIPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.SecretReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the files of a volume of a CSI driver are: each driver names it in its own way. */
final class CsiPlace {

    /** A handle that is an address, as BeeGFS has it. */
    private static final Pattern ADDRESS = Pattern.compile("([a-z][a-z0-9+.-]{0,30})://([^/]{1,253})(/.{0,4096})?");

    private static final String EFS = "efs.csi.aws.com";

    private CsiPlace() {}

    static Optional<VolumePlace> of(CSIPersistentVolumeSource csi, List<String> mountOptions, ServerNames names) {
        String driver = Absent.asEmpty(csi.getDriver());
        String handle = Absent.asEmpty(csi.getVolumeHandle());
        Map<String, String> attributes = ignoringCase(Absent.asEmpty(csi.getVolumeAttributes()));
        VolumePlace known = switch (driver) {
            case EFS -> ofEfs(csi, attribute(attributes, "path"), mountOptions);
            case "file.csi.azure.com" -> ofAzure(csi.getNodeStageSecretRef(), handle, attributes);
            case "blob.csi.azure.com" -> ofBlobs(handle, attributes);
            case "filestore.csi.storage.gke.io" -> ofServer("NFS", "ip", "volume", attributes, names);
            case "nasplugin.csi.alibabacloud.com" -> ofServer("NFS", "server", "path", attributes, names);
            case "fss.csi.oraclecloud.com" -> ofOracle(handle, names);
            case "fsx.csi.aws.com" -> ofLustre(attributes, names);
            case "csi.juicefs.com" -> ofJuice(csi, attributes, mountOptions);
            default ->
                driver.endsWith("cephfs.csi.ceph.com")
                        ? ofCeph(attributes)
                        : ofAttributes(driver, handle, attributes, names);
        };
        return known == null ? VolumePlace.ofHandle(driver, handle) : Optional.of(known);
    }

    /** As the drivers read them. */
    static Map<String, String> ignoringCase(Map<String, String> attributes) {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        attributes.forEach((name, value) -> sorted.put(name, Absent.asEmpty(value)));
        return sorted;
    }

    private static String attribute(Map<String, String> attributes, String name) {
        return Absent.asEmpty(attributes.get(name));
    }

    private static @Nullable VolumePlace ofServer(
            String protocol, String server, String path, Map<String, String> attributes, ServerNames names) {
        return attributes.containsKey(server) && attributes.containsKey(path)
                ? VolumePlace.ofServer(
                        protocol, names.serverOf(attribute(attributes, server)), attribute(attributes, path))
                : null;
    }

    /** Drivers of NFS and SMB name the server and its directory, also those that are not known here. */
    static @Nullable VolumePlace ofAttributes(
            String driver, String handle, Map<String, String> attributes, ServerNames names) {
        String below = "/" + attribute(attributes, "subdir");
        String source = attribute(attributes, "source").replace('\\', '/');
        if (source.startsWith("//")) {
            int end = source.indexOf('/', 2);
            return end < 0
                    ? null
                    : VolumePlace.ofServer(
                            "SMB", names.serverOf(source.substring(2, end)), source.substring(end) + below);
        }
        if (attributes.containsKey("server") && attributes.containsKey("share")) {
            boolean smb = driver.contains("smb")
                    || attribute(attributes, "node_attach_driver").equals("smb");
            return VolumePlace.ofServer(
                    smb ? "SMB" : "NFS",
                    names.serverOf(attribute(attributes, "server")),
                    attribute(attributes, "share") + below);
        }
        Matcher address = ADDRESS.matcher(handle);
        if (address.matches()) {
            return VolumePlace.ofServer(
                    address.group(1), names.serverOf(address.group(2)), Absent.asEmpty(address.group(3)));
        }
        String[] parts = handle.split("#", -1);
        return driver.equals("nfs.csi.k8s.io") && parts.length > 2
                ? VolumePlace.ofServer("NFS", names.serverOf(parts[0]), "/" + parts[1] + "/" + parts[2])
                : null;
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

    /** The driver's handle is {@code group#account#share#…}; a handle made by hand may be anything. */
    private static @Nullable VolumePlace ofAzure(
            @Nullable SecretReference secret, String handle, Map<String, String> attributes) {
        String[] parts = handle.split("#", -1);
        String share = attribute(attributes, "shareName");
        share = share.isEmpty() && parts.length > 2 ? parts[2] : share;
        if (share.isEmpty()) {
            return null;
        }
        Matcher server = VolumePlace.AZURE_SERVER.matcher(
                ServerName.of(attribute(attributes, "server")).value());
        String account = attribute(attributes, "storageAccount");
        if (account.isEmpty() && server.matches()) {
            account = server.group(1);
        } else if (account.isEmpty() && parts.length > 2) {
            account = parts[1];
        }
        String named = secret == null ? attribute(attributes, "secretName") : secret.getName();
        account = account.isEmpty() ? VolumePlace.accountOf(named) : account;
        return VolumePlace.of(VolumePlace.azure(account, share), attribute(attributes, "folderName"));
    }

    /** The driver's handle is {@code group#account#container#…}. */
    private static @Nullable VolumePlace ofBlobs(String handle, Map<String, String> attributes) {
        String[] parts = handle.split("#", -1);
        String container = attribute(attributes, "containerName");
        container = container.isEmpty() && parts.length > 2 ? parts[2] : container;
        String account = attribute(attributes, "storageAccount");
        account = account.isEmpty() && parts.length > 2 ? parts[1] : account;
        return container.isEmpty() || account.isEmpty()
                ? null
                : VolumePlace.of(
                        "Azure container " + MessageText.quoted(container) + " of account "
                                + MessageText.quoted(account),
                        "/");
    }

    /** The driver's handle is {@code id:address:/path}. */
    private static @Nullable VolumePlace ofOracle(String handle, ServerNames names) {
        String[] parts = handle.split(":", 3);
        return parts.length == 3 ? VolumePlace.ofServer("NFS", names.serverOf(parts[1]), parts[2]) : null;
    }

    private static @Nullable VolumePlace ofLustre(Map<String, String> attributes, ServerNames names) {
        return attributes.containsKey("dnsName")
                ? VolumePlace.ofServer(
                        "Lustre",
                        names.serverOf(attribute(attributes, "dnsName")),
                        "/" + attribute(attributes, "mountName") + "/" + attribute(attributes, "subdir"))
                : null;
    }

    /** A volume that names no file system is on the default one, which may be any. */
    private static @Nullable VolumePlace ofCeph(Map<String, String> attributes) {
        String path = attribute(attributes, "rootPath");
        path = path.isEmpty() ? attribute(attributes, "subvolumePath") : path;
        String fileSystem = attribute(attributes, "fsName");
        return path.isEmpty()
                ? null
                : new VolumePlace(
                        "CephFS of cluster " + MessageText.quoted(attribute(attributes, "clusterID")),
                        fileSystem.isEmpty() ? Map.of() : Map.of("file system", Set.of(fileSystem)),
                        path,
                        null);
    }
}
