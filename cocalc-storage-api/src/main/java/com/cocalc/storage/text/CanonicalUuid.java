package com.cocalc.storage.text;

import java.util.UUID;

/**
 * A UUID as it is written: 36 characters, hexadecimal digits in groups of 8-4-4-4-12.
 *
 * <p>{@code UUID.fromString} does not check this: it accepts {@code 1-1-1-1-1}, and no project has a directory of that
 * name.
 */
public final class CanonicalUuid {

    /** The grammar, as it follows the word "must". */
    public static final String RULE = "be a UUID of 36 characters (hexadecimal digits in groups of 8-4-4-4-12)";

    private static final int LENGTH = 36;

    private CanonicalUuid() {}

    /**
     * Returns whether a text is a UUID in its 36 characters.
     *
     * @param text any text
     * @return whether it is
     */
    public static boolean isCanonical(String text) {
        return text.length() == LENGTH
                && text.charAt(8) == '-'
                && text.charAt(13) == '-'
                && text.charAt(18) == '-'
                && text.charAt(23) == '-'
                && isHex(text, 0, 8)
                && isHex(text, 9, 13)
                && isHex(text, 14, 18)
                && isHex(text, 19, 23)
                && isHex(text, 24, LENGTH);
    }

    /**
     * Parses a UUID.
     *
     * @param text a text that {@link #isCanonical}
     * @return the UUID
     */
    public static UUID read(String text) {
        return new UUID(bits(text, 0), bits(text, 18));
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (hex(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the bits of sixteen digits from an index on, without the dashes: each half of a UUID takes 18 characters.
     */
    private static long bits(String text, int from) {
        long bits = 0;
        for (int i = from; i < from + 18; i++) {
            if (!isDashPlace(i)) {
                bits = bits << 4 | hex(text.charAt(i));
            }
        }
        return bits;
    }

    private static boolean isDashPlace(int i) {
        return i == 8 || i == 13 || i == 18 || i == 23;
    }

    /** ASCII only: {@code Character.digit} also takes the digits of other scripts. */
    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return c < 0x80 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}
