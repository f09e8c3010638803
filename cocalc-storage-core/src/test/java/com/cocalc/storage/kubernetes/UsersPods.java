package com.cocalc.storage.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpecBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodOS;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Pods as users of the library bring them, with much that may stand in the way of the storage. */
final class UsersPods {

    private static final List<String> PATHS = List.of(
            "/home/user",
            "/home/user/",
            "/home",
            "/home/user/.cache",
            "/ext",
            "/ext/lib",
            "//ext",
            "/projects",
            "/projects/x",
            "/shares",
            "/tmp",
            "/var/cache",
            "/data",
            "/dev/disk",
            "/",
            "/etc",
            "/proc/x",
            "home/user",
            "/home/user2",
            "/extra",
            "/x/../ext");
    private static final List<String> SUB_PATHS = List.of(
            "projects/" + Fixtures.PROJECT,
            "projects/" + Fixtures.PROJECT + "/sub",
            "projects",
            "shares",
            "",
            "a",
            "projects/other");
    private static final List<String> VOLUMES =
            List.of("home", "ext", "data", "shares", "scratch", "disk", "config", "extra");
    private static final List<String> CLAIMS =
            List.of("projects-data", "projects-software", "other", "projects-shares", "projects-scratch");
    private static final List<String> NODE_PATHS = List.of("/mnt", "/mnt", "/var/lib/kubelet", "/run/", "/data");
    private static final List<String> NAMES = List.of("sidecar", "fix-permissions", "setup", "proxy", "debug");

    private final Random random;

    UsersPods(long seed) {
        random = new Random(seed);
    }

    /** A pod whose container {@code project} is to get the storage. */
    Pod pod() {
        Pod pod = new Pod();
        pod.setMetadata(new ObjectMetaBuilder()
                .withName(oneOf(List.of("project-1", "projects")))
                .build());
        pod.setSpec(spec());
        return pod;
    }

    StatefulSet statefulSet() {
        StatefulSetBuilder set = new StatefulSetBuilder()
                .withNewMetadata()
                .withName(oneOf(List.of("web", "projects")))
                .endMetadata()
                .withNewSpec()
                .withTemplate(new PodTemplateSpec(null, spec()))
                .endSpec();
        for (String name : some(VOLUMES, 2)) {
            set.editSpec()
                    .addNewVolumeClaimTemplate()
                    .withNewMetadata()
                    .withName(name)
                    .endMetadata()
                    .withSpec(template())
                    .endVolumeClaimTemplate()
                    .endSpec();
        }
        return set.build();
    }

    private PodSpec spec() {
        PodSpec spec = new PodSpec();
        List<String> volumes = some(VOLUMES, 3);
        volumes.forEach(name -> spec.getVolumes().add(volume(name)));
        List<String> names = new ArrayList<>(some(NAMES, 3));
        int place = random.nextInt(2);
        if (place == 1) {
            spec.getContainers().add(container("first", volumes));
        }
        spec.getContainers().add(container("project", volumes));
        for (String name : names) {
            switch (random.nextInt(4)) {
                case 0 -> spec.getContainers().add(container(name, volumes));
                case 1 -> spec.getEphemeralContainers().add(ephemeral(name, volumes));
                default -> {
                    Container init = container(name, volumes);
                    if (random.nextInt(3) == 0) {
                        init.setRestartPolicy("Always");
                    }
                    spec.getInitContainers().add(init);
                }
            }
        }
        if (random.nextInt(3) == 0) {
            spec.setSecurityContext(podContext());
        }
        if (random.nextInt(4) == 0) {
            spec.setResources(resources());
        }
        if (random.nextInt(12) == 0) {
            spec.setOs(new PodOS(oneOf(List.of("linux", "windows"))));
        }
        if (random.nextInt(12) == 0) {
            spec.setHostUsers(random.nextBoolean());
        }
        switch (random.nextInt(36)) {
            case 0 -> spec.setHostPID(true);
            case 1 -> spec.setHostIPC(true);
            case 2 -> spec.setHostNetwork(true);
            default -> {}
        }
        return spec;
    }

    private Volume volume(String name) {
        VolumeBuilder volume = new VolumeBuilder().withName(name);
        return switch (random.nextInt(10)) {
            case 0 -> volume.withNewEmptyDir().endEmptyDir().build();
            case 1 -> volume.withNewConfigMap().withName("c").endConfigMap().build();
            case 2 -> volume.withNewSecret().withSecretName("s").endSecret().build();
            case 3 -> volume.withNewHostPath(oneOf(NODE_PATHS), "").build();
            case 4 -> volume.withNewNfs("/export", random.nextBoolean(), "nfs").build();
            case 5 -> ephemeral(volume, template());
            case 6 -> volume.withNewProjected().endProjected().build();
            case 7 -> volume.withNewCsi().withDriver("d.example").endCsi().build();
            default ->
                volume.withNewPersistentVolumeClaim(oneOf(CLAIMS), random.nextInt(3) == 0)
                        .build();
        };
    }

    private static Volume ephemeral(VolumeBuilder volume, PersistentVolumeClaimSpec template) {
        return volume.withNewEphemeral()
                .withNewVolumeClaimTemplate()
                .withSpec(template)
                .endVolumeClaimTemplate()
                .endEphemeral()
                .build();
    }

