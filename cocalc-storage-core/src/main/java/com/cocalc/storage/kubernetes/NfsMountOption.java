package com.cocalc.storage.kubernetes;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The options of nfs(5) and mount(8), with the values that they accept. */
final class NfsMountOption {

    private static final Map<String, NfsMountOption> ALL = new LinkedHashMap<>();

    /** Groups of options that exclude each other. */
    private static final List<List<String>> EXCLUSIVE = List.of(
            List.of("hard", "soft", "softerr"),
            List.of("ro", "rw"),
            List.of("ac", "noac"),
            List.of("lock", "nolock"),
            List.of("cto", "nocto"),
            List.of("acl", "noacl"),
            List.of("sync", "async"),
            List.of("exec", "noexec"),
            List.of("suid", "nosuid"),
            List.of("dev", "nodev"),
            List.of("bg", "fg"),
            List.of("resvport", "noresvport"),
            List.of("sharecache", "nosharecache"),
            List.of("rdirplus", "nordirplus"),
            List.of("fsc", "nofsc"),
            List.of("atime", "noatime"),
            List.of("tcp", "udp", "rdma"));

    static {
        for (String flag : List.of(
                // nfs(5), any version
                "soft softerr hard softreval nosoftreval intr nointr ac noac bg fg nordirplus sharecache nosharecache",
                "resvport noresvport nofsc sloppy cto nocto trunkdiscovery notrunkdiscovery",
                // the kernel and mount.nfs know these as well
                "v3 v4 v4.0 v4.1 v4.2 posix noposix alignwrite noalignwrite",
                // mount(8)
                "defaults ro rw sync async dirsync atime noatime diratime nodiratime relatime norelatime strictatime",
                "nostrictatime lazytime nolazytime exec noexec suid nosuid dev nodev nofail _netdev auto noauto remount",
                "silent loud mand nomand iversion noiversion user nouser users nousers owner noowner")) {
            add(flag, Versions.ANY, Form.FLAG, value -> false, "no value");
        }
        add("udp tcp rdma lock nolock acl noacl", Versions.ONLY_3, Form.FLAG, value -> false, "no value");
        add("migration nomigration", Versions.ONLY_4, Form.FLAG, value -> false, "no value");
        Predicate<String> number = Pattern.compile("[0-9]{1,10}").asMatchPredicate();
        add(
                "timeo retrans rsize wsize bsize acregmin acregmax acdirmin acdirmax actimeo nconnect max_connect retry port",
                Versions.ANY,
                Form.VALUE,
                number,
                "a whole number");
        add("mountport mountvers mountprog nfsprog namlen", Versions.ONLY_3, Form.VALUE, number, "a whole number");
        add("minorversion", Versions.ONLY_4, Form.VALUE, number, "a whole number");
        add("vers nfsvers", Versions.ANY, Form.VALUE, oneOf("3", "4", "4.0", "4.1", "4.2"), "3, 4, 4.0, 4.1 or 4.2");
        add(
                "proto",
                Versions.ANY,
                Form.VALUE,
                oneOf("tcp", "tcp6", "udp", "udp6", "rdma", "rdma6"),
                "tcp, tcp6, udp, udp6, rdma or rdma6");
        add("mountproto", Versions.ONLY_3, Form.VALUE, oneOf("tcp", "tcp6", "udp", "udp6"), "tcp, tcp6, udp or udp6");
        add(
                "sec",
                Versions.ANY,
                Form.VALUE,
                value -> Arrays.stream(value.split(":", -1)).allMatch(oneOf("none", "sys", "krb5", "krb5i", "krb5p")),
                "none, sys, krb5, krb5i or krb5p");
        add("lookupcache", Versions.ANY, Form.VALUE, oneOf("all", "none", "pos", "positive"), "all, none or pos");
        add(
                "local_lock",
                Versions.ONLY_3,
                Form.VALUE,
                oneOf("none", "all", "flock", "posix"),
                "none, all, flock or posix");
        add("write", Versions.ANY, Form.VALUE, oneOf("lazy", "eager", "wait"), "lazy, eager or wait");
        add("xprtsec", Versions.ANY, Form.VALUE, oneOf("none", "tls", "mtls"), "none, tls or mtls");
        add("rdirplus", Versions.ANY, Form.BOTH, oneOf("none", "force"), "nothing, none or force");
        Predicate<String> text = value -> !value.isEmpty();
        add("fsc", Versions.ANY, Form.BOTH, text, "nothing or a tag");
        add("addr clientaddr", Versions.ANY, Form.VALUE, text, "an address");
        add("mounthost mountaddr", Versions.ONLY_3, Form.VALUE, text, "an address");
        add("comment", Versions.ANY, Form.VALUE, value -> true, "any text");
        add("context fscontext defcontext rootcontext", Versions.ANY, Form.VALUE, text, "a security context");
    }

    private final String name;
    private final Versions versions;
    private final Form form;
    private final Predicate<String> valid;
    private final String values;

    private NfsMountOption(String name, Versions versions, Form form, Predicate<String> valid, String values) {
        this.name = name;
        this.versions = versions;
        this.form = form;
        this.valid = valid;
        this.values = values;
    }

    private static void add(String names, Versions versions, Form form, Predicate<String> valid, String values) {
        for (String name : names.split(" ", -1)) {
            ALL.put(name, new NfsMountOption(name, versions, form, valid, values));
        }
    }

    private static Predicate<String> oneOf(String... values) {
        return List.of(values)::contains;
    }

    /** What starts with {@code x-} is for programs beside mount(8), which passes it on to nobody. */
    static Optional<NfsMountOption> find(String name) {
        if (name.matches("[xX]-[A-Za-z0-9._-]{1,100}")) {
            return Optional.of(new NfsMountOption(name, Versions.ANY, Form.BOTH, value -> true, "any text"));
        }
        return Optional.ofNullable(ALL.get(name));
    }

    /** Returns the known option with the nearest name; empty if that would be another word. */
    static Optional<String> nearest(String name) {
        String nearest = null;
        int least = Math.min(2, name.length() / 2) + 1;
        for (String known : ALL.keySet()) {
            int distance = edits(name, known);
            if (distance < least) {
                least = distance;
                nearest = known;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    static boolean contradict(String one, String other) {
        return !one.equals(other) && EXCLUSIVE.stream().anyMatch(group -> group.contains(one) && group.contains(other));
    }

    boolean takes(String value) {
        return value.isEmpty() ? form != Form.VALUE : form != Form.FLAG && valid.test(value.substring(1));
    }

    String name() {
        return name;
    }

    String values() {
        return values;
    }

    boolean isMeaningless(boolean version4) {
        return versions == (version4 ? Versions.ONLY_3 : Versions.ONLY_4);
    }

    private enum Versions {
        ANY,
        ONLY_3,
        ONLY_4
    }

    private enum Form {
        FLAG,
        VALUE,
        BOTH
    }
}
