package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.text.PathText;
import org.jspecify.annotations.Nullable;

/**
 * A directory of a claim: a relative path of clean elements, never empty and never the claim itself.
 *
 * <p>Text that Kubernetes accepts but reads in another way than a person ({@code .}, {@code a//b}, the empty text) is
 * refused, and so is a backslash, which is not a separator on Linux.
 *
 * <pre>{@code
 * SubPath directory = SubPath.parse("projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
 * boolean isInside = directory.contains(directory.resolve(SubPath.parse("notes.txt")));
 * }</pre>
 */
public final class SubPath implements ClaimPart, Comparable<SubPath> {

    private final String value;

    private SubPath(String value) {
        this.value = value;
    }

    /**
     * Parses a sub-path.
     *
     * @param text names joined by {@code /}, each at most 255 bytes in UTF-8, at most 4,095 bytes in all
     * @return the sub-path
     * @throws InvalidValueException if the text is empty, starts or ends with {@code /}, or has an empty element,
     *     {@code .}, {@code ..}, a backslash or a control character
     */
    public static SubPath parse(String text) {
        requireNonNull(text, "sub-path");
        if (text.isEmpty()) {
            throw InvalidValueException.of(
                    "sub-path",
                    "not be empty",
                    "\"\"",
                    "name a directory; the whole claim is another type, WholeClaim");
        }
        if (text.startsWith("/")) {
            throw InvalidValueException.of(
                    "sub-path",
                    "be relative",
                    MessageText.quoted(text),
                    "remove the leading '/', the path is relative to the claim");
        }
        if (text.indexOf('\\') >= 0) {
            throw InvalidValueException.of(
                    "sub-path", "have no backslash", MessageText.quoted(text), "separate names with '/'");
        }
        PathText.Fault fault = PathText.findFault(text, PathText.LONGEST_BYTES);
        if (fault != null) {
            throw InvalidValueException.of("sub-path", fault.rule(), MessageText.quoted(text), fault.remedy());
        }
        return new SubPath(text);
    }

    /** Returns a sub-path of text that is known to be clean. */
    static SubPath ofClean(String text) {
        return new SubPath(text);
    }

    /**
     * Returns a path below this one.
     *
     * @param below the path from here
     * @return this path, then {@code below}
     * @throws InvalidValueException if the whole is longer than 4,095 bytes
     */
    public SubPath resolve(SubPath below) {
        return parse(value + "/" + below.value);
    }

    /**
     * Returns whether a path is this directory or lies in it. Elements are compared, not characters: {@code projects/a}
     * does not contain {@code projects/ab}.
     *
     * @param other the path to look at
     * @return whether it is here or below
     */
    public boolean contains(SubPath other) {
        return CleanedPath.isAtOrBelow(other.value, value);
    }

    @Override
    public int compareTo(SubPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SubPath that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** {@return the path as it stands in YAML, for example {@code projects/3f5ea6cb-d334-4dfe-a43f-2072073c2b13}} */
    @Override
    public String toString() {
        return value;
    }
}
