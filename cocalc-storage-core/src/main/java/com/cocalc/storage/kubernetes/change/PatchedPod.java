package com.cocalc.storage.kubernetes.change;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/**
 * A pod with the patches of a project's licences.
 *
 * @param pod the pod to submit
 * @param findings the faults that the patches caused, in the order of the audit, of more than 100 the first ones,
 *     errors before others; faults that the pod had before are not among them
 * @param omitted the number of faults that are left out
 */
public record PatchedPod(Pod pod, List<PatchFinding> findings, int omitted) {

    /**
     * Takes a copy of the list.
     *
     * @param pod the pod to submit
     * @param findings the faults that the patches caused, in the order of the audit
     * @param omitted the number of faults that are left out
     */
    public PatchedPod {
        requireNonNull(pod, "pod");
        findings = List.copyOf(findings);
    }
}
