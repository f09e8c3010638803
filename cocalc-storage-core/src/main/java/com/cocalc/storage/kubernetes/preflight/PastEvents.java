package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which events report what is over by now: a cluster keeps them for an hour. */
final class PastEvents {

    private static final Set<String> OF_UNBOUND_CLAIMS =
            Set.of("FailedBinding", "ProvisioningFailed", "ExternalProvisioning");

    /** What a kubelet can only say when all volumes are mounted. */
    private static final Set<String> AFTER_MOUNTS = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "InvalidImageName",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    private static final Pattern VOLUME = Pattern.compile("for volume \"([^\"]{1,300})\"");

    private final boolean mounted;
    private boolean scheduled;
    private final Set<String> provisioned = new HashSet<>();
    private final Set<String> attached = new HashSet<>();

    PastEvents(PodStatus status) {
        scheduled = Absent.asEmpty(status.getConditions()).stream().anyMatch(PastEvents::isScheduled);
        mounted = Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
                .flatMap(statuses -> Absent.asEmpty(statuses).stream())
                .filter(Objects::nonNull)
                .map(PastEvents::waitsFor)
                .anyMatch(AFTER_MOUNTS::contains);
    }

    private static boolean isScheduled(PodCondition condition) {
        return condition != null && "PodScheduled".equals(condition.getType()) && "True".equals(condition.getStatus());
    }

    private static String waitsFor(ContainerStatus status) {
        return status.getState() == null || status.getState().getWaiting() == null
                ? ""
                : Absent.asEmpty(status.getState().getWaiting().getReason());
    }

    /** Takes note of what went well: of the pod itself and of its claims. */
    void note(List<Event> events) {
        for (Event event : events) {
            String reason = Absent.asEmpty(event.getReason());
            switch (reason) {
                case "Scheduled" -> scheduled = true;
                case "ProvisioningSucceeded" -> provisioned.add(nameOf(event));
                case "SuccessfulAttachVolume" -> attached.add(volumeIn(event));
                default -> {}
            }
        }
    }

    private static String nameOf(Event event) {
        ObjectReference about = Absent.asEmpty(event.getInvolvedObject(), ObjectReference::new);
        return Absent.asEmpty(about.getName());
    }

    private static String volumeIn(Event event) {
        Matcher volume = VOLUME.matcher(Absent.asEmpty(event.getMessage()));
        return volume.find() ? volume.group(1) : "";
    }

    boolean has(Event event) {
        String reason = Absent.asEmpty(event.getReason());
        return switch (reason) {
            case "FailedScheduling" -> scheduled;
            case "FailedAttachVolume" -> mounted || attached.contains(volumeIn(event));
            case "FailedMount", "FailedMapVolume" -> mounted;
            default -> OF_UNBOUND_CLAIMS.contains(reason) && (scheduled || provisioned.contains(nameOf(event)));
        };
    }
}
