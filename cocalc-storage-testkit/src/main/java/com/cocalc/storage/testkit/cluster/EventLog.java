package com.cocalc.storage.testkit.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The events of the cluster, oldest first. */
final class EventLog {

    private final Clock clock;
    private final List<Event> events = new ArrayList<>();

    EventLog(Clock clock) {
        this.clock = clock;
    }

    /**
     * Adds an event.
     *
     * @param from the component that reports the event, as {@code kubectl describe} shows it
     */
    void normal(String from, HasMetadata about, String reason, String message) {
        add(from, about, "Normal", reason, message);
    }

    /** Adds a warning. */
    void warning(String from, HasMetadata about, String reason, String message) {
        add(from, about, "Warning", reason, message);
    }

    private void add(String from, HasMetadata about, String type, String reason, String message) {
        ObjectReference object = new ObjectReference();
        object.setKind(about.getKind());
        object.setApiVersion(about.getApiVersion());
        object.setName(about.getMetadata().getName());
        object.setNamespace(about.getMetadata().getNamespace());
        object.setUid(about.getMetadata().getUid());
        Event event = new Event();
        event.setMetadata(new ObjectMeta());
        event.getMetadata().setName(about.getMetadata().getName() + "." + (events.size() + 1));
        event.getMetadata().setNamespace(about.getMetadata().getNamespace());
        event.setInvolvedObject(object);
        event.setType(type);
        event.setSource(new EventSource(from, null));
        event.setReportingComponent(from);
        event.setReason(reason);
        event.setMessage(message);
        event.setCount(1);
        event.setFirstTimestamp(clock.instant().toString());
        event.setLastTimestamp(event.getFirstTimestamp());
        events.add(event);
    }

    List<Event> all() {
        return List.copyOf(events);
    }

    /** Returns the events of one object, by its uid. */
    List<Event> about(HasMetadata object) {
        String uid = object.getMetadata().getUid();
        return events.stream()
                .filter(event -> Objects.equals(event.getInvolvedObject().getUid(), uid))
                .toList();
    }
}
