package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.text.PathText;
import org.jspecify.annotations.Nullable;

/**
 * The path of a file or directory in a container.
 *
 * <p>Unlike a {@link MountPath}, it may contain a {@code :}.
 */
public final class ContainerPath implements Comparable<ContainerPath> {

    private final String value;

    private ContainerPath(String value) {
        this.value = value;
    }

    static ContainerPath of(MountPath mount, String below) {
        return parse(below.isEmpty() ? mount.value() : mount.value() + "/" + below);
    }

    /**
     * Parses a path.
     *
     * @param text an absolute path of clean elements
     * @return the path
     * @throws InvalidValueException if it is relative or {@code /}, or has an empty element, {@code .}, {@code ..} or a
     *     control character
     */
    public static ContainerPath parse(String text) {
        requireNonNull(text, "path");
        if (!text.startsWith("/")) {
            throw InvalidValueException.of("path", "be absolute", MessageText.quoted(text), "start it with '/'");
        }
        // A mount and a path below it may each be as long as Linux allows; the sum is not refused here, as a
        // program can still reach the file from an open directory.
        PathText.Fault fault = PathText.findFault(text.substring(1), Integer.MAX_VALUE);
        if (fault != null) {
            throw InvalidValueException.of("path", fault.rule(), MessageText.quoted(text), fault.remedy());
        }
        return new ContainerPath(text);
    }

    /** {@return the path as text, for example {@code /home/user/notes.txt}} */
    public String value() {
        return value;
    }

    /**
     * Returns a path below this one.
     *
     * @param below the path from here
     * @return the absolute path
     */
    public ContainerPath resolve(SubPath below) {
        return parse(value + "/" + below);
    }

    @Override
    public int compareTo(ContainerPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContainerPath that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Returns the path as text, which {@code java.nio.file.Path.of} accepts in that container. */
    @Override
    public String toString() {
        return value;
    }
}
