package com.cocalc.storage;

/**
 * A value that breaks a rule of Kubernetes, of the file system or of CoCalc.
 *
 * <p>The message is one line: what must hold, what was found, how to fix it. The parts are kept apart, so that a reader
 * of a file can say the same of a key at a line and column.
 */
public final class InvalidValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** What the value was meant to be. */
    private final String subject;

    /** What must hold. */
    private final String rule;

    /** What was found. */
    private final String found;

    /** What to do. */
    private final String remedy;

    InvalidValueException(String subject, String rule, String found, String remedy) {
        super(subject + " must " + rule + ", but was " + found + "; " + remedy);
        this.subject = subject;
        this.rule = rule;
        this.found = found;
        this.remedy = remedy;
    }

    /**
     * Creates the exception for a refused value.
     *
     * @param subject what the value was meant to be, for example {@code claim name}
     * @param rule what must hold, as it follows the word "must"
     * @param found what was found
     * @param remedy what to do about it
     * @return the exception, to be thrown by the caller
     */
    public static InvalidValueException of(String subject, String rule, String found, String remedy) {
        return new InvalidValueException(subject, rule, found, remedy);
    }

    /**
     * Returns what the value was meant to be.
     *
     * @return for example {@code claim name}
     */
    public String subject() {
        return subject;
    }

    /**
     * Returns what must hold, as it follows the word "must".
     *
     * @return for example {@code be at most 253 characters long}
     */
    public String rule() {
        return rule;
    }

    /**
     * Returns what was found, quoted and with everything but printable ASCII escaped.
     *
     * @return for example {@code "Projects_Data"}
     */
    public String found() {
        return found;
    }

    /**
     * Returns what to do about it.
     *
     * @return for example {@code rename the claim}
     */
    public String remedy() {
        return remedy;
    }
}
