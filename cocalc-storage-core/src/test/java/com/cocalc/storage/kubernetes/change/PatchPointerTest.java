package com.cocalc.storage.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.Licenses;
import com.cocalc.storage.kubernetes.audit.Manifests;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pointers as RFC 6901 has them. */
class PatchPointerTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The document of section 5. */
    private static JsonNode document() throws Exception {
        return MAPPER.readTree("""
                {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\\\j": 5,
                 "k\\"l": 6, " ": 7, "m~n": 8, "~1": 9, "/": 10, "~": 11, "01": 12, "-": 13}""");
    }

    /** The table of section 5, and what tells the order of the two escapes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "/foo;[\"bar\",\"baz\"]",
                "/foo/0;\"bar\"",
                "/foo/1;\"baz\"",
                "/;0",
                "/a~1b;1",
                "/c%d;2",
                "/e^f;3",
                "/g|h;4",
                "/i\\j;5",
                "/k\"l;6",
                "/ ;7",
                "/m~0n;8",
                "/~01;9",
                "/~1;10",
                "/~0;11",
                "/01;12",
                "/-;13"
            })
    void aPointerLeadsWhereTheRfcSays(String pointer, String value) throws Exception {
        assertThat(PatchPointer.parse(pointer).in(document())).isEqualTo(MAPPER.readTree(value));
    }

    @Test
    void theEmptyPointerIsTheWhole() throws Exception {
        assertThat(PatchPointer.parse("").in(document())).isEqualTo(document());
        assertThat(PatchPointer.parse("/").names()).containsExactly("");
        assertThat(PatchPointer.parse("//a/").names()).containsExactly("", "a", "");
        assertThat(PatchPointer.parse("/~001~10~0~1").names()).containsExactly("~01/0~/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "foo;\"foo\" is not a JSON pointer (RFC 6901), as it starts without '/'",
                "#/foo;\"#/foo\" is not a JSON pointer (RFC 6901), as it starts without '/'",
                "/~;\"/~\" is not a JSON pointer (RFC 6901), as it has a '~' without 0 or 1 after it",
                "/a~/0;\"/a~/0\" is not a JSON pointer (RFC 6901), as it has a '~' without 0 or 1 after it",
                "/~2;\"/~2\" is not a JSON pointer (RFC 6901), as it has a '~' without 0 or 1 after it",
                "/~0~;\"/~0~\" is not a JSON pointer (RFC 6901), as it has a '~' without 0 or 1 after it"
            })
    void whatIsNoPointerSaysWhy(String text, String words) {
        assertThatThrownBy(() -> PatchPointer.parse(text))
                .isInstanceOf(PatchProblem.class)
                .hasMessage(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "/foo/00;\"00\" is not an index of a list",
                "/foo/01;\"01\" is not an index of a list",
                "/foo/-1;\"-1\" is not an index of a list",
                "/foo/+1;\"+1\" is not an index of a list",
                "/foo/1.0;\"1.0\" is not an index of a list",
                "/foo/1e0;\"1e0\" is not an index of a list",
                "/foo/;\"\" is not an index of a list",
                "/foo/-;\"-\" is not an index of a list",
                "/foo/\u0661;\"\\u0661\" is not an index of a list",
                "/foo/2;the pod has no \"2\" there",
                "/foo/4294967296;the pod has no \"4294967296\" there",
                "/foo/99999999999999999999;the pod has no \"99999999999999999999\" there",
                "/nothing;the pod has no \"nothing\" there",
                "/foo/0/x;the pod has no \"x\" there"
            })
    void aPlaceThatIsNotThereIsNamed(String pointer, String words) throws Exception {
        JsonNode document = document();

        assertThatThrownBy(() -> PatchPointer.parse(pointer).in(document))
                .isInstanceOf(PatchProblem.class)
                .hasMessage(words);
    }

    @Test
    void aPatchWithAnEscapedTildeChangesTheNameThatTheRfcSays() {
        Pod pod = Manifests.pod("metadata: { name: p }\nspec: { containers: [{ name: c }] }");
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch(
                Licenses.A,
                "[{\"op\":\"add\",\"path\":\"/metadata/annotations\",\"value\":{}},"
                        + "{\"op\":\"add\",\"path\":\"/metadata/annotations/a~01b\",\"value\":\"x\"},"
                        + "{\"op\":\"add\",\"path\":\"/metadata/annotations/c~1d\",\"value\":\"y\"}]")));

        assertThat(patches.applyTo(pod).getMetadata().getAnnotations())
                .containsOnlyKeys("a~1b", "c/d")
                .containsEntry("a~1b", "x");
    }

    /** Read as a slash, the pointer would lead to the other value, and nothing would happen. */
    @Test
    void theGuardSeesWhatAPatchWithAnEscapedTildeDoes() {
        ProjectVolumes project = ProjectVolumes.forProject(UUID.fromString(Licenses.A), ProjectLicenses.none());
        Pod pod = PodStorage.of(project).applyTo(Manifests.pod("spec: { containers: [{ name: c, image: i }] }"), "c");
        String patch = "[{\"op\":\"add\",\"path\":\"/x\",\"value\":{\"~1\":false,\"/\":true}},"
                + "{\"op\":\"copy\",\"from\":\"/x/~01\",\"path\":\"/spec/volumes/1/persistentVolumeClaim/readOnly\"},"
                + "{\"op\":\"copy\",\"from\":\"/x/~01\",\"path\":\"/spec/containers/0/volumeMounts/1/readOnly\"},"
                + "{\"op\":\"remove\",\"path\":\"/x\"}]";
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, patch)));

        assertThatThrownBy(() -> PatchGuard.strict(project).apply(patches, pod))
                .isInstanceOf(PatchRefusedException.class)
                .hasMessageContaining("/ext");
    }
}
