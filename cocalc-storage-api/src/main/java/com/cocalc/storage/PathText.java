package com.cocalc.storage;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The rules that paths in a container and paths on a claim share: nothing that a file system would take differently
 * from how it reads, and nothing that Linux cannot hold.
 */
final class PathText {

    /** Linux takes 4,096 bytes with the closing NUL. */
    static final int LONGEST_BYTES = 4095;

    static final int LONGEST_ELEMENT_BYTES = 255;

    private PathText() {}

    /**
     * Looks for the first broken rule.
     *
     * @param path the path, already known to be relative or without its leading slash
     * @param longestBytes how long it may be in UTF-8
     * @return the rule as it follows "must", and the remedy, or null where all hold
     */
    static @Nullable Fault findFault(String path, int longestBytes) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (Character.isISOControl(c)) {
                return new Fault("have no control characters", "remove them");
            }
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < path.length()
                        && Character.isLowSurrogate(path.charAt(i + 1))) {
                    i++;
                } else {
                    return new Fault("be whole Unicode characters", "replace the half surrogate pair");
                }
            }
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

    record Fault(String rule, String remedy) {

        InvalidValueException of(String subject, String path) {
            return InvalidValueException.of(subject, rule, MessageText.quoted(path), remedy);
        }
    }
}
