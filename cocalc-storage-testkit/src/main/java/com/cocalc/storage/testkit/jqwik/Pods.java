package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.MountPath;
import com.cocalc.storage.ProjectVolumes;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws pods without storage. */
final class Pods {

    private static final List<String> PATHS =
            List.of("/tmp", "/cache", "/var/run/app", "/opt/a b", "/home", "/srv/ü", "/home/user.d", "/extra");
    private static final List<String> VALUES = List.of("", "1", "/usr/bin:/bin", "$(HOME)", "$$(EXT)", "a\nb", "😀");

    private final Draw draw;
    private final ProjectVolumes storage;
    private final List<Volume> volumes = new ArrayList<>();

    private Pods(Draw draw, ProjectVolumes storage) {
        this.draw = draw;
        this.storage = storage;
    }

    static UserPod userPod(Draw draw) {
        ProjectVolumes storage = Views.project(draw);
        Pods pods = new Pods(draw, storage);
        Pod pod = pods.pod();
        List<Container> containers = pod.getSpec().getContainers();
        return new UserPod(pod, draw.of(containers).getName(), storage);
    }

    private Pod pod() {
        Pod pod = new Pod();
        pod.setMetadata(new ObjectMeta());
        pod.getMetadata().setName("project-" + storage.project());
        draw.maybe(4, () -> pod.getMetadata().setLabels(new LinkedHashMap<>(Map.of("app", "project"))));
        draw.list(0, 5, () -> volumes.add(volume()));
        PodSpec spec = new PodSpec();
        spec.setContainers(containers());
        draw.maybe(4, () -> spec.setInitContainers(initContainers()));
        if (!volumes.isEmpty()) {
            spec.setVolumes(volumes);
        }
        draw.maybe(3, () -> spec.setSecurityContext(securityContext()));
        pod.setSpec(spec);
        return pod;
    }

    /** Draws a user's volume, which has neither our claims nor our names. */
    private Volume volume() {
        Volume volume = new Volume();
        volume.setName("own-" + volumes.size());
        switch (draw.upTo(4)) {
            case 0 -> volume.setEmptyDir(new EmptyDirVolumeSource());
            case 1 -> {
                volume.setConfigMap(new ConfigMapVolumeSource());
                volume.getConfigMap().setName("settings");
            }
            case 2 -> {
                volume.setSecret(new SecretVolumeSource());
                volume.getSecret().setSecretName("keys");
            }
            case 3 -> {
                volume.setEmptyDir(new EmptyDirVolumeSource());
                volume.getEmptyDir().setMedium("Memory");
                volume.getEmptyDir().setSizeLimit(new Quantity("64Mi"));
            }
            default -> {
                // A claim for each, as two volumes of one would never be mounted; no generated claim has such a name.
                volume.setPersistentVolumeClaim(new PersistentVolumeClaimVolumeSource());
                volume.getPersistentVolumeClaim().setClaimName("datasets-of-somebody-else-" + volumes.size());
                volume.getPersistentVolumeClaim().setReadOnly(draw.oneIn(2) ? true : null);
            }
        }
        return volume;
    }

    private List<Container> containers() {
        List<Container> made = new ArrayList<>();
        draw.list(1, 4, () -> made.add(container(made.isEmpty() ? "project" : "project-" + made.size())));
        return made;
    }

    /** Draws init containers, which run the program that does nothing. */
    private List<Container> initContainers() {
        List<Container> made = new ArrayList<>();
        draw.list(1, 2, () -> made.add(container("init-" + made.size())));
        made.forEach(container -> container.setCommand(new ArrayList<>(List.of("true"))));
        return made;
    }

    private Container container(String name) {
        Container container = new Container();
        container.setName(name);
        container.setImage("registry.example/" + name + ":1");
        draw.maybe(3, () -> container.setCommand(new ArrayList<>(List.of("/bin/sh", "-c", "exec sleep infinity"))));
        draw.maybe(2, () -> container.setEnv(variables()));
        draw.maybe(2, () -> {
            // Asked after the choice: taking out the last volume leaves the meaning of all other choices alone.
            if (!volumes.isEmpty()) {
                container.setVolumeMounts(mounts());
            }
        });
        return container;
    }

    private List<EnvVar> variables() {
        List<EnvVar> variables = new ArrayList<>();
        draw.list(1, 3, () -> {
            EnvVar variable = new EnvVar();
            variable.setName(variables.isEmpty() && draw.oneIn(4) ? "JUPYTER_PATH" : "OWN_" + variables.size());
            variable.setValue(draw.of(VALUES));
            return variables.add(variable);
        });
        return variables;
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        draw.list(1, 3, () -> {
            MountPath path = MountPath.parse(draw.of(PATHS));
            if (isFree(path, mounts)) {
                VolumeMount mount = new VolumeMount();
                Volume volume = draw.of(volumes);
                mount.setName(volume.getName());
                mount.setMountPath(path.value());
                mount.setReadOnly(draw.oneIn(3) ? true : null);
                // In a volume that cannot be written to, the kubelet could not make it.
                boolean isPart = draw.oneIn(4);
                mount.setSubPath(isPart && volume.getEmptyDir() != null ? "part" : null);
                mounts.add(mount);
            }
            return path;
        });
        return mounts;
    }

    private boolean isFree(MountPath path, List<VolumeMount> mounts) {
        return mounts.stream().noneMatch(mount -> isNested(path, MountPath.parse(mount.getMountPath())))
                && storage.mounts().stream().noneMatch(mount -> isNested(path, mount.mountPath()));
    }

    private static boolean isNested(MountPath some, MountPath other) {
        return some.contains(other) || other.contains(some);
    }

    /** Draws fields that the storage sets to the same values, and fields that it does not read. */
    private PodSecurityContext securityContext() {
        PodSecurityContext context = new PodSecurityContext();
        if (draw.oneIn(2)) {
            context.setRunAsUser(storage.identity().uid());
        }
        if (draw.oneIn(2)) {
            context.setFsGroup(storage.identity().gid());
        }
        if (draw.oneIn(2)) {
            context.setSupplementalGroups(new ArrayList<>(List.of(3000L)));
        }
        return context;
    }
}
