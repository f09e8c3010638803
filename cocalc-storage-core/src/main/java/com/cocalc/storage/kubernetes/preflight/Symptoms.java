package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Goes through all that is known about a pod, and asks for the cause of each text. */
final class Symptoms {

    private static final Set<String> OF_VOLUMES = Set.of(
            "FailedMount",
            "FailedAttachVolume",
            "FailedMapVolume",
            "FailedBinding",
            "FailedMountOnFilesystemMismatch",
            "VolumeFailed",
            "VolumeConditionAbnormal",
            "VolumePermissionChangeInProgress",
            "VolumeResizeFailed",
            "FileSystemResizeFailed");
    private static final Set<String> OF_CLAIMS = Set.of(
            "FailedBinding",
            "ProvisioningFailed",
            "ExternalProvisioning",
            "ClaimLost",
            "ClaimMisbound",
            "VolumeMismatch",
            "VolumeResizeFailed",
            "VolumeModifyFailed",
            "FileSystemResizeFailed");
    private static final Set<String> OF_IMAGES = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "InvalidImageName",
            "ImageInspectError",
            "RegistryUnavailable",
            "SignatureValidationFailed");
    private static final Set<String> OF_STARTS = Set.of(
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError",
            "StartError",
            "ContainerCannotRun",
            "Failed");

    /** What a runtime says where it gives no reason of its own; a program may say anything else. */
    private static final Pattern OF_RUNTIME =
            Pattern.compile("OCI runtime|(?:containerd|shim) task|container create failed|starting container process");

    private final Pod pod;
    private final VolumesOfPod volumes;
    private final KnownTexts texts;
    private final LogTexts logs;
    private final Map<Object, Cause> causes = new LinkedHashMap<>();
    /** Whether an event says why the pod is on no node. */
    private boolean scheduling;

    Symptoms(Pod pod) {
        this.pod = pod;
        volumes = new VolumesOfPod(pod);
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        texts = new KnownTexts(volumes, node);
        logs = new LogTexts(volumes, node);
    }

    List<Cause> read(List<Event> events, List<String> logLines) {
        PodStatus status = Absent.asEmpty(pod.getStatus(), PodStatus::new);
        readStatuses(Absent.asEmpty(status.getInitContainerStatuses()));
        readStatuses(Absent.asEmpty(status.getContainerStatuses()));
        if (!hasStarted(status)) {
            PastEvents past = new PastEvents(status);
            List<Event> relevant = events.stream()
                    .filter(event -> event != null && isRelevant(event))
                    .toList();
            past.note(relevant);
            relevant.stream().filter(event -> !past.has(event)).forEach(this::read);
            if (!scheduling) {
                readConditions(Absent.asEmpty(status.getConditions()));
            }
        }
        for (String line : logLines) {
            if (line != null) {
                logs.find(new Symptom("log", line), "").ifPresent(this::add);
            }
        }
        return withoutWaiting(new ArrayList<>(causes.values()));
    }

    /** Events stay for an hour, also where everything runs or has ended well by now. */
    private static boolean hasStarted(PodStatus status) {
        List<ContainerStatus> containers = Absent.asEmpty(status.getContainerStatuses());
        return "Succeeded".equals(status.getPhase())
                || (!containers.isEmpty() && containers.stream().allMatch(Symptoms::isRunning));
    }

    private static boolean isRunning(@Nullable ContainerStatus container) {
        return container != null
                && container.getState() != null
                && container.getState().getRunning() != null;
    }

    /** Events of scheduling are gone after an hour, or were not given; the pod itself has the last one. */
    private void readConditions(List<PodCondition> conditions) {
        for (PodCondition condition : conditions) {
            if (condition != null
                    && "PodScheduled".equals(condition.getType())
                    && "False".equals(condition.getStatus())) {
                texts.findInScheduling(new Symptom("condition PodScheduled", Absent.asEmpty(condition.getMessage())))
                        .ifPresent(this::add);
            }
        }
    }

    private void readStatuses(List<ContainerStatus> statuses) {
        for (ContainerStatus status : statuses) {
            if (status != null) {
                String name = Absent.asEmpty(status.getName());
                read(name, status.getState());
                read(name, status.getLastState());
            }
        }
    }

    private void read(String container, @Nullable ContainerState state) {
        if (state == null) {
            return;
        }
        ContainerStateWaiting waiting = state.getWaiting();
        if (waiting != null) {
            readStart(container, "waiting", waiting.getReason(), waiting.getMessage());
        }
        ContainerStateTerminated terminated = state.getTerminated();
        if (terminated != null) {
            readStart(container, "terminated", terminated.getReason(), terminated.getMessage());
        }
    }

    private void readStart(String container, String state, @Nullable String reason, @Nullable String message) {
        if (message == null || message.isEmpty()) {
            return;
        }
        Symptom symptom = new Symptom(
                "container " + MessageText.quoted(container) + ", " + state
                        + (reason == null ? "" : " (" + MessageText.quoted(reason) + ")"),
                message);
        String given = Absent.asEmpty(reason);
        if (OF_IMAGES.contains(given)) {
            add(OtherTexts.ofImage(symptom));
        } else if (OF_STARTS.contains(given)
                || given.isEmpty()
                || OF_RUNTIME.matcher(message).find()) {
            add(texts.findAtStart(symptom, container)
                    .or(() -> texts.findOther(given, symptom))
                    .orElseGet(() -> Cause.of(CauseKind.UNKNOWN, null, symptom)));
        } else {
            // The last words of a program, which a container may be asked to leave here.
            message.lines()
                    .forEach(line -> logs.find(new Symptom(symptom.seenIn(), line), container)
                            .ifPresent(this::add));
        }
    }

    private boolean isRelevant(Event event) {
        ObjectReference about = Absent.asEmpty(event.getInvolvedObject(), ObjectReference::new);
        return isInNamespace(about)
                && ("PersistentVolumeClaim".equals(about.getKind())
                        ? volumes.needs(Absent.asEmpty(about.getName()))
                        : isThePod(about));
    }

    private void read(Event event) {
        String reason = Absent.asEmpty(event.getReason());
        Symptom symptom = new Symptom("event " + MessageText.quoted(reason), Absent.asEmpty(event.getMessage()));
        ObjectReference about = Absent.asEmpty(event.getInvolvedObject(), ObjectReference::new);
        if (!"PersistentVolumeClaim".equals(about.getKind())) {
            readOwn(reason, symptom);
        } else if (OF_CLAIMS.contains(reason)) {
            add(texts.ofClaim(reason, symptom, Absent.asEmpty(about.getName())));
        }
    }

    private void readOwn(String reason, Symptom symptom) {
        if (reason.equals("FailedScheduling")) {
            scheduling = true;
            texts.findInScheduling(symptom).ifPresent(this::add); // else it is not about volumes
        } else if (OF_VOLUMES.contains(reason)) {
            add(texts.ofMount(reason, symptom));
        } else if (reason.equals("FailedToMakePodDataDirectories")) {
            add(OtherTexts.noDirectories(symptom));
        } else if (reason.equals("FailedCreatePodSandBox")) {
            texts.findInSandbox(symptom).ifPresent(this::add);
        } else if (reason.equals("Failed")) {
            // The status names the container, and says what is unknown.
            OtherTexts.findImage(symptom)
                    .or(() -> texts.findAtStart(symptom, ""))
                    .or(() -> texts.findOther(reason, symptom))
                    .ifPresent(this::add);
        }
    }

    private boolean isInNamespace(ObjectReference about) {
        String own = Absent.asEmpty(pod.getMetadata(), ObjectMeta::new).getNamespace();
        return own == null || about.getNamespace() == null || own.equals(about.getNamespace());
    }

    /** An event without an object was picked by hand. */
    private boolean isThePod(ObjectReference about) {
        if (about.getKind() == null && about.getName() == null) {
            return true;
        }
        ObjectMeta own = Absent.asEmpty(pod.getMetadata(), ObjectMeta::new);
        boolean samePod =
                own.getUid() == null || about.getUid() == null || own.getUid().equals(about.getUid());
        return samePod
                && (about.getKind() == null || about.getKind().equals("Pod"))
                && Objects.equals(own.getName(), about.getName());
    }

    private void add(Cause cause) {
        causes.putIfAbsent(cause.identity(), cause);
    }

    /** A kubelet that only says that it waits says nothing new beside a reason, also beside one that is not known. */
    private static List<Cause> withoutWaiting(List<Cause> causes) {
        if (causes.stream().anyMatch(cause -> cause.kind() != CauseKind.TIMED_OUT)) {
            causes.removeIf(cause -> cause.kind() == CauseKind.TIMED_OUT);
        }
        return causes;
    }
}
