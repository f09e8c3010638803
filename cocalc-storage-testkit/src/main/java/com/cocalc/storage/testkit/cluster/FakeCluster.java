package com.cocalc.storage.testkit.cluster;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.audit.ApiServer;
import com.cocalc.storage.kubernetes.audit.PodSecurity;
import com.cocalc.storage.kubernetes.audit.PodSecurityLevel;
import com.cocalc.storage.kubernetes.audit.PodSecurityViolation;
import com.cocalc.storage.kubernetes.audit.ServerAnswer;
import com.cocalc.storage.testkit.rwx.RwxVolume;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
public final class FakeCluster implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String DEFAULT = "default";

    private final ClusterState state;
    private final Kubelet kubelet;

    FakeCluster(FakeClusterBuilder builder) {
        state = new ClusterState(builder.nodes, builder.clock, builder.isTracing);
        Map<String, ContainerImage> images = Map.copyOf(builder.images);
        ContainerImage otherwise = builder.defaultImage;
        kubelet = new Kubelet(
                state,
                builder.kubelet,
                builder.runtime,
                builder.programs,
                reference -> images.getOrDefault(reference, otherwise));
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
     */
    public PodOutcome submit(Pod pod) {
        return submit(ApiServer.answer(requireNonNull(pod, "pod")), () -> copy(pod, Pod.class), PodRecord.Ending.NEVER);
    }

    /**
     * Runs a job once: its init containers and then its containers, each by its {@code command}. Its pod is gone
     * afterwards, whatever became of it.
     *
     * @param job the job
     * @return what became of its pod: {@link PodOutcome.Completed} where all containers succeeded
     * @throws IllegalArgumentException if a container runs a program that is not there
     */
    public PodOutcome run(Job job) {
        PodTemplateSpec template = requireNonNull(job, "job").getSpec().getTemplate();
        Pod pod = new Pod();
        pod.setMetadata(
                template.getMetadata() == null ? new ObjectMeta() : copy(template.getMetadata(), ObjectMeta.class));
        pod.getMetadata().setName(job.getMetadata().getName() + "-0");
        pod.getMetadata().setNamespace(job.getMetadata().getNamespace());
        pod.setSpec(copy(template.getSpec(), PodSpec.class));
        synchronized (this) {
            PodOutcome outcome = submit(ApiServer.answer(pod), () -> pod, PodRecord.Ending.BY_ITSELF);
            if (!(outcome instanceof PodOutcome.Refused)) {
                state.removePod(record(
                        pod.getMetadata().getNamespace(), pod.getMetadata().getName()));
            }
            return outcome;
        }
    }

    /**
     * Creates a pod from the text that is posted.
     *
     * @param json a pod, right or wrong
     * @return what becomes of it
     * @throws IllegalArgumentException if it is an object of another kind
     */
    public PodOutcome submit(String json) {
        return submit(
                ApiServer.answer(requireNonNull(json, "json")),
                () -> {
                    HasMetadata object = read(json, HasMetadata.class);
                    if (object instanceof Pod pod) {
                        return pod;
                    }
                    throw new IllegalArgumentException(
                            "json must be a Pod, but was a " + object.getKind() + "; claims go to createClaim");
                },
                PodRecord.Ending.NEVER);
    }

    private interface Decoded {
        Pod pod();
    }

    private synchronized PodOutcome submit(ServerAnswer answer, Decoded decoded, PodRecord.Ending ending) {
        if (!answer.isAccepted()) {
            return new PodOutcome.Refused(Refusal.of(answer));
        }
        Pod pod = decoded.pod();
        ObjectMeta metadata = pod.getMetadata();
        metadata.setNamespace(metadata.getNamespace() == null ? DEFAULT : metadata.getNamespace());
        metadata.setUid(state.nextUid());
        if (metadata.getName() == null) {
            metadata.setName(metadata.getGenerateName()
                    + metadata.getUid().substring(metadata.getUid().length() - 5));
        }
        Optional<Refusal> refusal = findRefusal(pod);
        if (refusal.isPresent()) {
            return new PodOutcome.Refused(refusal.get());
        }
        PodRecord record = new PodRecord(pod, ending);
        state.pods().put(key(metadata), record);
        try {
            return kubelet.start(record, this::running);
        } catch (RuntimeException e) {
            state.removePod(record); // a mistake of the test's leaves no half of a pod behind
            throw e;
        }
    }

    private RunningPod running(PodRecord record) {
        return new RunningPod(this, record);
    }

    private Optional<Refusal> findRefusal(Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        PodSecurity enforced = state.namespaces().get(metadata.getNamespace());
        if (enforced == null) {
            return Optional.of(new Refusal(404, noNamespace(metadata.getNamespace()), List.of()));
        }
        List<PodSecurityViolation> violations = enforced.violations(pod);
        if (!violations.isEmpty()) {
            String reason = "pods \"" + metadata.getName() + "\" is forbidden: violates PodSecurity \""
                    + enforced.level() + ":" + enforced.version() + "\": "
                    + violations.stream().map(PodSecurityViolation::toString).collect(Collectors.joining(", "));
            return Optional.of(new Refusal(403, reason, List.of()));
        }
        return state.pods().containsKey(key(metadata))
                ? Optional.of(new Refusal(409, "pods \"" + metadata.getName() + "\" already exists", List.of()))
                : Optional.empty();
    }

    private static String noNamespace(String name) {
        return "namespaces \"" + name + "\" not found";
    }

    private static String key(ObjectMeta metadata) {
        return metadata.getNamespace() + "/" + metadata.getName();
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
        return kubelet.start(record(namespace, podName), this::running);
    }

    private PodRecord record(String namespace, String podName) {
        PodRecord record = state.pods().get(namespace + "/" + podName);
        if (record == null) {
            throw new IllegalArgumentException("pod must be one of "
                    + state.pods().keySet() + ", but was " + namespace + "/" + podName + "; submit it first");
        }
        return record;
    }

    /**
     * Deletes the pod of this name, if there is one, and creates this one: the next start of a project.
     *
     * @param pod the pod as it is to be now
     * @return the running pod
     * @throws PodNotRunningException if the server refuses it or it does not start
     */
    public RunningPod restart(Pod pod) {
        ObjectMeta metadata = requireNonNull(pod, "pod").getMetadata();
        String namespace = metadata.getNamespace() == null ? DEFAULT : metadata.getNamespace();
        synchronized (this) {
            PodRecord record = state.pods().get(namespace + "/" + metadata.getName());
            if (record != null) {
                state.removePod(record);
            }
            return start(pod);
        }
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
        state.removePod(record(namespace, podName));
    }

    synchronized void stop(PodRecord record) {
        if (state.pods().get(record.namespace() + "/" + record.name()) == record) {
            state.removePod(record);
        }
    }

    synchronized PodOutcome restartContainers(PodRecord record) {
        record(record.namespace(), record.name());
        record.stopContainers();
        return kubelet.start(record, this::running);
    }

    synchronized List<Event> eventsOf(PodRecord record) {
        return state.events().about(record.pod());
    }

    /**
     * Creates a claim and binds it, if its class is there.
     *
     * @param object the claim; the cluster keeps a copy
     * @return the claim, bound or pending
     * @throws RefusedException if the server refuses it
     */
    public FakeClaim createClaim(PersistentVolumeClaim object) {
        return createClaim(
                ApiServer.answer(requireNonNull(object, "object")),
                MAPPER.valueToTree(object).toString());
    }

    /**
     * Creates a claim from the text that is posted, and binds it, if its class is there.
     *
     * @param json a claim, right or wrong
     * @return the claim, bound or pending
     * @throws RefusedException if the server refuses it
     * @throws IllegalArgumentException if it is an object of another kind
     */
    public FakeClaim createClaim(String json) {
        return createClaim(ApiServer.answer(requireNonNull(json, "json")), json);
    }

    private synchronized FakeClaim createClaim(ServerAnswer answer, String json) {
        if (!answer.isAccepted()) {
            throw new RefusedException("claim", Refusal.of(answer));
        }
        HasMetadata object = read(json, HasMetadata.class);
        if (!(object instanceof PersistentVolumeClaim claim)) {
            throw new IllegalArgumentException(
                    "json must be a PersistentVolumeClaim, but was a " + object.getKind() + "; pods go to submit");
        }
        ObjectMeta metadata = claim.getMetadata();
        metadata.setNamespace(metadata.getNamespace() == null ? DEFAULT : metadata.getNamespace());
        if (!state.namespaces().containsKey(metadata.getNamespace())) {
            throw new RefusedException(
                    "claim " + metadata.getName(), new Refusal(404, noNamespace(metadata.getNamespace()), List.of()));
        }
        if (state.findClaim(metadata.getNamespace(), metadata.getName()) != null) {
            throw new RefusedException(
                    "claim " + metadata.getName(),
                    new Refusal(
                            409, "persistentvolumeclaims \"" + metadata.getName() + "\" already exists", List.of()));
        }
        metadata.setUid(state.nextUid());
        return state.addClaim(claim);
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
        ServerAnswer answer = ApiServer.answer(requireNonNull(object, "object"));
        if (!answer.isAccepted()) {
            throw new RefusedException("storage class", Refusal.of(answer));
        }
        state.addClass(copy(object, StorageClass.class), provisioner);
    }

    synchronized void putData(String kind, String name, Map<String, String> data) {
        state.configData().put(kind, DEFAULT, name, data);
    }

    /**
     * Returns a claim of the namespace {@code default}.
     *
     * @param name its name
     * @return the claim
     * @throws IllegalArgumentException if there is none
     */
    public FakeClaim claim(String name) {
        return findClaim(DEFAULT, name)
                .orElseThrow(() -> new IllegalArgumentException("claim must exist in the namespace " + DEFAULT
                        + ", but \"" + name + "\" does not; create it with FakeCluster.builder().claim(…)"));
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
                state.findClaim(requireNonNull(namespace, "namespace"), requireNonNull(name, "name")));
    }

    /**
     * Deletes a claim of the namespace {@code default}. While a pod uses it, it stays, refuses new pods, and goes with
     * the last one. What becomes of the files is up to the reclaim policy of its class: with {@code Delete} they are
     * gone, with {@code Retain} they are among {@link #releasedVolumes()}.
     *
     * @param name its name
     * @throws IllegalArgumentException if there is none
     */
    public synchronized void deleteClaim(String name) {
        state.delete(claim(name));
    }

    /**
     * Returns the volumes that outlived their claims.
     *
     * @return in the order in which they were released
     */
    public synchronized List<RwxVolume> releasedVolumes() {
        return List.copyOf(state.released().values());
    }

    /**
     * Returns what happened, to pods and claims alike.
     *
     * @return all events, oldest first
     */
    public synchronized List<Event> events() {
        return state.events().all();
    }

    /** Stops all pods. The volumes stay open. */
    @Override
    public synchronized void close() {
        List.copyOf(state.pods().values()).forEach(state::removePod);
    }

    private static <T> T copy(T object, Class<T> type) {
        try {
            return MAPPER.treeToValue(MAPPER.valueToTree(object), type);
        } catch (JsonProcessingException e) {
            throw new AssertionError("the server has read it", e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError("the server has read it", e);
        }
    }

    /** Returns nodes and pods. */
    @Override
    public synchronized String toString() {
        return "cluster of " + state.nodes() + " with pods " + state.pods().keySet();
    }
}
