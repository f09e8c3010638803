package com.cocalc.storage.testkit.law;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.StorageConfig;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import org.jspecify.annotations.Nullable;

/** Judges the user as which the project's programs run. */
final class IdentityJudge {

    private static final String POD = "/spec/securityContext";

    private final StorageConfig config;
    private final Violations violations;

    IdentityJudge(StorageConfig config, Violations violations) {
        this.config = config;
        this.violations = violations;
    }

    void judge(PodSeen pod) {
        PosixIdentity identity = config.identity();
        PodSecurityContext context = pod.security() == null ? new PodSecurityContext() : pod.security();
        require(POD + "/fsGroup", context.getFsGroup(), identity.gid());
        if (!"OnRootMismatch".equals(context.getFsGroupChangePolicy())) {
            violations.add(
                    PodLaws.RUNS_AS_THE_PROJECT,
                    POD + "/fsGroupChangePolicy",
                    Printed.of(context.getFsGroupChangePolicy()),
                    "\"OnRootMismatch\"");
        }
        for (ContainerSeen container : pod.containers()) {
            if (container.kind() == ContainerSeen.Kind.MAIN && hasOurs(container, pod)) {
                judge(container, context, identity);
            }
        }
    }

    private void judge(ContainerSeen container, PodSecurityContext context, PosixIdentity identity) {
        SecurityContext own = container.security() == null ? new SecurityContext() : container.security();
        String pointer = container.pointer() + "/securityContext";
        boolean hasUser = own.getRunAsUser() != null;
        boolean hasGroup = own.getRunAsGroup() != null;
        require(
                (hasUser ? pointer : POD) + "/runAsUser",
                hasUser ? own.getRunAsUser() : context.getRunAsUser(),
                identity.uid());
        require(
                (hasGroup ? pointer : POD) + "/runAsGroup",
                hasGroup ? own.getRunAsGroup() : context.getRunAsGroup(),
                identity.gid());
    }

    private boolean hasOurs(ContainerSeen container, PodSeen pod) {
        return pod.claimMounts().stream()
                .anyMatch(mount -> mount.isOf(container)
                        && mount.claim().equals(config.dataClaim().value()));
    }

    private void require(String pointer, @Nullable Long found, long expected) {
        if (found == null || found != expected) {
            violations.add(
                    PodLaws.RUNS_AS_THE_PROJECT,
                    pointer,
                    found == null ? "nothing" : found.toString(),
                    Long.toString(expected));
        }
    }
}
