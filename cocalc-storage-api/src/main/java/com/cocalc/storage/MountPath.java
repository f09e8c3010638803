package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.text.PathText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path at which a volume is mounted in a container: an absolute path that the container runtime uses as it is
 * written.
 *
 * <p>The API server accepts nearly any text, and the result on the node ranges from a hidden home to a volume full of
 * the container's own directories. This class refuses such paths; no pod of CoCalc needs them.
 *
 * <pre>{@code
 * MountPath home = MountPath.parse("/home/user");
 * MountPath notes = home.resolve(SubPath.parse("notes"));
 * }</pre>
 */
public final class MountPath implements Comparable<MountPath> {

    private static final List<String> OF_THE_SYSTEM = List.of("/proc", "/sys", "/dev", "/etc");

    private final String value;

    private MountPath(String value) {
        this.value = value;
    }

    /**
     * Parses a mount path.
     *
     * @param text an absolute path of clean elements, at most 4,095 bytes in UTF-8, each element at most 255
     * @return the mount path
     * @throws InvalidValueException if it is relative, {@code /}, at or below {@code /proc}, {@code /sys}, {@code /dev}
     *     or {@code /etc}, or has {@code :}, an empty element, {@code .}, {@code ..} or a control character
     */
    public static MountPath parse(String text) {
        requireNonNull(text, "mount path");
        if (!text.startsWith("/")) {
            throw InvalidValueException.of("mount path", "be absolute", MessageText.quoted(text), "start it with '/'");
        }
        if (text.equals("/")) {
            throw InvalidValueException.of(
                    "mount path", "be a directory below '/'", "\"/\"", "mount below the root, which is the image's");
        }
        if (text.indexOf(':') >= 0) {
            throw InvalidValueException.of(
                    "mount path",
                    "have no ':'",
                    MessageText.quoted(text),
                    "use another character, Kubernetes forbids this one");
        }
        // The leading slash is one of the bytes.
        PathText.Fault fault = PathText.findFault(text.substring(1), PathText.LONGEST_BYTES - 1);
        if (fault != null) {
            throw InvalidValueException.of("mount path", fault.rule(), MessageText.quoted(text), fault.remedy());
        }
        for (String system : OF_THE_SYSTEM) {
            if (CleanedPath.isAtOrBelow(text, system)) {
                throw InvalidValueException.of(
                        "mount path",
                        "not be at or below " + String.join(", ", OF_THE_SYSTEM),
                        MessageText.quoted(text),
                        "mount elsewhere, " + system + " is the system's");
            }
        }
        return new MountPath(text);
    }

    /** {@return the path as text, for example {@code /home/user}} */
    public String value() {
        return value;
    }

    /**
     * Returns a path below this one.
     *
     * @param below the path from here
     * @return the absolute path
     * @throws InvalidValueException if the whole is longer than 4,095 bytes or has a {@code :}
     */
    public MountPath resolve(SubPath below) {
        return parse(value + "/" + below);
    }

    /**
     * Returns whether a path is this one or lies below it. Elements are compared, not characters: {@code /home} does
     * not contain {@code /homes}.
     *
     * @param other the path to look at
     * @return whether it is here or below
     */
    public boolean contains(MountPath other) {
        return CleanedPath.isAtOrBelow(other.value, value);
    }

    @Override
    public int compareTo(MountPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MountPath that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Returns the path as it stands in YAML. */
    @Override
    public String toString() {
        return value;
    }
}
