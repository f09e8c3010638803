package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.InvalidValueException;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Optional;
import java.util.function.Supplier;

/** Pods from their admission to their end. */
final class Workloads {

    private final ClusterState state;
    private final Admission admission;
    private final EphemeralClaims ephemeralClaims;
    private final Kubelet kubelet;

    Workloads(ClusterState state, Admission admission, Kubelet kubelet) {
        this.state = state;
        this.admission = admission;
        this.ephemeralClaims = new EphemeralClaims(state);
        this.kubelet = kubelet;
    }

    PodOutcome submit(Supplier<Pod> admitted) {
        return submit(admitted, PodRecord.Ending.NEVER);
    }

    PodOutcome run(Job job) {
        Pod pod = JobPod.of(job);
        PodOutcome outcome = submit(() -> admission.pod(pod), PodRecord.Ending.BY_ITSELF);
        if (!(outcome instanceof PodOutcome.Refused)) {
            find(pod).ifPresent(state::removePod);
        }
        return outcome;
    }

    private PodOutcome submit(Supplier<Pod> admitted, PodRecord.Ending ending) {
        PodRecord record;
        try {
            record = new PodRecord(admitted.get(), ending);
        } catch (RefusedException e) {
            return new PodOutcome.Refused(e.refusal());
        }
        state.pods().put(record.namespace() + "/" + record.name(), record);
        try {
            ephemeralClaims.create(record);
            return kubelet.start(record);
        } catch (RuntimeException e) {
            state.removePod(record); // a mistake of the test's leaves no half of a pod behind
            throw e;
        }
    }

    PodOutcome retry(String namespace, String podName) {
        return kubelet.start(require(namespace, podName));
    }

    /** Restarts a pod with new containers on the same node. */
    PodOutcome restartContainers(PodRecord record) {
        require(record.namespace(), record.name());
        record.stopContainers();
        return kubelet.start(record);
    }

    /** Deletes the pod with the same name, if there is one. */
    void replace(Pod pod) {
        find(pod).ifPresent(state::removePod);
    }

    void stop(String namespace, String podName) {
        state.removePod(require(namespace, podName));
    }

    /** Stops a pod, unless another one has its name now. */
    void stop(PodRecord record) {
        if (find(record.namespace(), record.name()).filter(record::equals).isPresent()) {
            state.removePod(record);
        }
    }

    private PodRecord require(String namespace, String podName) {
        return find(namespace, podName)
                .orElseThrow(() -> InvalidValueException.of(
                        "pod", "be one of " + state.pods().keySet(), namespace + "/" + podName, "submit it first"));
    }

    private Optional<PodRecord> find(Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        return metadata == null ? Optional.empty() : find(Admission.namespaceOf(metadata), metadata.getName());
    }

    private Optional<PodRecord> find(String namespace, String podName) {
        return Optional.ofNullable(state.pods().get(namespace + "/" + podName));
    }
}
