package com.cocalc.storage.kubernetes;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where a runtime really mounts a {@code mountPath}. The API server compares these as text, so {@code /home/user/} and
 * {@code /home/./user} pass as other paths, and then one mount hides the other.
 */
final class PlaceInContainer {

    private PlaceInContainer() {}

    /** The absolute path without empty elements, {@code .} and {@code ..}; {@code /} for the root. */
    static String of(String mountPath) {
        if (isClean(mountPath)) {
            return mountPath;
        }
        Deque<String> elements = new ArrayDeque<>();
        for (String element : mountPath.split("/", -1)) {
            if (element.equals("..")) {
                elements.pollLast();
            } else if (!element.isEmpty() && !element.equals(".")) {
                elements.addLast(element);
            }
        }
        return "/" + String.join("/", elements);
    }

    private static boolean isClean(String path) {
        return path.startsWith("/")
                && path.length() > 1
                && !path.endsWith("/")
                && !path.contains("//")
                && !path.contains("/.");
    }

    /** Whether one of two places, both cleaned, is or holds the other. */
    static boolean overlap(String place, String other) {
        return isAtOrBelow(place, other) || isAtOrBelow(other, place);
    }

    private static boolean isAtOrBelow(String place, String directory) {
        return directory.equals("/")
                || (place.startsWith(directory)
                        && (place.length() == directory.length() || place.charAt(directory.length()) == '/'));
    }
}
