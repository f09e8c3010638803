package com.cocalc.storage.files.exclude;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One rule of {@link ExcludeRules}: a pattern, and which part of a path it is compared with.
 *
 * <p>Which part that is depends on how the pattern is spelled, as in rsync: it counts the slashes and looks for
 * {@code **} in the text, also inside a class and behind a backslash.
 */
public final class ExcludeRule {

    /** The longest path that Linux takes, without the final NUL. */
    private static final int LONGEST_BYTES = 4095;

    private static final String SUBJECT = "exclude pattern";

    /** Where in a path a match may start. It always ends at the path's end. */
    private enum Start {
        /** At the top of the tree. */
        TOP,
        /**
         * At the top of the tree, which is then preceded by a slash, so that {@code **}{@code /x} finds x there too.
         */
        SLASH_BEFORE_TOP,
        /** So many names before the end as the pattern has. */
        LAST_NAMES,
        /** At the top or behind any slash. */
        ANY_NAME
    }

    private final String text;
    private final boolean excludes;
    private final boolean directoriesOnly;
    private final boolean slashBehindDirectory;
    private final int names;
    private final Start start;
    private final BytePattern pattern;

    private ExcludeRule(String text, boolean excludes, byte[] bytes) {
        this.text = text;
        this.excludes = excludes;
        directoriesOnly = bytes.length > 1 && bytes[bytes.length - 1] == '/';
        byte[] body = directoriesOnly ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
        String spelled = new String(body, StandardCharsets.ISO_8859_1);
        boolean anchored = spelled.startsWith("/");
        boolean crossesSlashes = spelled.contains("**");
        slashBehindDirectory = spelled.endsWith("***");
        names = 1 + (int) spelled.chars().filter(c -> c == '/').count();
        if (anchored) {
            start = Start.TOP;
        } else if (!crossesSlashes) {
            start = Start.LAST_NAMES;
        } else {
            start = spelled.startsWith("**") ? Start.SLASH_BEFORE_TOP : Start.ANY_NAME;
        }
        byte[] compared = anchored ? Arrays.copyOfRange(body, 1, body.length) : body;
        pattern = hasWildcard(spelled) ? BytePattern.ofWildcards(compared) : BytePattern.ofLiteral(compared);
    }

    private static boolean hasWildcard(String spelled) {
        return spelled.indexOf('*') >= 0 || spelled.indexOf('?') >= 0 || spelled.indexOf('[') >= 0;
    }

    /** Reads a pattern that is neither empty nor {@code !}. */
    static ExcludeRule parse(String text) {
        boolean keeps = text.startsWith("+ ");
        String name = keeps || text.startsWith("- ") ? text.substring(2) : text;
        if (name.isEmpty()) {
            throw refused("have a name after the prefix '" + text + "'", text, "add the name, or remove the pattern");
        }
        if (name.indexOf('\0') >= 0) {
            throw refused("have no NUL character", text, "remove it, no file name contains one");
        }
        byte[] bytes = utf8(name, text);
        if (bytes.length > LONGEST_BYTES) {
            throw refused(
                    "have at most " + LONGEST_BYTES + " bytes in UTF-8",
                    text,
                    "shorten it, no path is as long as the " + bytes.length + " bytes that it has");
        }
        return new ExcludeRule(text, !keeps, bytes);
    }

    /** String.getBytes would write a question mark for half a pair, which matches anything. */
    private static byte[] utf8(String name, String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw InvalidValueException.of(
                    SUBJECT,
                    "be text that UTF-8 can encode",
                    MessageText.quoted(text),
                    "remove the half of a surrogate pair, or write '?' for each byte of a name that is not UTF-8",
                    e);
        }
    }

    private static InvalidValueException refused(String rule, String text, String remedy) {
        return InvalidValueException.of(SUBJECT, rule, MessageText.quoted(text), remedy);
    }

    /** Whether what matches is left out; otherwise it is kept. */
    boolean excludes() {
        return excludes;
    }

    /** Whether this rule decides about a path. */
    boolean matches(byte[] path, boolean isDirectory) {
        if (directoriesOnly && !isDirectory) {
            return false;
        }
        BytePattern.Match match = pattern.start(start == Start.ANY_NAME);
        if (start == Start.SLASH_BEFORE_TOP) {
            match.read((byte) '/');
        }
        int from = start == Start.LAST_NAMES ? startOfLastNames(path) : 0;
        if (from < 0) {
            return false;
        }
        for (int i = from; i < path.length && match.isPossible(); i++) {
            match.read(path[i]);
        }
        if (isDirectory && slashBehindDirectory) {
            match.read((byte) '/');
        }
        return match.isComplete();
    }

    /** Where the last names of the path start, as many as the pattern has; -1 if it has fewer. */
    private int startOfLastNames(byte[] path) {
        int missing = names;
        for (int i = path.length - 1; i >= 0; i--) {
            if (path[i] == '/' && --missing == 0) {
                return i + 1;
            }
        }
        return missing == 1 ? 0 : -1;
    }

    /** Returns the pattern as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
