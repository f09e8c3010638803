package com.cocalc.storage.testkit.cluster;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.apiserver.PodSecurity;
import com.cocalc.storage.kubernetes.apiserver.PodSecurityLevel;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.call.OpenHandle;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Kubernetes cluster in memory, as far as a pod's storage goes: API server, scheduler, kubelet and container runtime.
 *
 * <p>It answers as Kubernetes does and waits for nothing: a pod that a kubelet would try again and again is tried once,
 * and anew on {@link #retry}. Main containers run no program: the test uses their files. Init containers, and those of
 * a job, run the programs {@code chmod}, {@code chown}, {@code find}, {@code mkdir} and {@code true} with the options
 * that this library's own pods use, and those registered with {@link FakeClusterBuilder#command}.
 *
 * <p>Mount points, sub-paths, owners and modes are those of kubelet 1.34 with containerd 1.7 and runc 1.1. What is left
 * simple: there is no network, no CPU and no memory. Volumes of the kinds {@code csi} and {@code image} are empty and
 * read-only. Config maps, secrets, the downward API and projections are written once, without the links by which a
 * kubelet exchanges them; a service account's token is a word. A node has the usual top-level directories and a few
 * files, no devices and no sockets; what lies below {@code /sys} in a container is not a mount point. The files that a
 * runtime mounts into each container ({@code /etc/hosts} and the like) are seen only where they leave a mount point
 * behind in a volume. A container's image knows no groups, so that {@code supplementalGroupsPolicy} changes nothing but
 * what an old runtime refuses.
 *
 * <p>These refusals follow the sources of runc, containerd and the kubelet and were not measured: a volume at
 * {@code /dev/ptmx}; a mount path of more than 3,971 bytes, which is the limit below containerd's usual directories and
 * another one elsewhere; a directory at the {@code terminationMessagePath}, or a volume below it. A file of a volume at
 * {@code /dev/null} is refused too, although runc 1.1 starts such a container. A termination message is never read.
 *
 * <p>All methods may be called from several threads.
 */
public final class FakeCluster implements AutoCloseable {

    private static final String DEFAULT = Admission.DEFAULT_NAMESPACE;

    private final ClusterState state;
    private final Admission admission;
    private final Workloads workloads;

    FakeCluster(FakeClusterBuilder builder) {
        state = new ClusterState(builder.nodes, builder.clock, builder.isTracing);
        admission = new Admission(state);
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
     * Creates a claim and binds it, if its class is there.
     *
     * @param object the claim; the cluster keeps a copy
     * @return the claim, bound or pending
     * @throws RefusedException if the server refuses it
     */
    public synchronized FakeClaim createClaim(PersistentVolumeClaim object) {
        return state.claims().add(admission.claim(requireNonNull(object, "object")));
    }

    /**
     * Creates a claim from the text that is posted, and binds it, if its class is there.
     *
     * @param json a claim, right or wrong
     * @return the claim, bound or pending
     * @throws RefusedException if the server refuses it
     * @throws IllegalArgumentException if it is an object of another kind
     */
    public synchronized FakeClaim createClaim(String json) {
        return state.claims().add(admission.claim(requireNonNull(json, "json")));
    }

    /**
     * Creates a claim that is bound to a volume of the test's own from the start, as to a volume that an administrator
     * has set up by hand. It outlives the claim.
     *
     * @param object the claim; the cluster keeps a copy
     * @param volume the files, prepared as the test wants them, with a clock of its own
     * @param backEnd how its server takes its clients
     * @return the claim, bound
     * @throws RefusedException if the server refuses it
     */
    public synchronized FakeClaim createClaim(PersistentVolumeClaim object, RwxVolume volume, BackEnd backEnd) {
        requireNonNull(volume, "volume");
        requireNonNull(backEnd, "backEnd");
        return state.claims().add(admission.claim(requireNonNull(object, "object")), volume, backEnd);
    }

    /**
     * Creates a storage class, and binds the claims that wait for it.
     *
     * @param object the class
     * @param provisioner what makes its volumes
     * @throws RefusedException if the server refuses it
     */
    public synchronized void createStorageClass(StorageClass object, Provisioner provisioner) {
        requireNonNull(provisioner, "provisioner");
        state.claims().addClass(admission.storageClass(requireNonNull(object, "object")), provisioner);
    }

    /**
     * Returns a claim of the namespace {@code default}.
     *
     * @param name its name
     * @return the claim
     * @throws IllegalArgumentException if there is none
     */
    public FakeClaim claim(String name) {
        return require(DEFAULT, name);
    }

    private FakeClaim require(String namespace, String name) {
        return findClaim(namespace, name)
                .orElseThrow(() -> InvalidValueException.of(
                        "claim",
                        "be one of " + namesIn(namespace) + " in the namespace " + namespace,
                        MessageText.quoted(name),
                        "create it with FakeCluster.builder().claim(…)"));
    }

    private List<String> namesIn(String namespace) {
        return claims().stream()
                .filter(claim -> claim.namespace().equals(namespace))
                .map(FakeClaim::name)
                .toList();
    }

    /**
     * Returns all claims.
     *
     * @return bound or pending, in the order in which they were created
     */
    public synchronized List<FakeClaim> claims() {
        return List.copyOf(state.claims().all());
    }

    /**
     * Looks for a claim.
     *
     * @param namespace its namespace
     * @param name its name
     * @return the claim, if it is there
     */
    public synchronized Optional<FakeClaim> findClaim(String namespace, String name) {
        return Optional.ofNullable(
                state.claims().find(requireNonNull(namespace, "namespace"), requireNonNull(name, "name")));
    }

    /**
     * Deletes a claim of the namespace {@code default}. While a pod uses it, it stays, refuses new pods, and goes with
     * the last one. What becomes of the files is up to the reclaim policy of its class: with {@code Delete} they are
     * gone, with {@code Retain} they are among {@link #releasedVolumes()}.
     *
     * @param name its name
     * @throws IllegalArgumentException if there is none
     */
    public void deleteClaim(String name) {
        deleteClaim(DEFAULT, name);
    }

    /**
     * Deletes a claim, as {@link #deleteClaim(String)}.
     *
     * @param namespace its namespace
     * @param name its name
     * @throws IllegalArgumentException if there is none
     */
    public synchronized void deleteClaim(String namespace, String name) {
        state.claims().delete(require(namespace, name));
    }

    /**
     * Returns the volumes that outlived their claims.
     *
     * @return in the order in which they were released
     */
    public synchronized List<RwxVolume> releasedVolumes() {
        return state.claims().released();
    }

    synchronized void putData(String kind, String name, Map<String, String> data) {
        state.configData().put(kind, DEFAULT, name, data);
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
     * @throws IllegalArgumentException if it is an object of another kind, or as for a pod that is not text
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
