package com.cocalc.storage.files.tree;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A path relative to the top of a tree, as the bytes that Linux stores. Users see it as {@code FilePath}. */
public final class TreePath implements Comparable<TreePath> {

    private static final int LONGEST_NAME = 255;

    private static final TreePath TOP = new TreePath(new byte[0]);

    private final byte[] bytes;

    private TreePath(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The top of the tree. */
    public static TreePath top() {
        return TOP;
    }

    /**
     * Reads names joined by {@code /}, which are stored as UTF-8.
     *
     * @throws InvalidValueException if the text is empty, is absolute, ends with {@code /}, has an empty name,
     *     {@code .}, {@code ..} or NUL, or a name of more than 255 bytes
     */
    public static TreePath parse(String text) {
        requireNonNull(text, "text");
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return checked(bytes);
        } catch (CharacterCodingException e) {
            throw InvalidValueException.of(
                    "file path",
                    "be text that UTF-8 can hold",
                    ByteNames.quoted(text.getBytes(StandardCharsets.UTF_8)) + " with half of a surrogate pair",
                    "pass the bytes of the name to FilePath.ofBytes");
        }
    }

    /**
     * Takes names joined by {@code /}, in any encoding.
     *
     * @throws InvalidValueException as for {@link #parse}
     */
    public static TreePath ofBytes(byte[] bytes) {
        return checked(bytes.clone());
    }

    /** A path that is known to be clean, because it was put together from names of a directory; empty is the top. */
    public static TreePath ofNames(byte[] clean) {
        return clean.length == 0 ? TOP : new TreePath(clean);
    }

    private static TreePath checked(byte[] bytes) {
        if (bytes.length == 0) {
            throw refused("name a file or directory", bytes, "use FilePath.home() for all of a project");
        }
        if (bytes[0] == '/') {
            throw refused("be relative", bytes, "remove the leading '/', the path is relative to the project's home");
        }
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i < bytes.length && bytes[i] == 0) {
                throw refused("have no NUL", bytes, "remove it, no file system stores it");
            }
            if (i == bytes.length || bytes[i] == '/') {
                checkName(bytes, start, i - start);
                start = i + 1;
            }
        }
        return new TreePath(bytes);
    }

    private static void checkName(byte[] bytes, int start, int length) {
        if (length == 0) {
            throw refused("have no empty name", bytes, "remove the doubled or trailing '/'");
        }
        if (length > LONGEST_NAME) {
            throw refused(
                    "have names of at most " + LONGEST_NAME + " bytes",
                    bytes,
                    "shorten the name of " + length + " bytes, Linux stores no longer one");
        }
        if (bytes[start] == '.' && (length == 1 || (length == 2 && bytes[start + 1] == '.'))) {
            throw refused("have no '.' and no '..'", bytes, "write the path as it is after resolving them");
        }
    }

    private static InvalidValueException refused(String rule, byte[] found, String remedy) {
        return InvalidValueException.of("file path", rule, ByteNames.quoted(found), remedy);
    }

    /** Whether the path has no names. */
    public boolean isTop() {
        return bytes.length == 0;
    }

    /** This path, then another one from here. */
    public TreePath resolve(TreePath below) {
        return ofNames(ByteNames.join(bytes, below.bytes));
    }

    /** Whether a path is this one or lies below it. Names are compared: {@code a} does not contain {@code ab}. */
    public boolean contains(TreePath other) {
        int length = bytes.length;
        return length == 0
                || (other.bytes.length >= length
                        && Arrays.equals(bytes, 0, length, other.bytes, 0, length)
                        && (other.bytes.length == length || other.bytes[length] == '/'));
    }

    /** Names joined by {@code /}; empty for the top. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** The bytes behind this path and its slash, of a path at or below it. */
    public byte[] below(TreePath other) {
        int start = bytes.length == 0 ? 0 : Math.min(bytes.length + 1, other.bytes.length);
        return Arrays.copyOfRange(other.bytes, start, other.bytes.length);
    }

    /** The names from the top downwards. */
    public List<byte[]> names() {
        List<byte[]> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if ((i == bytes.length || bytes[i] == '/') && i > start) {
                names.add(Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
        return names;
    }

    /** Compares the bytes, as unsigned numbers. */
    @Override
    public int compareTo(TreePath other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreePath that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /**
     * The text that {@link #parse} reads, {@code .} for the top; bytes that are not UTF-8 are shown as {@code \xff}.
     */
    @Override
    public String toString() {
        return bytes.length == 0 ? "." : ByteNames.decoded(bytes);
    }
}
