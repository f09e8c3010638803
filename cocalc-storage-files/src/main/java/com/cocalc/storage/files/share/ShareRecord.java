package com.cocalc.storage.files.share;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.files.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a share shows: the paths that are published in it, and the exchange of a tree that may be under way.
 *
 * <p>Every file of a share lies at or below one of these paths: a path is added before its first file appears, and
 * removed after its last one is gone. Immutable.
 *
 * <p>The text has a line for each path, in the order of their bytes. All bytes but letters, digits and {@code -_/} are
 * written as {@code %} and two hexadecimal digits, so no name can look like another line:
 *
 * <pre>
 * shares 1
 * exchanges talks
 * shows talks
 * shows talks/2024%0A
 * </pre>
 */
public final class ShareRecord {

    private static final String VERSION = "shares 1";
    private static final String SHOWS = "shows ";
    private static final String EXCHANGES = "exchanges ";

    /** The home directory has no bytes, and no path consists of a dot. */
    private static final String HOME = ".";

    private static final HexFormat HEXADECIMAL = HexFormat.of().withUpperCase();

    private static final ShareRecord EMPTY = new ShareRecord(new TreeSet<>(), Optional.empty());

    private final NavigableSet<TreePath> paths;

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private final Optional<TreePath> exchange;

    private ShareRecord(NavigableSet<TreePath> paths, Optional<TreePath> exchange) {
        this.paths = Collections.unmodifiableNavigableSet(paths);
        this.exchange = exchange;
    }

    static ShareRecord empty() {
        return EMPTY;
    }

    /**
     * Reads a record.
     *
     * @throws DamagedRecordException if this is not what {@link #toBytes} writes, to the byte
     */
    static ShareRecord parse(byte[] bytes) throws DamagedRecordException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals(VERSION)) {
            throw new DamagedRecordException("its first line is not '" + VERSION + "'");
        }
        NavigableSet<TreePath> paths = new TreeSet<>();
        Optional<TreePath> exchange = Optional.empty();
        for (int i = 1; i < lines.length - 1; i++) {
            if (lines[i].startsWith(SHOWS)) {
                paths.add(path(lines[i].substring(SHOWS.length()), i));
            } else if (lines[i].startsWith(EXCHANGES)) {
                exchange = Optional.of(path(lines[i].substring(EXCHANGES.length()), i));
            } else {
                throw new DamagedRecordException("line " + (i + 1) + " starts neither with 'shows' nor 'exchanges'");
            }
        }
        ShareRecord record = new ShareRecord(paths, exchange);
        if (!new String(record.toBytes(), StandardCharsets.ISO_8859_1).equals(text)) {
            throw new DamagedRecordException("its lines are not complete, in order and without doubles");
        }
        return record;
    }

    private static TreePath path(String escaped, int line) throws DamagedRecordException {
        if (escaped.equals(HOME)) {
            return TreePath.top();
        }
        byte[] bytes = new byte[escaped.length()];
        int length = 0;
        for (int i = 0; i < escaped.length(); i++) {
            int b = escaped.charAt(i);
            if (b == '%') {
                int high = i + 2 < escaped.length() ? Character.digit(escaped.charAt(i + 1), 16) : -1;
                int low = i + 2 < escaped.length() ? Character.digit(escaped.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new DamagedRecordException("line " + (line + 1) + " has a '%' without two digits");
                }
                b = high * 16 + low;
                i += 2;
            }
            bytes[length++] = (byte) b;
        }
        try {
            return TreePath.ofBytes(Arrays.copyOf(bytes, length));
        } catch (InvalidValueException e) {
            throw new DamagedRecordException("line " + (line + 1) + " holds no path: " + e.getMessage());
        }
    }

    /** The text, the same for equal records. */
    byte[] toBytes() {
        StringBuilder text = new StringBuilder(VERSION).append('\n');
        exchange.ifPresent(path -> append(text.append(EXCHANGES), path));
        for (TreePath path : paths) {
            append(text.append(SHOWS), path);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void append(StringBuilder text, TreePath path) {
        if (path.isTop()) {
            text.append(HOME);
        }
        for (byte b : path.toBytes()) {
            boolean plain = (b >= '0' && b <= '9')
                    || (b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || b == '-'
                    || b == '_'
                    || b == '/';
            if (plain) {
                text.append((char) b);
            } else {
                text.append('%').append(HEXADECIMAL.toHexDigits(b));
            }
        }
        text.append('\n');
    }

    /** The paths in the order of their bytes. */
    public Collection<TreePath> paths() {
        return paths;
    }

    boolean isEmpty() {
        return paths.isEmpty() && exchange.isEmpty();
    }

    boolean shows(TreePath path) {
        return paths.contains(path);
    }

    /** Whether something else is shown at or below a path, apart from that path's own publication. */
    boolean showsMoreBelow(TreePath path) {
        return paths.stream().anyMatch(other -> !other.equals(path) && path.contains(other));
    }

    /** Whether a publication of a directory above covers a path. */
    boolean showsAbove(TreePath path) {
        return paths.stream().anyMatch(other -> !other.equals(path) && other.contains(path));
    }

    /** How many names the outermost of the paths has that cover a path, which may be that path itself. */
    int depthOfOutermost(TreePath path) {
        return paths.stream()
                .filter(other -> other.contains(path))
                .mapToInt(other -> other.names().size())
                .min()
                .orElse(path.names().size());
    }

    /** The tree that is being exchanged. */
    Optional<TreePath> exchange() {
        return exchange;
    }

    ShareRecord with(TreePath path) {
        NavigableSet<TreePath> more = new TreeSet<>(paths);
        more.add(path);
        return new ShareRecord(more, exchange);
    }

    ShareRecord without(TreePath path) {
        NavigableSet<TreePath> fewer = new TreeSet<>(paths);
        fewer.remove(path);
        return new ShareRecord(fewer, exchange);
    }

    ShareRecord exchanging(TreePath path) {
        return new ShareRecord(new TreeSet<>(paths), Optional.of(path));
    }

    ShareRecord exchanged() {
        return new ShareRecord(new TreeSet<>(paths), Optional.empty());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShareRecord that && paths.equals(that.paths) && exchange.equals(that.exchange);
    }

    @Override
    public int hashCode() {
        return 31 * paths.hashCode() + exchange.hashCode();
    }

    @Override
    public String toString() {
        return paths + exchange.map(path -> ", exchanging " + path).orElse("");
    }
}
