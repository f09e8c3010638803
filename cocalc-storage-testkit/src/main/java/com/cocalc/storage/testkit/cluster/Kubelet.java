package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import java.util.List;
import java.util.function.Function;

/** Starts a pod that the server has stored, up to its first failure. */
final class Kubelet {

    private final ClusterState state;
    private final Scheduler scheduler;
    private final NodeVolumes volumes;
    private final Containers containers;
    private final Function<PodRecord, RunningPod> handles;

    /**
     * Creates a kubelet for all nodes.
     *
     * @param handles creates the object that the test gets for a running pod
     */
    Kubelet(
            ClusterState state,
            KubeletVersion version,
            Containers containers,
            Function<PodRecord, RunningPod> handles) {
        this.state = state;
        this.scheduler = new Scheduler(state);
        this.volumes = new NodeVolumes(state, version);
        this.containers = containers;
        this.handles = handles;
    }

    PodOutcome start(PodRecord record) {
        PodStatusText status = new PodStatusText(record.pod());
        try {
            schedule(record);
            requireAdmitted(record.pod());
            record.mounted(volumes.mount(record));
            requireSandbox(record.pod());
        } catch (Trouble trouble) {
            state.events()
                    .warning(
                            trouble.kind().component(),
                            record.pod(),
                            trouble.kind().reason(),
                            trouble.message());
            return notStarted(record, status, "", trouble);
        }
        for (Container container : Absent.asEmpty(record.pod().getSpec().getInitContainers())) {
            try {
                startInit(record, container, status);
            } catch (Trouble trouble) {
                return containerFailed(record, status, container, trouble);
            }
        }
        record.initialized();
        return startContainers(record, status);
    }

    private void schedule(PodRecord record) throws Trouble {
        if (record.node() == null) {
            record.assign(scheduler.place(record));
            String message =
                    "Successfully assigned " + record.namespace() + "/" + record.name() + " to " + record.node();
            state.events().normal("default-scheduler", record.pod(), "Scheduled", message);
        }
    }

    private void requireAdmitted(Pod pod) throws Trouble {
        PodSecurityContext context = pod.getSpec().getSecurityContext();
        if (context != null
                && "Strict".equals(context.getSupplementalGroupsPolicy())
                && !containers.runtime().hasStrictGroups()) {
            throw Trouble.notAdmitted("SupplementalGroupsPolicy=Strict is not supported in this node");
        }
    }

    /**
     * Checks that the sandbox can be created: it runs as the pod says, and has no image whose user it could use
     * instead.
     */
    private static void requireSandbox(Pod pod) throws Trouble {
        PodSecurityContext context = pod.getSpec().getSecurityContext();
        if (context != null && context.getRunAsGroup() != null && context.getRunAsUser() == null) {
            throw Trouble.sandbox("failed to generate sandbox container spec options: failed to generate user string:"
                    + " user group \"" + context.getRunAsGroup() + "\" is specified without user");
        }
    }

    private PodOutcome startContainers(PodRecord record, PodStatusText status) {
        PodOutcome first = null;
        for (Container container : record.pod().getSpec().getContainers()) {
            try {
                if (record.endsByItself()) {
                    containers.runToItsEnd(record, container);
                    status.completed(container.getName());
                } else {
                    containers.keepRunning(record, container);
                    status.running(container.getName());
                }
            } catch (Trouble trouble) {
                PodOutcome outcome = containerFailed(record, status, container, trouble);
                first = first == null ? outcome : first;
            }
        }
        if (first != null) {
            record.stopContainers();
            return first;
        }
        if (record.endsByItself()) {
            status.write("Succeeded");
            return new PodOutcome.Completed(Copy.of(record.pod()), record.log());
        }
        status.write("Running");
        return new PodOutcome.Running(handles.apply(record));
    }

    private void startInit(PodRecord record, Container container, PodStatusText status) throws Trouble {
        if ("Always".equals(container.getRestartPolicy())) {
            containers.keepRunning(record, container);
            status.running(container.getName());
        } else {
            if (!record.isInitialized()) {
                containers.runToItsEnd(record, container);
            }
            status.completed(container.getName());
        }
    }

    private PodOutcome containerFailed(PodRecord record, PodStatusText status, Container container, Trouble trouble) {
        status.failed(container, trouble);
        if (trouble.kind() == Trouble.Kind.EXITED) {
            String message = "Back-off restarting failed container " + container.getName() + " in pod " + record.name()
                    + "_" + record.namespace() + "(" + record.uid() + ")";
            state.events().warning("kubelet", record.pod(), "BackOff", message);
        } else {
            state.events().warning("kubelet", record.pod(), "Failed", "Error: " + trouble.message());
        }
        return notStarted(record, status, container.getName(), trouble);
    }

    private PodOutcome notStarted(PodRecord record, PodStatusText status, String container, Trouble trouble) {
        boolean isOver = trouble.kind() == Trouble.Kind.NOT_ADMITTED
                || (trouble.kind() == Trouble.Kind.EXITED
                        && "Never".equals(record.pod().getSpec().getRestartPolicy()));
        status.write(isOver ? "Failed" : "Pending");
        if (!trouble.kind().isOfContainer() && record.node() == null) {
            record.pod().getStatus().setContainerStatuses(List.of());
            record.pod().getStatus().setInitContainerStatuses(List.of());
        }
        return new PodOutcome.NotStarted(
                Copy.of(record.pod()),
                container,
                trouble.kind().reason(),
                trouble.message(),
                state.events().about(record.pod()),
                record.log());
    }
}
