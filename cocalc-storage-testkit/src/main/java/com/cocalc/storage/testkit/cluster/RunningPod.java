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

    /**
     * Returns the pod's name.
     *
     * @return {@code metadata.name}
     */
    public String name() {
        return record.name();
    }

    /**
     * Returns where it runs.
     *
     * @return the node's name
     */
    public String node() {
        return Objects.requireNonNull(record.node());
    }

    /**
     * Returns the pod as the cluster has it, with its status.
     *
     * @return a copy of the object
     */
    public Pod pod() {
        return Copy.of(record.pod());
    }

    /**
     * Returns a container; init containers with {@code restartPolicy: Always} run too.
     *
     * @param name its name
     * @return the container
     * @throws IllegalArgumentException if none of the name runs
     */
    public RunningContainer container(String name) {
        RunningContainer container = record.running().get(Objects.requireNonNull(name, "name"));
        if (container == null) {
            throw InvalidValueException.of(
                    "container",
                    "be one of " + record.running().keySet(),
                    MessageText.quoted(name),
                    record.running().isEmpty() ? "the pod was stopped, start it anew" : "name one of these");
        }
        return container;
    }

    /**
     * Returns all containers that run.
     *
     * @return in the order of the pod
     */
    public List<RunningContainer> containers() {
        return List.copyOf(record.running().values());
    }

    /**
     * Returns what the pod's init containers wrote.
     *
     * @return the lines, oldest first
     */
    public List<String> logLines() {
        return List.copyOf(record.log());
    }

    /**
     * Returns what happened to the pod.
     *
     * @return its events, oldest first
     */
    public List<Event> events() {
        return cluster.eventsOf(record);
    }

    /** Deletes the pod: its containers and its empty directories are gone, its name is free. */
    public void stop() {
        cluster.stop(record);
    }

    /** Stops the pod, as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    /**
     * Restarts the containers of this pod, as after a crash: with fresh images and sub-paths that are looked up anew.
     * Empty directories stay, init containers do not run again. For a changed pod see {@link FakeCluster#restart}.
     *
     * @return what becomes of it
     */
    public PodOutcome restart() {
        return cluster.restartContainers(record);
    }

    /** Returns name and node. */
    @Override
    public String toString() {
        return record.name() + " on " + record.node();
    }
}
