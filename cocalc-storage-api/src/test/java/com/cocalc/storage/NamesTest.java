package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {

    private static final String SUBDOMAIN =
            " must be a DNS-1123 subdomain (lower case, digits, '-', '.'; a letter or digit"
                    + " at both ends of each part; at most 253 characters), but was ";
    private static final String LABEL =
            "volume name must be a DNS-1123 label (lower case, digits, '-'; a letter or digit at"
                    + " both ends; at most 63 characters), but was ";
    private static final MountPath EXT = MountPath.parse("/ext");
    private static final ClaimName CLAIM = ClaimName.parse("projects-data");

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, quoteCharacter = '`', textBlock = """
            ``|""
            Projects|"Projects"
            projects_data|"projects_data"
            -projects|"-projects"
            projects-|"projects-"
            .projects|".projects"
            projects.|"projects."
            a..b|"a..b"
            a.-b|"a.-b"
            a-.b|"a-.b"
            a b|"a b"
             a|" a"
            a/b|"a/b"
            a"b|"a\\"b"
            a\\b|"a\\\\b"
            -|"-"
            .|"."
            a{|"a{"
            a`|"a`"
            a:|"a:"
            b\u00e4|"b\\u00e4"
            \uff41|"\\uff41"
            a\u0661|"a\\u0661"
            """)
    void textThatCannotNameAClaimIsRefused(String text, String shown) {
        assertThatThrownBy(() -> ClaimName.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("claim name" + SUBDOMAIN + shown + "; rename the claim");
        assertThatThrownBy(() -> StorageClassName.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("storage class" + SUBDOMAIN + shown
                        + "; use a name that `kubectl get storageclass` lists, for example \"nfs\"");
    }

    @Test
    void aNameOf254CharactersIsRefused() {
        assertThatThrownBy(() -> ClaimName.parse("a".repeat(254)))
                .hasMessage(
                        "claim name" + SUBDOMAIN + "\"" + "a".repeat(80) + "…\" (254 characters); rename the claim");
    }

    @Test
    void controlCharactersAreShownEscaped() {
        assertThatThrownBy(() -> ClaimName.parse("a\n\u0000\u007f"))
                .hasMessage("claim name" + SUBDOMAIN + "\"a\\u000a\\u0000\\u007f\"; rename the claim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "z9", "a-b", "a--b", "a.b", "1.2.3", "projects-data.v2", "0-0"})
    void whatKubernetesTakesIsTaken(String text) {
        assertThat(ClaimName.parse(text)).hasToString(text);
        assertThat(StorageClassName.parse(text)).hasToString(text);
    }

    @Test
    void aNameOf253CharactersIsTakenAlsoInOnePart() {
        assertThat(ClaimName.parse("a".repeat(253)).value()).hasSize(253);
    }

    @Test
    void claimsAreSortedAsTheirTexts() {
        assertThat(ClaimName.parse("a")).isLessThan(ClaimName.parse("b"));
    }

    @Test
    void nullIsRefusedByName() {
        assertThatThrownBy(() -> ClaimName.parse(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("claim name");
        assertThatThrownBy(() -> StorageClassName.parse(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("storage class");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``|""
            Home|"Home"
            home.1|"home.1"
            -home|"-home"
            home-|"home-"
            """)
    void aVolumeNeedsALabel(String volume, String shown) {
        assertThatThrownBy(() -> mount(volume)).hasMessage(LABEL + shown + "; rename the volume");
    }

    @Test
    void aVolumeNameHasAtMost63Characters() {
        assertThat(mount("v".repeat(63)).volume()).hasSize(63);
        assertThatThrownBy(() -> mount("v".repeat(64)))
                .hasMessage(LABEL + "\"" + "v".repeat(64) + "\"; rename the volume");
    }

    @Test
    void aMountIsWhole() {
        List<StorageMountMaker> makers = List.of(
                () -> StorageMount.of(null, CLAIM, WholeClaim.WHOLE_CLAIM, EXT, Access.READ_ONLY),
                () -> StorageMount.of("ext", null, WholeClaim.WHOLE_CLAIM, EXT, Access.READ_ONLY),
                () -> StorageMount.of("ext", CLAIM, null, EXT, Access.READ_ONLY),
                () -> StorageMount.of("ext", CLAIM, WholeClaim.WHOLE_CLAIM, null, Access.READ_ONLY),
                () -> StorageMount.of("ext", CLAIM, WholeClaim.WHOLE_CLAIM, EXT, null));
        List<String> names = List.of("volume name", "claim", "part", "mountPath", "access");

        for (int i = 0; i < makers.size(); i++) {
            assertThatThrownBy(makers.get(i)::make)
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage(names.get(i));
        }
    }

    @Test
    void aMountReadsAsWhereWhatAndHow() {
        assertThat(mount("ext")).hasToString("/ext: the whole of projects-data, read-only");
        assertThat(StorageMount.of("home", CLAIM, SubPath.parse("projects/a"), EXT, Access.READ_WRITE))
                .hasToString("/ext: projects/a of projects-data, read-write");
        assertThat(WholeClaim.WHOLE_CLAIM).hasToString("(whole claim)");
    }

    private static StorageMount mount(String volume) {
        return StorageMount.of(volume, CLAIM, WholeClaim.WHOLE_CLAIM, EXT, Access.READ_ONLY);
    }

    private interface StorageMountMaker {
        StorageMount make();
    }
}
