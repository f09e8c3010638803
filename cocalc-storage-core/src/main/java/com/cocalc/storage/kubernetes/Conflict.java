package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

/**
 * A part of a pod that contradicts CoCalc's storage.
 *
 * @param place the place in the pod, as a field path
 * @param found what the pod has
 * @param wanted what the storage needs there
 * @param remedy how to fix it
 */
public record Conflict(String place, String found, String wanted, String remedy) {

    /**
     * Checks that no part is null.
     *
     * @param place the place in the pod, as a field path
     * @param found what the pod has
     * @param wanted what the storage needs there
     * @param remedy how to fix it
     */
    public Conflict {
        requireNonNull(place, "place");
        requireNonNull(found, "found");
        requireNonNull(wanted, "wanted");
        requireNonNull(remedy, "remedy");
    }

    /** Returns one line for a person. */
    @Override
    public String toString() {
        return place + " has " + found + ", but CoCalc's storage needs " + wanted + "; " + remedy;
    }
}
