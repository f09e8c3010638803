package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.kubernetes.audit.AuditRule;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * On which parts of a pod some findings depend. An operation outside of these neither makes nor ends one of them, so
 * that the pod need not be audited after it: patches mostly add labels, annotations, variables and resources, and an
 * audit after each of a thousand operations takes a hundred times as long as applying them.
 */
final class PatchBearing {

    private static final Set<Rule> OF_THE_SERVER =
            Set.of(AuditRule.WRONG_TYPE, AuditRule.UNKNOWN_FIELD, AuditRule.REFUSED_BY_SERVER);
    private static final Set<Rule> OF_VARIABLES = Set.of(
            AuditRule.HOME_REPAIR_CHANGED,
            AuditRule.VARIABLE_MISSING,
            AuditRule.VARIABLE_WRONG,
            AuditRule.VARIABLE_WITHOUT_MOUNT,
            AuditRule.VARIABLE_NAME,
            PatchRule.PATCH_HOME_VARIABLE,
            PatchRule.PATCH_HOME_VARIABLE_FROM_ELSEWHERE);

    /** The parts that the findings depend on, as far as they are not in the list below. */
    private final Set<Part> parts;

    /** The labels and annotations that the findings are about. */
    private final List<PatchPointer> metadata;

    private PatchBearing(Set<Part> parts, List<PatchPointer> metadata) {
        this.parts = parts;
        this.metadata = metadata;
    }

    /** What depends on the storage of a pod and on its variables alone. */
    static PatchBearing ofStorage() {
        return new PatchBearing(EnumSet.of(Part.VARIABLES), List.of());
    }

    /**
     * What findings depend on.
     *
     * @param findings the findings
     * @param expands whether a sub-path may have variables in it, so that what a mount shows depends on them
     */
    static PatchBearing of(List<Finding> findings, boolean expands) {
        Set<Part> parts = expands ? EnumSet.of(Part.VARIABLES) : EnumSet.noneOf(Part.class);
        List<PatchPointer> metadata = new ArrayList<>();
        for (Finding finding : findings) {
            if (OF_THE_SERVER.contains(finding.rule())) {
                return new PatchBearing(EnumSet.allOf(Part.class), List.of());
            }
            if (OF_VARIABLES.contains(finding.rule())) {
                parts.add(Part.VARIABLES);
            }
            if (finding.pointer().startsWith("/metadata/")) {
                metadata.add(PatchPointer.ofFinding(finding.pointer()));
            }
        }
        return new PatchBearing(parts, metadata);
    }

    /** Whether an operation changes nothing on which one of the findings depends. */
    boolean isBeside(PatchStep step) {
        return step.tests() || (isBeside(step.path()) && (!step.moves() || isBeside(step.from())));
    }

    private boolean isBeside(PatchPointer path) {
        Part part = Part.of(path.names());
        return part != null && !parts.contains(part) && metadata.stream().noneMatch(one -> one.overlaps(path));
    }

    /** The parts of a pod on which few findings depend. */
    private enum Part {
        LABELS,
        ANNOTATIONS,
        VARIABLES,
        RESOURCES;

        /** The part that a value is in, or null for any other place. */
        static @Nullable Part of(List<String> names) {
            if (names.size() >= 2 && names.get(0).equals("metadata")) {
                return switch (names.get(1)) {
                    case "labels" -> LABELS;
                    case "annotations" -> ANNOTATIONS;
                    default -> null;
                };
            }
            boolean inContainer = names.size() >= 4
                    && names.get(0).equals("spec")
                    && (names.get(1).equals("containers") || names.get(1).equals("initContainers"));
            if (!inContainer) {
                return null;
            }
            return switch (names.get(3)) {
                case "env", "envFrom" -> VARIABLES;
                case "resources" -> RESOURCES;
                default -> null;
            };
        }
    }
}
