package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NfsMountOptionsTest {

    private static void assertRefused(String message, String... options) {
        assertThatThrownBy(() -> NfsMountOptions.of(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void optionsOfBothVersionsAndOfMountAreKnown() {
        List<String> v3 = List.of(
                "vers=3",
                "hard",
                "timeo=30",
                "retrans=2",
                "rsize=1048576",
                "nolock",
                "mountproto=tcp",
                "rw",
                "noatime");
        List<String> v4 = List.of(
                "nfsvers=4.1", "proto=tcp6", "sec=krb5p:sys", "nconnect=4", "noresvport", "fsc", "lookupcache=pos");

        assertThat(NfsMountOptions.of(v3).options()).isEqualTo(v3);
        assertThat(NfsMountOptions.of(v4)).hasToString(String.join(",", v4));
        assertThat(NfsMountOptions.of("fsc=tag", "rdirplus", "minorversion=1").version())
                .isEmpty();
        assertThat(NfsMountOptions.of("nfsvers=4.2").version()).contains("4.2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v3",
                "v4",
                "v4.1",
                "v4.2",
                "posix",
                "alignwrite",
                "fatal_neterrors=none",
                "mountprog=100005",
                "nfsprog=100003",
                "nouser",
                "comment=for all projects",
                "x-systemd.automount",
                "x-systemd.mount-timeout=10"
            })
    void optionsThatOnlyProgramsKnowAreAccepted(String option) {
        assertThat(NfsMountOptions.of(option).options()).containsExactly(option);
        assertThat(NfsMountOptions.of("hard", "v4.1").version()).contains("4.1");
    }

    @ParameterizedTest
    @CsvSource({"hrad, hard", "verz=3, vers", "nfsver=3, nfsvers", "HARD, hard", "time0=3, timeo", "nolok, nolock"})
    void aSlipOfThePenIsRefusedWithWhatIsNearest(String option, String nearest) {
        assertRefused(
                "mount option must be an option of nfs(5) or mount(8), but was \"" + option + "\"; write \"" + nearest
                        + "\" if that is meant",
                option);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a b", ";rm -rf", "turbo=yes"})
    void whatIsNoOptionIsRefused(String option) {
        assertRefused(
                "mount option must be an option of nfs(5) or mount(8), but was \"" + option
                        + "\"; remove it, or look it up in `man nfs`",
                option);
    }

    @Test
    void aValueThatAnOptionDoesNotTakeIsRefused() {
        assertRefused(
                "mount option must have the value 3, 4, 4.0, 4.1 or 4.2, but was \"vers=5\"; write that after \"vers\"",
                "vers=5");
        assertRefused(
                "mount option must have the value a whole number from 1 to 2147483647, but was \"timeo\"; write that after"
                        + " \"timeo\"",
                "timeo");
        assertRefused(
                "mount option must have the value no value, but was \"hard=1\"; write that after \"hard\"", "hard=1");
        assertRefused(
                "mount option must have the value none, sys, krb5, krb5i or krb5p, but was \"sec=sys:\"; write that"
                        + " after \"sec\"",
                "sec=sys:");
    }

    @Test
    void twoOptionsInOneEntryAreRefused() {
        assertRefused(
                "mount option must be one option, but was \"vers=3,hard\"; write an entry for each: vers=3, hard",
                "vers=3,hard");
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() {
        assertRefused(
                "mount option must not contradict \"hard\", but was \"soft\"; remove one of them", "hard", "soft");
        assertRefused(
                "mount option must not contradict \"vers=3\", but was \"nfsvers=4.1\"; remove one of them",
                "vers=3",
                "nfsvers=4.1");
        assertRefused(
                "mount option must be used only with version 4, but was \"minorversion\"; remove it, or write vers=4.1",
                "vers=3",
                "minorversion=1");
        assertRefused(
                "mount option must not contradict \"vers=3\", but was \"nfsvers=3\"; remove one of them",
                "vers=3",
                "nfsvers=3");
        assertRefused(
                "mount option must not contradict \"norelatime\", but was \"relatime\"; remove one of them",
                "norelatime",
                "relatime");
        assertThat(NfsMountOptions.of("hard", "hard", "vers=3", "vers=3", "tcp", "proto=tcp")
                        .cautions())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "soft, files half written",
        "softerr, files half written",
        "nolock, the same lock",
        "local_lock=flock, the same lock",
        "ro, nobody can write",
        "noexec, no program",
        "bg, the disk of its node",
        "udp, mix up pieces",
        "proto=udp6, mix up pieces",
        "sec=none, belongs to its anonymous user"
    })
    void anOptionThatIsDangerousWorksAndIsReported(String option, String consequence) {
        assertThat(NfsMountOptions.of(option).cautions())
                .singleElement()
                .satisfies(caution -> assertThat(caution.consequence()).contains(consequence));
    }

    @Test
    void anOptionOfTheOtherVersionIsReported() {
        assertThat(NfsMountOptions.of("vers=4.1", "noacl").cautions())
                .containsExactly(new Caution(
                        "mountOptions",
                        "noacl",
                        "it has no effect with NFS 4.1",
                        "remove it, or ask for another version"));
        assertThat(NfsMountOptions.of("vers=3", "nomigration").cautions()).hasSize(1);
        assertThat(NfsMountOptions.of("local_lock=none", "sec=sys").cautions()).isEmpty();
        assertThat(NfsMountOptions.of("vers=4.1", "tcp").cautions()).isEmpty();
        assertThat(NfsMountOptions.of("vers=4.2", "rdma", "port=20049").cautions())
                .isEmpty();
    }

    /** Tried with mount.nfs 2.8.3, where it looks at the option, and read in the kernel's {@code fs_context.c}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "vers=4.1 mountport=20048",
                "v4 mountproto=tcp",
                "nfsvers=4 mountvers=3",
                "vers=4.2 mounthost=a",
                "vers=4 mountaddr=10.0.0.1",
                "vers=4.1 udp",
                "vers=4.1 proto=udp6",
                "vers=4.1 nfsprog=100003",
                "vers=4.1 migration",
                "vers=3 migration",
                "vers=3 minorversion=1",
                "vers=3 vers=4",
                "vers=3 nfsvers=3",
                "v4 vers=4.1",
                "v4.1 v4.2",
                "nconnect=17",
                "nconnect=0",
                "max_connect=17",
                "timeo=0",
                "port=65536",
                "mountvers=4",
                "minorversion=3",
                "rsize=4294967296",
                "remount"
            })
    void whatNoNodeMountsWithIsRefusedAlsoWhereTheLastOptionCounts(String options) {
        List<String> written = List.of(options.split(" "));

        assertThatThrownBy(() -> NfsMountOptions.asMounted(written)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NfsMountOptions.of(written)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "hard soft, soft",
        "soft hard, hard",
        "ro rw, rw",
        "rw ro rw, rw",
        "softerr soft hard, hard",
        "tcp udp, udp",
        "udp proto=tcp, proto=tcp",
        "rdma proto=tcp, proto=tcp",
        "timeo=30 timeo=600, timeo=600",
        "nolock lock, lock",
        "bg fg, fg",
        "noatime atime, atime",
        "nordirplus rdirplus=force, rdirplus=force",
        "vers=4.1 udp tcp, vers=4.1 tcp",
        "vers=3 vers=3, vers=3",
        "vers=3 minorversion=0, vers=3 minorversion=0",
        "v4 minorversion=1, v4 minorversion=1",
        "sec=sys sec=krb5, sec=sys sec=krb5",
        "vers=4.0 migration nomigration, vers=4.0 nomigration"
    })
    void ofOptionsThatExcludeEachOtherANodeTakesTheLast(String written, String counting) {
        assertThat(NfsMountOptions.asMounted(List.of(written.split(" "))).options())
                .containsExactly(counting.split(" "));
    }

    @Test
    void optionsAreEqualWhereTheyReadTheSame() {
        assertThat(NfsMountOptions.of("hard"))
                .isEqualTo(NfsMountOptions.of("hard"))
                .hasSameHashCodeAs(NfsMountOptions.of("hard"))
                .isNotEqualTo(NfsMountOptions.of("soft"));
    }
}
