package com.cocalc.storage.testkit.rwx;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes several monitors in the one order that cannot deadlock: directories first, then by inode number. */
final class Monitors {
    private static final Comparator<Inode> ORDER =
            Comparator.comparing(Inode::isDirectory, Comparator.reverseOrder()).thenComparingLong(node -> node.ino);

    private Monitors() {}

    /** What is done while all monitors are held. */
    @FunctionalInterface
    interface Action<R> {
        R perform() throws ErrnoException;
    }

    /** Holds the monitors of up to four inodes of one volume, some of which may be null or the same. */
    static <R> R holding(Action<R> action, @Nullable Inode... nodes) throws ErrnoException {
        Inode[] ordered =
                Arrays.stream(nodes).filter(Objects::nonNull).sorted(ORDER).toArray(Inode[]::new);
        return holding(action, ordered, 0);
    }

    private static <R> R holding(Action<R> action, Inode[] ordered, int from) throws ErrnoException {
        if (from == ordered.length) {
            return action.perform();
        }
        synchronized (ordered[from]) {
            return holding(action, ordered, from + 1);
        }
    }
}
