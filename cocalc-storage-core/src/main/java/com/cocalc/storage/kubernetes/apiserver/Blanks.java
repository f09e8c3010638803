package com.cocalc.storage.kubernetes.apiserver;

/** The characters that a server removes around a value: those of Unicode's property {@code White_Space}. */
final class Blanks {

    private Blanks() {}

    /** Returns a text without the blanks around it, which {@link String#strip} defines otherwise. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return (c >= '\t' && c <= '\r') || c == 0x85 || Character.isSpaceChar(c);
    }
}
