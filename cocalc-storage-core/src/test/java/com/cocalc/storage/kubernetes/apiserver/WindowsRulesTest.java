package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.preflight.Causes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server says about the accounts of Windows, word for word, in a pod as in a container. */
class WindowsRulesTest {

    @ParameterizedTest
    @CsvFileSource(resources = "windows-accounts.csv", delimiter = '|', quoteCharacter = '\0', numLinesToSkip = 1)
    void theAccountOfAContainerIsAnswered(String options, String causes) {
        assertThat(ofContainer(options)).isEqualTo(at("spec.containers[0].securityContext", Causes.expected(causes)));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "windows-accounts.csv", delimiter = '|', quoteCharacter = '\0', numLinesToSkip = 1)
    void theAccountOfAPodIsAnswered(String options, String causes) {
        String pod =
                Audited.patched("[{'op':'add','path':'/spec/securityContext/windowsOptions','value':" + options + "}]");

        assertThat(Causes.of(ApiServer.answer(pod))).isEqualTo(at("spec.securityContext", Causes.expected(causes)));
    }

    @Test
    void lengthsHaveLimits() {
        String longestDomain = ("a".repeat(63) + ".").repeat(3) + "a".repeat(63);

        assertThat(account(longestDomain + "\\\\" + "b".repeat(104))).isEmpty();
        assertThat(account(longestDomain + ".a\\\\b"))
                .containsExactly("runAsUserName's Domain length must be under 256 characters");
        assertThat(account("a".repeat(64) + "\\\\b"))
                .containsExactly("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
        assertThat(account("b".repeat(105)))
                .containsExactly("runAsUserName's User length must not be longer than 104 characters");
        assertThat(account("ü".repeat(52))).isEmpty();
        assertThat(account("ü".repeat(53))).hasSize(1);
        assertThat(account("a.".repeat(100_000) + "\\\\b")).hasSize(2);
    }

    @Test
    void credentialsAreSmallerThan64KiBOrJustThat() {
        assertThat(ofContainer("{'gmsaCredentialSpec':'" + "x".repeat(65_536) + "'}"))
                .isEmpty();
        assertThat(ofContainer("{'gmsaCredentialSpec':'" + "x".repeat(65_537) + "'}"))
                .singleElement()
                .asString()
                .endsWith("gmsaCredentialSpec size must be under 64 KiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", ":", ";", "|", "=", ",", "+", "*", "?", "<", ">", "@", "[", "]", "\\\""})
    void eachOddCharacterOfAUserIsRefused(String odd) {
        assertThat(account("a" + odd))
                .containsExactly("runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", ":", "|", "*", "?", "<", ">", "\\\""})
    void eachOddCharacterOfADomainIsRefused(String odd) {
        assertThat(account("a" + odd + "\\\\b"))
                .containsExactly("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
    }

    /** The messages without field and value. */
    private static List<String> account(String account) {
        return ofContainer("{'runAsUserName':'" + account + "'}").stream()
                .map(cause -> cause.substring(cause.lastIndexOf(": runAs") + 2))
                .toList();
    }

    private static List<String> ofContainer(String options) {
        return Causes.of(ApiServer.answer(
                Audited.patched("[{'op':'add','path':'/spec/containers/0/securityContext','value':{'windowsOptions':"
                        + options + "}}]")));
    }

    private static List<String> at(String context, List<String> causes) {
        return causes.stream()
                .map(cause -> context + ".windowsOptions." + cause)
                .toList();
    }
}
