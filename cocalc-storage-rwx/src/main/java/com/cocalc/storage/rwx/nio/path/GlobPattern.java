package com.cocalc.storage.rwx.nio.path;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A glob as {@link java.nio.file.FileSystem#getPathMatcher} describes it, read once from left to right. */
public final class GlobPattern {
    private static final String REGEX_META = ".^$+{[]|()";
    private static final String GLOB_META = "\\*?[{";

    private final String glob;
    // The anchors change no match, but complaints of the regular expression count them.
    private final StringBuilder regex = new StringBuilder("^");
    private int next;
    private boolean isInGroup;

    private GlobPattern(String glob) {
        this.glob = glob;
    }

    /**
     * Translates a glob.
     *
     * @throws PatternSyntaxException with the JDK's description and index
     */
    public static Pattern compile(String glob) {
        return Pattern.compile(new GlobPattern(glob).translate());
    }

    private String translate() {
        while (hasNext()) {
            char c = glob.charAt(next++);
            switch (c) {
                case '\\' -> escaped();
                case '[' -> bracket();
                case '{' -> openGroup();
                case '}' -> closeGroup();
                case ',' -> regex.append(isInGroup ? ")|(?:" : ",");
                case '*' -> regex.append(isNext('*') ? skipAndGive(".*") : "[^/]*");
                case '?' -> regex.append("[^/]");
                default -> literal(c);
            }
        }
        if (isInGroup) {
            throw fault("Missing '}", next - 1);
        }
        return regex.append('$').toString();
    }

    private boolean hasNext() {
        return next < glob.length();
    }

    private boolean isNext(char c) {
        return hasNext() && glob.charAt(next) == c;
    }

    private String skipAndGive(String text) {
        next++;
        return text;
    }

    private void literal(char c) {
        if (REGEX_META.indexOf(c) >= 0) {
            regex.append('\\');
        }
        regex.append(c);
    }

    private void escaped() {
        if (!hasNext()) {
            throw fault("No character to escape", next - 1);
        }
        char c = glob.charAt(next++);
        if (GLOB_META.indexOf(c) >= 0 || REGEX_META.indexOf(c) >= 0) {
            regex.append('\\');
        }
        regex.append(c);
    }

    private void openGroup() {
        if (isInGroup) {
            throw fault("Cannot nest groups", next - 1);
        }
        regex.append("(?:(?:");
        isInGroup = true;
    }

    private void closeGroup() {
        regex.append(isInGroup ? "))" : "}");
        isInGroup = false;
    }

    /** Translates characters between brackets; a slash never matches, and a leading hyphen stands for itself. */
    private void bracket() {
        regex.append("[[^/]&&[");
        if (isNext('^')) {
            regex.append(skipAndGive("\\^"));
        } else {
            if (isNext('!')) {
                regex.append(skipAndGive("^"));
            }
            if (isNext('-')) {
                regex.append(skipAndGive("-"));
            }
        }
        bracketMembers();
        regex.append("]]");
    }

    private void bracketMembers() {
        // The JDK lets a hyphen follow a single character only, and not the end of another range.
        boolean canStartRange = false;
        char start = 0;
        char c = 0;
        while (hasNext()) {
            c = glob.charAt(next++);
            if (c == ']') {
                return;
            }
            if (c == '/') {
                throw fault("Explicit 'name separator' in class", next - 1);
            }
            if (c == '\\' || c == '[' || (c == '&' && isNext('&'))) {
                regex.append('\\');
            }
            regex.append(c);
            if (c != '-') {
                canStartRange = true;
                start = c;
                continue;
            }
            if (!canStartRange) {
                throw fault("Invalid range", next - 1);
            }
            if (!hasNext() || isNext('\0')) {
                // The JDK, to which NUL is the end of the glob, has counted one more character by then.
                throw fault("Missing ']", next);
            }
            c = glob.charAt(next++);
            if (c == ']') {
                return;
            }
            if (c < start) {
                throw fault("Invalid range", next - 3);
            }
            regex.append(c);
            canStartRange = false;
        }
        throw fault("Missing ']", next - 1);
    }

    private PatternSyntaxException fault(String what, int index) {
        return new PatternSyntaxException(what, glob, index);
    }
}
