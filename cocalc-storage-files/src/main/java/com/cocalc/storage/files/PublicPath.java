package com.cocalc.storage.files;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.ProjectId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file or directory that a project shows to visitors, as the hub's table of public paths lists it. */
public final class PublicPath implements Comparable<PublicPath> {

    private final ProjectId project;
    private final FilePath path;
    private final boolean disabled;

    private PublicPath(ProjectId project, FilePath path, boolean disabled) {
        this.project = requireNonNull(project, "project");
        this.path = requireNonNull(path, "path");
        this.disabled = disabled;
    }

    /**
     * Returns a public path that is shown.
     *
     * @param project the project that owns the files
     * @param path the file or directory, {@link FilePath#home()} for all of the project
     * @return the public path
     */
    public static PublicPath of(ProjectId project, FilePath path) {
        return new PublicPath(project, path, false);
    }

    /**
     * Returns the same public path, but disabled: to publish it means to remove what visitors see of it.
     *
     * @return the disabled public path
     */
    public PublicPath disabled() {
        return new PublicPath(project, path, true);
    }

    /**
     * Returns whether visitors do not see it.
     *
     * @return whether it is disabled
     */
    public boolean isDisabled() {
        return disabled;
    }

    /**
     * Returns the project that owns the files.
     *
     * @return the project
     */
    public ProjectId project() {
        return project;
    }

    /**
     * Returns the file or directory inside the project.
     *
     * @return the path, below the project's home and below its share
     */
    public FilePath path() {
        return path;
    }

    /**
     * Returns the id that the hub gives to a public path: the SHA-1 of the project's id, directly followed by the path.
     * It does not depend on whether the path is disabled.
     *
     * @return 40 hexadecimal digits in lower case
     */
    public String id() {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(project.toString().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(sha1.digest(path.toBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }

    /** Sorts by project, then by the bytes of the path. */
    @Override
    public int compareTo(PublicPath other) {
        int projects = project.compareTo(other.project);
        if (projects != 0) {
            return projects;
        }
        int paths = path.compareTo(other.path);
        return paths != 0 ? paths : Boolean.compare(disabled, other.disabled);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicPath that
                && project.equals(that.project)
                && path.equals(that.path)
                && disabled == that.disabled;
    }

    @Override
    public int hashCode() {
        return 31 * project.hashCode() + path.hashCode();
    }

    /** Returns project and path, for a line of a log. */
    @Override
    public String toString() {
        return project + ":" + path + (disabled ? " (disabled)" : "");
    }
}
