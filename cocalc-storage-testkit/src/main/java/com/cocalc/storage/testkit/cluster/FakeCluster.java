package com.cocalc.storage.testkit.cluster;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.apiserver.PodSecurity;
import com.cocalc.storage.kubernetes.apiserver.PodSecurityLevel;
import com.cocalc.storage.rwx.OpenHandle;
import com.cocalc.storage.rwx.RwxVolume;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;

/**
 * A Kubernetes cluster in memory, as far as a pod's storage goes: API server, scheduler, kubelet and container runtime.
 *
 * <p>It answers as Kubernetes does and waits for nothing: a pod that a kubelet would try again and again is tried once,
 * and anew on {@link #retry}. Main containers run no program: the test uses their files. Init containers, and those of
 * a job, run the programs {@code chown}, {@code chmod}, {@code cp}, {@code find}, {@code mkdir}, {@code true}, and what
 * is registered with {@link FakeClusterBuilder#command}. There is no network, no CPU and no memory. Volumes of the
 * kinds {@code projected}, {@code downwardAPI}, {@code csi} and {@code image} are empty and read-only; a single file of
 * a volume cannot be mounted.
 *
 * <p>All methods may be called from several threads.
 */
public final class FakeCluster extends ClusterClaims implements AutoCloseable {

    private final Workloads workloads;

    FakeCluster(FakeClusterBuilder builder) {
        super(new ClusterState(builder.nodes, builder.clock, builder.isTracing));
        Map<String, ContainerImage> images = Map.copyOf(builder.images);
        ContainerImage otherwise = builder.defaultImage;
        Containers containers = new Containers(
                state, builder.runtime, builder.programs, reference -> images.getOrDefault(reference, otherwise));
        workloads = new Workloads(
                state,
                admission,
                new Kubelet(state, builder.kubelet, containers, record -> new RunningPod(this, record)));
        state.namespaces().put(DEFAULT, PodSecurity.of(PodSecurityLevel.PRIVILEGED));
        state.namespaces().putAll(builder.namespaces);
        builder.objects.forEach(object -> object.accept(this));
    }

    /**
     * A cluster with what CoCalc's documentation recommends: a class {@code nfs} of the Ganesha provisioner without
     * root squash, and on it the claims {@code projects-data} and {@code projects-software}, whose roots are 0755 of
     * root.
     *
     * @return the cluster
     */
    public static FakeCluster create() {
        return builder()
                .storageClass("nfs", BackEnd.GANESHA)
                .claimsOf(StorageConfig.defaults(), "nfs")
                .build();
    }

    /**
     * Starts with a node and a namespace, without storage.
     *
     * @return a builder
     */
    public static FakeClusterBuilder builder() {
        return new FakeClusterBuilder();
    }

    /**
     * Creates a pod and starts it.
     *
     * @param pod the finished pod; the cluster keeps a copy
     * @return the running pod
     * @throws PodNotRunningException if the server refuses it or it does not start; the message says why
     */
    public RunningPod start(Pod pod) {
        return submit(pod).running();
    }

    /**
     * Creates a pod.
     *
     * @param pod the finished pod; the cluster keeps a copy
     * @return what becomes of it
     * @throws IllegalArgumentException if it names a node that is not there, or an init container runs a program that
     *     is not there: mistakes of the test
     */
    public synchronized PodOutcome submit(Pod pod) {
        requireNonNull(pod, "pod");
        return workloads.submit(() -> admission.pod(pod));
    }

    /**
     * Creates a pod from the text that is posted.
     *
     * @param json a pod, right or wrong
     * @return what becomes of it
     * @throws IllegalArgumentException if it is an object of another kind, or as for a pod that is no text
     */
    public synchronized PodOutcome submit(String json) {
        requireNonNull(json, "json");
        return workloads.submit(() -> admission.pod(json));
    }

    /**
     * Runs a job once: its init containers and then its containers, each by its {@code command}. Its pod is gone
     * afterwards, whatever became of it.
     *
     * @param job the job
     * @return what became of its pod: {@link PodOutcome.Completed} where all containers succeeded
     * @throws IllegalArgumentException if the job has no name or no template, or a container runs a program that is not
     *     there
     */
    public synchronized PodOutcome run(Job job) {
        return workloads.run(requireNonNull(job, "job"));
    }

    /**
     * Tries to start a pod that did not start before, as a kubelet does again and again.
     *
     * @param podName a pod of the namespace {@code default}
     * @return what becomes of it now
     * @throws IllegalArgumentException if there is no such pod
     */
    public PodOutcome retry(String podName) {
        return retry(DEFAULT, podName);
    }

    /**
     * Tries to start a pod that did not start before, as a kubelet does again and again.
     *
     * @param namespace its namespace
     * @param podName its name
     * @return what becomes of it now
     * @throws IllegalArgumentException if there is no such pod
     */
    public synchronized PodOutcome retry(String namespace, String podName) {
        return workloads.retry(namespace, podName);
    }

    /**
     * Deletes the pod of this name, if there is one, and creates this one: the next start of a project.
     *
     * @param pod the pod as it is to be now
     * @return the running pod
     * @throws PodNotRunningException if the server refuses it or it does not start
     */
    public synchronized RunningPod restart(Pod pod) {
        workloads.replace(requireNonNull(pod, "pod"));
        return start(pod);
    }

    /**
     * Deletes a pod, running or not.
     *
     * @param podName a pod of the namespace {@code default}
     * @throws IllegalArgumentException if there is no such pod
     */
    public void stop(String podName) {
        stop(DEFAULT, podName);
    }

    /**
     * Deletes a pod, running or not.
     *
     * @param namespace its namespace
     * @param podName its name
     * @throws IllegalArgumentException if there is no such pod
     */
    public synchronized void stop(String namespace, String podName) {
        workloads.stop(namespace, podName);
    }

    synchronized void stop(PodRecord record) {
        workloads.stop(record);
    }

    synchronized PodOutcome restartContainers(PodRecord record) {
        return workloads.restartContainers(record);
    }

    synchronized List<Event> eventsOf(PodRecord record) {
        return state.events().about(record.pod());
    }

    /**
     * Returns what happened, to pods and claims alike.
     *
     * @return all events, oldest first
     */
    public synchronized List<Event> events() {
        return state.events().all();
    }

    /**
     * Lists what is open on any volume of the cluster: those of claims, of running pods and their containers, of nodes
     * and of servers. Left out is what the test has bound to a claim and built without
     * {@link com.cocalc.storage.rwx.RwxVolumeBuilder#traceHandles()}.
     *
     * @return the handles, in no order
     * @throws IllegalStateException if the cluster does not keep track of them
     */
    public synchronized List<OpenHandle> openHandles() {
        if (!state.isTracing()) {
            throw new IllegalStateException("open handles must be traced to be listed, but this cluster does not trace"
                    + " them; build it with FakeCluster.builder().traceHandles()");
        }
        return state.volumes().stream()
                .filter(RwxVolume::tracesHandles)
                .flatMap(volume -> volume.openHandles().stream())
                .toList();
    }

    /** Stops all pods. The volumes stay open. */
    @Override
    public synchronized void close() {
        List.copyOf(state.pods().values()).forEach(state::removePod);
    }

    /** Returns nodes and pods. */
    @Override
    public synchronized String toString() {
        return "cluster of " + state.nodes() + " with pods " + state.pods().keySet();
    }
}
