package com.cocalc.storage.testkit.law;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.Conflict;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.StorageConflictException;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.function.UnaryOperator;

/** Laws about merging a project's storage into a pod that has other parts. */
public final class MergeLaws {

    /** A merged pod must keep all laws about pods. */
    public static final Law MERGE_KEEPS_THE_LAWS = new Law(
            "merge-keeps-the-laws",
            "a pod with the storage merged in obeys all laws about pods, or the merge is refused",
            "refuse what cannot be merged");

    /** A second merge must not change the pod. */
    public static final Law MERGE_TWICE_IS_ONCE = new Law(
            "merge-twice-is-once",
            "merging a second time changes nothing",
            "leave what is there already with the same meaning where it is");

    /** A merge must not change the user's parts of the pod. */
    public static final Law MERGE_LEAVES_THE_REST = new Law(
            "merge-leaves-the-rest",
            "a merge changes neither the given pod nor, in the new one, anything that is not storage",
            "change a copy, and only add to it");

    /** A refused merge must name the conflicts. */
    public static final Law CLASH_IS_NAMED = new Law(
            "clash-is-named",
            "a merge that is refused names each conflict with its place and both sides",
            "throw StorageConflictException with a Conflict for each one");

    private MergeLaws() {}

    /** {@return the laws about merging, in the order of {@code docs/laws.md}} */
    public static List<Law> all() {
        return List.of(MERGE_KEEPS_THE_LAWS, MERGE_TWICE_IS_ONCE, MERGE_LEAVES_THE_REST, CLASH_IS_NAMED);
    }

    /**
     * Merges once and again, and judges the results.
     *
     * @param pod a pod without storage, with any parts of a user
     * @param volumes the view of the project whose storage is merged
     * @param merge the merge, for example {@code pod -> PodStorage.of(volumes).applyTo(pod, "project")}
     * @return the violations, empty if the merge is refused rightly
     */
    public static List<Violation> check(Pod pod, ProjectVolumes volumes, UnaryOperator<Pod> merge) {
        requireNonNull(merge, "merge");
        Violations violations = new Violations();
        String before = KubernetesText.json(pod);
        Pod merged = null;
        try {
            merged = merge.apply(pod);
        } catch (StorageConflictException e) {
            checkClash(e, violations);
        } catch (RuntimeException e) {
            violations.add(CLASH_IS_NAMED, "the merge", e.toString(), "a pod, or a StorageConflictException");
        }
        if (!before.equals(KubernetesText.json(pod))) {
            violations.add(MERGE_LEAVES_THE_REST, "the given pod", "changed", "as it was");
        }
        if (merged != null) {
            checkMerged(pod, merged, volumes, violations);
            checkAgain(merged, merge, violations);
        }
        return violations.list();
    }

    private static void checkMerged(Pod pod, Pod merged, ProjectVolumes volumes, Violations violations) {
        for (Violation violation : PodLaws.check(merged, volumes)) {
            violations.add(
                    MERGE_KEEPS_THE_LAWS,
                    violation.where(),
                    violation.law().id() + ": " + violation.found(),
                    violation.expected());
        }
        new RestJudge(volumes, violations).judge(pod, merged);
    }

    private static void checkAgain(Pod merged, UnaryOperator<Pod> merge, Violations violations) {
        try {
            String once = KubernetesText.yaml(merged);
            String twice = KubernetesText.yaml(merge.apply(merged));
            violations.addAll(RepetitionLaws.compare(MERGE_TWICE_IS_ONCE, "the second merge", once, twice));
        } catch (RuntimeException e) {
            violations.add(MERGE_TWICE_IS_ONCE, "the second merge", e.toString(), "the same pod");
        }
    }

    private static void checkClash(StorageConflictException e, Violations violations) {
        if (e.conflicts().isEmpty()) {
            violations.add(CLASH_IS_NAMED, "the refusal", "no conflict", "at least one conflict");
        }
        for (Conflict conflict : e.conflicts()) {
            List<String> texts = List.of(conflict.place(), conflict.found(), conflict.wanted(), conflict.remedy());
            if (texts.stream().anyMatch(String::isBlank)) {
                violations.add(CLASH_IS_NAMED, "the refusal", conflict.toString(), "place, both sides and remedy");
            }
        }
    }
}
