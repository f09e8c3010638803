package com.cocalc.storage.testkit.law;

import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a container, of any of the three kinds, that the laws judge. */
record ContainerSeen(
        String pointer,
        Kind kind,
        List<VolumeMount> mounts,
        List<VolumeDevice> devices,
        List<EnvVar> env,
        List<String> argv,
        @Nullable SecurityContext security) {

    enum Kind {
        /** It runs with the project: a regular container, or a sidecar among the init containers. */
        MAIN,
        /** It ends before the project starts. */
        INIT,
        EPHEMERAL
    }

    static List<ContainerSeen> in(PodSpec spec) {
        List<ContainerSeen> containers = new ArrayList<>();
        add(spec.getContainers(), "/spec/containers/", Kind.MAIN, containers);
        add(spec.getInitContainers(), "/spec/initContainers/", Kind.INIT, containers);
        List<EphemeralContainer> ephemeral = Absent.asEmpty(spec.getEphemeralContainers());
        for (int i = 0; i < ephemeral.size(); i++) {
            EphemeralContainer container = ephemeral.get(i);
            containers.add(new ContainerSeen(
                    "/spec/ephemeralContainers/" + i,
                    Kind.EPHEMERAL,
                    Absent.asEmpty(container.getVolumeMounts()),
                    Absent.asEmpty(container.getVolumeDevices()),
                    Absent.asEmpty(container.getEnv()),
                    argv(container.getCommand(), container.getArgs()),
                    container.getSecurityContext()));
        }
        return containers;
    }

    private static void add(@Nullable List<Container> list, String pointer, Kind kind, List<ContainerSeen> containers) {
        List<Container> some = Absent.asEmpty(list);
        for (int i = 0; i < some.size(); i++) {
            Container container = some.get(i);
            containers.add(new ContainerSeen(
                    pointer + i,
                    "Always".equals(container.getRestartPolicy()) ? Kind.MAIN : kind,
                    Absent.asEmpty(container.getVolumeMounts()),
                    Absent.asEmpty(container.getVolumeDevices()),
                    Absent.asEmpty(container.getEnv()),
                    argv(container.getCommand(), container.getArgs()),
                    container.getSecurityContext()));
        }
    }

    private static List<String> argv(@Nullable List<String> command, @Nullable List<String> arguments) {
        List<String> argv = new ArrayList<>(Absent.asEmpty(command));
        argv.addAll(Absent.asEmpty(arguments));
        return argv;
    }
}
