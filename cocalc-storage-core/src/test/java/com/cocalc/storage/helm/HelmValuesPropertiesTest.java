package com.cocalc.storage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.StorageConfig;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Laws of reading. The number of tries is the default one, so that a long run can raise it. */
class HelmValuesPropertiesTest {

    private static final List<String> PIECES = List.of(
            "global",
            "storage",
            "data",
            "claimName",
            "size",
            "create",
            "manage",
            "project",
            ": ",
            ":",
            "- ",
            "-",
            "? ",
            "\n",
            "\n  ",
            "\n    ",
            " ",
            "\t",
            "{",
            "}",
            "[",
            "]",
            ",",
            "'",
            "\"",
            "\\",
            "\\U9999",
            "&a ",
            "*a",
            "<<: ",
            "!!str ",
            "! ",
            "!<x> ",
            "!",
            "%",
            "%YAML 9",
            "---\n",
            "...\n",
            "#",
            "|",
            ">",
            "|9",
            "@",
            "`",
            "~",
            "true",
            "yes",
            "1e3",
            "1Gi",
            "0x1",
            "0o17",
            "010",
            "1_0",
            "1e4294967296",
            ".inf",
            "1" + "0".repeat(400),
            "null",
            "globl",
            "fix_permissions_init",
            "storage.size.data",
            "\uFEFF",
            "\0",
            "\u0085",
            "\u2028",
            "\uD83D",
            "😀",
            "\r",
            "storage: {",
            "global: {storage: {data: {claimName: ");
    private static final String VALID = """
            # all that is read, and some that is not
            x-sizes: &sizes {data: 1Ti, software: '20Gi'}
            global:
              settings: {dns: cocalc.example.com, "a": [1, 2.5, ~, yes]}
              storage:
                data: {claimName: cocalc-data}
                software:
                  claimName: "cocalc-software"
              shared_files_path: shares/[project_id]
            storage:
              create: on
              class: nfs
              size: *sizes
            manage:
              project:
                fixPermissionsInit: true
              script: |
                echo "tab	here"
            """;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Path directory = Path.of("");

