package com.cocalc.storage.kubernetes.audit;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/** A rule that a {@link Finding} is about. Its code is stable. */
public interface Rule {

    /** {@return the name of the constant, for example {@code WHOLE_CLAIM}} */
    String name();

    /** {@return the meaning of the rule: the severity, what happens, and how to fix it} */
    Meaning meaning();

    /** {@return the stable code of the rule, for example {@code whole-claim}} */
    default String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return the severity of each finding of this rule} */
    default Severity severity() {
        return meaning().severity();
    }

    /** {@return half a sentence about what happens if nobody fixes it} */
    default String atRunTime() {
        return meaning().atRunTime();
    }

    /** {@return half a sentence about how to fix it} */
    default String remedy() {
        return meaning().remedy();
    }

    /**
     * The meaning of a rule.
     *
     * @param severity the severity of its findings
     * @param atRunTime what happens if nobody fixes it
     * @param remedy how to fix it
     */
    record Meaning(Severity severity, String atRunTime, String remedy) {

        /**
         * Checks that no part is null.
         *
         * @param severity the severity of its findings
         * @param atRunTime what happens if nobody fixes it
         * @param remedy how to fix it
         */
        public Meaning {
            requireNonNull(severity, "severity");
            requireNonNull(atRunTime, "atRunTime");
            requireNonNull(remedy, "remedy");
        }
    }
}
