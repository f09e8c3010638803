package com.cocalc.storage.testkit.rwx;

import org.jspecify.annotations.Nullable;

/** Takes several monitors in the one order that cannot deadlock: directories first, then by inode number. */
final class Monitors {
    private Monitors() {}

    /** What is done while all monitors are held. */
    @FunctionalInterface
    interface Action<R> {
        R perform() throws ErrnoException;
    }

    /** Holds the monitors of up to four inodes of one volume, some of which may be null or the same. */
    static <R> R holding(Action<R> action, @Nullable Inode... nodes) throws ErrnoException {
        Inode[] ordered = new Inode[nodes.length];
        int count = 0;
        for (Inode node : nodes) {
            if (node != null) {
                int at = count++;
                while (at > 0 && isBefore(node, ordered[at - 1])) {
                    ordered[at] = ordered[at - 1];
                    at--;
                }
                ordered[at] = node;
            }
        }
        return holding(action, ordered, count, 0);
    }

    private static boolean isBefore(Inode node, Inode other) {
        return node.isDirectory() == other.isDirectory() ? node.ino < other.ino : node.isDirectory();
    }

    private static <R> R holding(Action<R> action, Inode[] ordered, int count, int from) throws ErrnoException {
        if (from == count) {
            return action.perform();
        }
        synchronized (ordered[from]) {
            return holding(action, ordered, count, from + 1);
        }
    }
}
