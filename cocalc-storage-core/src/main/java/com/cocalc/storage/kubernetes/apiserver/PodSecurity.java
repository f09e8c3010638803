package com.cocalc.storage.kubernetes.apiserver;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a namespace with Pod Security labels applies to its pods.
 *
 * <p>In the mode {@code enforce}, the API server refuses a pod with a violation with 403, after it has found the pod
 * valid. For a pod template it only warns, and refuses the pods later. Since 1.35 a pod with its own users
 * ({@code hostUsers: false}) may run as root, which is not root outside; the latest version is assumed to have this
 * rule.
 *
 * @param level the value of the namespace's label
 * @param version the value of the label for the version
 */
public record PodSecurity(PodSecurityLevel level, PodSecurityVersion version) {

    /**
     * Checks that no part is null.
     *
     * @param level the value of the namespace's label
     * @param version the value of the label for the version
     */
    public PodSecurity {
        requireNonNull(level, "level");
        requireNonNull(version, "version");
    }

    /**
     * Returns the rules of a level in the server's own version.
     *
     * @param level the level
     * @return its rules
     */
    public static PodSecurity of(PodSecurityLevel level) {
        return new PodSecurity(level, PodSecurityVersion.LATEST);
    }

    /**
     * Returns the violations of a pod.
     *
     * @param pod the pod
     * @return everything that the level does not allow, empty if the pod is admitted
     */
    public List<PodSecurityViolation> violations(Pod pod) {
        requireNonNull(pod, "pod");
        return violations(pod.getMetadata(), pod.getSpec());
    }

    /**
     * Returns the violations of the pods that a template creates.
     *
     * @param template the template
     * @return everything that the level does not allow, empty if the pods are admitted
     */
    public List<PodSecurityViolation> violations(PodTemplateSpec template) {
        requireNonNull(template, "template");
        return violations(template.getMetadata(), template.getSpec());
    }

    private List<PodSecurityViolation> violations(@Nullable ObjectMeta metadata, @Nullable PodSpec given) {
        if (level == PodSecurityLevel.PRIVILEGED) {
            return List.of();
        }
        PodSpec spec = Absent.asEmpty(given, PodSpec::new);
        List<PodSecurityViolation> violations = new ArrayList<>();
        List<PlacedContainer> containers = PlacedContainer.of(spec);
        boolean restricted = level == PodSecurityLevel.RESTRICTED;
        Map<String, String> annotations =
                Absent.asEmpty(Absent.asEmpty(metadata, ObjectMeta::new).getAnnotations());
        new BaselineChecks(annotations, spec, containers, version, violations).check(restricted);
        if (restricted) {
            new RestrictedChecks(spec, containers, version, violations).check();
        }
        return List.copyOf(violations);
    }
}
