package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NfsIsolationTest {

    private static NfsIsolation.Builder isolation() {
        return NfsIsolation.builder(NfsServer.builder("storage", "nfs").build());
    }

    @Test
    void onlyNodesReachThePortsOfNfs3() {
        Golden.assertEqual(
                "nfs-isolation.yaml",
                KubernetesText.yaml(isolation().nodes("10.0.0.0/16").build().networkPolicy()));
    }

    @Test
    void nfs4NeedsOnePortAndEachFamilyKeepsItsOwnExceptions() {
        NfsServer server =
                NfsServer.builder("storage", "nfs").mountOptions("vers=4.2").build();

        Golden.assertEqual(
                "nfs-isolation-v4-dual.yaml",
                KubernetesText.yaml(NfsIsolation.builder(server)
                        .nodes("10.0.0.0/8")
                        .nodes("10.1.0.0/16")
                        .nodes("2001:db8::/32")
                        .except("10.1.2.0/24")
                        .except("2001:db8:0:1::/64")
                        .build()
                        .networkPolicy()));
    }

    @Test
    void everybodyIsReported() {
        assertThat(isolation().nodes("10.0.0.0/8").nodes("::/0").build().cautions())
                .extracting(Caution::toString)
                .containsExactly("nodes is ::/0: every pod of the cluster reaches the server, and with it all projects;"
                        + " name the ranges of the nodes, as `kubectl get nodes -o wide` lists them");
    }

    @Test
    void aRuleWithoutNodesIsRefused() {
        assertThatThrownBy(() -> isolation().build())
                .hasMessage("nodes must have at least one range, but was empty; name those of `kubectl get nodes -o"
                        + " wide`, or nothing can mount");
    }

    @Test
    void anExceptionOutsideIsRefused() {
        for (String outside : new String[] {"11.0.0.0/24", "10.0.0.0/8", "0.0.0.0/0", "2001:db8::/64"}) {
            assertThatThrownBy(() ->
                            isolation().nodes("10.0.0.0/8").except(outside).build())
                    .hasMessage("except must lie strictly inside a range of nodes, but was " + outside
                            + " with nodes [10.0.0.0/8]; remove it, it is not allowed anyway");
        }
    }

    @Test
    void anExceptionThatAnotherRangeUndoesIsRefused() {
        assertThatThrownBy(() -> isolation()
                        .nodes("10.0.0.0/8")
                        .nodes("10.1.2.0/24")
                        .except("10.1.0.0/16")
                        .build())
                .hasMessage("except must hold no range of nodes, but was 10.1.0.0/16 with nodes [10.0.0.0/8,"
                        + " 10.1.2.0/24]; remove it, or the range 10.1.2.0/24");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/8",
                "0.0.0.0/0",
                "192.168.1.7/32",
                "::/0",
                "2001:db8::/32",
                "fd00::1/128",
                "1:0:0:2::/64",
                "1:2:3:4:5:6:7:8/128",
                "::1/128",
                "1:0:2:3:4:5:6:7/128"
            })
    void aCanonicalRangeReadsAsItIsWritten(String text) {
        assertThat(NetworkRange.parse(text)).hasToString(text).isEqualTo(NetworkRange.parse(text));
        assertThat(NetworkRange.parse(text)).hasSameHashCodeAs(NetworkRange.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1/8, 10.0.0.0/8",
        "2001:DB8::/32, 2001:db8::/32",
        "2001:0db8::/32, 2001:db8::/32",
        "0:0:0:0:0:0:0:0/0, ::/0",
        "1:0:0:2:0:0:0:3/128, 1:0:0:2::3/128",
        "fd00::1/64, fd00::/64"
    })
    void aRangeThatTheServerWarnsOfIsRefusedWithItsCanonicalForm(String text, String canonical) {
        assertThatThrownBy(() -> NetworkRange.parse(text))
                .hasMessage("network range must be written as the API server writes it, without bits behind the prefix,"
                        + " but was \"" + text + "\"; write \"" + canonical + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "010.0.0.0/8",
                "10.0.0/8",
                "10.0.0.0.0/8",
                "256.0.0.0/8",
                "node-1/32",
                "/8",
                "1:2:3/64",
                ":::/0",
                "1::2::3/64",
                "::ffff:10.0.0.1/128",
                "g::/16",
                "1:2:3:4:5:6:7:8:9/64",
                "12345::/16",
                "10.0.0.0 /8",
                "٠.0.0.0/8"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> NetworkRange.parse(text))
                .hasMessageStartingWith("network range must be an IPv4 or IPv6 address before the '/', but was ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/", "10.0.0.0/-1", "::/129", "::/1/2"})
    void aPrefixThatTheFamilyDoesNotHaveIsRefused(String text) {
        assertThatThrownBy(() -> NetworkRange.parse(text))
                .hasMessageStartingWith("network range must have a prefix of 0 to ");
    }

    @Test
    void anAddressWithoutPrefixAndAMappedOneAreRefused() {
        assertThatThrownBy(() -> NetworkRange.parse("10.0.0.1"))
                .hasMessage("network range must end with the length of its prefix, but was \"10.0.0.1\"; write"
                        + " \"10.0.0.1/32\" for one IPv4 address");
        assertThatThrownBy(() -> NetworkRange.parse("::ffff:a00:1/128"))
                .hasMessage("network range must not be an IPv4 range written as IPv6, but was \"::ffff:a00:1/128\";"
                        + " write the IPv4 range");
    }
}
