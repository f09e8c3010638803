package com.cocalc.storage.text;

/** The numbers and strings of JSON (RFC 8259). */
public final class JsonGrammar {

    private JsonGrammar() {}

    /**
     * Appends a string in double quotes. Only what JSON does not allow inside them is escaped.
     *
     * @param json the text so far
     * @param string whole Unicode characters
     */
    public static void appendQuoted(StringBuilder json, String string) {
        json.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c >= ' ') {
                json.append(c);
            } else {
                json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        json.append('"');
    }

    /**
     * Returns whether a text is a number.
     *
     * @param digits any text
     * @return whether it is
     */
    public static boolean isNumber(String digits) {
        int at = digits.startsWith("-") ? 1 : 0;
        int whole = skipDigits(digits, at);
        boolean number = whole > at && (digits.charAt(at) != '0' || whole == at + 1);
        at = whole;
        if (at < digits.length() && digits.charAt(at) == '.') {
            at = skipDigits(digits, at + 1);
            number &= Character.isDigit(digits.charAt(at - 1));
        }
        if (at < digits.length() && (digits.charAt(at) | 0x20) == 'e') {
            int sign =
                    at + 1 < digits.length() && (digits.charAt(at + 1) == '-' || digits.charAt(at + 1) == '+') ? 1 : 0;
            int exponent = at + 1 + sign;
            at = skipDigits(digits, exponent);
            number &= at > exponent;
        }
        return number && at == digits.length();
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
