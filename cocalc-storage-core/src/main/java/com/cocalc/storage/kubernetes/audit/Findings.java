package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.kubernetes.apiserver.Faults;
import com.cocalc.storage.kubernetes.apiserver.FieldPath;
import com.cocalc.storage.kubernetes.apiserver.OneLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
            findings.add(new Finding(rule, pointer, OneLine.printable(what), List.of()));
        }
    }

    /**
     * What the server refuses is reported in its words, all that it says of one place together; no other rule repeats
     * it there.
     */
    void addRefusals(Faults faults) {
        Map<String, List<Faults.Fault>> byPlace = new LinkedHashMap<>();
        for (Faults.Fault fault : faults.list()) {
            byPlace.computeIfAbsent(fault.at().pointer(), place -> new ArrayList<>(1))
                    .add(fault);
        }
        byPlace.forEach((pointer, there) -> {
            Set<String> fields = new LinkedHashSet<>();
            Set<String> words = new LinkedHashSet<>();
            for (Faults.Fault fault : there) {
                fields.add(fault.at().toString());
                words.add(OneLine.printable(fault.at()) + ": " + fault.message());
            }
            seen.add(AuditRule.REFUSED_BY_SERVER.name() + pointer);
            refused.add(pointer);
            findings.add(
                    new Finding(AuditRule.REFUSED_BY_SERVER, pointer, String.join("; ", words), List.copyOf(fields)));
        });
    }

    boolean isRefused(FieldPath at) {
        return !refused.isEmpty() && refused.contains(at.pointer());
    }

    List<Finding> list() {
        return List.copyOf(findings);
    }
}
