package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.RwxVolumeBuilder;
import com.cocalc.storage.testkit.cluster.PodVolume.Access;
import com.cocalc.storage.testkit.cluster.program.UnixFile;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Volumes that are not claims: empty directories, files and directories of a node, directories of an NFS server, and
 * {@link DataVolumes}. Those of the kinds {@code csi} and {@code image} are empty and read-only.
 */
final class ScratchVolumes {

    private final ClusterState state;
    private final DataVolumes data;

    ScratchVolumes(ClusterState state) {
        this.state = state;
        this.data = new DataVolumes(state);
    }

    PodVolume mount(PodRecord record, Volume volume) throws Trouble {
        String name = volume.getName();
        if (volume.getHostPath() != null) {
            return hostPath(record, name, volume.getHostPath());
        }
        String nodePath =
                "/var/lib/kubelet/pods/" + record.uid() + "/volumes/kubernetes.io~" + plugin(volume) + "/" + name;
        if (volume.getNfs() != null) {
            Access access = Boolean.TRUE.equals(volume.getNfs().getReadOnly()) ? Access.NOBODY : Access.ALL;
            String place = volume.getNfs().getServer() + ":" + volume.getNfs().getPath();
            return new PodVolume(name, state.outside(place), "", null, access, nodePath);
        }
        if (DataVolumes.isOne(volume)) {
            return new PodVolume(name, data.volume(record, volume, nodePath), "", null, Access.KUBELET, nodePath);
        }
        if (volume.getCsi() != null || volume.getImage() != null) {
            RwxVolume made = record.scratch()
                    .computeIfAbsent(
                            name, key -> state.newVolume(RwxVolume.builder().rootMode(0755)));
            return new PodVolume(name, made, "", null, Access.KUBELET, nodePath);
        }
        String medium = medium(volume.getEmptyDir());
        if (!medium.isEmpty() && !medium.equals("Memory")) {
            throw setUpFailed(name, "unknown storage medium \"" + medium + "\"");
        }
        RwxVolume made = record.scratch().computeIfAbsent(name, key -> emptyDir(record, volume.getEmptyDir()));
        return new PodVolume(name, made, "", null, Access.ALL, nodePath);
    }

    /** Returns the name of the kubelet's plugin for a kind of volume, which is part of its path on the node. */
    private static String plugin(Volume volume) {
        if (volume.getConfigMap() != null) {
            return "configmap";
        }
        if (volume.getSecret() != null) {
            return "secret";
        }
        if (volume.getDownwardAPI() != null) {
            return "downward-api";
        }
        if (volume.getProjected() != null) {
            return "projected";
        }
        return volume.getNfs() != null ? "nfs" : volume.getCsi() != null ? "csi" : "empty-dir";
    }

    private static Trouble setUpFailed(String name, String why) {
        return Trouble.mount("MountVolume.SetUp failed for volume \"" + name + "\" : " + why);
    }

    private static String medium(@Nullable EmptyDirVolumeSource source) {
        return source == null || source.getMedium() == null ? "" : source.getMedium();
    }

    private RwxVolume emptyDir(PodRecord record, @Nullable EmptyDirVolumeSource source) {
        boolean isInMemory = medium(source).equals("Memory");
        int mode = isInMemory ? 01777 : 0777;
        RwxVolumeBuilder builder = RwxVolume.builder().rootMode(mode);
        Quantity limit = source == null ? null : source.getSizeLimit();
        if (limit != null && isInMemory) {
            builder.capacity(Math.max(1, Quantity.getAmountInBytes(limit).longValue()));
        }
        RwxVolume made = state.newVolume(builder);
        PodSecurityContext context = record.pod().getSpec().getSecurityContext();
        if (context != null && context.getFsGroup() != null) {
            made.populate(String.format(Locale.ROOT, "%04o 0:%d - /", mode | 02000, context.getFsGroup()));
        }
        return made;
    }

    private PodVolume hostPath(PodRecord record, String name, HostPathVolumeSource source) throws Trouble {
        String path = CleanedPath.absolute(source.getPath());
        RwxVolume node = state.node(Objects.requireNonNull(record.node()));
        String type = source.getType() == null ? "" : source.getType();
        try (FileSystem files = node.mount(Mount.asRoot())) {
            prepare(name, files.getPath(path), type);
            require(name, files.getPath(path), type);
            path = realPath(files.getPath(path));
        } catch (IOException e) {
            throw setUpFailed(name, "hostPath type check failed: " + path + ": " + Trouble.inGo(e));
        }
        String nodePath = path.equals("/") ? "" : path;
        return new PodVolume(name, node, nodePath.isEmpty() ? "" : nodePath.substring(1), null, Access.ALL, nodePath);
    }

    /** Makes a missing path of the node if its type says so. */
    private static void prepare(String name, Path path, String type) throws Trouble {
        boolean isDirectory = type.equals("DirectoryOrCreate");
        boolean isToBeMade = isDirectory || type.equals("FileOrCreate");
        if (!isToBeMade || !isMissing(path)) {
            return;
        }
        try {
            if (isDirectory) {
                Files.createDirectories(path);
            } else {
                Files.createFile(path);
            }
        } catch (IOException e) {
            throw setUpFailed(name, (isDirectory ? "mkdir " : "open ") + path + ": " + Trouble.inGo(e));
        }
    }

    private static boolean isMissing(Path path) {
        try {
            UnixFile.stat(path);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Returns where a path of the node leads; the runtime makes a missing one later. */
    private static String realPath(Path path) throws IOException {
        return isMissing(path) ? path.toString() : path.toRealPath().toString();
    }

    /** Checks the type of a path of the node; these nodes have no sockets and devices. */
    private static void require(String name, Path path, String type) throws Trouble {
        boolean isDirectory = Files.isDirectory(path);
        boolean isFile = Files.isRegularFile(path);
        String expected = switch (type) {
            case "Directory", "DirectoryOrCreate" -> isDirectory ? "" : "a directory";
            case "File", "FileOrCreate" -> isFile ? "" : "a file";
            case "Socket" -> "a socket file";
            case "CharDevice" -> "a character device";
            case "BlockDevice" -> "a block device";
            default -> "";
        };
        if (!expected.isEmpty()) {
            throw setUpFailed(name, "hostPath type check failed: " + path + " is not " + expected);
        }
    }
}
