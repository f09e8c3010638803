package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Where a volume is mounted in a container: an absolute path that reads as the runtime takes it.
 *
 * <p>The API server takes nearly anything here; what then happens on the node ranges from a hidden home to a volume
 * full of the container's own directories. What is refused here is what no pod of CoCalc needs.
 *
 * @param value an absolute path of clean elements, at most 4,095 bytes in UTF-8, each element at most 255
 */
public record MountPath(String value) implements Comparable<MountPath> {

    private static final List<String> OF_THE_SYSTEM = List.of("/proc", "/sys", "/dev", "/etc");

    /**
     * Checks the path.
     *
     * @param value an absolute path of clean elements, at most 4,095 bytes in UTF-8, each element at most 255
     * @throws InvalidValueException if it is relative, {@code /}, at or below {@code /proc}, {@code /sys}, {@code /dev}
     *     or {@code /etc}, or has {@code :}, an empty element, {@code .}, {@code ..} or a control character
     */
    public MountPath {
        requireNonNull(value, "mount path");
        if (!value.startsWith("/")) {
            throw new InvalidValueException("mount path", "be absolute", Quoted.of(value), "start it with '/'");
        }
        if (value.equals("/")) {
            throw new InvalidValueException(
                    "mount path", "be a directory below '/'", "\"/\"", "mount below the root, which is the image's");
        }
        if (value.indexOf(':') >= 0) {
            throw new InvalidValueException(
                    "mount path",
                    "have no ':'",
                    Quoted.of(value),
                    "use another character, Kubernetes forbids this one");
        }
        // The leading slash is one of the bytes.
        CleanPath.Fault fault = CleanPath.findFault(value.substring(1), CleanPath.LONGEST_BYTES - 1);
        if (fault != null) {
            throw fault.of("mount path", value);
        }
        for (String system : OF_THE_SYSTEM) {
            if (isAtOrBelow(value, system)) {
                throw new InvalidValueException(
                        "mount path",
                        "not be at or below " + String.join(", ", OF_THE_SYSTEM),
                        Quoted.of(value),
                        "mount elsewhere, " + system + " is the system's");
            }
        }
    }

    /**
     * Reads a path.
     *
     * @param text the path
     * @return the mount path
     * @throws InvalidValueException as the constructor says
     */
    public static MountPath parse(String text) {
        return new MountPath(text);
    }

    /**
     * Returns a path below this one.
     *
     * @param below the path from here
     * @return the absolute path
     * @throws InvalidValueException if the whole is longer than 4,095 bytes or has a {@code :}
     */
    public MountPath resolve(SubPath below) {
        return new MountPath(value + "/" + below);
    }

    /**
     * Returns whether a path is this one or lies below it. Elements are compared, not characters: {@code /home} does
     * not contain {@code /homes}.
     *
     * @param other the path to look at
     * @return whether it is here or below
     */
    public boolean contains(MountPath other) {
        return isAtOrBelow(other.value, value);
    }

    @Override
    public int compareTo(MountPath other) {
        return value.compareTo(other.value);
    }

    /** Returns the path as it stands in YAML. */
    @Override
    public String toString() {
        return value;
    }

    private static boolean isAtOrBelow(String path, String directory) {
        return path.startsWith(directory)
                && (path.length() == directory.length() || path.charAt(directory.length()) == '/');
    }
}
