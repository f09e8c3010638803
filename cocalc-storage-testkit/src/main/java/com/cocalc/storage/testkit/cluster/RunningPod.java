package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;

/** A pod whose containers run. */
public final class RunningPod implements AutoCloseable {

    private final FakeCluster cluster;
    private final PodRecord record;

    RunningPod(FakeCluster cluster, PodRecord record) {
        this.cluster = cluster;
        this.record = record;
    }

    /** {@return the name of the pod} */
    public String name() {
        return record.name();
    }

    /** {@return the node of the pod} */
    public String node() {
        return Objects.requireNonNull(record.node());
    }

    /** {@return a copy of the pod as the cluster has it, with its status} */
    public Pod pod() {
        return Copy.of(record.pod());
    }

    /**
     * Returns a running container, which can be an init container with {@code restartPolicy: Always}.
     *
     * @param name its name
     * @return the container
     * @throws IllegalArgumentException if no container of the name runs
     */
    public RunningContainer container(String name) {
        RunningContainer container = record.running().get(Objects.requireNonNull(name, "name"));
        if (container == null) {
            throw InvalidValueException.of(
                    "container",
                    "be one of " + record.running().keySet(),
                    MessageText.quoted(name),
                    record.running().isEmpty() ? "the pod was stopped, start it again" : "name one of these");
        }
        return container;
    }

    /** {@return all running containers, in the order of the pod} */
    public List<RunningContainer> containers() {
        return List.copyOf(record.running().values());
    }

    /** {@return the lines that the pod's init containers wrote, oldest first} */
    public List<String> logLines() {
        return List.copyOf(record.log());
    }

    /** {@return the events of the pod, oldest first} */
    public List<Event> events() {
        return cluster.eventsOf(record);
    }

    /** Deletes the pod with its containers and its empty directories; its name can be used again. */
    public void stop() {
        cluster.stop(record);
    }

    /** Stops the pod, as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    /**
     * Restarts the containers of this pod, as after a crash, with new copies of their images and with their sub-paths
     * resolved again. Empty directories are kept, and init containers do not run again. For a changed pod see
     * {@link FakeCluster#restart}.
     *
     * @return the outcome
     */
    public PodOutcome restart() {
        return cluster.restartContainers(record);
    }

    /** Returns the name and the node. */
    @Override
    public String toString() {
        return record.name() + " on " + record.node();
    }
}
