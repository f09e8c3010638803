package com.cocalc.storage.kubernetes.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule for names at its edges, and in its words. */
class NameRulesTest {

    private static final String LABEL = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters"
            + " or '-', and must start and end with an alphanumeric character";
    private static final String SUBDOMAIN = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
            + " characters, '-' or '.', and must start and end with an alphanumeric character";
    private static final String VALUE =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
                    + " character";
    private static final String VARIABLE =
            "a valid environment variable name must consist only of printable ASCII characters other than '='";

    @ParameterizedTest
    @ValueSource(strings = {"a", "z", "0", "9", "a-b", "a--b", "0-9", "az09"})
    void labels(String name) {
        assertThat(NameRules.findLabelFault(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "-a", "a-", "A", "Z", "a_b", "a b", "ä", "a/b", "`", "{", "/", ":", "@", "["})
    void noLabels(String name) {
        assertThat(NameRules.findLabelFault(name)).isEqualTo(LABEL);
    }

    @Test
    void aLabelHas63CharactersAndNoDot() {
        assertThat(NameRules.findLabelFault("a".repeat(63))).isNull();
        assertThat(NameRules.findLabelFault("a".repeat(64))).isEqualTo("must be no more than 63 characters");
        assertThat(NameRules.findLabelFault(".")).isEqualTo("must not contain dots");
        assertThat(NameRules.findLabelFault("a".repeat(64) + ".")).isEqualTo("must not contain dots");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "a.b", "a-b.c-d", "0.0", "a.b.c"})
    void subdomains(String name) {
        assertThat(NameRules.findSubdomainFault(name)).isNull();
        assertThat(NameRules.isClaimName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".a", "a.", "a..b", "-a", "a-", "a.-b", "a-.b", "A", "a/b", "a b", "ä"})
    void noSubdomains(String name) {
        assertThat(NameRules.findSubdomainFault(name)).isEqualTo(SUBDOMAIN);
        assertThat(NameRules.isClaimName(name)).isFalse();
    }

    @Test
    void aSubdomainHas253Characters() {
        assertThat(NameRules.findSubdomainFault("a".repeat(253))).isNull();
        assertThat(NameRules.findSubdomainFault("a".repeat(254))).isEqualTo("must be no more than 253 characters");
        assertThat(NameRules.findSubdomainFault("a_b")).isEqualTo(SUBDOMAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "9", "a_b", "a.b", "a-b", "A/b", "a.b/C_d"})
    void keysOfAnnotations(String key) {
        assertThat(NameRules.findAnnotationKeyFault(key)).isNull();
    }

