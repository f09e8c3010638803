package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.disk.ByteText;
import com.cocalc.storage.rwx.disk.FifoNode;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.LinkNode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of a text tree: mode, owner, size or contents, path. Bytes of a name that have a meaning in the line are
 * written as {@code \xNN}.
 *
 * @param path escaped, without a slash at the end; empty for the root
 * @param contents the size of a file, or its contents as a JSON string
 * @param target where a link leads, or the first name of the same file; escaped
 */
record TreeLine(
        Kind kind,
        int mode,
        long uid,
        long gid,
        String contents,
        String path,
        @Nullable String target) {
    private static final Pattern LINE = Pattern.compile(
            "([0-7]{3,5}) (\\d+):(\\d+) (-|=|\\d+|\"(?:[^\"\\\\]++|\\\\.)*+\") (\\S.*)", Pattern.DOTALL);
    private static final String ARROW = " -> ";

    enum Kind {
        DIRECTORY,
        FILE,
        LINK,
        FIFO,
        /** An additional name of an existing file. */
        SAME
    }

    private static String start(Inode node) {
        return String.format(
                "%04o %s:%s ",
                node.mode & 07777, Integer.toUnsignedString(node.uid), Integer.toUnsignedString(node.gid));
    }

    /** Returns the line of an additional name of a file that has a line already. */
    static String ofSame(Inode node, String path, String first) {
        return start(node) + "= " + path + ARROW + first;
    }

    static String of(Inode node, String path) {
        String start = start(node);
        if (node instanceof LinkNode link) {
            return start + "- " + path + ARROW + escaped(link.target());
        }
        if (node instanceof FifoNode) {
            return start + "- " + path + "|";
        }
        return node.isDirectory() ? start + "- " + path + "/" : start + node.size() + " " + path;
    }

    /**
     * Parses a line.
     *
     * @throws IllegalArgumentException if it has another form
     */
    static TreeLine parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a line of a tree must be mode, owner, size and path as in \"0644"
                    + " 2001:2001 5 notes\" (or \"-\" for \"docs/\", \"fifo|\" and \"link -> target\", \"=\" for \"again -> notes\", or contents in"
                    + " quotes), but was: " + line);
        }
        String name = matcher.group(5);
        int arrow = name.indexOf(ARROW);
        boolean isSame = matcher.group(4).equals("=");
        if (isSame && arrow < 0) {
            throw new IllegalArgumentException(
                    "a line of a tree with \"=\" must name the same file, as in \"0644 2001:2001"
                            + " = again -> notes\", but was: " + line);
        }
        boolean isFifo = name.endsWith("|") && matcher.group(4).equals("-");
        Kind kind = isSame
                ? Kind.SAME
                : arrow >= 0 ? Kind.LINK : name.endsWith("/") ? Kind.DIRECTORY : isFifo ? Kind.FIFO : Kind.FILE;
        String plain = kind == Kind.DIRECTORY || kind == Kind.FIFO ? name.substring(0, name.length() - 1) : name;
        try {
            return new TreeLine(
                    kind,
                    Integer.parseInt(matcher.group(1), 8) & 07777,
                    requireId(matcher.group(2)),
                    requireId(matcher.group(3)),
                    requireContents(kind, matcher.group(4)),
                    arrow >= 0 ? name.substring(0, arrow) : plain,
                    arrow >= 0 ? name.substring(arrow + ARROW.length()) : null);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a line of a tree must have owner, size and contents that can be (" + e.getMessage()
                            + "), but was: " + line,
                    e);
        }
    }

    private static long requireId(String digits) {
        long id = Long.parseLong(digits);
        if (id > Mount.MAX_ID) {
            throw new IllegalArgumentException("an owner is 0 to " + Mount.MAX_ID);
        }
        return id;
    }

    private static String requireContents(Kind kind, String text) {
        boolean isText = text.startsWith("\"");
        if (isText && kind != Kind.FILE) {
            throw new IllegalArgumentException("only files have contents");
        }
        if (isText) {
            JsonString.parse(text);
        } else if (kind == Kind.FILE && !text.equals("-")) {
            Long.parseLong(text);
        }
        return text;
    }

    /** Returns a name or target as text without control characters, backslashes and arrows. */
    static String escaped(byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (!isPlain(name, i) && name[i] >= 0) {
                return escapedEach(name);
            }
        }
        return ByteText.withEscapes(name);
    }

    /** A blank at an end would be lost, as lines are read without the blanks around them. */
    private static boolean isPlain(byte[] name, int at) {
        byte octet = name[at];
        boolean isEnd = at == 0 || at == name.length - 1;
        boolean isMark = octet == '\\' || octet == '>' || (octet == '|' && at == name.length - 1);
        return octet >= (isEnd ? '!' : ' ') && octet < 0x7f && !isMark;
    }

    private static String escapedEach(byte[] name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.length; i++) {
            text.append(isPlain(name, i) ? String.valueOf((char) name[i]) : String.format("\\x%02x", name[i] & 0xff));
        }
        return text.toString();
    }

    /** Returns the bytes of an escaped text. */
    static byte[] unescaped(String text) {
        StringBuilder octets = new StringBuilder();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < utf8.length; i++) {
            if (utf8[i] == '\\' && i + 3 < utf8.length && utf8[i + 1] == 'x') {
                octets.append((char) Integer.parseInt(new String(utf8, i + 2, 2, StandardCharsets.US_ASCII), 16));
                i += 3;
            } else {
                octets.append((char) (utf8[i] & 0xff));
            }
        }
        return octets.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
