package com.cocalc.storage.kubernetes.audit;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.kubernetes.apiserver.ApiServer;
import com.cocalc.storage.kubernetes.apiserver.PodText;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.PodView;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The audit of a finished pod, which finds what is wrong with its storage before the pod is submitted to a cluster.
 *
 * <p>A finding says what is wrong, what happens at run time, and how to fix it. The findings include everything that
 * the API server refuses. The same pod gives the same findings in the same order.
 *
 * <pre>{@code
 * ProjectVolumes volumes = ProjectVolumes.forProject(
 *         ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"), ProjectLicenses.none());
 * Expected expected = Expected.forProject(volumes).inContainer("project");
 * for (Finding finding : PodAudit.auditJson("{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}", expected)) {
 *     System.out.println(finding);
 * }
 * }</pre>
 */
public final class PodAudit {

    private PodAudit() {}

    /**
     * Audits a pod.
     *
     * @param pod the pod as it would be submitted; one with {@code metadata.uid} exists already, and may have ephemeral
     *     containers
     * @param expected the storage that it must see
     * @return the findings, empty if nothing is wrong
     */
    public static List<Finding> audit(Pod pod, Expected expected) {
        requireNonNull(pod, "pod");
        requireNonNull(expected, "expected");
        Findings findings = new Findings();
        audit(pod, expected, findings);
        return findings.list();
    }

    /**
     * Audits the template of a workload's pods.
     *
     * @param template the template
     * @param expected the storage that its pods must see
     * @return the findings, with pointers into the template; empty if nothing is wrong
     */
    public static List<Finding> audit(PodTemplateSpec template, Expected expected) {
        requireNonNull(template, "template");
        requireNonNull(expected, "expected");
        Findings findings = new Findings();
        findings.addCauses(ApiServer.causes(template));
        auditSpec(Absent.asEmpty(template.getSpec(), PodSpec::new), ofPods(template.getMetadata()), expected, findings);
        return findings.list();
    }

    /** Returns what pods get of a template: the controller names them, and puts them in its own namespace. */
    private static ObjectMeta ofPods(@Nullable ObjectMeta template) {
        ObjectMeta metadata = new ObjectMeta();
        if (template != null) {
            metadata.setLabels(template.getLabels());
            metadata.setAnnotations(template.getAnnotations());
        }
        return metadata;
    }

    /**
     * Audits the text of a pod. This finds more than the audit of an object: JSON readers accept {@code "true"} as a
     * boolean, the API server does not.
     *
     * @param json a pod
     * @param expected the storage that it must see
     * @return the findings, empty if nothing is wrong
     * @throws IllegalArgumentException if the text is not one JSON object, is nested deeper than 100, or has a number
     *     of more than 1000 digits or with an exponent beyond 32 bits; the message has the line and column
     */
    public static List<Finding> auditJson(String json, Expected expected) {
        requireNonNull(json, "json");
        requireNonNull(expected, "expected");
        PodText text = PodText.parse(json);
        Findings findings = new Findings();
        findings.addCauses(text.causes());
        text.findPod().ifPresent(pod -> audit(pod, expected, findings));
        return findings.list();
    }

    private static void audit(Pod pod, Expected expected, Findings findings) {
        findings.addCauses(ApiServer.causes(pod));
        auditSpec(Absent.asEmpty(pod.getSpec(), PodSpec::new), pod.getMetadata(), expected, findings);
    }

    private static void auditSpec(PodSpec spec, @Nullable ObjectMeta metadata, Expected expected, Findings findings) {
        ObjectMeta given = Absent.asEmpty(metadata, ObjectMeta::new);
        PodView pod = new PodView(spec, given);
        new VolumeAudit(expected, findings).check(pod, Absent.asEmpty(given.getName()));
        new SameStorageAudit(expected, findings).check(pod);
        new BypassAudit(expected, findings).check(pod);
        new PlaceAudit(expected, findings).check(pod);
        PartAudit parts = new PartAudit(expected, findings);
        AccessAudit access = new AccessAudit(expected, findings);
        MountPathAudit paths = new MountPathAudit(expected, findings);
        EnvironmentAudit environment = new EnvironmentAudit(expected, findings);
        for (ContainerView container : pod.containers()) {
            parts.check(container, pod);
            access.check(container, pod);
            paths.check(container);
            environment.check(container);
        }
        environment.checkHome(pod);
        new IdentityAudit(expected, findings).check(pod);
        new HomeRepairAudit(expected, findings).check(pod);
        new IsolationAudit(findings).check(pod, Absent.asEmpty(given.getAnnotations()));
    }
}
