package com.cocalc.storage.kubernetes.preflight;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** Events and statuses that a cluster has of a pod. */
final class Symptomatic {

    private Symptomatic() {}

    /** An event of an object in the namespace cocalc. */
    static Event event(String kind, String name, String reason, String message) {
        return new EventBuilder()
                .withReason(reason)
                .withMessage(message)
                .withNewInvolvedObject()
                .withKind(kind)
                .withNamespace("cocalc")
                .withName(name)
                .endInvolvedObject()
                .build();
    }

    /** The pod, whose container "project" has ended with this reason. */
    static Pod ended(Pod pod, String reason, String message) {
        pod.getStatus()
                .setContainerStatuses(List.of(new ContainerStatusBuilder()
                        .withName("project")
                        .withNewState()
                        .withNewTerminated()
                        .withReason(reason)
                        .withMessage(message)
                        .withExitCode(1)
                        .endTerminated()
                        .endState()
                        .build()));
        return pod;
    }

    /** The pod, whose container "project" waits for this reason. */
    static Pod waiting(Pod pod, String reason, String message) {
        pod.getStatus()
                .setContainerStatuses(List.of(new ContainerStatusBuilder()
                        .withName("project")
                        .withNewState()
                        .withNewWaiting()
                        .withReason(reason)
                        .withMessage(message)
                        .endWaiting()
                        .endState()
                        .build()));
        return pod;
    }
}
