package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.kubernetes.apiserver.Absent;
import com.cocalc.storage.kubernetes.apiserver.CleanedPath;
import com.cocalc.storage.kubernetes.apiserver.PathRules;
import io.fabric8.kubernetes.api.model.VolumeMount;

/**
 * Which part of a volume a mount shows, as far as that can be known before the pod starts.
 *
 * @param state what can be known
 * @param path the part, clean; {@code ""} is the whole; meaningful only in the state {@code KNOWN}
 * @param written the text as it is written, or as it is after expansion
 * @param isExpression whether it comes from {@code subPathExpr}
 */
public record SubPathValue(State state, String path, String written, boolean isExpression) {

    private static final SubPathValue WHOLE = new SubPathValue(State.KNOWN, "", "", false);

    static SubPathValue of(VolumeMount mount, Variables variables) {
        String subPath = Absent.asEmpty(mount.getSubPath());
        String expression = Absent.asEmpty(mount.getSubPathExpr());
        if (subPath.isEmpty() && expression.isEmpty()) {
            return WHOLE;
        }
        if (!subPath.isEmpty()) {
            return new SubPathValue(State.KNOWN, CleanedPath.relative(subPath), subPath, false);
        }
        Variables.Expanded expanded = variables.expand(expression);
        State state = expanded.isUnknown()
                ? State.UNKNOWN
                : expanded.isUndefined()
                        ? State.UNDEFINED
                        : expanded.text().startsWith("/") || PathRules.hasBackstep(expanded.text())
                                ? State.ESCAPES
                                : State.KNOWN;
        return new SubPathValue(state, CleanedPath.relative(expanded.text()), expanded.text(), true);
    }

    public boolean isKnown() {
        return state == State.KNOWN;
    }

    /** What can be known. */
    enum State {
        KNOWN,
        /** A variable comes from elsewhere. */
        UNKNOWN,
        /** A variable is missing or empty. */
        UNDEFINED,
        /** It leads out of the volume. */
        ESCAPES
    }
}
