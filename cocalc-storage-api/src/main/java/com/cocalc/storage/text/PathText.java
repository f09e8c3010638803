package com.cocalc.storage.text;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The rules that paths in a container and paths on a claim share: no text that a file system reads in another way than
 * a person, and none that is too long for Linux.
 */
public final class PathText {

    /** The longest path in bytes: Linux takes 4,096 with the closing NUL. */
    public static final int LONGEST_BYTES = 4095;

    /** The longest name in bytes. */
    public static final int LONGEST_ELEMENT_BYTES = 255;

    private PathText() {}

    /**
     * A rule that a path breaks.
     *
     * @param rule what must hold, as it follows the word "must"
     * @param remedy what to do about it
     */
    public record Fault(String rule, String remedy) {}

    /**
     * Finds the first rule that a path breaks.
     *
     * @param path the path, already known to be relative or without its leading slash
     * @param longestBytes the largest length in bytes of UTF-8
     * @return the rule, or null if the path breaks none
     */
    public static @Nullable Fault findFault(String path, int longestBytes) {
        if (path.chars().anyMatch(Character::isISOControl)) {
            return new Fault("have no control characters", "remove them");
        }
        if (UnicodeText.indexOfHalf(path) >= 0) {
            return new Fault("be whole Unicode characters", "replace the half surrogate pair");
        }
        return path.getBytes(StandardCharsets.UTF_8).length > longestBytes
                ? new Fault("be at most " + LONGEST_BYTES + " bytes long in UTF-8", "shorten it")
                : findElementFault(path);
    }

    private static @Nullable Fault findElementFault(String path) {
        for (String element : path.split("/", -1)) {
            if (element.isEmpty()) {
                return new Fault(
                        "have no empty element (a double or a trailing '/')",
                        "write one '/' between names, and none at the end");
            }
            if (element.equals(".") || element.equals("..")) {
                return new Fault("have no element '.' or '..'", "write the path that is meant");
            }
            if (element.getBytes(StandardCharsets.UTF_8).length > LONGEST_ELEMENT_BYTES) {
                return new Fault(
                        "have elements of at most " + LONGEST_ELEMENT_BYTES + " bytes in UTF-8", "shorten the longest");
            }
        }
        return null;
    }
}
