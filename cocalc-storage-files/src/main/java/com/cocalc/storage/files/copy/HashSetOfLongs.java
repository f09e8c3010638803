package com.cocalc.storage.files.copy;

/** Numbers that are spread well, eight bytes each in a table that is at most three quarters full. Zero is not one. */
final class HashSetOfLongs {

    private long[] table = new long[64];
    private int size;

    /** False if it is there already. */
    boolean add(long value) {
        int at = find(table, value);
        if (table[at] == value) {
            return false;
        }
        table[at] = value;
        if (++size > table.length / 4 * 3) {
            long[] larger = new long[table.length * 2];
            for (long moved : table) {
                if (moved != 0) {
                    larger[find(larger, moved)] = moved;
                }
            }
            table = larger;
        }
        return true;
    }

    private static int find(long[] table, long value) {
        int mask = table.length - 1;
        int at = (int) (value ^ value >>> 32) & mask;
        while (table[at] != 0 && table[at] != value) {
            at = at + 1 & mask;
        }
        return at;
    }
}
