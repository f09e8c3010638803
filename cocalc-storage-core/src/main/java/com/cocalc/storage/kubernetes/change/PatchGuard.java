package com.cocalc.storage.kubernetes.change;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.audit.Expected;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.cocalc.storage.kubernetes.audit.SameStorage;
import com.cocalc.storage.kubernetes.audit.Severity;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
import com.cocalc.storage.kubernetes.pod.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Applies the patches of licences to a project's pod, and reports what they do to its storage and to its identity: its
 * namespace, name, labels and annotations, its service account, its {@code HOME} and its security contexts.
 *
 * <p>A patch is meant for things like a GPU, but it can also make the software writable or mount another project. Each
 * such change is reported with the licence and the operation, under a rule of the audit or a {@link PatchRule}.
 *
 * <pre>{@code
 * ProjectLicenses licenses = ProjectLicenses.none();
 * ProjectVolumes volumes = ProjectVolumes.forProject(
 *         ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"), licenses);
 * Pod pod = PodStorage.of(volumes)
 *         .applyTo(
 *                 new PodBuilder()
 *                         .withNewSpec().addNewContainer().withName("project").endContainer().endSpec()
 *                         .build(),
 *                 "project");
 * PatchedPod patched = PatchGuard.strict(volumes).apply(PodPatches.of(licenses), pod);
 * Pod toSubmit = patched.pod();
 * }</pre>
 */
public final class PatchGuard {

    /** The most findings that are reported one by one. */
    static final int MOST_REPORTED = 100;

    private final Expected expected;
    private final String home;
    private final Answer answer;

    private PatchGuard(ProjectVolumes project, Answer answer) {
        this(
                Expected.forProject(requireNonNull(project, "project")),
                project.home().mountPath().value(),
                answer);
    }

    private PatchGuard(Expected expected, String home, Answer answer) {
        this.expected = expected;
        this.home = home;
        this.answer = answer;
    }

    /**
     * Returns a guard that refuses a patch with a finding of severity {@link Severity#ERROR}.
     *
     * @param project the view of the project, which defines what its pod must see
     * @return the guard
     */
    public static PatchGuard strict(ProjectVolumes project) {
        return new PatchGuard(project, Answer.REFUSE);
    }

    /**
     * Returns a guard that only reports.
     *
     * @param project the view of the project, which defines what its pod must see
     * @return the guard
     */
    public static PatchGuard reporting(ProjectVolumes project) {
        return new PatchGuard(project, Answer.REPORT);
    }

    /**
     * Returns a copy that knows other claims and volumes that lead to the files of the installation, so that no patch
     * adds one of them. Without this the guard knows none.
     *
     * @param known the claims in the namespace of the pod, and the volumes
     * @return a guard with this knowledge
     */
    public PatchGuard knowing(SameStorage known) {
        return new PatchGuard(expected.knowing(known), home, answer);
    }

    /**
     * Applies patches to a pod, and audits the changes.
     *
     * @param patches the patches of the project's licences
     * @param pod the pod as it would be submitted without them, with its storage
     * @return the patched pod, and the findings about the changes of the patches
     * @throws PatchFailedException if an operation cannot be applied
     * @throws PatchRefusedException if this guard is strict and a patch caused an error
     */
    public PatchedPod apply(PodPatches patches, Pod pod) {
        Pod patched = patches.applyTo(pod);
        PatchedPod judged = patches.operations().isEmpty()
                ? new PatchedPod(patched, List.of(), 0)
                : findings(patches, pod, patched);
        if (answer == Answer.REFUSE && judged.findings().stream().anyMatch(PatchGuard::isError)) {
            throw new PatchRefusedException(judged);
        }
        return judged;
    }

    static boolean isError(PatchFinding finding) {
        return finding.finding().severity() == Severity.ERROR;
    }

    private PatchedPod findings(PodPatches patches, Pod pod, Pod patched) {
        List<String> containers = containersOf(pod);
        Map<String, Integer> before = count(audit(containers, pod));
        PatchedIdentity identity = new PatchedIdentity(pod, home);
        Map<String, Integer> seen = new HashMap<>();
        List<Added> all = new ArrayList<>();
        for (Finding finding : judge(identity, containers, patched)) {
            String key = key(finding);
            int nth = seen.merge(key, 1, Integer::sum);
            if (nth > before.getOrDefault(key, 0)) {
                all.add(new Added(finding, new PatchRun.Wanted(key, nth)));
            }
        }
        List<Added> reported = first(all);
        List<PatchRun.Wanted> wanted = reported.stream().map(Added::wanted).toList();
        List<PatchOperation> culprits = new PatchRun(pod)
                .culprits(patches.operations(), wanted, state -> count(judge(identity, containers, state)));
        List<PatchFinding> findings = new ArrayList<>(reported.size());
        for (int i = 0; i < reported.size(); i++) {
            findings.add(new PatchFinding(culprits.get(i), reported.get(i).finding()));
        }
        return new PatchedPod(patched, findings, all.size() - reported.size());
    }

    /**
     * Returns the first findings, of many the errors before others: finding the operation behind one takes several
     * audits.
     */
    private static List<Added> first(List<Added> all) {
        return all.size() <= MOST_REPORTED
                ? all
                : all.stream()
                        .sorted(Comparator.comparing(added -> added.finding().severity()))
                        .limit(MOST_REPORTED)
                        .toList();
    }

    private List<Finding> judge(PatchedIdentity identity, List<String> containers, Pod patched) {
        List<Finding> findings = identity.compareWith(patched, audit(containers, patched));
        for (String container : containers) {
            if (!hasContainer(patched, container)) {
                findings.add(new Finding(
                        PatchRule.PATCH_CONTAINER_NAME,
                        PodView.SPEC.child("containers").pointer(),
                        "there is no container " + MessageText.quoted(container)
                                + " any more, in which the project runs",
                        List.of()));
            }
        }
        return findings;
    }

    private static boolean hasContainer(Pod pod, String name) {
        return containers(pod).anyMatch(one -> name.equals(nameOf(one)));
    }

    /**
     * The containers in which the project may run need its files wherever a patch moves them; renamed ones are not
     * known.
     */
    private List<Finding> audit(List<String> containers, Pod pod) {
        List<String> there = containers.stream()
                .filter(container -> hasContainer(pod, container))
                .toList();
        if (there.isEmpty()) {
            return PodAudit.audit(pod, expected);
        }
        Set<Finding> findings = new LinkedHashSet<>();
        there.forEach(container -> findings.addAll(PodAudit.audit(pod, expected.inContainer(container))));
        return List.copyOf(findings);
    }

    /** Returns the names of the containers that have a mount where the home belongs. */
    private List<String> containersOf(Pod pod) {
        return containers(pod)
                .filter(container -> container.mounts().stream()
                        .anyMatch(mount -> mount.path().equals(home)))
                .map(PatchGuard::nameOf)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static Stream<ContainerView> containers(Pod pod) {
        return new PodView(Absent.asEmpty(pod.getSpec(), PodSpec::new))
                .containers().stream().filter(container -> container.kind() == PlacedContainer.Kind.REGULAR);
    }

    private static String nameOf(ContainerView container) {
        return Absent.asEmpty(container.container().getName());
    }

    private static Map<String, Integer> count(List<Finding> findings) {
        Map<String, Integer> counts = new HashMap<>();
        findings.forEach(finding -> counts.merge(key(finding), 1, Integer::sum));
        return counts;
    }

    /** Without the pointer, which moves when a patch inserts something before it. */
    private static String key(Finding finding) {
        return finding.rule().code() + "\n" + finding.what();
    }

    /** A finding that the patches brought, and what to look for in the states between. */
    private record Added(Finding finding, PatchRun.Wanted wanted) {}

    private enum Answer {
        REFUSE,
        REPORT
    }
}
