package com.cocalc.storage.testkit.cluster.program;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A pattern as fnmatch(3) reads it without flags and without a locale: a slash is a character like any other, and each
 * byte is a character.
 */
final class ShellPattern {

    private ShellPattern() {}

    static Predicate<String> compile(String text) {
        String pattern = NameText.eachByte(text);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (c == '\\' && i + 1 < pattern.length()) {
                i++;
                regex.append(Pattern.quote(pattern.substring(i, i + 1)));
            } else if (c == '[') {
                i = bracket(pattern, i, regex);
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        Pattern compiled = Pattern.compile(regex.toString(), Pattern.DOTALL);
        return name -> compiled.matcher(NameText.eachByte(name)).matches();
    }

    /** Returns the end of a bracket; one that is never closed stands for itself. */
    private static int bracket(String pattern, int start, StringBuilder regex) {
        int first = start + 1;
        boolean isNegated = first < pattern.length() && "!^".indexOf(pattern.charAt(first)) >= 0;
        int from = isNegated ? first + 1 : first;
        int end = pattern.indexOf(']', from + 1);
        if (end < 0) {
            regex.append("\\[");
            return start;
        }
        regex.append(isNegated ? "[^" : "[");
        for (int i = from; i < end; i++) {
            char c = pattern.charAt(i);
            regex.append(c == '-' && i > from && i < end - 1 ? "-" : Pattern.quote(String.valueOf(c)));
        }
        regex.append(']');
        return end;
    }
}
