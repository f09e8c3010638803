package com.cocalc.storage.files;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A path inside a project, relative to its home directory, as the bytes that Linux stores.
 *
 * <p>A name may hold any byte but {@code /} and NUL: backslashes, line ends and bytes that are no UTF-8 are names like
 * any other. A path is never absolute, and has no empty name, no {@code .} and no {@code ..}. It does not depend on the
 * locale of the process.
 */
public final class FilePath implements Comparable<FilePath> {

    private static final int LONGEST_NAME = 255;

    private static final FilePath HOME = new FilePath(new byte[0]);

    private final byte[] bytes;

    private FilePath(byte[] bytes) {
        this.bytes = bytes;
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
     * Returns the path with these bytes.
     *
     * @param bytes names joined by {@code /}, in any encoding
     * @return the path
     * @throws InvalidValueException as for {@link #parse}
     */
    public static FilePath ofBytes(byte[] bytes) {
        return checked(bytes.clone());
    }

    /** A path that is known to be clean, because it was put together from names of a directory; empty is the home. */
    static FilePath ofNames(byte[] clean) {
        return clean.length == 0 ? HOME : new FilePath(clean);
    }

    private static FilePath checked(byte[] bytes) {
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
        return new FilePath(bytes);
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

    /**
     * Returns whether this is the home directory itself.
     *
     * @return whether the path has no names
     */
    public boolean isHome() {
        return bytes.length == 0;
    }

    /**
     * Returns a path below this one.
     *
     * @param below the path from here
     * @return this path, then {@code below}
     */
    public FilePath resolve(FilePath below) {
        return ofNames(ByteNames.join(bytes, below.bytes));
    }

    /**
     * Returns whether a path is this one or lies below it. Names are compared, not bytes: {@code a} does not contain
     * {@code ab}.
     *
     * @param other the path to look at
     * @return whether it is here or below
     */
    public boolean contains(FilePath other) {
        int length = bytes.length;
        return length == 0
                || (other.bytes.length >= length
                        && Arrays.equals(bytes, 0, length, other.bytes, 0, length)
                        && (other.bytes.length == length || other.bytes[length] == '/'));
    }

    /**
     * Returns the bytes of the path.
     *
     * @return names joined by {@code /}; empty for the home directory
     */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** The bytes behind this path and its slash, of a path at or below it. */
    byte[] below(FilePath other) {
        int start = bytes.length == 0 ? 0 : Math.min(bytes.length + 1, other.bytes.length);
        return Arrays.copyOfRange(other.bytes, start, other.bytes.length);
    }

    /** The names from the home directory downwards. */
    List<byte[]> names() {
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
    public int compareTo(FilePath other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FilePath that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /**
     * Returns the text that {@link #parse} reads, {@code .} for the home directory. A path that is no UTF-8 has no such
     * text: its bytes that cannot be decoded are shown as {@code \xff}.
     */
    @Override
    public String toString() {
        return bytes.length == 0 ? "." : ByteNames.decoded(bytes);
    }
}
