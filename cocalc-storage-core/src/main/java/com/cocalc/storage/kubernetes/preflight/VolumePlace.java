package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.CephFSPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.FlexPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.GlusterfsPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.NFSVolumeSource;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of a volume are: a directory of a storage. Two volumes are compared by this and not by their objects,
 * as one directory can be named in many ways.
 *
 * @param storage the storage, in words that are equal for one storage
 * @param narrowed what tells the parts of a storage apart (labels of nodes, monitors), each with its values: places
 *     that have a name in common and no value of it are apart
 * @param path the directory within the storage, cleaned
 * @param server the server of the storage, where it is one that is named
 */
record VolumePlace(
        String storage,
        Map<String, Set<String>> narrowed,
        String path,
        @Nullable ServerName server) {

    private static final Pattern EFS_SERVER =
            Pattern.compile("(?:[a-z0-9-]{1,60}\\.)?(fs-[0-9a-z]{1,60})\\.efs\\..{1,100}");

    VolumePlace {
        narrowed = Map.copyOf(narrowed);
        path = CleanedPath.absolute(path);
    }

    /** A place that all nodes see. */
    static VolumePlace of(String storage, String path) {
        return new VolumePlace(storage, Map.of(), path, null);
    }

    /** The place of a volume, or nothing where its object does not tell it. */
    static Optional<VolumePlace> of(@Nullable PersistentVolume volume, ServerNames names) {
        PersistentVolumeSpec spec = volume == null ? null : volume.getSpec();
        return spec == null ? Optional.empty() : of(spec, names);
    }

    /** The place of a source, or nothing where it does not tell it. */
    static Optional<VolumePlace> of(PersistentVolumeSpec spec, ServerNames names) {
        if (spec.getCsi() != null) {
            return CsiPlace.of(spec.getCsi(), VolumeMountOptions.each(spec.getMountOptions()), names);
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
            return Optional.of(AzurePlace.of(spec.getAzureFile()));
        }
        if (spec.getAzureDisk() != null) {
            return ofHandle(
                    "disk.csi.azure.com", Absent.asEmpty(spec.getAzureDisk().getDiskURI()));
        }
        if (spec.getGlusterfs() != null) {
            return Optional.of(ofGluster(spec.getGlusterfs()));
        }
        if (spec.getFlexVolume() != null) {
            return ofFlex(spec.getFlexVolume(), names);
        }
        if (spec.getPortworxVolume() != null) {
            return ofHandle(
                    "pxd.portworx.com", Absent.asEmpty(spec.getPortworxVolume().getVolumeID()));
        }
        return spec.getCephfs() == null ? ofOther(spec) : ofCeph(spec.getCephfs());
    }

    /** Of the other kinds, two sources are one storage if they say the same of it. */
    private static Optional<VolumePlace> ofOther(PersistentVolumeSpec spec) {
        SourceFields source = SourceFields.of(spec);
        return source.isEmpty() ? Optional.empty() : ofHandle(source.kind(), source.storage());
    }

    /** What an in-tree volume becomes with its CSI driver has the same handle. */
    static Optional<VolumePlace> ofHandle(String driver, String handle) {
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
                : Optional.ofNullable(CsiPlace.ofAttributes(driver, "", CsiPlace.ignoringCase(options), names))
                        .or(() -> ofHandle(driver, options.toString()));
    }

    /** The place of a directory within this one. */
    VolumePlace below(String directory) {
        return directory.isEmpty() ? this : new VolumePlace(storage, narrowed, path + "/" + directory, server);
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
                && narrowed.entrySet().stream()
                        .noneMatch(one -> other.narrowed.containsKey(one.getKey())
                                && Collections.disjoint(one.getValue(), other.narrowed.get(one.getKey())));
    }

    /** Returns the place in words. */
    @Override
    public String toString() {
        String within = new TreeMap<>(narrowed)
                .entrySet().stream()
                        .map(one -> " with " + one.getKey() + " "
                                + MessageText.quoted(String.join(", ", new TreeSet<>(one.getValue()))))
                        .collect(Collectors.joining());
        return (storage.startsWith("handle ") ? storage : "directory " + MessageText.quoted(path) + " of " + storage)
                + within;
    }

    private static VolumePlace ofNfs(NFSVolumeSource nfs, ServerNames names) {
        return ofServer("NFS", names.serverOf(Absent.asEmpty(nfs.getServer())), Absent.asEmpty(nfs.getPath()));
    }

    /** Two clouds have names for their storage beside those of its servers. */
    static VolumePlace ofServer(String protocol, ServerName server, String path) {
        String name = server.value();
        Matcher efs = EFS_SERVER.matcher(name);
        if (efs.matches()) {
            return of(efs(efs.group(1)), path);
        }
        // Names of shares and, on nearly all servers, of their directories have no case.
        String written = protocol.equals("SMB") ? path.toLowerCase(Locale.ROOT).replace('\\', '/') : path;
        return AzurePlace.find(server, path)
                .orElseGet(() ->
                        new VolumePlace(protocol + " server " + MessageText.quoted(name), Map.of(), written, server));
    }

    static String efs(String id) {
        return "EFS " + MessageText.quoted(id.toLowerCase(Locale.ROOT));
    }

    private static VolumePlace ofNodes(PersistentVolumeSpec spec, @Nullable String path) {
        NodeSelector required =
                spec.getNodeAffinity() == null ? null : spec.getNodeAffinity().getRequired();
        Map<String, Set<String>> labels = null;
        for (NodeSelectorTerm term : Absent.asEmpty(required == null ? null : required.getNodeSelectorTerms())) {
            Map<String, Set<String>> ofTerm = labelsOf(term);
            if (labels == null) {
                labels = ofTerm;
            } else {
                labels.keySet().retainAll(ofTerm.keySet()); // a node of any term has the directory
                labels.forEach((label, values) -> values.addAll(ofTerm.getOrDefault(label, Set.of())));
            }
        }
        return new VolumePlace("the nodes", Absent.asEmpty(labels), Absent.asEmpty(path), null);
    }

    private static Map<String, Set<String>> labelsOf(@Nullable NodeSelectorTerm term) {
        Map<String, Set<String>> labels = new HashMap<>();
        if (term != null) {
            Stream.of(Absent.asEmpty(term.getMatchExpressions()), Absent.asEmpty(term.getMatchFields()))
                    .flatMap(List::stream)
                    .filter(one -> one != null && "In".equals(one.getOperator()) && one.getKey() != null)
                    .forEach(one -> labels.put(
                            one.getKey(),
                            Absent.asEmpty(one.getValues()).stream()
                                    .map(Absent::asEmpty)
                                    .collect(Collectors.toCollection(HashSet::new))));
        }
        return labels;
    }

    /** The name of a volume, and below it a directory of that volume. */
    private static VolumePlace ofGluster(GlusterfsPersistentVolumeSource source) {
        String namespace = Absent.asEmpty(source.getEndpointsNamespace());
        return new VolumePlace(
                "GlusterFS of endpoints " + MessageText.quoted(Absent.asEmpty(source.getEndpoints())),
                namespace.isEmpty() ? Map.of() : Map.of("namespace", Set.of(namespace)),
                Absent.asEmpty(source.getPath()),
                null);
    }

    private static Optional<VolumePlace> ofCeph(CephFSPersistentVolumeSource source) {
        Set<String> monitors = Absent.asEmpty(source.getMonitors()).stream()
                .map(monitor -> ServerName.withoutPort(Absent.asEmpty(monitor)).value())
                .collect(Collectors.toSet());
        return monitors.isEmpty()
                ? Optional.empty()
                : Optional.of(new VolumePlace(
                        "CephFS", Map.of("monitors", monitors), Absent.asEmpty(source.getPath()), null));
    }
}
