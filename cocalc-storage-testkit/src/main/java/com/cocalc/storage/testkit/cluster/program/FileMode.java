package com.cocalc.storage.testkit.cluster.program;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mode as {@code chmod} and {@code find -perm} read it: octal, or symbolic as {@code u+rwx,go-w}. */
final class FileMode {

    private static final Pattern OCTAL = Pattern.compile("[0-7]{1,5}");
    private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)((?:[-+=](?:[ugo]|[rwxXst]*+))++)");
    private static final Pattern ACTION = Pattern.compile("([-+=])([ugo]|[rwxXst]*)");

    private final String text;

    private FileMode(String text) {
        this.text = text;
    }

    static Optional<FileMode> parse(String text) {
        if (OCTAL.matcher(text).matches()) {
            return Integer.parseInt(text, 8) <= 07777 ? Optional.of(new FileMode(text)) : Optional.empty();
        }
        for (String clause : text.split(",", -1)) {
            if (!CLAUSE.matcher(clause).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of(new FileMode(text));
    }

    /** Returns the new mode of an entry with a mode. */
    int applyTo(int mode, boolean isDirectory, int umask) {
        if (OCTAL.matcher(text).matches()) {
            int octal = Integer.parseInt(text, 8);
            // A directory keeps its set-id bits, unless they are written out.
            return octal | (isDirectory && text.length() < 5 ? mode & 06000 : 0);
        }
        int result = mode & 07777;
        for (String clause : text.split(",", -1)) {
            Matcher parts = CLAUSE.matcher(clause);
            if (!parts.matches()) {
                throw new AssertionError(clause);
            }
            String who = parts.group(1);
            Matcher action = ACTION.matcher(parts.group(2));
            while (action.find()) {
                result = apply(who, action.group(1), action.group(2), result, isDirectory, umask);
            }
        }
        return result;
    }

    private static int apply(String who, String operator, String what, int before, boolean isDirectory, int umask) {
        boolean all = who.isEmpty() || who.contains("a");
        int affected = 0;
        affected |= all || who.contains("u") ? 04700 : 0;
        affected |= all || who.contains("g") ? 02070 : 0;
        affected |= all || who.contains("o") ? 01007 : 0;
        int bits = bits(what, before, isDirectory) & affected;
        if (who.isEmpty()) {
            bits &= ~umask;
        }
        return switch (operator) {
            case "+" -> before | bits;
            case "-" -> before & ~bits;
            default -> (before & ~(isDirectory ? affected & ~06000 : affected)) | bits;
        };
    }

    private static int bits(String what, int mode, boolean isDirectory) {
        return switch (what) {
            case "u" -> ((mode >> 6) & 07) * 0111;
            case "g" -> ((mode >> 3) & 07) * 0111;
            case "o" -> (mode & 07) * 0111;
            default -> named(what, mode, isDirectory);
        };
    }

    private static int named(String what, int mode, boolean isDirectory) {
        int bits = 0;
        bits |= what.contains("r") ? 0444 : 0;
        bits |= what.contains("w") ? 0222 : 0;
        bits |= what.contains("x") || (what.contains("X") && (isDirectory || (mode & 0111) != 0)) ? 0111 : 0;
        bits |= what.contains("s") ? 06000 : 0;
        bits |= what.contains("t") ? 01000 : 0;
        return bits;
    }
}
