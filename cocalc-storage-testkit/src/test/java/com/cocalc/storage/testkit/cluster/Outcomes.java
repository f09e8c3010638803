package com.cocalc.storage.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import java.util.List;

/** What a test expects of a pod that does not run. */
final class Outcomes {

    private Outcomes() {}

    static PodOutcome.NotStarted notStarted(PodOutcome outcome) {
        assertThat(outcome).as(outcome.toString()).isInstanceOf(PodOutcome.NotStarted.class);
        return (PodOutcome.NotStarted) outcome;
    }

    static Refusal refused(PodOutcome outcome) {
        assertThat(outcome).as(outcome.toString()).isInstanceOf(PodOutcome.Refused.class);
        return ((PodOutcome.Refused) outcome).refusal();
    }

    /** As the last columns of {@code kubectl describe pod}: type, reason, from, message. */
    static List<String> described(List<Event> events) {
        return events.stream()
                .map(event -> event.getType() + " " + event.getReason() + " "
                        + event.getSource().getComponent() + ": " + event.getMessage())
                .toList();
    }
}
