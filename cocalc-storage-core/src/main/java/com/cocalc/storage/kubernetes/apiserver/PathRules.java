package com.cocalc.storage.kubernetes.apiserver;

/** The API server's rules for paths inside a volume. */
public final class PathRules {

    private PathRules() {}

    static boolean isDescending(String path) {
        return !path.startsWith("/") && !hasBackstep(path);
    }

    /** Checks that a path stays inside its volume: relative, and without an element {@code ..}. */
    static void checkDescending(String path, FieldPath at, Faults faults) {
        if (path.startsWith("/")) {
            faults.invalid(at, path, "must be a relative path");
        }
        checkNoBacksteps(path, at, faults);
    }

    static void checkNoBacksteps(String path, FieldPath at, Faults faults) {
        if (hasBackstep(path)) {
            faults.invalid(at, path, "must not contain '..'");
        }
    }

    /**
     * Checks that a path stays inside its volume and does not start with two dots, as names of the kubelet's own files
     * do.
     */
    static void checkNonReserved(String path, FieldPath at, Faults faults) {
        checkDescending(path, at, faults);
        if (path.startsWith("..") && !path.startsWith("../")) {
            faults.invalid(at, path, "must not start with '..'");
        }
    }

    /**
     * Returns whether a path has a step upwards.
     *
     * @param path a path
     * @return whether one of its elements is {@code ..}
     */
    public static boolean hasBackstep(String path) {
        int start = path.indexOf("..");
        while (start >= 0) {
            int end = start + 2;
            if ((start == 0 || path.charAt(start - 1) == '/') && (end == path.length() || path.charAt(end) == '/')) {
                return true;
            }
            start = path.indexOf("..", start + 1);
        }
        return false;
    }
}
