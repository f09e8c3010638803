package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.RwxVolumeBuilder;
import com.cocalc.storage.testkit.cluster.PodVolume.Access;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.file.FileSystem;
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
        String nodePath = record.directory() + "/volumes/kubernetes.io~" + plugin(volume) + "/" + name;
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
            throw Trouble.setUp(name, "unknown storage medium \"" + medium + "\"");
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
        RwxVolume node = state.node(Objects.requireNonNull(record.node()));
        try (FileSystem files = node.mount(Mount.asRoot())) {
            NodePath path = NodePath.of(name, source, files);
            path.prepare();
            String real = path.real();
            return new PodVolume(
                    name, node, real.isEmpty() ? "" : real.substring(1), null, Access.ALL, real, path.written());
        } catch (IOException e) {
            throw new AssertionError("a path of a node that is there", e);
        }
    }
}
