package com.cocalc.storage.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Random;

/** Pods that have nothing to do with the storage: their other containers and volumes lie beside it. */
final class HarmlessPods {

    private final Random random;

    HarmlessPods(long seed) {
        random = new Random(seed);
    }

    /** A pod whose container {@code project} is to get the storage; it need not be the first. */
    Pod pod() {
        PodSpec spec = new PodSpec();
        spec.getVolumes()
                .add(new VolumeBuilder()
                        .withName("scratch")
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .build());
        spec.getVolumes()
                .add(new VolumeBuilder()
                        .withName("settings")
                        .withNewConfigMap()
                        .withName("settings")
                        .endConfigMap()
                        .build());
        spec.getVolumes()
                .add(new VolumeBuilder()
                        .withName("cache")
                        .withNewPersistentVolumeClaim("cache-of-somebody", false)
                        .build());
        int place = random.nextInt(3);
        for (int i = 0; i < 3; i++) {
            spec.getContainers().add(container(i == place ? "project" : "beside-" + i));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            Container init = container("before-" + i);
            init.setRestartPolicy(random.nextBoolean() ? "Always" : null);
            spec.getInitContainers().add(init);
        }
        Pod pod = new Pod();
        pod.setMetadata(new ObjectMetaBuilder()
                .withName("harmless")
                .addToLabels("run", "project")
                .build());
        pod.setSpec(spec);
        return pod;
    }

    private Container container(String name) {
        Container container = new Container();
        container.setName(name);
        container.setImage("registry.example/" + name + ":1");
        for (String volume : List.of("scratch", "settings", "cache")) {
            if (random.nextBoolean()) {
                VolumeMount mount = new VolumeMount();
                mount.setName(volume);
                mount.setMountPath("/var/lib/of-somebody-else/" + volume);
                container.getVolumeMounts().add(mount);
            }
        }
        if (random.nextBoolean()) {
            container.getEnv().add(new EnvVar("LANG", "C.UTF-8", null));
        }
        return container;
    }
}
