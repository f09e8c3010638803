package com.cocalc.storage.testkit.junit;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import com.cocalc.storage.testkit.cluster.PodNotRunningException;
import com.cocalc.storage.testkit.cluster.RunningContainer;
import com.cocalc.storage.testkit.cluster.RunningPod;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A project whose pod runs on a {@link FakeCluster}: one container, named {@value #CONTAINER}, with the project's
 * storage and nothing else.
 *
 * <p>Its files are seen as the project's user sees them. Paths end with the pod: after a restart, ask again.
 */
public final class RunningProject {

    /** The name of the container. */
    public static final String CONTAINER = "project";

    private final FakeCluster cluster;
    private volatile ProjectVolumes volumes;
    private volatile RunningPod pod;

    private RunningProject(FakeCluster cluster, ProjectVolumes volumes, RunningPod pod) {
        this.cluster = cluster;
        this.volumes = volumes;
        this.pod = pod;
    }

    /**
     * Starts the pod of a project. The extension does so for a parameter of this type; this is for tests that make
     * their cluster themselves.
     *
     * @param cluster where it runs; the claims of the configuration are there
     * @param volumes the project, its licences and the configuration
     * @return the project
     * @throws PodNotRunningException if the pod does not start; the message says why
     */
    public static RunningProject start(FakeCluster cluster, ProjectVolumes volumes) {
        requireNonNull(cluster, "cluster");
        return new RunningProject(cluster, requireNonNull(volumes, "volumes"), cluster.start(podOf(volumes)));
    }

    private static Pod podOf(ProjectVolumes volumes) {
        Container container = new Container();
        container.setName(CONTAINER);
        container.setImage("registry.example/cocalc/project:1");
        Pod pod = new Pod();
        pod.setMetadata(new ObjectMeta());
        pod.getMetadata().setName("project-" + volumes.project());
        pod.setSpec(new PodSpec());
        pod.getSpec().setContainers(new ArrayList<>(List.of(container)));
        return PodStorage.of(volumes).applyTo(pod, CONTAINER);
    }

    /**
     * Returns which project it is.
     *
     * @return its id
     */
    public ProjectId id() {
        return volumes.project();
    }

    /**
     * Returns what the pod mounts, and why.
     *
     * @return the view that the pod was made of
     */
    public ProjectVolumes volumes() {
        return volumes;
    }

    /**
     * Returns the project's files.
     *
     * @return {@code /home/user} in the container, unless the configuration has another path
     */
    public Path home() {
        return container().path(volumes.home().mountPath().value());
    }

    /**
     * Returns the software for everybody.
     *
     * @return {@code /ext} in the container, unless the configuration has another path
     */
    public Path software() {
        return container().path(volumes.software().mountPath().value());
    }

    /**
     * Returns all files of the container.
     *
     * @return the file system as the project's user sees it; closed when the pod stops
     */
    public FileSystem fileSystem() {
        return container().fileSystem();
    }

    /**
     * Returns the container.
     *
     * @return with its variables and its user
     * @throws IllegalArgumentException if the project was stopped
     */
    public RunningContainer container() {
        return pod.container(CONTAINER);
    }

    /**
     * Returns the pod.
     *
     * @return with its events and log
     */
    public RunningPod pod() {
        return pod;
    }

    /**
     * Stops the pod and starts one anew: with fresh images, the same files, the same licences.
     *
     * @return this project
     * @throws PodNotRunningException if the pod does not start; the old one is gone
     */
    public RunningProject restart() {
        return restart(volumes);
    }

    /**
     * Stops the pod and starts one with other licences: they count from the next start on, never before.
     *
     * @param licenses the licences as they are now
     * @return this project
     * @throws PodNotRunningException if the pod does not start; the old one is gone
     */
    public RunningProject restart(ProjectLicenses licenses) {
        return restart(ProjectVolumes.forProject(id(), licenses, volumes.config()));
    }

    private synchronized RunningProject restart(ProjectVolumes next) {
        pod = cluster.restart(podOf(next));
        volumes = next;
        return this;
    }

    /** Stops the pod; the files stay. */
    public void stop() {
        pod.stop();
    }

    /** Returns the id. */
    @Override
    public String toString() {
        return "project " + id();
    }
}
