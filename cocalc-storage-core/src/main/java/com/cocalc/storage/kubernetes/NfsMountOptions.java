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
     * Returns checked options. Options that exclude each other are refused, although a node takes one of them: which
     * one, nobody should have to look up.
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
            seen.forEach(other -> checkTogether(option, other));
            seen.add(option);
        }
        return ofOneVersion(options);
    }

    /**
     * Returns options that somebody else wrote as a node reads them: of options that exclude each other, the last one
     * counts, and the others are left out. mount.nfs itself refuses two texts for the version, and what the version
     * does not have.
     *
     * @param options the options, one in each text, in the order in which the node has them
     * @return the options that count
     * @throws IllegalArgumentException if a node cannot mount with them
     */
    public static NfsMountOptions asMounted(List<String> options) {
        List<String> counting = new ArrayList<>();
        for (String option : options) {
            requireNonNull(option, "mount option");
            check(option);
            String setting = setting(option);
            if (setting.equals("vers")) {
                counting.forEach(other -> checkTogether(option, other));
            }
            // Each "sec" adds to what the client may use.
            counting.removeIf(
                    other -> other.equals(option) || (setting(other).equals(setting) && !setting.equals("sec")));
            counting.add(option);
        }
        return ofOneVersion(counting);
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
        if (setting(option).equals(setting(other)) && !option.equals(other) && !areOneTransport(option, other)) {
            throw refused(option, "not contradict " + MessageText.quoted(other), "remove one of them");
        }
    }

    private static boolean areOneTransport(String option, String other) {
        return transport(option).isPresent() && transport(option).equals(transport(other));
    }

    /** What mount.nfs or the kernel refuses with the version that is asked for. */
    private static NfsMountOptions ofOneVersion(List<String> options) {
        NfsMountOptions result = new NfsMountOptions(options);
        String version = result.version().orElse("");
        for (String option : options) {
            if (version.startsWith("4")
                    && NfsMountOption.find(name(option)).orElseThrow().isRefusedWith4()) {
                throw refused(option, "be used only with version 3", "remove it, or write vers=3");
            }
            if (version.startsWith("4") && transport(option).orElse("").startsWith("udp")) {
                throw refused(option, "be used only with version 3", "write \"proto=tcp\"");
            }
            if (version.equals("3") && name(option).equals("minorversion") && !option.equals("minorversion=0")) {
                throw refused("minorversion", "be used only with version 4", "remove it, or write vers=4.1");
            }
            if (option.equals("migration") && !version.isEmpty() && !version.equals("4") && !version.equals("4.0")) {
                throw refused(option, "be used only with version 4.0", "remove it, or write vers=4.0");
            }
        }
        return result;
    }

    private static Optional<String> transport(String option) {
        return setting(option).equals("proto")
                ? Optional.of(option.substring(option.indexOf('=') + 1))
                : Optional.empty();
    }

    private static String setting(String option) {
        return NfsMountOption.find(name(option)).orElseThrow().setting();
    }

    private static InvalidValueException refused(String option, String rule, String remedy) {
        return InvalidValueException.of("mount option", rule, MessageText.quoted(option), remedy);
    }

    private static String name(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? option : option.substring(0, equals);
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
                .filter(option -> setting(option).equals("vers"))
                .map(option -> option.substring(
                        option.startsWith("v3") || option.startsWith("v4") ? 1 : option.indexOf('=') + 1))
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
        } else if (option.equals("bg")) {
            consequence = "a pod can start before the server answers, and writes to the disk of its node";
        } else if (transport(option).orElse("").startsWith("udp")) {
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
