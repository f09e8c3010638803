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

    /**
     * What an option sets, where its name does not say it. Others set what they are named for, with or without "no".
     */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("soft", "hard"),
            Map.entry("softerr", "hard"),
            Map.entry("ro", "rw"),
            Map.entry("async", "sync"),
            Map.entry("bg", "fg"),
            Map.entry("tcp", "proto"),
            Map.entry("udp", "proto"),
            Map.entry("rdma", "proto"),
            Map.entry("nfsvers", "vers"),
            Map.entry("v3", "vers"),
            Map.entry("v4", "vers"),
            Map.entry("v4.0", "vers"),
            Map.entry("v4.1", "vers"),
            Map.entry("v4.2", "vers"));

    static {
        for (String flag : List.of(
                // nfs(5), any version
                "soft softerr hard softreval nosoftreval intr nointr ac noac bg fg nordirplus sharecache nosharecache",
                "resvport noresvport nofsc sloppy cto nocto trunkdiscovery notrunkdiscovery",
                // the kernel and mount.nfs know these as well
                "v3 v4 v4.0 v4.1 v4.2 posix noposix alignwrite noalignwrite",
                // mount(8)
                "defaults ro rw sync async dirsync atime noatime diratime nodiratime relatime norelatime strictatime",
                "nostrictatime lazytime nolazytime exec noexec suid nosuid dev nodev nofail _netdev auto noauto",
                "silent loud mand nomand iversion noiversion user nouser users nousers owner noowner")) {
            add(flag, Versions.ANY, Form.FLAG, value -> false, "no value");
        }
        add("tcp udp rdma", Versions.ANY, Form.FLAG, value -> false, "no value");
        add("lock nolock acl noacl", Versions.ONLY_3, Form.FLAG, value -> false, "no value");
        add("migration nomigration", Versions.ONLY_4, Form.FLAG, value -> false, "no value");
        addNumber("rsize wsize bsize acregmin acregmax acdirmin acdirmax actimeo retry", Versions.ANY, 0, 0xffff_ffffL);
        addNumber("timeo", Versions.ANY, 1, Integer.MAX_VALUE);
        addNumber("retrans", Versions.ANY, 0, Integer.MAX_VALUE);
        addNumber("nconnect max_connect", Versions.ANY, 1, 16);
        addNumber("port", Versions.ANY, 0, 65535);
        addNumber("mountport", Versions.NOT_4, 0, 65535);
        addNumber("mountvers", Versions.NOT_4, 1, 3);
        addNumber("mountprog nfsprog", Versions.NOT_4, 0, 0xffff_ffffL);
        addNumber("namlen", Versions.ONLY_3, 0, 0xffff_ffffL);
        addNumber("minorversion", Versions.ONLY_4, 0, 2);
        add("vers nfsvers", Versions.ANY, Form.VALUE, oneOf("3", "4", "4.0", "4.1", "4.2"), "3, 4, 4.0, 4.1 or 4.2");
        add(
                "proto",
                Versions.ANY,
                Form.VALUE,
                oneOf("tcp", "tcp6", "udp", "udp6", "rdma", "rdma6"),
                "tcp, tcp6, udp, udp6, rdma or rdma6");
        add("mountproto", Versions.NOT_4, Form.VALUE, oneOf("tcp", "tcp6", "udp", "udp6"), "tcp, tcp6, udp or udp6");
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
        add(
                "fatal_neterrors",
                Versions.ANY,
                Form.VALUE,
                oneOf("default", "none", "ENETDOWN:ENETUNREACH", "ENETUNREACH:ENETDOWN"),
                "default, none or ENETDOWN:ENETUNREACH");
        add("rdirplus", Versions.ANY, Form.BOTH, oneOf("none", "force"), "nothing, none or force");
        Predicate<String> text = value -> !value.isEmpty();
        add("fsc", Versions.ANY, Form.BOTH, text, "nothing or a tag");
        add("addr clientaddr", Versions.ANY, Form.VALUE, text, "an address");
        add("mounthost mountaddr", Versions.NOT_4, Form.VALUE, text, "an address");
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

    private static void addNumber(String names, Versions versions, long least, long most) {
        Pattern digits = Pattern.compile("[0-9]{1,10}");
        add(
                names,
                versions,
                Form.VALUE,
                value -> digits.matcher(value).matches()
                        && Long.parseLong(value) >= least
                        && Long.parseLong(value) <= most,
                "a whole number from " + least + " to " + most);
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

    /** What the option sets: of options with one setting, a node takes one. */
    String setting() {
        String positive = name.startsWith("no") ? name.substring(2) : name;
        return SETTINGS.getOrDefault(name, ALL.containsKey(positive) ? positive : name);
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

    /** Whether nodes ignore it with this version. */
    boolean isMeaningless(boolean version4) {
        return versions == (version4 ? Versions.ONLY_3 : Versions.ONLY_4);
    }

    /** Whether mount.nfs or the kernel refuses it with NFS 4. */
    boolean isRefusedWith4() {
        return versions == Versions.NOT_4;
    }

    private enum Versions {
        ANY,
        ONLY_3,
        NOT_4,
        ONLY_4
    }

    private enum Form {
        FLAG,
        VALUE,
        BOTH
    }
}
