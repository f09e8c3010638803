package com.cocalc.storage.kubernetes.apiserver;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a namespace with Pod Security labels applies to its pods.
 *
 * <p>In the mode {@code enforce}, the API server refuses a pod with a violation with 403, after it has found the pod
 * valid. For a pod template it only warns, and refuses the pods later. Since 1.35 a pod with its own users
 * ({@code hostUsers: false}) may run as root, which is not root outside; the latest version is assumed to have this
 * rule.
 *
 * <pre>{@code
 * Pod pod = new PodBuilder()
 *         .withNewSpec().addNewContainer().withName("project").endContainer().endSpec()
 *         .build();
 * for (PodSecurityViolation violation : PodSecurity.of(PodSecurityLevel.RESTRICTED).violations(pod)) {
 *     System.out.println(violation);
 * }
 * }</pre>
 */
public final class PodSecurity {

    private final PodSecurityLevel level;
    private final PodSecurityVersion version;

    private PodSecurity(PodSecurityLevel level, PodSecurityVersion version) {
        this.level = requireNonNull(level, "level");
        this.version = requireNonNull(version, "version");
    }

    /**
     * Returns the rules of a level in the server's own version.
     *
     * @param level the level
     * @return its rules
     */
    public static PodSecurity of(PodSecurityLevel level) {
        return of(level, PodSecurityVersion.LATEST);
    }

    /**
     * Returns the rules of a level in a version.
     *
     * @param level the value of the namespace's label
     * @param version the value of the label for the version
     * @return its rules
     */
    public static PodSecurity of(PodSecurityLevel level, PodSecurityVersion version) {
        return new PodSecurity(level, version);
    }

    /** {@return the value of the namespace's label for the level} */
    public PodSecurityLevel level() {
        return level;
    }

    /** {@return the version whose rules apply} */
    public PodSecurityVersion version() {
        return version;
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PodSecurity that && level == that.level && version.equals(that.version);
    }

    @Override
    public int hashCode() {
        return Objects.hash(level, version);
    }

    /** Returns the level and the version, as the server names them. */
    @Override
    public String toString() {
        return level + ":" + version;
    }
}
