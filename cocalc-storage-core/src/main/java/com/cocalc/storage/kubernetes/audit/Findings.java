package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.apiserver.ServerAnswer;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects findings in the order in which they are reported. One mistake is one finding: the same rule at the same
 * place is kept once.
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

    /** Adds the server's causes: first what it cannot read, then the broken rules. */
    void addCauses(List<ServerAnswer.Cause> causes) {
        List<ServerAnswer.Cause> broken = new ArrayList<>();
        for (ServerAnswer.Cause cause : causes) {
            switch (cause.kind()) {
                case WRONG_TYPE -> addDecoding(AuditRule.WRONG_TYPE, cause.pointer(), cause.toString());
                case UNKNOWN_FIELD, DUPLICATE_FIELD ->
                    addDecoding(AuditRule.UNKNOWN_FIELD, cause.pointer(), cause.message());
                case BROKEN_RULE -> broken.add(cause);
            }
        }
        addRefusals(broken);
    }

    private void addDecoding(AuditRule rule, String pointer, String what) {
        if (seen.add(rule.name() + pointer)) {
            refused.add(pointer);
            findings.add(new Finding(rule, pointer, MessageText.whole(what), List.of()));
        }
    }

    /** Adds the server's refusals in its words, all of one place together; no other rule repeats them there. */
    private void addRefusals(List<ServerAnswer.Cause> causes) {
        Map<String, List<ServerAnswer.Cause>> byPlace = new LinkedHashMap<>();
        for (ServerAnswer.Cause cause : causes) {
            byPlace.computeIfAbsent(cause.pointer(), place -> new ArrayList<>(1))
                    .add(cause);
        }
        byPlace.forEach((pointer, there) -> {
            Set<String> fields = new LinkedHashSet<>();
            Set<String> words = new LinkedHashSet<>();
            for (ServerAnswer.Cause cause : there) {
                fields.add(cause.field());
                words.add(cause.toString());
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

    /** Whether a rule was broken there. */
    boolean has(AuditRule rule, FieldPath at) {
        return seen.contains(rule.name() + at.pointer());
    }

    List<Finding> list() {
        return List.copyOf(findings);
    }
}
