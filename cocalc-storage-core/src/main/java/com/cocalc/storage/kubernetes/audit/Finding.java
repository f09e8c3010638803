package com.cocalc.storage.kubernetes.audit;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.MessageText;
import java.util.List;

/**
 * One thing that is wrong with a pod, or with the cluster that is to run it.
 *
 * @param rule which rule it breaks
 * @param pointer where: a JSON pointer into the pod or template; where something is missing, it may end at what is
 *     missing
 * @param what what is wrong, with the names and values at hand
 * @param serverFields the same place as the API server writes it, if the server refuses the pod for this; else empty
 * @param remedy how to fix it: that of the rule, or the same with the names and values at hand
 */
public record Finding(Rule rule, String pointer, String what, List<String> serverFields, String remedy) {

    /**
     * Copies the list.
     *
     * @param rule which rule it breaks
     * @param pointer where
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
     * @param rule which rule it breaks
     * @param pointer where
     * @param what what is wrong
     * @param serverFields the same place as the API server writes it
     */
    public Finding(Rule rule, String pointer, String what, List<String> serverFields) {
        this(rule, pointer, what, serverFields, rule.remedy());
    }

    /**
     * Returns how bad it is.
     *
     * @return the severity of its rule
     */
    public Severity severity() {
        return rule.severity();
    }

    /** Returns the finding in one line: what, what happens, how to fix it. */
    @Override
    public String toString() {
        return severity() + " " + rule.code() + " at " + (pointer.isEmpty() ? "/" : MessageText.whole(pointer)) + ": "
                + what + "; " + rule.atRunTime() + "; " + remedy;
    }
}
