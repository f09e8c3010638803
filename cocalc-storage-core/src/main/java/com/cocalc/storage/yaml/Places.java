package com.cocalc.storage.yaml;

import java.util.Arrays;

/** Places in a text, added and asked for from its start to its end. */
final class Places {

    private int[] places = new int[8];
    private int start;
    private int end;

    void add(int place) {
        if (end == places.length) {
            int left = end - start;
            places = Arrays.copyOfRange(places, start, start + Math.max(8, 2 * left));
            start = 0;
            end = left;
        }
        places[end++] = place;
    }

    /** Returns whether one of the places is at or behind the first place, and before the second one. */
    boolean hasOneFrom(int first, int behind) {
        int at = Arrays.binarySearch(places, start, end, first);
        int next = at < 0 ? -at - 1 : at;
        return next < end && places[next] < behind;
    }

    void forgetBefore(int place) {
        while (start < end && places[start] < place) {
            start++;
        }
    }
}
