package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.kubernetes.change.Difference.Aspect;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.PlacedContainer.Kind;
import com.cocalc.storage.kubernetes.pod.PodView;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The init containers of the storage now and after the next start. */
final class InitComparison {

    private final List<Difference> differences;

    InitComparison(List<Difference> differences) {
        this.differences = differences;
    }

    void compare(PodView before, PodView after) {
        for (ContainerView next : after.containers()) {
            if (PodComparison.isRepair(next)) {
                compare(before, find(before, next).orElse(null), after, next);
            }
        }
        for (ContainerView now : before.containers()) {
            if (PodComparison.isRepair(now) && find(after, now).isEmpty()) {
                add(now.at(), "init " + now.name(), "none");
            }
        }
    }

    private void compare(PodView before, @Nullable ContainerView now, PodView after, ContainerView next) {
        if (now == null) {
            add(
                    PodView.SPEC.child("initContainers"),
                    "no init " + next.name(),
                    "one that hands the home to the project's user");
        } else if (!commandOf(now).equals(commandOf(next))) {
            add(now.at(), next.name() + " with other arguments", "the usual ones");
        } else if (!powersOf(before, now).equals(powersOf(after, next))) {
            add(now.at().child("securityContext"), next.name() + " with other powers", "the usual ones");
        }
    }

    /** What decides whether a container may change owners; a flag that is absent is false. */
    private static List<@Nullable Object> powersOf(PodView pod, ContainerView container) {
        PodSecurityContext ofPod = Absent.asEmpty(pod.spec().getSecurityContext(), PodSecurityContext::new);
        SecurityContext own = Absent.asEmpty(container.container().getSecurityContext(), SecurityContext::new);
        Capabilities capabilities = Absent.asEmpty(own.getCapabilities(), Capabilities::new);
        Boolean nonRoot = own.getRunAsNonRoot() == null ? ofPod.getRunAsNonRoot() : own.getRunAsNonRoot();
        return Arrays.asList(
                own.getRunAsUser() == null ? ofPod.getRunAsUser() : own.getRunAsUser(),
                own.getRunAsGroup() == null ? ofPod.getRunAsGroup() : own.getRunAsGroup(),
                Boolean.TRUE.equals(nonRoot),
                Boolean.TRUE.equals(own.getPrivileged()),
                Boolean.FALSE.equals(own.getAllowPrivilegeEscalation()),
                new HashSet<>(Absent.asEmpty(capabilities.getAdd())),
                new HashSet<>(Absent.asEmpty(capabilities.getDrop())));
    }

    private static Optional<ContainerView> find(PodView pod, ContainerView other) {
        return pod.containers().stream()
                .filter(one -> one.kind() == Kind.INIT && one.name().equals(other.name()))
                .findFirst();
    }

    private static List<String> commandOf(ContainerView container) {
        List<String> command =
                new ArrayList<>(Absent.asEmpty(container.container().getCommand()));
        command.addAll(Absent.asEmpty(container.container().getArgs()));
        return command;
    }

    private void add(FieldPath at, String running, String desired) {
        differences.add(new Difference(
                Aspect.INIT_CONTAINER, at.pointer(), running, desired, Impact.START_CHANGES, List.of(), ""));
    }
}
