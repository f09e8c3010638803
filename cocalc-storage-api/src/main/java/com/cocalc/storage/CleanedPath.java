package com.cocalc.storage;

import com.cocalc.storage.text.PathText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Paths of foreign pods, cleaned as the kubelet and the container runtime clean them: without {@code .}, {@code ..},
 * doubled slashes and a trailing slash.
 *
 * <p>The API server compares mount paths as text, so {@code /home/user/} and {@code /home/./user} are different for it,
 * although on the node one mount hides the other. {@link MountPath} refuses such paths; this class says where they
 * lead.
 *
 * <pre>{@code
 * boolean hidden = CleanedPath.overlap(CleanedPath.absolute("/home/./user/"), "/home");
 * }</pre>
 */
public final class CleanedPath {

    private CleanedPath() {}

    /**
     * Cleans a path in a container. A relative path is taken from the root, as the runtime does; {@code ..} at the root
     * stays there.
     *
     * @param path any text
     * @return an absolute path, {@code /} for the root
     */
    public static String absolute(String path) {
        return path.startsWith("/") && isClean(path, 1, path.length() == 1)
                ? path
                : "/" + String.join("/", elements(path));
    }

    /**
     * Cleans a path below a volume.
     *
     * @param path any text
     * @return a relative path, the empty text for the volume itself
     */
    public static String relative(String path) {
        return isClean(path, 0, true) ? path : String.join("/", elements(path));
    }

    /**
     * Returns whether a path is a directory or lies below it. Elements are compared, not characters.
     *
     * @param path a cleaned path
     * @param directory a cleaned path of the same kind
     * @return whether the path is the directory or below it
     */
    public static boolean isAtOrBelow(String path, String directory) {
        return path.startsWith(directory)
                && (path.length() == directory.length()
                        || directory.endsWith("/")
                        || path.charAt(directory.length()) == '/');
    }

    /**
     * Returns whether one of two paths is the other or lies below it.
     *
     * @param path a cleaned path
     * @param other a cleaned path of the same kind
     * @return whether they are equal or nested
     */
    public static boolean overlap(String path, String other) {
        return isAtOrBelow(path, other) || isAtOrBelow(other, path);
    }

    /**
     * Returns whether a path has a step upwards.
     *
     * @param path any text
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

    /**
     * Returns whether a path is too long for Linux.
     *
     * @param path any text
     * @return whether it is longer than 4,095 bytes in UTF-8, or one of its elements is longer than 255
     */
    public static boolean isTooLong(String path) {
        if (path.length() <= PathText.LONGEST_ELEMENT_BYTES / 3) { // no character takes more than three bytes
            return false;
        }
        if (path.length() > PathText.LONGEST_BYTES || utf8Length(path) > PathText.LONGEST_BYTES) {
            return true;
        }
        for (String element : path.split("/", -1)) {
            if (utf8Length(element) > PathText.LONGEST_ELEMENT_BYTES) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether no element is empty, {@code .} or {@code ..}, in one pass, because nearly all paths are clean.
     */
    private static boolean isClean(String path, int from, boolean mayBeEmpty) {
        if (from == path.length()) {
            return mayBeEmpty;
        }
        int start = from;
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
                elements.addLast(element);
            }
        }
        return elements;
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
