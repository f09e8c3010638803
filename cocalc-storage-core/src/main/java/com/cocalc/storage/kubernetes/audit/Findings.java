package com.cocalc.storage.kubernetes.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects findings in the order in which they are made. One mistake is one finding: the same rule at the same place
 * once.
 */
final class Findings {

    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> refused = new HashSet<>();

    void add(AuditRule rule, FieldPath at, String what) {
        String pointer = at.pointer();
        if (!refused.contains(pointer) && seen.add(rule.name() + pointer)) {
            findings.add(new Finding(rule, pointer, what, List.of()));
        }
    }

    void addDecoding(AuditRule rule, String pointer, String what) {
        if (seen.add(rule.name() + pointer)) {
            refused.add(pointer);
            findings.add(new Finding(rule, pointer, what, List.of()));
        }
    }

    /** What the server refuses is reported in its words; no other rule repeats it at the same place. */
    void addRefusals(Faults faults) {
        for (Faults.Fault fault : faults.list()) {
            String pointer = fault.at().pointer();
            if (seen.add(AuditRule.REFUSED_BY_SERVER.name() + pointer)) {
                String field = fault.at().toString();
                refused.add(pointer);
                findings.add(new Finding(
                        AuditRule.REFUSED_BY_SERVER, pointer, field + ": " + fault.message(), List.of(field)));
            }
        }
    }

    boolean isRefused(FieldPath at) {
        return !refused.isEmpty() && refused.contains(at.pointer());
    }

    List<Finding> list() {
        return List.copyOf(findings);
    }
}
