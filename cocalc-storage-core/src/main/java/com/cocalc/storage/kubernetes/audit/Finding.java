package com.cocalc.storage.kubernetes.audit;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.MessageText;
import java.util.List;

/**
 * A fault of a pod, or of the cluster in which it runs.
 *
 * @param rule the rule that is broken
 * @param pointer the place, as a JSON pointer into the pod or template; if something is missing, it may end at what is
 *     missing
 * @param what what is wrong, with the names and values of the pod
 * @param serverFields the same place as the API server writes it if the server refuses the pod for this, otherwise
 *     empty
 * @param remedy how to fix it: the remedy of the rule, or the same with the names and values of the pod
 */
public record Finding(Rule rule, String pointer, String what, List<String> serverFields, String remedy) {

    /**
     * Copies the list.
     *
     * @param rule the rule that is broken
     * @param pointer the place
     * @param what what is wrong
     * @param serverFields the same place as the API server writes it
     * @param remedy how to fix it
     */
    public Finding {
        requireNonNull(rule, "rule");
        requireNonNull(pointer, "pointer");
        requireNonNull(what, "what");
        serverFields = List.copyOf(serverFields);
        requireNonNull(remedy, "remedy");
    }

    /**
     * Creates a finding with the remedy of its rule.
     *
     * @param rule the rule that is broken
     * @param pointer the place
     * @param what what is wrong
     * @param serverFields the same place as the API server writes it
     */
    public Finding(Rule rule, String pointer, String what, List<String> serverFields) {
        this(rule, pointer, what, serverFields, rule.remedy());
    }

    /** {@return the severity of the finding, which is that of its rule} */
    public Severity severity() {
        return rule.severity();
    }

    /** Returns the finding in one line: what is wrong, what happens, and how to fix it. */
    @Override
    public String toString() {
        return severity() + " " + rule.code() + " at " + (pointer.isEmpty() ? "/" : MessageText.whole(pointer)) + ": "
                + what + "; " + rule.atRunTime() + "; " + remedy;
    }
}
