package com.cocalc.storage.kubernetes.preflight;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.MessageText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A cause for which the storage of a pod does not work.
 *
 * <p>A program decides by {@link #kind()} and acts on {@link #subject()}; a person reads {@link #text()}.
 */
public final class Cause {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{(subject|name|detail|server|ports|what|volumes|seen)}");

    private final CauseKind kind;
    private final String subject;
    private final String detail;
    private final Symptom symptom;

    private Cause(CauseKind kind, String subject, String detail, Symptom symptom) {
        this.kind = kind;
        this.subject = subject;
        this.detail = detail;
        this.symptom = symptom;
    }

    static Cause of(CauseKind kind, @Nullable String subject, Symptom symptom) {
        return of(kind, subject, "", symptom);
    }

    /** A null or an empty text stands for a name that nobody gave. */
    static Cause of(CauseKind kind, @Nullable String subject, String detail, Symptom symptom) {
        return new Cause(kind, subject == null ? "" : subject, detail, requireNonNull(symptom, "symptom"));
    }

    /**
     * Returns the kind of this cause.
     *
     * @return the kind
     */
    public CauseKind kind() {
        return kind;
    }

    /**
     * Returns the name of the object that the cause is about. {@link CauseKind#about()} says whether it is a claim, a
     * volume, a container, a node, a path or something else.
     *
     * @return the name as the cluster wrote it, or empty if the message does not name it
     */
    public Optional<String> subject() {
        return subject.isEmpty() ? Optional.empty() : Optional.of(subject);
    }

    /**
     * Returns a second name, for the kinds whose documentation mentions one.
     *
     * @return the second name, for example the class that a claim asks for
     */
    public Optional<String> detail() {
        return detail.isEmpty() ? Optional.empty() : Optional.of(detail);
    }

    /**
     * Returns the message that revealed the cause.
     *
     * @return the first message that points to this cause
     */
    public Symptom symptom() {
        return symptom;
    }

    /**
     * Returns what is wrong.
     *
     * @return one line without a period
     */
    public String explanation() {
        return filled(kind.explanation());
    }

    /**
     * Returns what to do.
     *
     * @return one line without a period
     */
    public String remedy() {
        return filled(kind.remedy());
    }

    /**
     * Returns what is wrong and what to do.
     *
     * @return the explanation and the remedy in one line
     */
    public String text() {
        return explanation() + "; " + remedy();
    }

    /** In one pass, so that a name with braces in it stays as it is. */
    private String filled(String template) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(
                        switch (found.group(1)) {
                            case "subject" -> kind.about().named(subject);
                            case "name" -> MessageText.quoted(subject);
                            case "detail" -> MessageText.quoted(detail);
                            case "server" -> detail.isEmpty() ? "storage" : MessageText.plain(detail);
                            case "ports" -> Ports.of(detail);
                            case "what" -> MessageText.plain(detail);
                            case "volumes" -> detail.isEmpty() ? "a volume" : "volumes " + MessageText.quoted(detail);
                            default -> symptom.toString();
                        }));
    }

    /** What is equal for two causes of which the second says nothing new. */
    Object identity() {
        return List.of(kind, subject, detail, kind.showsSymptom() ? symptom : "");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cause that
                && kind == that.kind
                && subject.equals(that.subject)
                && detail.equals(that.detail)
                && symptom.equals(that.symptom);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, subject, detail, symptom);
    }

    /** Returns the {@link #text()}. */
    @Override
    public String toString() {
        return text();
    }
}