    @Test
    void lowerCaseNeverMakesAKeyLonger() {
        // U+0130 is i for the server, and i with a dot above it for String.toLowerCase.
        assertThat(NameRules.lowerCase("\u0130\u212aAz")).isEqualTo("ikaz");
        assertThat(NameRules.findAnnotationKeyFault("\u0130/\u0130")).isNull();
        assertThat(NameRules.findQualifiedNameFault("\u0130")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "9", "a_b", "a.b", "a-b", "a/b", "a.b/C_d", "0/0"})
    void keysOfLabels(String key) {
        assertThat(NameRules.findQualifiedNameFault(key)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' | name part must be non-empty
            a/ | name part must be non-empty
            /a | prefix part must be non-empty
            / | prefix part must be non-empty
            a/b/c | a qualified name must consist of alphanumeric characters, '-', '_' or '.', with an optional DNS\
             subdomain prefix and one '/'
            a/b/ | a qualified name must consist of alphanumeric characters, '-', '_' or '.', with an optional DNS\
             subdomain prefix and one '/'
            a-/b | prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or\
             '.', and must start and end with an alphanumeric character
            A/b | prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or\
             '.', and must start and end with an alphanumeric character
            a/-b | name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an\
             alphanumeric character
            a b | name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an\
             alphanumeric character
            """)
    void noKeysOfLabels(String key, String fault) {
        assertThat(NameRules.findQualifiedNameFault(key)).isEqualTo(fault);
    }

    @Test
    void bothPartsOfAKeyHaveALimit() {
        assertThat(NameRules.findQualifiedNameFault("p".repeat(253) + "/" + "n".repeat(63)))
                .isNull();
        assertThat(NameRules.findQualifiedNameFault("p".repeat(254) + "/n"))
                .isEqualTo("prefix part must be no more than 253 characters");
        assertThat(NameRules.findQualifiedNameFault("p/" + "n".repeat(64)))
                .isEqualTo("name part must be no more than 63 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "A", "9", "a-_.b", "a..b"})
    void valuesOfLabels(String value) {
        assertThat(NameRules.findLabelValueFault(value)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "_", ".", "-a", "a-", "_a", "a_", ".a", "a.", "a b", "a/b", "a:b", "ä", "a@b", "a[b"})
    void noValuesOfLabels(String value) {
        assertThat(NameRules.findLabelValueFault(value)).isEqualTo(VALUE);
    }

    @Test
    void aValueHas63Characters() {
        assertThat(NameRules.findLabelValueFault("a".repeat(63))).isNull();
        assertThat(NameRules.findLabelValueFault("-".repeat(64))).isEqualTo("must be no more than 63 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "~", "1", "A B", ".", "..", "a:b"})
    void variables(String name) {
        assertThat(NameRules.findEnvironmentNameFault(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "a=", "\u001f", "\u007f", "\t", "ä", "a\u0000"})
    void noVariables(String name) {
        assertThat(NameRules.findEnvironmentNameFault(name)).isEqualTo(VARIABLE);
    }

    @Test
    void aVariableHasAName() {
        assertThat(NameRules.findEnvironmentNameFault("")).isEqualTo("environment variable name must be non-empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "_", "-", "a1", "a.b", ".a", "a..", "_0", "z9", "a0"})
    void variablesOfOldServersToo(String name) {
        assertThat(NameRules.isPortableEnvironmentName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "..a", "0", "9a", "5", "a b", "a=", "a:", "a/", "ä"})
    void variablesOfNewServersOnly(String name) {
        assertThat(NameRules.isPortableEnvironmentName(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A", "-", "_", ".a", "a..b", "0"})
    void keysOfConfigs(String key) {
        assertThat(NameRules.findConfigKeyFault(key)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "..a", "..."})
    void reservedKeysOfConfigs(String key) {
        assertThat(NameRules.findConfigKeyFault(key)).isEqualTo("must not be '.' or start with '..'");
    }

    @Test
    void aKeyOfAConfigHas253CharactersAndFewKinds() {
        assertThat(NameRules.findConfigKeyFault("a".repeat(253))).isNull();
        assertThat(NameRules.findConfigKeyFault("a".repeat(254))).isEqualTo("must be no more than 253 characters");
        assertThat(NameRules.findConfigKeyFault("a b"))
                .isEqualTo("a valid config key must consist of alphanumeric characters, '-', '_' or '.'");
        assertThat(NameRules.findConfigKeyFault("a/b"))
                .isEqualTo("a valid config key must consist of alphanumeric characters, '-', '_' or '.'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "z", "a1", "1a", "a-b", "http", "123456789012-ab"})
    void names(String port) {
        assertThat(NameRules.findPortNameFault(port)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' | must contain at least one letter (a-z)
            1 | must contain at least one letter (a-z)
            1-2 | must contain at least one letter (a-z)
            A | must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)
            a_b | must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)
            a--b | must not contain consecutive hyphens
            -a | must not begin or end with a hyphen
            a- | must not begin or end with a hyphen
            abcdefghijklmno |
            abcdefghijklmnop | must be no more than 15 characters
            """)
    void portNames(String name, String fault) {
        assertThat(NameRules.findPortNameFault(name)).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "65535, true", "65536, false", "-1, false", "4294967297, false"})
    void ports(long port, boolean good) {
        assertThat(NameRules.findPortFault(port)).isEqualTo(good ? null : "must be between 1 and 65535, inclusive");
    }
}
