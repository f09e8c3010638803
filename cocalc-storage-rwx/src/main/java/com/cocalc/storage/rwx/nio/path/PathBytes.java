package com.cocalc.storage.rwx.nio.path;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.Arrays;

/** Conversions between text and the bytes of a path, as in the JDK under UTF-8. */
public final class PathBytes {
    public static final byte[] EMPTY = {};

    private PathBytes() {}

    /** Returns the bytes of a path without doubled and trailing slashes. */
    public static byte[] encode(String text) {
        requireNoNul(text);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // A lone surrogate became '?': only then is it worth looking at each character again.
        return clean(bytes.length == text.length() ? refuseReplaced(text, bytes) : encodeStrictly(text));
    }

    public static String decode(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns bytes without doubled and trailing slashes; they have no NUL. */
    public static byte[] clean(byte[] bytes) {
        int length = bytes.length;
        boolean isClean = length < 2 || bytes[length - 1] != '/';
        for (int i = 1; isClean && i < length; i++) {
            isClean = bytes[i] != '/' || bytes[i - 1] != '/';
        }
        return isClean ? bytes : withoutExtraSlashes(bytes);
    }

    private static byte[] withoutExtraSlashes(byte[] bytes) {
        byte[] kept = new byte[bytes.length];
        int length = 0;
        for (byte b : bytes) {
            if (b != '/' || length == 0 || kept[length - 1] != '/') {
                kept[length++] = b;
            }
        }
        if (length > 1 && kept[length - 1] == '/') {
            length--;
        }
        return Arrays.copyOf(kept, length);
    }

    private static void requireNoNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new InvalidPathException(text, "Nul character not allowed");
        }
    }

    private static byte[] refuseReplaced(String text, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '?' && text.charAt(i) != '?') {
                return encodeStrictly(text);
            }
        }
        return bytes;
    }

    private static byte[] encodeStrictly(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            // The JDK has taken out the slashes by then, but not yet when it finds a NUL.
            String cleanText = text.replaceAll("/+", "/").replaceAll("(?s)(?<=.)/\\z", "");
            throw new InvalidPathException(cleanText, "Malformed input or input contains unmappable characters");
        }
    }
}