    @BeforeContainer
    static void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("values");
    }

    @AfterContainer
    static void removeDirectory() throws IOException {
        Files.deleteIfExists(directory.resolve("fuzz.yaml"));
        Files.delete(directory);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void brokenValuesAreReadOrRefused(@ForAll("cuts") List<Integer> cuts) {
        readOrRefuse(broken(VALID, cuts));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyTextIsReadOrRefused(@ForAll("texts") String text) {
        readOrRefuse(text);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes, @ForAll("cuts") List<Integer> cuts) throws IOException {
        byte[] broken = broken(VALID, cuts).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            broken[Math.floorMod(i * 31 + bytes[i], broken.length)] = bytes[i];
        }
        Path file = Files.write(directory.resolve("fuzz.yaml"), cuts.size() % 2 == 0 ? bytes : broken);

        try {
            assertThat(HelmValues.read(file).storage()).isNotNull();
        } catch (HelmValuesException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(HelmValuesPropertiesTest::isOneLine);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void layersAreMergedAsHelmMergesMaps(@ForAll("layers") List<Map<String, Object>> layers) throws IOException {
        Map<String, Object> merged = new HashMap<>();
        Path[] files = new Path[layers.size()];
        for (int i = 0; i < files.length; i++) {
            merge(merged, layers.get(i));
            files[i] =
                    Files.writeString(directory.resolve("layer" + i + ".yaml"), JSON.writeValueAsString(layers.get(i)));
        }
        String together = JSON.writeValueAsString(merged);

        Object layered = outcome(() -> HelmValues.read(List.of(files)));

        assertThat(layered).isEqualTo(outcome(() -> HelmValues.parse(together, "merged.yaml")));
        for (Path file : files) {
            Files.delete(file);
        }
    }

    @Property
    void everyClaimNameIsReadQuoted(@ForAll("claimNames") String name) {
        String text = "global: {storage: {shares: {claimName: \"" + name + "\"}}}";

        assertThat(HelmValues.parse(text, "x").storage().sharesClaim()).isEqualTo(ClaimName.parse(name));
    }

    private static void readOrRefuse(String text) {
        try {
            assertThat(HelmValues.parse(text, "my-values.yaml").storage()).isNotNull();
        } catch (HelmValuesException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(HelmValuesPropertiesTest::isOneLine);
        }
    }

    private static void isOneLine(String problem) {
        assertThat(problem)
                .matches("[ -~…]+")
                .contains(" must ", ", but was ", "; ")
                .hasSizeLessThan(600);
    }

    /** The configuration, or what is wrong without the places, which differ. */
    private static Object outcome(Supplier<HelmValues> read) {
        try {
            StorageConfig storage = read.get().storage();
            return List.of(storage, storage.created());
        } catch (HelmValuesException e) {
            return e.problems().stream()
                    .map(problem ->
                            problem.replaceAll("(, also at [^()]*)? \\([^()]*, line [0-9]+, column [0-9]+\\)", ""))
                    .sorted()
                    .toList();
        }
    }

    /** As Helm's own function does it. */
    @SuppressWarnings("unchecked") // maps of JSON have text as keys
    private static void merge(Map<String, Object> into, Map<String, Object> later) {
        later.forEach((key, value) -> {
            if (value instanceof Map && into.get(key) instanceof Map) {
                Map<String, Object> copy = new HashMap<>((Map<String, Object>) into.get(key));
                merge(copy, (Map<String, Object>) value);
                into.put(key, copy);
            } else {
                into.put(key, value);
            }
        });
    }

    private static String broken(String text, List<Integer> numbers) {
        String broken = text;
        for (int i = 0; i + 2 < numbers.size(); i += 3) {
            int at = Math.floorMod(numbers.get(i), broken.length() + 1);
            int length = Math.min(Math.floorMod(numbers.get(i + 1), 20), broken.length() - at);
            String piece = PIECES.get(Math.floorMod(numbers.get(i + 2), PIECES.size()));
            String cut = broken.substring(at, at + length);
            String[] inPlace = {piece, piece + cut, "", cut + cut};
            broken = broken.substring(0, at)
                    + inPlace[Math.floorMod(numbers.get(i + 1), inPlace.length)]
                    + broken.substring(at + length);
        }
        return broken;
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().list().ofMinSize(3).ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces)),
                Arbitraries.strings().ofMaxLength(40));
    }

    @Provide
    Arbitrary<String> claimNames() {
        return Arbitraries.strings().withChars("abcxyz019").ofMinLength(1).ofMaxLength(20);
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> layers() {
        Arbitrary<Object> leaf =
                Arbitraries.<Object>of("a", "b", "1Gi", true, false, 5, "_", "shares/[project_id]", List.of());
        Arbitrary<Map<String, Object>> claim = map(List.of("claimName"), leaf);
        Arbitrary<Map<String, Object>> claims = map(List.of("data", "software", "shares"), orLeaf(claim, leaf));
        Arbitrary<Map<String, Object>> sizes = map(List.of("data", "software", "datas"), leaf);
        Arbitrary<Map<String, Object>> create = map(List.of("create", "class", "size"), orLeaf(sizes, leaf));
        Arbitrary<Map<String, Object>> global = map(List.of("storage", "shared_files_path"), orLeaf(claims, leaf));
        return map(List.of("global", "storage"), orLeaf(Arbitraries.oneOf(global, create), leaf))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static Arbitrary<Object> orLeaf(Arbitrary<Map<String, Object>> maps, Arbitrary<Object> leaf) {
        return Arbitraries.frequencyOf(Tuple.of(5, maps.map(map -> (Object) map)), Tuple.of(1, leaf));
    }

    private static Arbitrary<Map<String, Object>> map(List<String> keys, Arbitrary<Object> values) {
        return Arbitraries.maps(Arbitraries.of(keys), values).ofMaxSize(keys.size());
    }
}
