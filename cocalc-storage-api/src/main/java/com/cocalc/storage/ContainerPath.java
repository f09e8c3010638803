package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

/**
 * A file or directory as a program in a container names it.
 *
 * <p>Wider than {@link MountPath}: below a mount, names may hold a {@code :}.
 *
 * @param value an absolute path of clean elements
 */
public record ContainerPath(String value) implements Comparable<ContainerPath> {

    /**
     * Checks the path.
     *
     * @param value an absolute path of clean elements
     * @throws InvalidValueException if it is relative or {@code /}, or has an empty element, {@code .}, {@code ..} or a
     *     control character
     */
    public ContainerPath {
        requireNonNull(value, "path");
        if (!value.startsWith("/")) {
            throw new InvalidValueException("path", "be absolute", Quoted.of(value), "start it with '/'");
        }
        // A mount and a path below it may each be as long as Linux allows; the sum is not refused here, as a
        // program can still reach the file from an open directory.
        CleanPath.Fault fault = CleanPath.findFault(value.substring(1), Integer.MAX_VALUE);
        if (fault != null) {
            throw fault.of("path", value);
        }
    }

    static ContainerPath of(MountPath mount, String below) {
        return new ContainerPath(below.isEmpty() ? mount.value() : mount.value() + "/" + below);
    }

    /**
     * Reads a path.
     *
     * @param text the path
     * @return the path
     * @throws InvalidValueException as the constructor says
     */
    public static ContainerPath parse(String text) {
        return new ContainerPath(text);
    }

    /**
     * Returns a path below this one.
     *
     * @param below the path from here
     * @return the absolute path
     */
    public ContainerPath resolve(SubPath below) {
        return new ContainerPath(value + "/" + below);
    }

    @Override
    public int compareTo(ContainerPath other) {
        return value.compareTo(other.value);
    }

    /** Returns the path as {@code java.nio.file.Path.of} takes it in that container. */
    @Override
    public String toString() {
        return value;
    }
}