    private PersistentVolumeClaimSpec template() {
        PersistentVolumeClaimSpecBuilder template = new PersistentVolumeClaimSpecBuilder()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .addToRequests("storage", Quantity.parse("1Gi"))
                .endResources();
        return switch (random.nextInt(8)) {
            case 0 ->
                template.withNewDataSource(null, "PersistentVolumeClaim", oneOf(CLAIMS))
                        .build();
            case 1 ->
                template.withNewDataSourceRef(null, "PersistentVolumeClaim", oneOf(CLAIMS), null)
                        .build();
            case 2 ->
                template.withNewDataSource("snapshot.storage.k8s.io", "VolumeSnapshot", "projects-data")
                        .build();
            case 3 -> template.withVolumeName("pv-1").build();
            default -> template.build();
        };
    }

    private Container container(String name, List<String> volumes) {
        Container container = new Container();
        container.setName(name);
        container.setImage("registry.example/" + oneOf(List.of("project:1", "other:2")));
        container.setVolumeMounts(mounts(volumes));
        if (random.nextInt(6) == 0 && !volumes.isEmpty()) {
            container.getVolumeDevices().add(new VolumeDevice(oneOf(PATHS), oneOf(volumes)));
        }
        if (random.nextInt(6) == 0) {
            container.getEnv().add(new EnvVar(oneOf(List.of("EXT", "HOME", "PROJECTS", "A")), oneOf(PATHS), null));
        }
        if (random.nextInt(5) == 0) {
            container.setSecurityContext(context());
        }
        if (random.nextInt(5) == 0) {
            container.setResources(resources());
        }
        if (random.nextInt(8) == 0) {
            container.setTerminationMessagePath(oneOf(PATHS));
        }
        return container;
    }

    private EphemeralContainer ephemeral(String name, List<String> volumes) {
        Container like = container(name, volumes);
        return new EphemeralContainerBuilder()
                .withName(name)
                .withImage(like.getImage())
                .withVolumeMounts(like.getVolumeMounts())
                .withVolumeDevices(like.getVolumeDevices())
                .withSecurityContext(like.getSecurityContext())
                .build();
    }

    private List<VolumeMount> mounts(List<String> volumes) {
        List<VolumeMount> mounts = new ArrayList<>();
        int count = volumes.isEmpty() ? 0 : Math.max(0, random.nextInt(5) - 2);
        for (int i = 0; i < count; i++) {
            VolumeMount mount = new VolumeMount();
            mount.setName(oneOf(volumes));
            mount.setMountPath(oneOf(PATHS));
            switch (random.nextInt(5)) {
                case 0, 1 -> mount.setSubPath(oneOf(SUB_PATHS));
                case 2 -> mount.setSubPathExpr("$(EXT)");
                default -> {}
            }
            if (random.nextInt(3) == 0) {
                mount.setReadOnly(random.nextBoolean());
            }
            if (random.nextInt(8) == 0) {
                mount.setMountPropagation(oneOf(List.of("None", "HostToContainer")));
            }
            mounts.add(mount);
        }
        return mounts;
    }

    private PodSecurityContext podContext() {
        PodSecurityContext context = new PodSecurityContext();
        context.setRunAsUser(oneOf(Arrays.asList(null, 2001L, 2001L, 1000L, 0L)));
        context.setRunAsGroup(oneOf(Arrays.asList(null, 2001L, 0L)));
        context.setFsGroup(oneOf(Arrays.asList(null, 2001L, 100L)));
        context.setRunAsNonRoot(oneOf(Arrays.asList(null, null, true, false)));
        context.setFsGroupChangePolicy(oneOf(Arrays.asList(null, "OnRootMismatch", "Always")));
        return context;
    }

    private SecurityContext context() {
        SecurityContextBuilder context = new SecurityContextBuilder()
                .withRunAsUser(oneOf(Arrays.asList(null, 2001L, 1000L, 0L)))
                .withRunAsGroup(oneOf(Arrays.asList(null, 2001L, 0L)))
                .withRunAsNonRoot(oneOf(Arrays.asList(null, null, true, false)))
                .withPrivileged(oneOf(Arrays.asList(null, null, null, true)))
                .withAllowPrivilegeEscalation(oneOf(Arrays.asList(null, null, true)));
        if (random.nextInt(4) == 0) {
            context.withNewCapabilities()
                    .addToAdd(oneOf(List.of("SYS_ADMIN", "CHOWN", "cap_net_admin", "SYS_TIME")))
                    .endCapabilities();
        }
        return context.build();
    }

    private ResourceRequirements resources() {
        ResourceRequirements resources = new ResourceRequirements();
        for (String name : some(List.of("cpu", "memory"), 2)) {
            Quantity small =
                    Quantity.parse(name.equals("cpu") ? oneOf(List.of("5m", "12m")) : oneOf(List.of("8Mi", "20Mi")));
            Quantity large =
                    Quantity.parse(name.equals("cpu") ? oneOf(List.of("20m", "2")) : oneOf(List.of("30Mi", "1Gi")));
            switch (random.nextInt(4)) {
                case 0 -> put(resources, name, small, null);
                case 1 -> put(resources, name, null, large);
                case 2 -> put(resources, name, null, small);
                default -> put(resources, name, small, large);
            }
        }
        return resources;
    }

    private static void put(
            ResourceRequirements resources, String name, @Nullable Quantity request, @Nullable Quantity limit) {
        if (request != null) {
            resources.getRequests().put(name, request);
        }
        if (limit != null) {
            resources.getLimits().put(name, limit);
        }
    }

    private <T extends @Nullable Object> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private List<String> some(List<String> list, int most) {
        List<String> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, random.nextInt(most + 1));
    }
}
