package com.cocalc.storage.files;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.files.tree.TreePath;

/**
 * A path inside a project, relative to its home directory, as the bytes that Linux stores.
 *
 * <p>A name may hold any byte but {@code /} and NUL: backslashes, line ends and bytes that are no UTF-8 are names like
 * any other. A path is never absolute, and has no empty name, no {@code .} and no {@code ..}. It does not depend on the
 * locale of the process.
 */
public final class FilePath implements Comparable<FilePath> {

    private static final FilePath HOME = new FilePath(TreePath.top());

    private final TreePath path;

    private FilePath(TreePath path) {
        this.path = path;
    }

    /**
     * Returns the home directory itself, with everything in it.
     *
     * @return the home directory
     */
    public static FilePath home() {
        return HOME;
    }

    /**
     * Reads a path.
     *
     * @param text names joined by {@code /}; they are stored as UTF-8
     * @return the path
     * @throws InvalidValueException if the text is empty, is absolute, ends with {@code /}, has an empty name,
     *     {@code .}, {@code ..} or NUL, or a name of more than 255 bytes
     */
    public static FilePath parse(String text) {
        return new FilePath(TreePath.parse(text));
    }

    /**
     * Returns the path with these bytes.
     *
     * @param bytes names joined by {@code /}, in any encoding
     * @return the path
     * @throws InvalidValueException as for {@link #parse}
     */
    public static FilePath ofBytes(byte[] bytes) {
        return new FilePath(TreePath.ofBytes(bytes));
    }

    static FilePath of(TreePath path) {
        return path.isTop() ? HOME : new FilePath(path);
    }

    TreePath inTree() {
        return path;
    }

    /**
     * Returns whether this is the home directory itself.
     *
     * @return whether the path has no names
     */
    public boolean isHome() {
        return path.isTop();
    }

    /**
     * Returns a path below this one.
     *
     * @param below the path from here
     * @return this path, then {@code below}
     */
    public FilePath resolve(FilePath below) {
        return of(path.resolve(below.path));
    }

    /**
     * Returns whether a path is this one or lies below it. Names are compared, not bytes: {@code a} does not contain
     * {@code ab}.
     *
     * @param other the path to look at
     * @return whether it is here or below
     */
    public boolean contains(FilePath other) {
        return path.contains(other.path);
    }

    /**
     * Returns the bytes of the path.
     *
     * @return names joined by {@code /}; empty for the home directory
     */
    public byte[] toBytes() {
        return path.toBytes();
    }

    /** Compares the bytes, as unsigned numbers. */
    @Override
    public int compareTo(FilePath other) {
        return path.compareTo(other.path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FilePath that && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    /**
     * Returns the text that {@link #parse} reads, {@code .} for the home directory. A path that is no UTF-8 has no such
     * text: its bytes that cannot be decoded are shown as {@code \xff}.
     */
    @Override
    public String toString() {
        return path.toString();
    }
}
