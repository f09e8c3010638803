package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a value breaks a rule of Kubernetes, of the file system or of CoCalc.
 *
 * <p>The message is one line: {@code subject must rule, but was found; remedy}. Its four parts are also available one
 * by one, so that a reader of a file can report the same problem for a key at a line and column.
 */
public final class InvalidValueException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** What the value was meant to be. */
    private final String subject;

    /** What must hold. */
    private final String rule;

    /** What was found. */
    private final String found;

    /** What to do. */
    private final String remedy;

    private InvalidValueException(String subject, String rule, String found, String remedy, @Nullable Throwable cause) {
        super(subject + " must " + rule + ", but was " + found + "; " + remedy, cause);
        this.subject = subject;
        this.rule = rule;
        this.found = found;
        this.remedy = remedy;
    }

    /**
     * Creates the exception for a refused value.
     *
     * <pre>{@code
     * int threads = 0;
     * throw InvalidValueException.of(
     *         "number of threads", "be at least 1", Integer.toString(threads), "use 1 for a sequential run");
     * }</pre>
     *
     * @param subject what the value was meant to be, for example {@code claim name}
     * @param rule what must hold, as it follows the word "must"
     * @param found what was found; text of unknown origin passes through {@link MessageText} first
     * @param remedy what to do about it
     * @return the exception, to be thrown by the caller
     */
    public static InvalidValueException of(String subject, String rule, String found, String remedy) {
        return of(subject, rule, found, remedy, null);
    }

    /**
     * Creates the exception for a refused value, with the exception that revealed the problem.
     *
     * @param subject what the value was meant to be, for example {@code claim name}
     * @param rule what must hold, as it follows the word "must"
     * @param found what was found; text of unknown origin passes through {@link MessageText} first
     * @param remedy what to do about it
     * @param cause the exception that revealed the problem, or null if there is none
     * @return the exception, to be thrown by the caller
     */
    public static InvalidValueException of(
            String subject, String rule, String found, String remedy, @Nullable Throwable cause) {
        requireNonNull(subject, "subject");
        requireNonNull(rule, "rule");
        requireNonNull(found, "found");
        requireNonNull(remedy, "remedy");
        return new InvalidValueException(subject, rule, found, remedy, cause);
    }

    /** {@return what the value was meant to be, for example {@code claim name}} */
    public String subject() {
        return subject;
    }

    /** {@return what must hold, as it follows the word "must", for example {@code be at most 253 characters long}} */
    public String rule() {
        return rule;
    }

    /**
     * {@return what was found, quoted and with everything but printable ASCII escaped, for example
     * {@code "Projects_Data"}}
     */
    public String found() {
        return found;
    }

    /** {@return what to do about it, for example {@code rename the claim}} */
    public String remedy() {
        return remedy;
    }
}
