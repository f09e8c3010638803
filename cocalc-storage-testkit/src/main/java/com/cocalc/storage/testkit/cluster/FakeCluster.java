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
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Kubernetes cluster in memory, limited to the storage of pods: API server, scheduler, kubelet and container runtime.
 *
 * <p>It answers as Kubernetes does, without waiting: a pod that a kubelet would start again and again is started once,
 * and again by {@link #retry}. Main containers run no program, and the test uses their files. Init containers, and
 * those of a job, run the programs {@code chmod}, {@code chown}, {@code find}, {@code mkdir} and {@code true} with the
 * options that this library's own pods use, and those registered with {@link FakeClusterBuilder#command}.
 *
 * <p>Mount points, sub-paths, owners and modes are those of kubelet 1.34 with containerd 1.7 and runc 1.1. Some parts
 * are simplified. There is no network, no CPU and no memory. Volumes of the kinds {@code csi} and {@code image} are
 * empty and read-only. Config maps, secrets, the downward API and projections are written once, behind links as a
 * kubelet's are; the token of a service account is a fixed text. A node has the usual top-level directories and a few
 * files, no devices and no sockets; nothing below {@code /sys} in a container is a mount point. The files that a
 * runtime mounts into each container ({@code /etc/hosts} and the like) are fixed. A container's image has no groups, so
 * {@code supplementalGroupsPolicy} only matters for an old runtime, which refuses it.
 *
 * <p>The limit of 3,971 bytes for a mount path is that of containerd's usual directories, while other directories have
 * other limits. Messages of the runtime have the words of runc 1.1.15, with one id for all containers. A termination
 * message is never read.
 *
 * <p>This class is thread-safe.
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
     * Creates a cluster as CoCalc's documentation recommends: a class {@code nfs} of the Ganesha provisioner without
     * root squash, with the claims {@code projects-data} and {@code projects-software}, whose root directories are
     * owned by root with mode 0755.
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
     * Creates a builder of a cluster with a node and a namespace, without storage.
     *
     * @return a builder
     */
    public static FakeClusterBuilder builder() {
        return new FakeClusterBuilder();
    }

    /**
     * Creates a claim, and binds it if its class exists.
     *
     * @param object the claim; the cluster keeps a copy
     * @return the claim, bound or pending
     * @throws RefusedException if the server refuses it
     */
    public synchronized FakeClaim createClaim(PersistentVolumeClaim object) {
        return state.claims().add(admission.claim(requireNonNull(object, "object")));
    }

    /**
     * Creates a claim from a posted text, and binds it if its class exists.
     *
     * @param json a claim, valid or not
     * @return the claim, bound or pending
     * @throws RefusedException if the server refuses it
     * @throws IllegalArgumentException if it is an object of another kind
     */
    public synchronized FakeClaim createClaim(String json) {
        return state.claims().add(admission.claim(requireNonNull(json, "json")));
    }

    /**
     * Creates a claim that is bound to a given volume, like one that an administrator has created by hand. The volume
     * outlives the claim.
     *
     * @param object the claim; the cluster keeps a copy
     * @param volume the volume with the files that the test needs, and with its own clock
     * @param backEnd the back end, which maps the users of the clients
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
     * @param provisioner the provisioner of its volumes
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
     * @throws IllegalArgumentException if there is no such claim
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

    /** {@return all claims, bound or pending, in the order in which they were created} */
    public synchronized List<FakeClaim> claims() {
        return List.copyOf(state.claims().all());
    }

    /**
     * Finds a claim.
     *
     * @param namespace its namespace
     * @param name its name
     * @return the claim, if it exists
     */
    public synchronized Optional<FakeClaim> findClaim(String namespace, String name) {
        return Optional.ofNullable(
                state.claims().find(requireNonNull(namespace, "namespace"), requireNonNull(name, "name")));
    }

    /**
     * Deletes a claim of the namespace {@code default}. A claim that is used by pods refuses new pods, and is deleted
     * with the last one. The reclaim policy of its class decides about the files: {@code Delete} deletes them, and
     * {@code Retain} adds the volume to {@link #releasedVolumes()}.
     *
     * @param name its name
     * @throws IllegalArgumentException if there is no such claim
     */
    public void deleteClaim(String name) {
        deleteClaim(DEFAULT, name);
    }

    /**
     * Deletes a claim, as {@link #deleteClaim(String)}.
     *
     * @param namespace its namespace
     * @param name its name
     * @throws IllegalArgumentException if there is no such claim
     */
    public synchronized void deleteClaim(String namespace, String name) {
        state.claims().delete(require(namespace, name));
    }

    /** {@return the volumes that outlived their claims, in the order in which they were released} */
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
        PodOutcome outcome = submit(pod);
        if (outcome instanceof PodOutcome.NotStarted stuck) {
            throw new PodNotRunningException(stuck, missingClaims(stuck.pod()));
        }
        return outcome.running();
    }

    /** What a real cluster leaves to whoever knows it: which claims it does have. */
    private String missingClaims(Pod pod) {
        String namespace = pod.getMetadata().getNamespace();
        List<String> there = namesIn(namespace);
        boolean missing = pod.getSpec().getVolumes().stream()
                .map(Volume::getPersistentVolumeClaim)
                .anyMatch(source -> source != null && !there.contains(source.getClaimName()));
        return missing ? "; the claims of the namespace " + namespace + " are " + there : "";
    }

    /**
     * Creates a pod.
     *
     * @param pod the finished pod; the cluster keeps a copy
     * @return the outcome
     * @throws IllegalArgumentException if the pod names a node that does not exist, or an init container runs a program
     *     that does not exist, which are mistakes of the test
     */
    public synchronized PodOutcome submit(Pod pod) {
        requireNonNull(pod, "pod");
        return workloads.submit(() -> admission.pod(pod));
    }

    /**
     * Creates a pod from a posted text.
     *
     * @param json a pod, valid or not
     * @return the outcome
     * @throws IllegalArgumentException if it is an object of another kind, or as for a pod that is not text
     */
    public synchronized PodOutcome submit(String json) {
        requireNonNull(json, "json");
        return workloads.submit(() -> admission.pod(json));
    }

    /**
     * Runs a job once: its init containers and then its containers, each with its {@code command}. Its pod is deleted
     * afterwards in any case.
     *
     * @param job the job
     * @return the outcome of its pod, {@link PodOutcome.Completed} if all containers succeeded
     * @throws IllegalArgumentException if the job has no name or no template, or a container runs a program that does
     *     not exist
     */
    public synchronized PodOutcome run(Job job) {
        return workloads.run(requireNonNull(job, "job"));
    }

    /**
     * Tries again to start a pod that did not start before, as a kubelet does.
     *
     * @param podName a pod of the namespace {@code default}
     * @return the new outcome
     * @throws IllegalArgumentException if there is no such pod
     */
    public PodOutcome retry(String podName) {
        return retry(DEFAULT, podName);
    }

    /**
     * Tries again to start a pod that did not start before, as a kubelet does.
     *
     * @param namespace its namespace
     * @param podName its name
     * @return the new outcome
     * @throws IllegalArgumentException if there is no such pod
     */
    public synchronized PodOutcome retry(String namespace, String podName) {
        return workloads.retry(namespace, podName);
    }

    /**
     * Deletes the pod with the same name, if there is one, and creates the given one, as at the next start of a
     * project.
     *
     * @param pod the new pod
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

    /** {@return all events of pods and claims, oldest first} */
    public synchronized List<Event> events() {
        return state.events().all();
    }

    /**
     * Returns the open files and directories on all volumes of the cluster: those of claims, of running pods and their
     * containers, of nodes and of servers. It leaves out volumes that the test has bound to a claim and built without
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

    /** Stops all pods. The volumes remain open. */
    @Override
    public synchronized void close() {
        List.copyOf(state.pods().values()).forEach(state::removePod);
    }

    /** Returns the nodes and the pods. */
    @Override
    public synchronized String toString() {
        return "cluster of " + state.nodes() + " with pods " + state.pods().keySet();
    }
}
