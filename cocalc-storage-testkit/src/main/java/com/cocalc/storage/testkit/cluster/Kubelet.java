package com.cocalc.storage.testkit.cluster;

import io.fabric8.kubernetes.api.model.Container;
import java.nio.file.FileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Starts a pod that the server has stored, as far as it goes. */
final class Kubelet {

    private final ClusterState state;
    private final Scheduler scheduler;
    private final VolumeManager volumes;
    private final ContainerRuntime runtime;
    private final Programs programs;
    private final Function<String, ContainerImage> images;

    Kubelet(
            ClusterState state,
            KubeletVersion version,
            ContainerRuntime runtime,
            Programs programs,
            Function<String, ContainerImage> images) {
        this.state = state;
        this.scheduler = new Scheduler(state);
        this.volumes = new VolumeManager(state, version);
        this.runtime = runtime;
        this.programs = programs;
        this.images = images;
    }

    PodOutcome start(PodRecord record, Function<PodRecord, RunningPod> pods) {
        PodStatusText status = new PodStatusText(record.pod());
        try {
            if (record.node() == null) {
                record.assign(scheduler.place(record));
                state.events()
                        .normal(
                                record.pod(),
                                "Scheduled",
                                "Successfully assigned " + record.namespace() + "/" + record.name() + " to "
                                        + record.node());
            }
            record.mounted(volumes.mount(record));
        } catch (Trouble trouble) {
            state.events().warning(record.pod(), trouble.kind().reason(), trouble.message());
            return notStarted(record, status, "", trouble);
        }
        for (Container container : Lists.of(record.pod().getSpec().getInitContainers())) {
            try {
                startInit(record, container, status);
            } catch (Trouble trouble) {
                return containerFailed(record, status, container, trouble);
            }
        }
        record.initialized();
        return startContainers(record, status, pods);
    }

    private PodOutcome startContainers(PodRecord record, PodStatusText status, Function<PodRecord, RunningPod> pods) {
        PodOutcome first = null;
        for (Container container : record.pod().getSpec().getContainers()) {
            try {
                if (record.endsByItself()) {
                    runToItsEnd(record, container);
                    status.completed(container.getName());
                } else {
                    keepRunning(record, container, status);
                }
            } catch (Trouble trouble) {
                PodOutcome outcome = containerFailed(record, status, container, trouble);
                first = first == null ? outcome : first;
            }
        }
        if (first != null) {
            record.stopContainers();
            return first;
        }
        if (record.endsByItself()) {
            status.write("Succeeded");
            record.removed();
            return new PodOutcome.Completed(record.pod(), record.log());
        }
        status.write("Running");
        return new PodOutcome.Running(pods.apply(record));
    }

    private void startInit(PodRecord record, Container container, PodStatusText status) throws Trouble {
        if ("Always".equals(container.getRestartPolicy())) {
            keepRunning(record, container, status);
        } else if (record.isInitialized()) {
            status.completed(container.getName());
        } else {
            runToItsEnd(record, container);
            status.completed(container.getName());
        }
    }

    private void keepRunning(PodRecord record, Container container, PodStatusText status) throws Trouble {
        if (!record.running().containsKey(container.getName())) {
            record.running().put(container.getName(), make(record, container));
            state.events().normal(record.pod(), "Started", "Started container " + container.getName());
        }
        status.running(container.getName());
    }

    private RunningContainer make(PodRecord record, Container container) throws Trouble {
        ContainerImage image = images.apply(container.getImage() == null ? "" : container.getImage());
        Map<String, String> environment =
                Environment.of(record.pod(), container, Objects.requireNonNull(record.node()), state.configData());
        List<ContainerMount> mounts = ContainerMount.of(container, record.mounted(), environment, runtime);
        ContainerUser user = ContainerUser.of(record.pod(), container, image);
        FileSystem files = RootFileSystem.create(image, user, mounts, state.clock());
        return new RunningContainer(container.getName(), files, image.environment(), environment, user);
    }

    private void runToItsEnd(PodRecord record, Container container) throws Trouble {
        RunningContainer made = make(record, container);
        try {
            List<String> argv = argv(container, made);
            if (argv.isEmpty()) {
                throw Trouble.create("failed to generate container spec: no command specified");
            }
            programs.require(container.getName(), argv);
            state.events().normal(record.pod(), "Started", "Started container " + container.getName());
            int logged = record.log().size();
            Invocation invocation = new Invocation(argv, made.fileSystem(), made.environment(), record.log(), programs);
            int exitCode = programs.run(invocation, argv.get(0));
            if (exitCode != 0) {
                List<String> own = record.log().subList(logged, record.log().size());
                throw Trouble.exited(own.isEmpty() ? "exit code " + exitCode : String.join("\n", own));
            }
        } finally {
            made.stop();
        }
    }

    private List<String> argv(Container container, RunningContainer made) {
        List<String> argv = new ArrayList<>();
        List<String> command = Lists.of(container.getCommand());
        List<String> written = new ArrayList<>(command);
        written.addAll(Lists.of(container.getArgs()));
        if (command.isEmpty()) {
            argv.addAll(images.apply(container.getImage() == null ? "" : container.getImage())
                    .entrypoint());
        }
        for (String argument : written) {
            argv.add(Expansion.expand(
                    argument, name -> made.environment().getOrDefault(name, Expansion.reference(name))));
        }
        return argv;
    }

    private PodOutcome containerFailed(PodRecord record, PodStatusText status, Container container, Trouble trouble) {
        status.failed(container, trouble);
        if (trouble.kind() == Trouble.Kind.EXITED) {
            state.events()
                    .warning(
                            record.pod(),
                            "BackOff",
                            "Back-off restarting failed container " + container.getName() + " in pod " + record.name()
                                    + "_" + record.namespace() + "(" + record.uid() + ")");
        } else {
            state.events().warning(record.pod(), "Failed", "Error: " + trouble.message());
        }
        return notStarted(record, status, container.getName(), trouble);
    }

    private PodOutcome notStarted(PodRecord record, PodStatusText status, String container, Trouble trouble) {
        boolean isOver = trouble.kind() == Trouble.Kind.EXITED
                && "Never".equals(record.pod().getSpec().getRestartPolicy());
        status.write(isOver ? "Failed" : "Pending");
        if (!trouble.kind().isOfContainer() && record.node() == null) {
            record.pod().getStatus().setContainerStatuses(List.of());
            record.pod().getStatus().setInitContainerStatuses(List.of());
        }
        return new PodOutcome.NotStarted(
                record.pod(),
                container,
                trouble.kind().reason(),
                trouble.message(),
                state.events().about(record.pod()),
                record.log());
    }
}
