package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Where one file or directory lies, and who sees it.
 *
 * @param claim the claim that holds it
 * @param path where on that claim
 * @param seenBy a sight for each component that sees it: the project's pod first, then the services in their order
 */
public record FilePlace(ClaimName claim, SubPath path, List<Sight> seenBy) {

    /**
     * Takes a copy of the list.
     *
     * @param claim the claim that holds it
     * @param path where on that claim
     * @param seenBy a sight for each component that sees it
     */
    public FilePlace {
        requireNonNull(claim, "claim");
        requireNonNull(path, "path");
        seenBy = List.copyOf(seenBy);
    }

    /** Returns the place in words, one line for each component. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(path).append(" of ").append(claim);
        for (Sight sight : seenBy) {
            text.append("\n- ").append(sight);
        }
        return text.toString();
    }

    /**
     * How one component sees a file.
     *
     * @param component who
     * @param path under which name
     * @param access what its mount allows
     */
    public record Sight(StorageComponent component, ContainerPath path, Access access) {

        /**
         * Checks that all is there.
         *
         * @param component who
         * @param path under which name
         * @param access what its mount allows
         */
        public Sight {
            requireNonNull(component, "component");
            requireNonNull(path, "path");
            requireNonNull(access, "access");
        }

        /** Returns the sight in words. */
        @Override
        public String toString() {
            return component + ": " + path + ", " + access;
        }
    }
}
