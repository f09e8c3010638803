package com.cocalc.storage.kubernetes.audit;

/** A rule that a {@link Finding} is about. Its code is stable. */
public sealed interface Rule permits AuditRule, PreflightRule {

    /**
     * Returns the name that never changes.
     *
     * @return for example {@code whole-claim}
     */
    String code();

    /**
     * Returns how bad it is.
     *
     * @return the severity of each finding of this rule
     */
    Severity severity();

    /**
     * Returns what happens if nobody mends it.
     *
     * @return half a sentence
     */
    String atRunTime();

    /**
     * Returns how to mend it.
     *
     * @return half a sentence
     */
    String remedy();
}
