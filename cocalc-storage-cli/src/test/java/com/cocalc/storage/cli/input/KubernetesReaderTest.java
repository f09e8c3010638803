package com.cocalc.storage.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the reader of YAML hands over: the JSON that kubectl makes of the same text. */
class KubernetesReaderTest {

    @TempDir
    private Path directory = Path.of("");

    private List<String> read(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("x.yaml"), text, StandardCharsets.UTF_8);
        List<String> objects = new ArrayList<>();
        KubernetesReader.read(file.toString(), object -> objects.add(object.json()));
        return objects;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0644                    | 420
            0o644                   | 420
            0x7d1                   | 2001
            0b+101                  | 5
            1_000                   | 1000
            2001.0                  | 2001
            1e3                     | 1000
            08                      | 8
            1.5                     | 1.5
            18446744073709551615    | 18446744073709551615
            1e4294967296            | "1e4294967296"
            1:30                    | "1:30"
            2024-01-01              | "2024-01-01"
            10Gi                    | "10Gi"
            yes                     | true
            y                       | true
            Off                     | false
            n                       | false
            nope                    | "nope"
            ~                       | null
            ''                      | ""
            'yes'                   | "yes"
            "0644"                  | "0644"
            !!str 0644              | "0644"
            ! 0644                  | "0644"
            [a, {b: c}, [], {}]     | ["a",{"b":"c"},[],{}]
            &x v                    | "v"
            "\\U0001F600\\x41"     | "\uD83D\uDE00A"
            """)
    void aValueIsWhatKubectlMakesOfIt(String yaml, String json) throws IOException {
        assertThat(read("kind: Pod\nx: " + yaml + "\n")).containsExactly("{\"kind\":\"Pod\",\"x\":" + json + "}");
    }

    @Test
    void aBlockIsItsLines() throws IOException {
        assertThat(read("kind: Pod\nx: |-\n  two\n  lines\nz: >\n  one\n  line\n"))
                .containsExactly("{\"kind\":\"Pod\",\"x\":\"two\\nlines\",\"z\":\"one line\\n\"}");
    }

    @Test
    void namesOfFieldsAreTexts() throws IOException {
        assertThat(read("{kind: Pod, 1: a, on: b, 0x10: c, 1.5: d, 'e': f, ? g : h}"))
                .containsExactly(
                        "{\"kind\":\"Pod\",\"1\":\"a\",\"true\":\"b\",\"16\":\"c\",\"1.5\":\"d\",\"e\":\"f\",\"g\":\"h\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x: *y            | must not use aliases, but has *y in line 2, column 4; write the value there
            *y : x           | must not use aliases, but has *y in line 2, column 1; write the value there
            x: !!int 5       | must not use tags, but has tag:yaml.org,2002:int in line 2, column 4; remove the tag, and put a text in quotes
            x: !!map {}      | must not use tags, but has tag:yaml.org,2002:map in line 2, column 4; remove the tag
            x: .inf          | must have no infinite numbers, but has .inf in line 2, column 4; put a text in quotes
            <<: {a: b}       | must not merge maps, but has << in line 2, column 1; write the fields there
            ~: b             | must have names of fields, but has null in place of one in line 2, column 1; write a name, or put it in quotes
            {a: b}: c        | must have names of fields, but has a list or a map in place of one in line 2, column 1; write a name there
            """)
    void whatKubectlWouldReadInAnotherWayIsRefusedByName(String yaml, String refusal) {
        assertThatThrownBy(() -> read("kind: Pod\n" + yaml + "\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessage(directory.resolve("x.yaml") + " " + refusal);
    }

    @Test
    void aPlaceIsWrittenWithTheDigitsOfAsciiInEveryLanguage() throws IOException {
        Path file = Files.write(directory.resolve("x.yaml"), new byte[] {'a', (byte) 0xff});
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThatThrownBy(() -> KubernetesReader.read(file.toString(), object -> {}))
                    .hasMessageContaining(", line 1, column 2, must be text in UTF-8");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void depthIsBounded() {
        assertThatThrownBy(() -> read("kind: Pod\nx: " + "[".repeat(100_000)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(
                        "must be nested at most 1000 levels deep, but has deeper in line 2, column 1003;");
        assertThatThrownBy(() -> read("{\"kind\": \"Pod\",\n\"x\": " + "[".repeat(100_000)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(", line 2, column 1005, must be YAML or JSON");
    }

    @Test
    void theDepthOfListsIsBounded() throws Exception {
        String list = "{\"kind\":\"List\",\n\"items\":[";

        assertThat(read(list.repeat(100) + "{\"kind\":\"Pod\"}" + "]}".repeat(100)))
                .containsExactly("{\"kind\":\"Pod\"}");

        Throwable[] thrown = new Throwable[1];
        Thread onASmallStack = new Thread(
                null, () -> thrown[0] = catchThrowable(() -> read(list.repeat(400))), "small stack", 256 << 10);
        onASmallStack.start();
        onASmallStack.join();
        assertThat(thrown[0])
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(", must nest lists at most 100 deep, but nests them deeper; give what kubectl");
    }

    @Test
    void anEscapeWithoutAMeaningIsRefusedInOneLine() {
        assertThatThrownBy(() -> read("kind: \"\\UFFFFFFFF\""))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(", line 1, column 10, must be YAML or JSON")
                .hasMessageEndingWith("; correct it there");
    }

    @ParameterizedTest
    @CsvSource({
        "'kind: \u00ff', 1, 7, ff",
        "'kind: Pod\n\u00e9: x', 2, 1, e9",
        "'kind: Pod\r\nx: caf\u00e9', 2, 7, e9",
        "'kind: Pod\rx: \u00e2\u0082\u00ac\u00e2\u0082', 2, 5, e2",
        "'{\"x\":\n\"\u00c3\u00a9\u00c0\u0080\"}', 2, 3, c0",
        "'x: \u00ed\u00a0\u0080', 1, 4, ed",
        "'x: \u00f4\u0090\u0080\u0080', 1, 4, f4",
        "'x: \u00f0\u0080\u0080\u0080', 1, 4, f0",
        "'x: \u0080', 1, 4, 80"
    })
    void textThatIsNoUtf8IsRefusedWithItsPlace(String bytes, int line, int column, String found) throws IOException {
        Path file = Files.write(directory.resolve("x.yaml"), bytes.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> KubernetesReader.read(file.toString(), object -> {}))
                .hasMessage(file + ", line " + line + ", column " + column
                        + ", must be text in UTF-8, but has the byte 0x" + found + "; convert it");
    }

    @Test
    void charactersOfEachLengthAreUtf8() throws IOException {
        assertThat(read("kind: \"~\u00a0\u07ff\u0800\ud7ff\ue000\ufffd\ud800\udc00\udbff\udfff\""))
                .containsExactly("{\"kind\":\"~\u00a0\u07ff\u0800\ud7ff\ue000\ufffd\ud800\udc00\udbff\udfff\"}");
    }

    @Test
    void documentsListsAndItemsAreObjects() throws IOException {
        assertThat(read("""
                # first
                ---
                ---
                kind: Pod
                metadata: {name: a, managedFields: [{x: y}]}
                status: {phase: Running, list: [1, {a: b}]}
                ---
                apiVersion: v1
                kind: PodList
                items:
                - metadata: {name: b}
                - {metadata: {name: c}, status: z}
                ...
                """))
                .containsExactly(
                        "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}",
                        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"b\"}}",
                        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"c\"}}");
    }
}
