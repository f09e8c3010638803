package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.change.Difference.Aspect;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.PodView;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who runs in a container now and after the next start: a container's own context beats that of its pod. */
final class IdentityComparison {

    private final List<Difference> differences;

    IdentityComparison(List<Difference> differences) {
        this.differences = differences;
    }

    void compare(PodView before, ContainerView now, PodView after, ContainerView next) {
        Contexts running = Contexts.of(before, now);
        Contexts desired = Contexts.of(after, next);
        compare("runAsUser", running, desired, PodSecurityContext::getRunAsUser, SecurityContext::getRunAsUser);
        compare("runAsGroup", running, desired, PodSecurityContext::getRunAsGroup, SecurityContext::getRunAsGroup);
        compare("fsGroup", running, desired, PodSecurityContext::getFsGroup, none -> null);
        compare("fsGroupChangePolicy", running, desired, PodSecurityContext::getFsGroupChangePolicy, none -> null);
        compare(
                "runAsNonRoot",
                running,
                desired,
                PodSecurityContext::getRunAsNonRoot,
                SecurityContext::getRunAsNonRoot);
        compare(
                "allowPrivilegeEscalation",
                running,
                desired,
                none -> null,
                SecurityContext::getAllowPrivilegeEscalation);
    }

    private void compare(
            String field,
            Contexts running,
            Contexts desired,
            Function<PodSecurityContext, @Nullable Object> ofPod,
            Function<SecurityContext, @Nullable Object> ofContainer) {
        Object now = running.find(ofPod, ofContainer);
        Object next = desired.find(ofPod, ofContainer);
        if (next != null && !next.equals(now)) {
            boolean own = ofContainer.apply(running.container) != null;
            FieldPath at = own ? running.containerAt : PodView.SPEC;
            boolean owner = field.equals("runAsUser") || field.equals("runAsGroup") || field.equals("fsGroup");
            differences.add(new Difference(
                    Aspect.IDENTITY,
                    at.child("securityContext").child(field).pointer(),
                    field + " " + (now == null ? "absent" : MessageText.quoted(now.toString())),
                    MessageText.quoted(next.toString()),
                    owner ? Impact.OWNER_CHANGES : Impact.START_CHANGES,
                    List.of(),
                    ""));
        }
    }

    private record Contexts(PodSecurityContext pod, SecurityContext container, FieldPath containerAt) {

        static Contexts of(PodView pod, ContainerView container) {
            return new Contexts(
                    Absent.asEmpty(pod.spec().getSecurityContext(), PodSecurityContext::new),
                    Absent.asEmpty(container.container().getSecurityContext(), SecurityContext::new),
                    container.at());
        }

        @Nullable
        Object find(
                Function<PodSecurityContext, @Nullable Object> ofPod,
                Function<SecurityContext, @Nullable Object> ofContainer) {
            Object own = ofContainer.apply(container);
            return own == null ? ofPod.apply(pod) : own;
        }
    }
}
