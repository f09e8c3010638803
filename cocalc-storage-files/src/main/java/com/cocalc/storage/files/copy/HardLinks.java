package com.cocalc.storage.files.copy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a tree are names of one file.
 *
 * <p>The JDK tells no link counts through an open directory, so the first pass keeps the hash of each file's key, four
 * bytes a file in a table that is at most three quarters full. A file whose hash was there before is left for a second
 * pass over the tree, which is made only if there is one. That pass compares the keys themselves.
 *
 * <p>For a large file the number of names is asked by its path, as a hint: the first copy is then made so that others
 * can be linked to it. An owner can make the hint wrong. Then the file is copied twice, or linked from a place where
 * nobody needs it.
 */
public final class HardLinks {

    /** What the names of one file have become. */
    static final class Group {
        /** The names that the target's file has, as long as {@link #anchor} is none of them. */
        final List<Name> names = new ArrayList<>();

        /** The file in the target; null if it was not copied. */
        @Nullable
        Object targetKey;

        /** A name of the target's file in the staging directory, for further links. */
        @Nullable
        Path anchor;

        /** Whether a name has been met on the second pass. */
        boolean met;

        /** Whether the name that the first pass has counted has been met. */
        boolean counted;

        void add(TreeNode node, Path name) {
            if (anchor == null) {
                names.add(new Name(node, name));
            }
        }

        /** From now on, all names are those of another file. */
        void becomeNew(Object key) {
            targetKey = key;
            names.clear();
        }
    }

    /** A name in the target. */
    record Name(TreeNode node, Path name) {}

    private final HashSetOfInts seen = new HashSetOfInts();
    private final HashSetOfInts repeated = new HashSetOfInts();
    private final Map<Object, Group> groups = new HashMap<>();

    /** Whether no name of this file was met; a repeated one waits for the second pass. */
    synchronized boolean isFirst(Object key) {
        int hash = key.hashCode();
        if (seen.add(hash)) {
            return true;
        }
        repeated.add(hash);
        return false;
    }

    synchronized boolean hasRepeated() {
        return repeated.size() > 0;
    }

    synchronized boolean isRepeated(Object key) {
        return repeated.contains(key.hashCode());
    }

    /** What is known of a file; the first pass adds those that are linked from the start. */
    synchronized Group group(Object key) {
        return groups.computeIfAbsent(key, unknown -> new Group());
    }

    /** Open addressing; zero stands for a free place, and for itself beside the table. */
    static final class HashSetOfInts {
        private int[] table = new int[256];
        private int size;
        private boolean zero;

        boolean add(int value) {
            if (value == 0) {
                boolean added = !zero;
                zero = true;
                return added;
            }
            int at = find(table, value);
            if (table[at] == value) {
                return false;
            }
            table[at] = value;
            if (++size > table.length / 4 * 3) {
                grow();
            }
            return true;
        }

        boolean contains(int value) {
            return value == 0 ? zero : table[find(table, value)] == value;
        }

        int size() {
            return size + (zero ? 1 : 0);
        }

        private void grow() {
            int[] larger = new int[table.length * 2];
            for (int value : table) {
                if (value != 0) {
                    larger[find(larger, value)] = value;
                }
            }
            table = larger;
        }

        private static int find(int[] table, int value) {
            int mask = table.length - 1;
            int at = ((value * 0x9E3779B9) >>> 7) & mask;
            while (table[at] != 0 && table[at] != value) {
                at = at + 1 & mask;
            }
            return at;
        }
    }
}
