package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.kubernetes.pod.FieldPath;

/** The API server's rules for paths inside a volume. */
final class PathRules {

    private PathRules() {}

    static boolean isDescending(String path) {
        return !path.startsWith("/") && !CleanedPath.hasBackstep(path);
    }

    /** Checks that a path stays inside its volume: relative, and without an element {@code ..}. */
    static void checkDescending(String path, FieldPath at, Faults faults) {
        if (path.startsWith("/")) {
            faults.invalid(at, path, "must be a relative path");
        }
        checkNoBacksteps(path, at, faults);
    }

    static void checkNoBacksteps(String path, FieldPath at, Faults faults) {
        if (CleanedPath.hasBackstep(path)) {
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
}
