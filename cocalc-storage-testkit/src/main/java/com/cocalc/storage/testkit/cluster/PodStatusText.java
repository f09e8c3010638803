package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The status that the kubelet writes into a pod. */
final class PodStatusText {

    private final Pod pod;
    private final Map<String, ContainerState> states = new HashMap<>();

    PodStatusText(Pod pod) {
        this.pod = pod;
    }

    void running(String container) {
        ContainerState state = new ContainerState();
        state.setRunning(new ContainerStateRunning());
        states.put(container, state);
    }

    void completed(String container) {
        terminated(container, "Completed", 0, "");
    }

    private void terminated(String container, String reason, int exitCode, String message) {
        ContainerState state = new ContainerState();
        state.setTerminated(new ContainerStateTerminated());
        state.getTerminated().setReason(reason);
        state.getTerminated().setExitCode(exitCode);
        state.getTerminated().setMessage(message.isEmpty() ? null : message);
        states.put(container, state);
    }

    private static ContainerState waiting(String reason, String message) {
        ContainerState state = new ContainerState();
        state.setWaiting(new ContainerStateWaiting());
        state.getWaiting().setReason(reason);
        state.getWaiting().setMessage(message.isEmpty() ? null : message);
        return state;
    }

    void failed(Container container, Trouble trouble) {
        switch (trouble.kind()) {
            case EXITED -> {
                boolean shown = "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy());
                terminated(container.getName(), "Error", trouble.exitCode(), shown ? trouble.message() : "");
            }
            case START_ERROR -> terminated(container.getName(), "StartError", 128, trouble.message());
            default -> states.put(container.getName(), waiting(trouble.kind().reason(), trouble.message()));
        }
    }

    void write(String phase) {
        PodStatus status = new PodStatus();
        status.setPhase(phase);
        boolean isInitializing = phase.equals("Pending");
        status.setInitContainerStatuses(statuses(Absent.asEmpty(pod.getSpec().getInitContainers()), "PodInitializing"));
        status.setContainerStatuses(statuses(
                pod.getSpec().getContainers(),
                isInitializing
                                && !Absent.asEmpty(pod.getSpec().getInitContainers())
                                        .isEmpty()
                        ? "PodInitializing"
                        : "ContainerCreating"));
        pod.setStatus(status);
    }

    private List<ContainerStatus> statuses(List<Container> containers, String otherwise) {
        List<ContainerStatus> statuses = new ArrayList<>(containers.size());
        for (Container container : containers) {
            ContainerState state = states.getOrDefault(container.getName(), waiting(otherwise, ""));
            ContainerStatus status = new ContainerStatus();
            status.setName(container.getName());
            status.setImage(container.getImage());
            status.setState(state);
            status.setRestartCount(0);
            status.setStarted(state.getRunning() != null);
            status.setReady(state.getRunning() != null);
            statuses.add(status);
        }
        return statuses;
    }
}
