package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.AzureFilePersistentVolumeSource;
import io.fabric8.kubernetes.api.model.CSIPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.CephFSPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.FlexPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.NFSVolumeSource;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.SecretReference;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of a volume are: a directory of a storage. Two volumes are compared by this and not by their objects,
 * as one directory can be named in many ways.
 *
 * @param storage the storage, in words that are equal for one storage
 * @param nodes the nodes that have the directory; empty for all of them
 * @param path the directory within the storage, cleaned
 * @param server the server of the storage, where it is one that is named
 */
record VolumePlace(
        String storage,
        Set<String> nodes,
        String path,
        @Nullable ServerName server) {

    private static final Pattern AZURE_SECRET = Pattern.compile("azure-storage-account-(.{1,100})-secret");
    private static final Pattern AZURE_SERVER = Pattern.compile("([a-z0-9]{3,24})\\.file\\.core\\..{1,100}");
    private static final Pattern EFS_SERVER =
            Pattern.compile("(?:[a-z0-9-]{1,60}\\.)?(fs-[0-9a-z]{1,60})\\.efs\\..{1,100}");

    /** A handle that is an address, as BeeGFS has it. */
    private static final Pattern ADDRESS = Pattern.compile("([a-z][a-z0-9+.-]{0,30})://([^/]{1,253})(/.{0,4096})?");

    VolumePlace {
        nodes = Set.copyOf(nodes);
        path = CleanedPath.absolute(path);
    }

    /** A place that all nodes see. */
    static VolumePlace of(String storage, String path) {
        return new VolumePlace(storage, Set.of(), path, null);
    }

    /** The place of a volume, or nothing where its object does not tell it. */
    static Optional<VolumePlace> of(@Nullable PersistentVolume volume, ServerNames names) {
        PersistentVolumeSpec spec = volume == null ? null : volume.getSpec();
        return spec == null ? Optional.empty() : of(spec, names);
    }

    /** The place of a source, or nothing where it does not tell it. */
    static Optional<VolumePlace> of(PersistentVolumeSpec spec, ServerNames names) {
        if (spec.getCsi() != null) {
            return ofCsi(spec.getCsi(), names);
        }
        if (spec.getNfs() != null) {
            return Optional.of(ofNfs(spec.getNfs(), names));
        }
        if (spec.getHostPath() != null) {
            return Optional.of(ofNodes(spec, spec.getHostPath().getPath()));
        }
        if (spec.getLocal() != null) {
            return Optional.of(ofNodes(spec, spec.getLocal().getPath()));
        }
        if (spec.getAzureFile() != null) {
            return Optional.of(ofAzure(spec.getAzureFile()));
        }
        if (spec.getAzureDisk() != null) {
            return ofHandle(
                    "disk.csi.azure.com", Absent.asEmpty(spec.getAzureDisk().getDiskURI()));
        }
        if (spec.getFlexVolume() != null) {
            return ofFlex(spec.getFlexVolume(), names);
        }
        if (spec.getPortworxVolume() != null) {
            return ofHandle(
                    "pxd.portworx.com", Absent.asEmpty(spec.getPortworxVolume().getVolumeID()));
        }
        return spec.getCephfs() == null ? Optional.empty() : ofCeph(spec.getCephfs());
    }

    /** What an in-tree volume becomes with its CSI driver has the same handle. */
    private static Optional<VolumePlace> ofHandle(String driver, String handle) {
        // Azure's names of resources have no case.
        String written = driver.equals("disk.csi.azure.com") ? handle.toLowerCase(Locale.ROOT) : handle;
        return handle.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        of("handle " + MessageText.quoted(written) + " of driver " + MessageText.quoted(driver), "/"));
    }

    /** Drivers name the storage in their options, each in its own way. */
    private static Optional<VolumePlace> ofFlex(FlexPersistentVolumeSource source, ServerNames names) {
        String driver = Absent.asEmpty(source.getDriver());
        Map<String, String> options = new TreeMap<>(Absent.asEmpty(source.getOptions()));
        return options.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(ofAttributes(driver, "", ignoringCase(options), names))
                        .or(() -> ofHandle(driver, options.toString()));
    }

    /** Whether a pod that mounts this place sees the files of the other one. */
    boolean contains(VolumePlace other) {
        return isSameStorage(other) && CleanedPath.isAtOrBelow(other.path, path);
    }

    /** Whether one of the places has files of the other. */
    boolean overlaps(VolumePlace other) {
        return contains(other) || other.contains(this);
    }

    /** Whether the places are one, or one above the other, if their servers are one. */
    boolean couldOverlap(VolumePlace other, ServerNames names) {
        return server != null
                && other.server != null
                && names.mayBeOne(server, other.server)
                && (CleanedPath.isAtOrBelow(other.path, path) || CleanedPath.isAtOrBelow(path, other.path));
    }

    /** The directory within this place that has files of the other one, {@code ""} for all of it; empty if none has. */
    Optional<String> partWith(VolumePlace other) {
        if (other.contains(this)) {
            return Optional.of("");
        }
        return contains(other)
                ? Optional.of(CleanedPath.relative(other.path.substring(path.length())))
                : Optional.empty();
    }

    private boolean isSameStorage(VolumePlace other) {
        return storage.equals(other.storage)
                && (nodes.isEmpty() || other.nodes.isEmpty() || !Collections.disjoint(nodes, other.nodes));
    }

    /** Returns the place in words. */
    @Override
    public String toString() {
        return storage.startsWith("handle ") ? storage : "directory " + MessageText.quoted(path) + " of " + storage;
    }

    private static VolumePlace ofNfs(NFSVolumeSource nfs, ServerNames names) {
        return ofServer("NFS", names.serverOf(Absent.asEmpty(nfs.getServer())), Absent.asEmpty(nfs.getPath()));
    }

    /** Two clouds have names for their storage beside those of its servers. */
    private static VolumePlace ofServer(String protocol, ServerName server, String path) {
        String name = server.value();
        Matcher efs = EFS_SERVER.matcher(name);
        if (efs.matches()) {
            return of(efs(efs.group(1)), path);
        }
        Matcher azure = AZURE_SERVER.matcher(name);
        if (azure.matches()) {
            return ofAzurePath(azure.group(1), path);
        }
        // Names of shares and, on nearly all servers, of their directories have no case.
        String written = protocol.equals("SMB") ? path.toLowerCase(Locale.ROOT) : path;
        return new VolumePlace(protocol + " server " + MessageText.quoted(name), Set.of(), written, server);
    }

    /** NFS at Azure names the account in the path as well; SMB does not. */
    private static VolumePlace ofAzurePath(String account, String path) {
        String cleaned = CleanedPath.relative(path);
        String inAccount = cleaned.startsWith(account + "/") ? cleaned.substring(account.length() + 1) : cleaned;
        int end = inAccount.indexOf('/');
        return end < 0
                ? of(azure(account, inAccount), "/")
                : of(azure(account, inAccount.substring(0, end)), inAccount.substring(end));
    }

    private static String efs(String id) {
        return "EFS " + MessageText.quoted(id.toLowerCase(Locale.ROOT));
    }

    private static String azure(String account, String share) {
        String named = "Azure share " + MessageText.quoted(share.toLowerCase(Locale.ROOT));
        return account.isEmpty() ? named : named + " of account " + MessageText.quoted(account);
    }

    private static VolumePlace ofNodes(PersistentVolumeSpec spec, @Nullable String path) {
        Set<String> nodes = new HashSet<>();
        NodeSelector required =
                spec.getNodeAffinity() == null ? null : spec.getNodeAffinity().getRequired();
        List<NodeSelectorTerm> terms = Absent.asEmpty(required == null ? null : required.getNodeSelectorTerms());
        for (NodeSelectorTerm term : terms) {
            Set<String> named = hostNames(term);
            if (named.isEmpty()) {
                return new VolumePlace("the nodes", Set.of(), Absent.asEmpty(path), null); // may be any of them
            }
            nodes.addAll(named);
        }
        return new VolumePlace("the nodes", nodes, Absent.asEmpty(path), null);
    }

    private static Set<String> hostNames(@Nullable NodeSelectorTerm term) {
        Set<String> names = new HashSet<>();
        List<NodeSelectorRequirement> labels = Absent.asEmpty(term == null ? null : term.getMatchExpressions());
        for (NodeSelectorRequirement label : labels) {
            if (label != null && "kubernetes.io/hostname".equals(label.getKey()) && "In".equals(label.getOperator())) {
                Absent.asEmpty(label.getValues()).forEach(name -> names.add(Absent.asEmpty(name)));
            }
        }
        return names;
    }

    private static VolumePlace ofAzure(AzureFilePersistentVolumeSource source) {
        return of(azure(accountOf(source.getSecretName()), Absent.asEmpty(source.getShareName())), "/");
    }

    /** The name of the secret that the driver writes, or the whole name of one that somebody else wrote. */
    private static String accountOf(@Nullable String secret) {
        Matcher own = AZURE_SECRET.matcher(Absent.asEmpty(secret));
        return own.matches() ? own.group(1) : Absent.asEmpty(secret);
    }

    private static Optional<VolumePlace> ofCeph(CephFSPersistentVolumeSource source) {
        return Absent.asEmpty(source.getMonitors()).stream()
                .map(monitor -> ServerName.of(Absent.asEmpty(monitor)).value())
                .sorted()
                .findFirst()
                .map(monitor -> of("CephFS at " + MessageText.quoted(monitor), Absent.asEmpty(source.getPath())));
    }

    private static Optional<VolumePlace> ofCsi(CSIPersistentVolumeSource csi, ServerNames names) {
        String driver = Absent.asEmpty(csi.getDriver());
        String handle = Absent.asEmpty(csi.getVolumeHandle());
        Map<String, String> attributes = ignoringCase(Absent.asEmpty(csi.getVolumeAttributes()));
        VolumePlace known;
        if (driver.equals("efs.csi.aws.com")) {
            known = ofEfs(handle);
        } else if (driver.equals("file.csi.azure.com")) {
            known = ofAzure(csi.getNodeStageSecretRef(), handle, attributes);
        } else if (driver.endsWith("cephfs.csi.ceph.com")) {
            known = ofCeph(attributes);
        } else if (driver.equals("filestore.csi.storage.gke.io") && attributes.containsKey("ip")) {
            known = ofServer("NFS", names.serverOf(attribute(attributes, "ip")), attribute(attributes, "volume"));
        } else if (driver.equals("blob.csi.azure.com")) {
            known = ofBlobs(handle, attributes);
        } else if (driver.equals("fsx.csi.aws.com") && attributes.containsKey("dnsName")) {
            known = ofServer(
                    "Lustre",
                    names.serverOf(attribute(attributes, "dnsName")),
                    "/" + attribute(attributes, "mountName") + "/" + attribute(attributes, "subdir"));
        } else {
            known = ofAttributes(driver, handle, attributes, names);
        }
        return known == null ? ofHandle(driver, handle) : Optional.of(known);
    }

    /** As the drivers read them. */
    private static Map<String, String> ignoringCase(Map<String, String> attributes) {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        attributes.forEach((name, value) -> sorted.put(name, Absent.asEmpty(value)));
        return sorted;
    }

    private static String attribute(Map<String, String> attributes, String name) {
        return Absent.asEmpty(attributes.get(name));
    }

    /** Drivers of NFS and SMB name the server and its directory, also those that are not known here. */
    private static @Nullable VolumePlace ofAttributes(
            String driver, String handle, Map<String, String> attributes, ServerNames names) {
        String below = "/" + attribute(attributes, "subdir");
        String source = attribute(attributes, "source").replace('\\', '/');
        if (source.startsWith("//")) {
            int end = source.indexOf('/', 2);
            return end < 0
                    ? null
                    : ofServer("SMB", names.serverOf(source.substring(2, end)), source.substring(end) + below);
        }
        if (attributes.containsKey("server") && attributes.containsKey("share")) {
            String protocol = driver.contains("smb") ? "SMB" : "NFS";
            return ofServer(
                    protocol, names.serverOf(attribute(attributes, "server")), attribute(attributes, "share") + below);
        }
        Matcher address = ADDRESS.matcher(handle);
        if (address.matches()) {
            return ofServer(address.group(1), names.serverOf(address.group(2)), Absent.asEmpty(address.group(3)));
        }
        String[] parts = handle.split("#", -1);
        return driver.equals("nfs.csi.k8s.io") && parts.length > 2
                ? ofServer("NFS", names.serverOf(parts[0]), "/" + parts[1] + "/" + parts[2])
                : null;
    }

    /** {@code fs-id}, {@code fs-id:/path} or {@code fs-id:/path:fsap-id}; an access point has a root of its own. */
    private static @Nullable VolumePlace ofEfs(String handle) {
        String[] parts = handle.split(":", 3);
        if (!parts[0].startsWith("fs-")) {
            return null;
        }
        String path = parts.length < 2 ? "/" : parts[1];
        boolean accessPoint = parts.length > 2 && !parts[2].isEmpty();
        return of(efs(parts[0]), accessPoint ? "/:" + parts[2] + CleanedPath.absolute(path) : path);
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
        Matcher server = AZURE_SERVER.matcher(
                ServerName.of(attribute(attributes, "server")).value());
        String account = attribute(attributes, "storageAccount");
        if (account.isEmpty() && server.matches()) {
            account = server.group(1);
        } else if (account.isEmpty() && parts.length > 2) {
            account = parts[1];
        }
        String named = secret == null ? attribute(attributes, "secretName") : secret.getName();
        account = account.isEmpty() ? accountOf(named) : account;
        return of(azure(account, share), attribute(attributes, "folderName"));
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
                : of(
                        "Azure container " + MessageText.quoted(container) + " of account "
                                + MessageText.quoted(account),
                        "/");
    }

    private static @Nullable VolumePlace ofCeph(Map<String, String> attributes) {
        String path = attribute(attributes, "rootPath");
        path = path.isEmpty() ? attribute(attributes, "subvolumePath") : path;
        return path.isEmpty()
                ? null
                : of(
                        "CephFS " + MessageText.quoted(attribute(attributes, "fsName")) + " of cluster "
                                + MessageText.quoted(attribute(attributes, "clusterID")),
                        path);
    }
}
