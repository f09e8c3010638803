package com.cocalc.storage.rwx.disk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/** Bytes as text and back: UTF-8, with a visible replacement for each byte that is not UTF-8. */
public final class ByteText {
    /** By code points, which is the order of UTF-8 bytes too. */
    public static final Comparator<String> BY_CODE_POINT = (a, b) -> {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                // Two surrogates stand for a code point above all others, a lone one for itself.
                return Integer.compare(codePoint(a, i), codePoint(b, i));
            }
        }
        return Integer.compare(a.length(), b.length());
    };

    private ByteText() {}

    /** The code point that this character is, or is the second half of. */
    private static int codePoint(String text, int at) {
        boolean isSecond = at > 0 && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
        return text.codePointAt(isSecond ? at - 1 : at);
    }

    /** A byte that is not UTF-8 becomes a lone surrogate U+DC80 to U+DCFF, which {@link #toBytes} turns back. */
    public static String withSurrogates(byte[] bytes) {
        return decode(bytes, true);
    }

    /** A byte that is not UTF-8 becomes the four characters {@code \xNN}. */
    public static String withEscapes(byte[] bytes) {
        return decode(bytes, false);
    }

    private static String decode(byte[] bytes, boolean surrogates) {
        StringBuilder text = new StringBuilder(bytes.length);
        int at = 0;
        while (at < bytes.length) {
            int length = lengthOfCharacter(bytes, at);
            if (length == 0) {
                int octet = bytes[at] & 0xff;
                if (surrogates) {
                    text.append((char) (0xdc00 + octet));
                } else {
                    text.append(String.format("\\x%02x", octet));
                }
                at++;
            } else {
                text.append(new String(bytes, at, length, StandardCharsets.UTF_8));
                at += length;
            }
        }
        return text.toString();
    }

    /** The number of bytes of the character that starts here, 0 if none does. */
    private static int lengthOfCharacter(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0 || at + length > bytes.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[at + 1] & 0xff;
        boolean isOverlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
        boolean isBeyond = (first == 0xed && second >= 0xa0) || (first == 0xf4 && second >= 0x90);
        return isOverlong || isBeyond ? 0 : length;
    }

    /**
     * The bytes of a text.
     *
     * @throws IllegalArgumentException for lone surrogates that stand for no byte
     */
    public static byte[] toBytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        text.codePoints().forEach(c -> {
            if (c >= 0xdc80 && c <= 0xdcff) {
                bytes.write(c - 0xdc00);
            } else if (c >= 0xd800 && c <= 0xdfff) {
                throw new IllegalArgumentException("text must be encodable, but has a lone surrogate " + c);
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }
}
