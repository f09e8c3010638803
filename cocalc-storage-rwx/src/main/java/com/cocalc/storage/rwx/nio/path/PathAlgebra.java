package com.cocalc.storage.rwx.nio.path;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Computations on clean path bytes. The empty path has one element, which is empty; {@code /} has none. */
public final class PathAlgebra {
    private static final int[] NO_STARTS = {};

    private PathAlgebra() {}

    /** Returns the start of each element. */
    public static int[] starts(byte[] path) {
        if (path.length == 0) {
            return new int[1];
        }
        int first = path[0] == '/' ? 1 : 0;
        if (first == path.length) {
            return NO_STARTS;
        }
        int count = 1;
        for (int i = first; i < path.length; i++) {
            if (path[i] == '/') {
                count++;
            }
        }
        int[] starts = new int[count];
        starts[0] = first;
        int next = 1;
        for (int i = first; next < count; i++) {
            if (path[i] == '/') {
                starts[next++] = i + 1;
            }
        }
        return starts;
    }

    public static boolean startsWith(byte[] path, byte[] prefix) {
        if (prefix.length == 0 || prefix.length > path.length) {
            return prefix.length == path.length;
        }
        if (Arrays.mismatch(path, 0, prefix.length, prefix, 0, prefix.length) >= 0) {
            return false;
        }
        return prefix.length == path.length || isRoot(prefix) || path[prefix.length] == '/';
    }

    public static boolean endsWith(byte[] path, byte[] suffix) {
        int rest = path.length - suffix.length;
        if (rest <= 0 || suffix.length == 0 || suffix[0] == '/') {
            return Arrays.equals(path, suffix);
        }
        return path[rest - 1] == '/' && Arrays.mismatch(path, rest, path.length, suffix, 0, suffix.length) < 0;
    }

    /** Joins two paths with a slash; neither is empty, and the second is not absolute. */
    public static byte[] resolve(byte[] base, byte[] child) {
        if (base.length == 0) {
            return child;
        }
        int slash = isRoot(base) ? 0 : 1;
        byte[] joined = Arrays.copyOf(base, base.length + slash + child.length);
        if (slash == 1) {
            joined[base.length] = '/';
        }
        System.arraycopy(child, 0, joined, base.length + slash, child.length);
        return joined;
    }

    /** Returns a path without {@code .}, and without {@code ..} after an element; the same array if nothing changes. */
    public static byte[] normalize(byte[] path, int[] starts) {
        if (!hasDots(path, starts)) {
            return path;
        }
        boolean isAbsolute = path[0] == '/';
        int[] kept = new int[starts.length];
        int count = 0;
        for (int i = 0; i < starts.length; i++) {
            int dots = dots(path, starts, i);
            if (dots == 2 && count > 0 && dots(path, starts, kept[count - 1]) != 2) {
                count--;
            } else if (dots == 0 || (dots == 2 && !isAbsolute)) {
                kept[count++] = i;
            }
        }
        return join(path, starts, Arrays.copyOf(kept, count));
    }

    /**
     * Returns the path from one path to another of the same kind, or null if only the names on disk can decide, because
     * {@code ..} would have to be reversed.
     */
    public static byte @Nullable [] relativize(byte[] from, byte[] to) {
        byte[] base = from;
        byte[] child = to;
        if (hasDots(base, starts(base)) || hasDots(child, starts(child))) {
            base = normalize(base, starts(base));
            child = normalize(child, starts(child));
        }
        int[] baseStarts = starts(base);
        int[] childStarts = starts(child);
        int same = commonElements(base, baseStarts, child, childStarts);
        int childFrom = same == childStarts.length ? child.length : childStarts[same];
        byte[] rest = Arrays.copyOfRange(child, childFrom, child.length);
        if (same == baseStarts.length || base.length == 0) {
            return rest;
        }
        for (int i = same; i < baseStarts.length; i++) {
            if (dots(base, baseStarts, i) == 2) {
                return null;
            }
        }
        return climb(baseStarts.length - same, rest);
    }

    private static int commonElements(byte[] a, int[] aStarts, byte[] b, int[] bStarts) {
        int limit = Math.min(aStarts.length, bStarts.length);
        int same = 0;
        while (same < limit
                && Arrays.equals(a, aStarts[same], end(a, aStarts, same), b, bStarts[same], end(b, bStarts, same))) {
            same++;
        }
        return same;
    }

    private static byte[] climb(int levels, byte[] rest) {
        byte[] way = new byte[levels * 3 + rest.length];
        for (int i = 0; i < levels * 3; i++) {
            way[i] = (byte) (i % 3 == 2 ? '/' : '.');
        }
        System.arraycopy(rest, 0, way, levels * 3, rest.length);
        return rest.length == 0 ? Arrays.copyOf(way, way.length - 1) : way;
    }

    private static byte[] join(byte[] path, int[] starts, int[] elements) {
        byte[] joined = new byte[path.length];
        int length = 0;
        if (path[0] == '/') {
            joined[length++] = '/';
        }
        for (int k = 0; k < elements.length; k++) {
            if (k > 0) {
                joined[length++] = '/';
            }
            int start = starts[elements[k]];
            int size = end(path, starts, elements[k]) - start;
            System.arraycopy(path, start, joined, length, size);
            length += size;
        }
        return Arrays.copyOf(joined, length);
    }

    private static boolean hasDots(byte[] path, int[] starts) {
        for (int i = 0; i < starts.length; i++) {
            if (dots(path, starts, i) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns 1 if the element is {@code .}, 2 if it is {@code ..}, otherwise 0. */
    private static int dots(byte[] path, int[] starts, int element) {
        int start = starts[element];
        int size = end(path, starts, element) - start;
        if (size < 1 || size > 2 || path[start] != '.' || path[start + size - 1] != '.') {
            return 0;
        }
        return size;
    }

    private static int end(byte[] path, int[] starts, int element) {
        return element + 1 == starts.length ? path.length : starts[element + 1] - 1;
    }

    private static boolean isRoot(byte[] path) {
        return path.length == 1 && path[0] == '/';
    }
}
