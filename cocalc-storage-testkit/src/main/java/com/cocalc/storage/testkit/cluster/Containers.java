package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.Expansion;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.program.Programs;
import io.fabric8.kubernetes.api.model.Container;
import java.nio.file.FileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Creates the containers of pods whose volumes are mounted, and runs those that end by themselves. */
final class Containers {

    /** An unpaired surrogate, which the server reads as U+FFFD. */
    private static final Pattern HALF_A_CHARACTER = Pattern.compile("[\\ud800-\\udfff]");

    private final ClusterState state;
    private final ContainerRuntime runtime;
    private final Programs programs;
    private final Function<String, ContainerImage> images;

    Containers(
            ClusterState state, ContainerRuntime runtime, Programs programs, Function<String, ContainerImage> images) {
        this.state = state;
        this.runtime = runtime;
        this.programs = programs;
        this.images = images;
    }

    ContainerRuntime runtime() {
        return runtime;
    }

    /** Starts a container that keeps running, unless it runs already. */
    void keepRunning(PodRecord record, Container container) throws Trouble {
        if (!record.running().containsKey(container.getName())) {
            record.running().put(container.getName(), make(record, container));
            tellStarted(record, container);
        }
    }

    /** Runs a container's program until it ends. */
    void runToItsEnd(PodRecord record, Container container) throws Trouble {
        RunningContainer made = make(record, container);
        try {
            List<String> argv = argv(container, made);
            if (argv.isEmpty()) {
                throw Trouble.create("no command specified");
            }
            programs.require("container \"" + container.getName() + "\"", argv);
            tellStarted(record, container);
            int logged = record.log().size();
            int exitCode = programs.run(argv, made.path(workingDirectory(container)), made.environment(), record.log());
            if (exitCode != 0) {
                List<String> own = record.log().subList(logged, record.log().size());
                throw Trouble.exited(own.isEmpty() ? "exit code " + exitCode : String.join("\n", own), exitCode);
            }
        } finally {
            made.stop();
        }
    }

    private RunningContainer make(PodRecord record, Container container) throws Trouble {
        tell(record, "Pulled", "Container image \"" + container.getImage() + "\" already present on machine");
        ContainerImage image = image(container);
        Map<String, String> environment =
                Environment.of(record.pod(), container, Objects.requireNonNull(record.node()), state.configData());
        List<ContainerMount> mounts = ContainerMount.of(record, container, environment, runtime);
        ContainerUser user = ContainerUser.of(record.pod(), container, image);
        tell(record, "Created", "Created container: " + container.getName());
        RwxVolume root = state.newVolume(RwxVolume.builder());
        RwxVolume ofRuntime = state.newVolume(RwxVolume.builder());
        image.unpack(root);
        List<ContainerMount> all = new ArrayList<>(mounts);
        all.addAll(RuntimeMounts.of(record, container, ofRuntime, mounts, user));
        FileSystem files = RootFileSystem.create(root, user, all, workingDirectory(container));
        return new RunningContainer(
                container.getName(), List.of(root, ofRuntime), files, image.environment(), environment, user);
    }

    private static String workingDirectory(Container container) throws Trouble {
        String path = Absent.asEmpty(container.getWorkingDir());
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw Trouble.refusedByRuntime("Cwd must be an absolute path");
        }
        return CleanedPath.absolute(path);
    }

    private ContainerImage image(Container container) {
        return images.apply(container.getImage() == null ? "" : container.getImage());
    }

    private List<String> argv(Container container, RunningContainer made) {
        List<String> command = Absent.asEmpty(container.getCommand());
        List<String> written = new ArrayList<>(command);
        written.addAll(Absent.asEmpty(container.getArgs()));
        List<String> argv = new ArrayList<>(command.isEmpty() ? image(container).entrypoint() : List.of());
        for (String argument : written) {
            String expanded = Expansion.expand(argument, made.environment()::get);
            argv.add(HALF_A_CHARACTER.matcher(expanded).replaceAll("\uFFFD"));
        }
        return argv;
    }

    private void tellStarted(PodRecord record, Container container) {
        tell(record, "Started", "Started container " + container.getName());
    }

    private void tell(PodRecord record, String reason, String message) {
        state.events().normal("kubelet", record.pod(), reason, message);
    }
}
