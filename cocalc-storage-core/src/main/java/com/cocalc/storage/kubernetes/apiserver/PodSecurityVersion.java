package com.cocalc.storage.kubernetes.apiserver;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of Kubernetes whose rules of a level apply, as a namespace's label
 * {@code pod-security.kubernetes.io/enforce-version} gives it.
 */
public final class PodSecurityVersion {

    /** The rules of the server's own version, which also apply without the label. */
    public static final PodSecurityVersion LATEST = new PodSecurityVersion(Integer.MAX_VALUE);

    private static final Pattern SYNTAX = Pattern.compile("v1\\.(0|[1-9][0-9]{0,8})");

    private final int minor;

    private PodSecurityVersion(int minor) {
        this.minor = minor;
    }

    /**
     * Parses the value of the label.
     *
     * @param text {@code latest} or {@code v1.N}, also of a version that does not exist yet
     * @return the version
     * @throws IllegalArgumentException if it is another text; the server refuses such a namespace
     */
    public static PodSecurityVersion parse(String text) {
        if (requireNonNull(text, "text").equals("latest")) {
            return LATEST;
        }
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw InvalidValueException.of(
                    "Pod Security version",
                    "be latest or v1.N",
                    MessageText.quoted(text),
                    "leave the patch version out");
        }
        return new PodSecurityVersion(Integer.parseInt(matcher.group(1)));
    }

    boolean isAtLeast(int other) {
        return minor >= other;
    }

    /** Returns whether a pod counts as one with its own users, to which some rules do not apply. */
    boolean hasOwnUsers(PodSpec pod) {
        return isAtLeast(35) && Boolean.FALSE.equals(pod.getHostUsers());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PodSecurityVersion that && minor == that.minor;
    }

    @Override
    public int hashCode() {
        return minor;
    }

    /** Returns the value of the label. */
    @Override
    public String toString() {
        return equals(LATEST) ? "latest" : "v1." + minor;
    }
}
