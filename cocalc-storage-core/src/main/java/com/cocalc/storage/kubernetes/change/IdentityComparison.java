package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.change.Difference.Aspect;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.PodView;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
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
        compareSeccomp(running, desired);
        compareDropped(running, desired);
        compareGroups(running, desired);
    }

    /** Compares who runs in a container that has a user or group of its own, in one of the pods at least. */
    void compareOwn(PodView before, ContainerView now, PodView after, ContainerView next) {
        Contexts running = Contexts.of(before, now);
        Contexts desired = Contexts.of(after, next);
        if (running.hasOwnUser() || desired.hasOwnUser()) {
            compare("runAsUser", running, desired, PodSecurityContext::getRunAsUser, SecurityContext::getRunAsUser);
            compare("runAsGroup", running, desired, PodSecurityContext::getRunAsGroup, SecurityContext::getRunAsGroup);
        }
    }

    /** A profile of the node confines as well as that of the runtime. */
    private void compareSeccomp(Contexts running, Contexts desired) {
        SeccompProfile now = (SeccompProfile)
                running.find(PodSecurityContext::getSeccompProfile, SecurityContext::getSeccompProfile);
        SeccompProfile next = (SeccompProfile)
                desired.find(PodSecurityContext::getSeccompProfile, SecurityContext::getSeccompProfile);
        if (next != null && isConfined(next) && !isConfined(now)) {
            boolean own = running.container.getSeccompProfile() != null;
            FieldPath at = own ? running.containerAt : PodView.SPEC;
            add(
                    at.child("securityContext").child("seccompProfile"),
                    "seccompProfile " + shown(now == null ? null : now.getType()),
                    shown(next.getType()),
                    Impact.START_CHANGES);
        }
    }

    private static boolean isConfined(@Nullable SeccompProfile profile) {
        return profile != null && ("RuntimeDefault".equals(profile.getType()) || "Localhost".equals(profile.getType()));
    }

    /** Whoever drops more has less, which is no harm. */
    private void compareDropped(Contexts running, Contexts desired) {
        Set<String> now = dropped(running);
        Set<String> next = dropped(desired);
        if (!now.contains("ALL") && !now.containsAll(next)) {
            add(
                    running.containerAt.child("securityContext").child("capabilities"),
                    "capabilities.drop " + shown(now.isEmpty() ? null : now),
                    shown(next),
                    Impact.START_CHANGES);
        }
    }

    private static Set<String> dropped(Contexts contexts) {
        Capabilities capabilities = Absent.asEmpty(contexts.container.getCapabilities(), Capabilities::new);
        return present(capabilities.getDrop());
    }

    /** Files may be open to one of the groups alone. */
    private void compareGroups(Contexts running, Contexts desired) {
        Set<Long> now = present(running.pod.getSupplementalGroups());
        Set<Long> next = present(desired.pod.getSupplementalGroups());
        if (!now.equals(next)) {
            add(
                    PodView.SPEC.child("securityContext").child("supplementalGroups"),
                    "supplementalGroups " + shown(now.isEmpty() ? null : now),
                    shown(next.isEmpty() ? null : next),
                    Impact.OWNER_CHANGES);
        }
        String policy = policyOf(running);
        String nextPolicy = policyOf(desired);
        if (!policy.equals(nextPolicy)) {
            add(
                    PodView.SPEC.child("securityContext").child("supplementalGroupsPolicy"),
                    "supplementalGroupsPolicy " + shown(policy),
                    shown(nextPolicy),
                    Impact.OWNER_CHANGES);
        }
    }

    private static <T> Set<T> present(@Nullable List<T> list) {
        return Absent.asEmpty(list).stream().filter(Objects::nonNull).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String policyOf(Contexts contexts) {
        String policy = Absent.asEmpty(contexts.pod.getSupplementalGroupsPolicy());
        return policy.isEmpty() ? "Merge" : policy;
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
            add(
                    at.child("securityContext").child(field),
                    field + " " + shown(now),
                    shown(next),
                    owner ? Impact.OWNER_CHANGES : Impact.START_CHANGES);
        }
    }

    private void add(FieldPath at, String running, String desired, Impact impact) {
        differences.add(new Difference(Aspect.IDENTITY, at.pointer(), running, desired, impact, List.of(), ""));
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "absent" : MessageText.quoted(value.toString());
    }

    private record Contexts(PodSecurityContext pod, SecurityContext container, FieldPath containerAt) {

        static Contexts of(PodView pod, ContainerView container) {
            return new Contexts(
                    Absent.asEmpty(pod.spec().getSecurityContext(), PodSecurityContext::new),
                    Absent.asEmpty(container.container().getSecurityContext(), SecurityContext::new),
                    container.at());
        }

        boolean hasOwnUser() {
            return container.getRunAsUser() != null || container.getRunAsGroup() != null;
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
