package com.cocalc.storage.kubernetes.apiserver;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths as kubelet and runtime see them: without {@code .}, {@code ..}, double and trailing slashes. */
public final class CleanedPath {

    private static final int LONGEST_BYTES = 4095;
    private static final int LONGEST_NAME_BYTES = 255;

    private CleanedPath() {}

    /** An absolute path; a relative one is taken from the root, as the runtime does. */
    public static String absolute(String path) {
        return isCleanAbsolute(path) ? path : "/" + String.join("/", elements(path));
    }

    /** A path below a volume; {@code ""} is the volume itself. */
    public static String relative(String path) {
        return isCleanAbsolute(path, 0, true) ? path : String.join("/", elements(path));
    }

    private static boolean isCleanAbsolute(String path) {
        return path.startsWith("/") && isCleanAbsolute(path, 1, path.length() == 1);
    }

    /** Whether no element is empty, {@code .} or {@code ..}; one pass, because nearly all paths are clean. */
    private static boolean isCleanAbsolute(String path, int from, boolean mayBeEmpty) {
        int start = from;
        if (from == path.length()) {
            return mayBeEmpty;
        }
        for (int i = from; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/') {
                int length = i - start;
                boolean dots = length > 0 && length <= 2 && path.charAt(start) == '.' && path.charAt(i - 1) == '.';
                if (length == 0 || dots) {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }

    private static Deque<String> elements(String path) {
        Deque<String> elements = new ArrayDeque<>();
        for (String element : path.split("/", -1)) {
            if (element.equals("..")) {
                elements.pollLast();
            } else if (!element.isEmpty() && !element.equals(".")) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** Whether the path is one or below the other; both are clean. */
    public static boolean isAtOrBelow(String path, String directory) {
        return path.startsWith(directory)
                && (path.length() == directory.length()
                        || directory.endsWith("/")
                        || path.charAt(directory.length()) == '/');
    }

    /** Whether a kernel refuses the path for its length. */
    public static boolean isTooLong(String path) {
        if (path.length() <= LONGEST_NAME_BYTES / 3) {
            return false;
        }
        if (path.length() > LONGEST_BYTES || MetadataRules.utf8Length(path) > LONGEST_BYTES) {
            return true;
        }
        for (String element : path.split("/", -1)) {
            if (MetadataRules.utf8Length(element) > LONGEST_NAME_BYTES) {
                return true;
            }
        }
        return false;
    }
}
