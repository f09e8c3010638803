package com.cocalc.storage.kubernetes.pod;

import com.cocalc.storage.CleanedPath;
import io.fabric8.kubernetes.api.model.VolumeMount;

/** The part of a volume that a mount shows, as far as it is known before the pod starts. */
public final class SubPathValue {

    private static final SubPathValue WHOLE = new SubPathValue(State.KNOWN, "", "", Field.SUB_PATH);

    private final State state;
    private final String path;
    private final String written;
    private final Field field;

    private SubPathValue(State state, String path, String written, Field field) {
        this.state = state;
        this.path = path;
        this.written = written;
        this.field = field;
    }

    static SubPathValue of(VolumeMount mount, Variables variables) {
        String subPath = Absent.asEmpty(mount.getSubPath());
        String expression = Absent.asEmpty(mount.getSubPathExpr());
        if (subPath.isEmpty() && expression.isEmpty()) {
            return WHOLE;
        }
        if (!subPath.isEmpty()) {
            return new SubPathValue(State.KNOWN, CleanedPath.relative(subPath), subPath, Field.SUB_PATH);
        }
        Variables.Expanded expanded = variables.expand(expression);
        State state = expanded.isUnknown()
                ? State.UNKNOWN
                : expanded.isUndefined()
                        ? State.UNDEFINED
                        : expanded.text().startsWith("/") || CleanedPath.hasBackstep(expanded.text())
                                ? State.ESCAPES
                                : State.KNOWN;
        return new SubPathValue(state, CleanedPath.relative(expanded.text()), expanded.text(), Field.SUB_PATH_EXPR);
    }

    /** What is known of the part. */
    public State state() {
        return state;
    }

    /** {@return the part as a clean path, or {@code ""} for the whole volume; meaningful only if {@link #isKnown()}} */
    public String path() {
        return path;
    }

    /** Returns the text as it is written, or after expansion. */
    public String written() {
        return written;
    }

    /** Returns whether the mount shows all of the volume. */
    public boolean isWhole() {
        return isKnown() && path.isEmpty();
    }

    /** Returns whether the text comes from {@code subPathExpr}. */
    public boolean isExpression() {
        return field == Field.SUB_PATH_EXPR;
    }

    /**
     * Returns whether the part is known before the pod starts.
     *
     * @return false if a variable comes from elsewhere or is missing, or the expression leads out of the volume
     */
    public boolean isKnown() {
        return state == State.KNOWN;
    }

    private enum Field {
        SUB_PATH,
        SUB_PATH_EXPR
    }

    /** What is known of the part. */
    public enum State {
        KNOWN,
        /** A variable has a value from elsewhere. */
        UNKNOWN,
        /** A variable is missing or empty. */
        UNDEFINED,
        /** The expression leads out of the volume. */
        ESCAPES
    }
}
