package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.RwxVolumeBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Volumes that are no claims: empty directories, config maps, secrets, directories of a node or of an NFS server. */
final class ScratchVolumes {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ClusterState state;

    ScratchVolumes(ClusterState state) {
        this.state = state;
    }

    PodVolume mount(PodRecord record, Volume volume) throws Trouble {
        String name = volume.getName();
        if (volume.getHostPath() != null) {
            String path = CleanedPath.absolute(volume.getHostPath().getPath());
            return of(name, state.outside(record.node() + ":" + path), false, path);
        }
        String nodePath = "/var/lib/kubelet/pods/" + record.uid() + "/volumes/kubernetes.io~scratch/" + name;
        if (volume.getNfs() != null) {
            boolean isReadOnly = Boolean.TRUE.equals(volume.getNfs().getReadOnly());
            String place = volume.getNfs().getServer() + ":" + volume.getNfs().getPath();
            return new PodVolume(name, state.outside(place), null, isReadOnly, isReadOnly, nodePath);
        }
        if (volume.getConfigMap() != null) {
            return data(
                    record, name, nodePath, "configmap", volume.getConfigMap().getName(), optional(volume));
        }
        if (volume.getSecret() != null) {
            return data(record, name, nodePath, "secret", volume.getSecret().getSecretName(), optional(volume));
        }
        boolean isPlain = volume.getDownwardAPI() == null
                && volume.getProjected() == null
                && volume.getCsi() == null
                && volume.getImage() == null;
        RwxVolume made = record.scratch()
                .computeIfAbsent(name, key -> isPlain ? emptyDir(record, volume.getEmptyDir()) : fresh(0755));
        return of(name, made, !isPlain, nodePath);
    }

    private static @Nullable Boolean optional(Volume volume) {
        return volume.getConfigMap() != null
                ? volume.getConfigMap().getOptional()
                : volume.getSecret().getOptional();
    }

    private static PodVolume of(String name, RwxVolume volume, boolean isReadOnly, String nodePath) {
        return new PodVolume(name, volume, null, isReadOnly, false, nodePath);
    }

    private RwxVolume fresh(int mode) {
        return state.newVolume(RwxVolume.builder().rootMode(mode));
    }

    private RwxVolume emptyDir(PodRecord record, @Nullable EmptyDirVolumeSource source) {
        RwxVolumeBuilder builder = RwxVolume.builder().rootMode(0777);
        Quantity limit = source == null ? null : source.getSizeLimit();
        if (source != null && limit != null && "Memory".equals(source.getMedium())) {
            builder.capacity(Math.max(1, Quantity.getAmountInBytes(limit).longValue()));
        }
        RwxVolume made = state.newVolume(builder);
        PodSecurityContext context = record.pod().getSpec().getSecurityContext();
        if (context != null && context.getFsGroup() != null) {
            made.populate("2777 0:" + context.getFsGroup() + " - /");
        }
        return made;
    }

    private PodVolume data(
            PodRecord record, String name, String nodePath, String kind, String object, @Nullable Boolean optional)
            throws Trouble {
        Map<String, String> values = state.configData().find(kind, record.pod(), object);
        if (values == null && !Boolean.TRUE.equals(optional)) {
            throw Trouble.mount(
                    "MountVolume.SetUp failed for volume \"" + name + "\" : " + kind + " \"" + object + "\" not found");
        }
        RwxVolume made = record.scratch().computeIfAbsent(name, key -> filled(values == null ? Map.of() : values));
        return of(name, made, true, nodePath);
    }

    private RwxVolume filled(Map<String, String> values) {
        RwxVolume volume = fresh(0755);
        values.forEach((key, value) -> {
            try {
                volume.populate("0644 0:0 " + MAPPER.writeValueAsString(value) + " " + key);
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        });
        return volume;
    }
}
