package com.cocalc.storage.rwx;

/** Reads a string of JSON: text in double quotes with escapes. */
final class JsonString {
    private final String text;
    private int at;

    private JsonString(String text) {
        this.text = text;
    }

    /**
     * Reads the string.
     *
     * @param text the string with its quotes
     * @return its characters, which may be halves of surrogate pairs
     * @throws IllegalArgumentException if the text is anything else
     */
    static String parse(String text) {
        JsonString string = new JsonString(text);
        String characters = string.read();
        if (string.at < text.length()) {
            throw string.unexpected("the end");
        }
        return characters;
    }

    private String read() {
        if (next() != '"') {
            throw unexpected("a string");
        }
        StringBuilder characters = new StringBuilder(text.length());
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                throw unexpected("no control character");
            }
            characters.append(c == '\\' ? escaped() : c);
        }
        return characters.toString();
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            case '"', '\\', '/' -> c;
            default -> throw unexpected("an escape");
        };
    }

    private char hex() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = next();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw unexpected("four hexadecimal digits");
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    private char next() {
        if (at == text.length()) {
            throw unexpected("more");
        }
        return text.charAt(at++);
    }

    private IllegalArgumentException unexpected(String expected) {
        return new IllegalArgumentException("expected " + expected + " at character " + at);
    }
}
