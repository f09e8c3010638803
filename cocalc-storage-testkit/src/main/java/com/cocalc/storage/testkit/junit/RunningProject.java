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
 * <p>The files are those that the project's user sees. Paths are valid until the pod stops; get them again after a
 * restart.
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
     * Starts the pod of a project. The extension calls this method for a parameter of this type; other tests call it
     * with their own cluster.
     *
     * @param cluster the cluster, which has the claims of the configuration
     * @param volumes the view of the project, with its licences and the configuration
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

    /** {@return the id of the project} */
    public ProjectId id() {
        return volumes.project();
    }

    /** {@return the volumes of the project, from which the pod was built} */
    public ProjectVolumes volumes() {
        return volumes;
    }

    /**
     * {@return the home of the project in the container, {@code /home/user} unless the configuration has another path}
     */
    public Path home() {
        return container().path(volumes.home().mountPath().value());
    }

    /** {@return the shared software in the container, {@code /ext} unless the configuration has another path} */
    public Path software() {
        return container().path(volumes.software().mountPath().value());
    }

    /**
     * {@return the file system of the project's user with all files of the container, which is closed when the pod
     * stops}
     */
    public FileSystem fileSystem() {
        return container().fileSystem();
    }

    /**
     * Returns the container of the project.
     *
     * @return the running container, with its variables and its user
     * @throws IllegalArgumentException if the project was stopped
     */
    public RunningContainer container() {
        return pod.container(CONTAINER);
    }

    /** {@return the running pod of the project, with its events and its log} */
    public RunningPod pod() {
        return pod;
    }

    /**
     * Stops the pod and starts a new one, with a new copy of the image, the same files and the same licences.
     *
     * @return this project
     * @throws PodNotRunningException if the new pod does not start; the old one is deleted
     */
    public RunningProject restart() {
        return restart(volumes);
    }

    /**
     * Stops the pod and starts a new one with other licences, which take effect only at the start of a pod.
     *
     * @param licenses the new licences
     * @return this project
     * @throws PodNotRunningException if the new pod does not start; the old one is deleted
     */
    public RunningProject restart(ProjectLicenses licenses) {
        return restart(ProjectVolumes.forProject(id(), licenses, volumes.config()));
    }

    private synchronized RunningProject restart(ProjectVolumes next) {
        pod = cluster.restart(podOf(next));
        volumes = next;
        return this;
    }

    /** Stops the pod and keeps the files. */
    public void stop() {
        pod.stop();
    }

    /** Returns the id of the project. */
    @Override
    public String toString() {
        return "project " + id();
    }
}
