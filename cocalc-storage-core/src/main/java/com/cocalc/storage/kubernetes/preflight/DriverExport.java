package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.kubernetes.pod.Absent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names that a CSI driver has for a server and a directory on it.
 *
 * @param protocol the kind of server
 * @param server the attribute with the server
 * @param directories what the directory consists of, from the top: attributes, and words that start with a slash
 * @param standard the first directory where its attribute is absent; empty for a driver that needs the attribute
 */
record DriverExport(String protocol, String server, List<String> directories, String standard) {

    private static final Map<String, DriverExport> OF_DRIVERS = Map.ofEntries(
            Map.entry("filestore.csi.storage.gke.io", nfs("ip", "volume")),
            Map.entry("nasplugin.csi.alibabacloud.com", nfs("server", "path")),
            Map.entry("com.tencent.cloud.csi.cfs", nfs("host", "path")),
            Map.entry("com.tencent.cloud.csi.cfsturbo", nfs("host", "fsid", "/cfs", "path")),
            Map.entry("csi-isilon.dellemc.com", nfs("AzServiceIP", "Path")),
            Map.entry("zfssa-csi-driver", nfs("nfsServer", "share")),
            Map.entry("fsx.openzfs.csi.aws.com", new DriverExport("NFS", "DNSName", List.of("VolumePath"), "fsx")),
            Map.entry("fsx.csi.aws.com", new DriverExport("Lustre", "dnsname", List.of("mountname", "subdir"), "fsx")),
            Map.entry(
                    "azurelustre.csi.azure.com",
                    new DriverExport("Lustre", "mgs-ip-address", List.of("fs-name", "sub-dir"), "lustrefs")),
            Map.entry("lustre.csi.storage.gke.io", new DriverExport("Lustre", "ip", List.of("filesystem"), "")));

    /** Attributes with a server and its directory in one, {@code server:/path}. */
    private static final List<String> IN_ONE = List.of("everest.io/share-export-location", "nfsServerPath");

    private static DriverExport nfs(String server, String... directories) {
        return new DriverExport("NFS", server, List.of(directories), "");
    }

    /** The place of a volume of a driver that names its server, or null for any other. */
    static @Nullable VolumePlace find(String driver, Map<String, String> attributes, ServerNames names) {
        DriverExport export = OF_DRIVERS.get(driver);
        if (export != null) {
            return export.place(attributes, names);
        }
        for (String one : IN_ONE) {
            String written = Absent.asEmpty(attributes.get(one));
            int end = written.indexOf(":/");
            if (end > 0) {
                String below = "/" + Absent.asEmpty(attributes.get("everest.io/path"));
                return VolumePlace.ofServer(
                        "NFS", names.serverOf(written.substring(0, end)), written.substring(end + 1) + below);
            }
        }
        return null;
    }

    private @Nullable VolumePlace place(Map<String, String> attributes, ServerNames names) {
        String first = Absent.asEmpty(attributes.get(directories.get(0)));
        String top = first.isEmpty() ? standard : first;
        if (!attributes.containsKey(server) || top.isEmpty()) {
            return null;
        }
        String below = directories.stream()
                .skip(1)
                .map(name -> name.startsWith("/") ? name : "/" + Absent.asEmpty(attributes.get(name)))
                .collect(Collectors.joining());
        return VolumePlace.ofServer(
                protocol, names.serverOf(Absent.asEmpty(attributes.get(server))), "/" + top + below);
    }
}
