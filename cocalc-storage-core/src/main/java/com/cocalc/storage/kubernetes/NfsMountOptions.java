package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The options with which nodes mount NFS. The API server accepts any text here, and a mistake shows only when a pod
 * waits for a failed mount, so this class compares the options with those of NFS 3 and 4.
 */
public final class NfsMountOptions {

    private final List<String> options;

    private NfsMountOptions(List<String> options) {
        this.options = List.copyOf(options);
    }

    /**
     * Returns checked options.
     *
     * @param options the options, one in each text, for example {@code vers=3} and {@code hard}
     * @return the options
     * @throws IllegalArgumentException if an option does not exist, does not accept its value, or excludes another one
     */
    public static NfsMountOptions of(List<String> options) {
        List<String> seen = new ArrayList<>();
        for (String option : options) {
            requireNonNull(option, "mount option");
            check(option);
            for (String other : seen) {
                checkTogether(option, other);
            }
            seen.add(option);
        }
        NfsMountOptions result = new NfsMountOptions(options);
        if (result.version().filter(version -> version.equals("3")).isPresent() && result.has("minorversion")) {
            throw refused("minorversion", "be used only with version 4", "remove it, or write vers=4.1");
        }
        return result;
    }

    /**
     * Returns checked options.
     *
     * @param options the options, one in each text
     * @return the options
     * @throws IllegalArgumentException as {@link #of(List)} says
     */
    public static NfsMountOptions of(String... options) {
        return of(List.of(options));
    }

    private static void check(String option) {
        if (option.indexOf(',') >= 0) {
            throw refused(option, "be one option", "write an entry for each: " + String.join(", ", option.split(",")));
        }
        String name = name(option);
        NfsMountOption known = NfsMountOption.find(name).orElseThrow(() -> {
            String lower = name.strip().toLowerCase(Locale.ROOT);
            return refused(
                    option,
                    "be an option of nfs(5) or mount(8)",
                    NfsMountOption.nearest(lower)
                            .map(nearest -> "write \"" + nearest + "\" if that is meant")
                            .orElse("remove it, or look it up in `man nfs`"));
        });
        if (!known.takes(option.substring(name.length()))) {
            throw refused(option, "have the value " + known.values(), "write that after \"" + name + "\"");
        }
    }

    private static void checkTogether(String option, String other) {
        String name = plainName(option);
        String otherName = plainName(other);
        boolean twice = name.equals(otherName) && !value(option).equals(value(other));
        if (twice || NfsMountOption.contradict(name, otherName)) {
            throw refused(option, "not contradict " + MessageText.quoted(other), "remove one of them");
        }
    }

    private static InvalidValueException refused(String option, String rule, String remedy) {
        return InvalidValueException.of("mount option", rule, MessageText.quoted(option), remedy);
    }

    private static String name(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? option : option.substring(0, equals);
    }

    private static String plainName(String option) {
        String name = name(option);
        return name.equals("nfsvers") ? "vers" : name;
    }

    private static String value(String option) {
        return option.substring(name(option).length());
    }

    private boolean has(String name) {
        return options.stream().anyMatch(option -> plainName(option).equals(name));
    }

    /** {@return the options} */
    public List<String> options() {
        return options;
    }

    /**
     * {@return the version of NFS that the options request, for example {@code 3} or {@code 4.1}; empty if client and
     * server negotiate it}
     */
    public Optional<String> version() {
        return options.stream()
                .map(option ->
                        option.startsWith("v3") || option.startsWith("v4") ? "vers=" + option.substring(1) : option)
                .filter(option -> plainName(option).equals("vers"))
                .map(option -> value(option).substring(1))
                .findFirst();
    }

    /** {@return cautions about options that work but are dangerous, in the order of the options} */
    public List<Caution> cautions() {
        List<Caution> cautions = new ArrayList<>();
        for (String option : options) {
            danger(option).ifPresent(cautions::add);
            NfsMountOption known = NfsMountOption.find(name(option)).orElseThrow();
            version()
                    .filter(version -> known.isMeaningless(version.startsWith("4")))
                    .ifPresent(version -> cautions.add(new Caution(
                            "mountOptions",
                            option,
                            "it has no effect with NFS " + version,
                            "remove it, or ask for another version")));
        }
        return cautions;
    }

    private static Optional<Caution> danger(String option) {
        String consequence;
        String remedy = "remove it";
        if (option.equals("soft") || option.equals("softerr")) {
            consequence = "a server that is away for a moment gives programs errors, and leaves files half written";
            remedy = "write \"hard\", the default";
        } else if (option.equals("nolock") || (option.startsWith("local_lock=") && !option.endsWith("=none"))) {
            consequence = "two pods on different nodes can both hold the same lock, which breaks SQLite and git";
        } else if (option.equals("ro")) {
            consequence = "nobody can write, not even to a home";
        } else if (option.equals("noexec")) {
            consequence = "no program in a home or in the software starts";
        } else if (option.equals("udp") || option.startsWith("proto=udp")) {
            consequence = "a busy network can mix up pieces of files";
            remedy = "write \"proto=tcp\"";
        } else if (option.startsWith("sec=") && option.contains("none")) {
            consequence = "the server knows nobody, and every file belongs to its anonymous user";
            remedy = "write \"sec=sys\", the default";
        } else {
            return Optional.empty();
        }
        return Optional.of(new Caution("mountOptions", option, consequence, remedy));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NfsMountOptions that && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return options.hashCode();
    }

    /** Returns the options as {@code mount -o} accepts them. */
    @Override
    public String toString() {
        return String.join(",", options);
    }
}
