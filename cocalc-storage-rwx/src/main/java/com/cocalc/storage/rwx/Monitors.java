package com.cocalc.storage.rwx;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Takes several monitors in the one order that cannot deadlock: directories first, then by inode number. */
final class Monitors {
    private Monitors() {}

    /** What is done while all monitors are held. */
    @FunctionalInterface
    interface Action<R> {
        R perform() throws ErrnoException;
    }

    /** Holds the monitors of up to four inodes of one server, some of which may be null or the same. */
    static <R> R holding(Action<R> action, Inode one, @Nullable Inode two, @Nullable Inode three, @Nullable Inode four)
            throws ErrnoException {
        // A sorting network: null comes last.
        Inode a = earlier(one, two);
        Inode b = later(one, two);
        Inode c = earlier(three, four);
        Inode d = later(three, four);
        Inode first = earlier(a, c);
        Inode last = later(b, d);
        Inode left = later(a, c);
        Inode right = earlier(b, d);
        return holdingFour(action, requireNonNull(first), earlier(left, right), later(left, right), last);
    }

    private static @Nullable Inode earlier(@Nullable Inode one, @Nullable Inode other) {
        return isBefore(one, other) ? one : other;
    }

    private static @Nullable Inode later(@Nullable Inode one, @Nullable Inode other) {
        return isBefore(one, other) ? other : one;
    }

    private static boolean isBefore(@Nullable Inode node, @Nullable Inode other) {
        if (node == null || other == null) {
            return node != null;
        }
        return node.isDirectory() == other.isDirectory() ? node.ino < other.ino : node.isDirectory();
    }

    private static <R> R holdingFour(
            Action<R> action, Inode first, @Nullable Inode second, @Nullable Inode third, @Nullable Inode fourth)
            throws ErrnoException {
        if (fourth == null || third == null) {
            return holdingThree(action, first, second, third);
        }
        synchronized (first) {
            return holdingThree(action, requireNonNull(second), third, fourth);
        }
    }

    private static <R> R holdingThree(Action<R> action, Inode first, @Nullable Inode second, @Nullable Inode third)
            throws ErrnoException {
        if (third == null || second == null) {
            return holdingTwo(action, first, second);
        }
        synchronized (first) {
            return holdingTwo(action, second, third);
        }
    }

    private static <R> R holdingTwo(Action<R> action, Inode first, @Nullable Inode second) throws ErrnoException {
        synchronized (first) {
            if (second == null) {
                return action.perform();
            }
            synchronized (second) {
                return action.perform();
            }
        }
    }
}
