package com.cocalc.storage.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cocalc.storage.StorageConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Text that is no YAML, and YAML that is made to hurt. */
class HelmValuesSyntaxTest {

    private static String problem(String text) {
        List<String> problems = catchThrowableOfType(
                        HelmValuesException.class, () -> HelmValues.parse(text, "my-values.yaml"))
                .problems();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5|the number \"5\"",
                "text|the text \"text\"",
                "[a, b]|a list",
                "- a|a list",
                "'null'|the text \"null\""
            })
    void theRootMustBeAMap(String text, String found) {
        assertThat(problem(text))
                .isEqualTo("my-values.yaml must be a map of keys, but was " + found
                        + " (my-values.yaml, line 1, column 1); start it with a key such as global:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: b: c|1|5",
                "a: 'x|1|6",
                "a: {b: 1|1|9",
                "a: [1, 2|1|9",
                "a: 1\\nb|2|2",
                "a: *nowhere|1|4",
                "a:\\n  - b\\n c: 1|3|2",
                "a: @x|1|4",
                "a: \"\\q\"|1|6",
                "{\\n\t'a': 1\\n\t'b': 2\\n}|3|2",
                "a:\\n  b: \"\\U99999999\"|2|9",
                "c:\\n   a: '\\n  'b': c|3|4"
            })
    void whatIsNoYamlIsShownWithItsPlace(String text, int line, int column) {
        assertThat(problem(text.replace("\\n", "\n")))
                .startsWith("my-values.yaml must be YAML, but was not: ")
                .endsWith(" (my-values.yaml, line " + line + ", column " + column
                        + "); look at the quotes, brackets, colons and spaces there and in the line before");
    }

    @ParameterizedTest
    @CsvSource({
        "'storage:\n\tcreate: true', 2, 1",
        "'storage:\n  create: true\n \tclass: x', 3, 2",
        "'hub:\n-\ta', 2, 2",
        "'hub:\n- \ta: b', 2, 3",
        "'? hub\n:\ta', 2, 2",
        "'\t', 1, 1",
        "'hub: [\n\ta,\n\tb\n\t]', 4, 1",
        "'hub:\n  a: |\n \tb', 3, 2",
        "'hub: |\t\n  a', 1, 7",
        "'hub: !!str\ta', 1, 11"
    })
    void tabsAreNoSpaces(String text, int line, int column) {
        assertThat(problem(text))
                .isEqualTo("my-values.yaml must have spaces between keys and values, but was spaced with a tab"
                        + " (my-values.yaml, line " + line + ", column " + column + "); replace the tabs in that line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: 1\n---\nb: 2", "---\n---\n", "a: 1\n...\n---\nb: 2", "a: 1\n---\n"})
    void aFileHasOneDocument(String text) {
        assertThat(problem(text))
                .startsWith(
                        "my-values.yaml must hold one YAML document, but was followed by another one (my-values.yaml, line ")
                .endsWith("); remove the line --- and what follows; Helm 3 reads the first document only, Helm"
                        + " 4 reads all of them");
    }

    static Stream<Arguments> forbidden() {
        return Stream.of(
                Arguments.of("a: 1\r\nb: x\0", 2, 5, "U+0000"),
                Arguments.of("a: \u0007", 1, 4, "U+0007"),
                Arguments.of("\uD83D", 1, 1, "U+D83D"),
                Arguments.of("😀: \u001b", 1, 4, "U+001B"));
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void charactersThatYamlForbidsAreNamed(String text, int line, int column, String character) {
        assertThat(problem(text))
                .isEqualTo("my-values.yaml must have characters that YAML allows, but was " + character
                        + " (my-values.yaml, line " + line + ", column " + column
                        + "); remove it, or write it as an escape in double quotes");
    }

    @Test
    void aByteOrderMarkIsNotCounted() {
        assertThat(problem("\uFEFFstorage: 1")).contains("(my-values.yaml, line 1, column 10)");
    }

    @Test
    void aMapThatHoldsItselfIsRefused() {
        assertThat(problem("hub: &a\n  b: [*a]"))
                .isEqualTo(
                        "my-values.yaml must hold no value that holds itself, but was an anchor with an alias to itself"
                                + " (my-values.yaml, line 1, column 6); remove the alias");
        assertThat(problem("storage: &a {<<: *a}")).contains("must hold no value that holds itself");
        assertThat(problem("&a [*a]")).contains("must hold no value that holds itself");
        assertThat(problem("? &a [*a]\n: 1")).contains("must hold no value that holds itself");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[*x, *x, *x, *x, *x, *x, *x, *x, *x, *x]", "{a: *x, b: *x, c: *x, d: *x, e: *x, f: *x, g: *x}"})
    void anAliasBombIsRefused(String level) {
        StringBuilder text = new StringBuilder("l0: &l0 [1]\n");
        for (int i = 1; i <= 90; i++) {
            text.append("l" + i + ": &l" + i + " ")
                    .append(level.replace("x", "l" + (i - 1)))
                    .append('\n');
        }

        assertThat(problem(text.toString()))
                .startsWith(
                        "my-values.yaml must have at most 1000000 values, with aliases expanded, but was more (my-values.yaml,"
                                + " line ")
                .endsWith("; remove the aliases; a file like this is made to fill the memory of its reader");
    }

    @Test
    void aBombOfMergeKeysIsRefused() {
        StringBuilder text = new StringBuilder("l0: &l0 {a: 1}\n");
        for (int i = 1; i <= 40; i++) {
            text.append("l%d: &l%d {<<: [*l%d, *l%d, *l%d]}\n".formatted(i, i, i - 1, i - 1, i - 1));
        }

        assertThat(problem(text + "storage: {<<: *l40}"))
                .contains("must have at most 1000000 values, with aliases expanded");
    }

    @Test
    void manyAliasesThatUnfoldToLittleAreRead() {
        StringBuilder text = new StringBuilder("x: &x {cpu: 1, memory: 2Gi}\nhub:\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("  service").append(i).append(": *x\n");
        }

        assertThat(HelmValues.parse(text.toString(), "x").storage()).isEqualTo(StorageConfig.defaults());
    }

    @Test
    void noChainOfAliasesFillsTheStack() {
        StringBuilder text = new StringBuilder("l0: &l0 [1]\n");
        for (int i = 1; i <= 50_000; i++) {
            text.append("l" + i + ": &l" + i + " [*l" + (i - 1) + "]\n");
        }

        assertThat(problem(text.toString()))
                .startsWith(
                        "my-values.yaml must be nested at most 100 deep, with aliases expanded, but was deeper (my-values.yaml,"
                                + " line ");
    }

    @Test
    void aHundredLevelsAreReadAndOneMoreIsNot() {
        // The map at the root is the first level.
        HelmValues.parse("hub: " + "[".repeat(99) + "]".repeat(99), "x");

        assertThat(problem("hub:\n " + "[".repeat(100) + "]".repeat(100)))
                .isEqualTo(
                        "my-values.yaml must be nested at most 100 deep, but was deeper (my-values.yaml, line 2, column"
                                + " 101); check that it is the file with the values, no values need it");
        assertThat(problem("a: &a 1\nhub: [*a, " + "[".repeat(100) + "]".repeat(101)))
                .contains("nested at most 100 deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "{? "})
    void noDepthFillsTheStack(String open) {
        assertThat(problem("hub:\n " + open.repeat(200_000))).startsWith("my-values.yaml must be");
    }

    @Test
    void fourMebibytesAreReadAndOneByteMoreIsNot() {
        String longest = "#" + "é".repeat(((4 << 20) - 1) / 2) + "\n";
        assertThat(longest.getBytes(UTF_8)).hasSize(4 << 20);

        HelmValues.parse(longest, "x");
        assertThat(problem(longest + "\n"))
                .isEqualTo(
                        "my-values.yaml must be at most 4194304 bytes long, but was longer; check that it is the file with"
                                + " the values, Helm stores at most 1 MiB");
    }

    @Test
    void textOfTheFileIsShownShortAndInOneLine() {
        assertThat(problem("a: *" + "n".repeat(10_000))).hasSizeLessThan(400).matches("[ -~…]+");
        assertThat(problem("a: !<" + "n".repeat(10_000))).hasSizeLessThan(400).matches("[ -~…]+");
    }

    @Test
    void anotherVersionOfYamlIsRefusedAsHelmRefusesIt() {
        assertThat(problem("# mine\n%YAML 1.2\n---\nstorage: {create: false}"))
                .isEqualTo(
                        "my-values.yaml must be YAML 1.1 where it names a version, but was \"%YAML 1.2\" (my-values.yaml,"
                                + " line 2, column 1); remove that line and the --- after it, which Helm does not read");
        assertThat(problem("%YAML 1.10\n---\na: 1")).contains("must be YAML 1.1 where");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%YAML 3.0\n---\na: 1",
                "%YAML 99999999999.1\n---\na: 1",
                "%TAG ! %zz\n---\na: 1",
                "a: !<%zz> 1",
                "a: !<%ff%ff> 1",
                "a: \"\\U99999999\"",
                "a: \"\\uD83D\"x",
                "a: |99\n x",
                "!!",
                "? ? ? :",
                "&",
                "*"
            })
    void oddSyntaxIsRefusedInOneLine(String text) {
        assertThat(problem(text)).startsWith("my-values.yaml must ").matches("[ -~…]+");
    }

    @ParameterizedTest
    @CsvSource({
        "'a: 1\n%sstorage: 1', 2, 11",
        "'a: \"x%s y\"\nstorage: 1', 2, 10",
        "'# %s\nstorage: 1', 2, 10",
        "'# a\r# b\r\n# c\nstorage: 1', 4, 10"
    })
    void linesAreThoseOfAnEditor(String text, int line, int column) {
        for (String other : List.of("\u2028", "\u2029", "\u0085")) {
            assertThat(problem(text.replace("\\n", "\n").replace("\\r", "\r").replace("%s", other)))
                    .contains("(my-values.yaml, line " + line + ", column " + column + ")");
        }
    }

    @Test
    void aTabIsFoundInTheLineOfAnEditor() {
        assertThat(problem("# \u2028\nstorage:\n\tcreate: true"))
                .startsWith("my-values.yaml must have spaces")
                .contains("line 3, column 1)");
        assertThat(problem("# \u0085 \u0007")).contains("U+0007 (my-values.yaml, line 1, column 5)");
    }

    @Test
    void thePlaceOfAKeyThatStandsTwiceIsThatOfAnEditor() {
        assertThat(problem("# \u2028\nstorage: {}\nstorage: {}"))
                .contains("but was there before, in line 2 (my-values.yaml, line 3, column 1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [%s]", "a: {%s}", "a: [[%s]]", "a: {b: {%s}}", "%s"})
    void whatIsForOthersLeavesNoNodes(String holder) {
        Node root = Document.compose(
                holder.replace("%s", holder.equals("%s") ? "a: [" + "x,".repeat(10_000) + "]" : "x,".repeat(10_000)),
                new Source(0, "x"),
                new Problems());

        assertThat(nodes(root)).isLessThan(10);
    }

    @Test
    void theValuesOfKeysForOthersShareTheirNodes() {
        String values = "a: b\nc: {d: {e: f}}\nglobal:\n  g: [h, {i: j}]\n  k: 5\nmanage: {l: {m: n}, o: p}\n";

        Set<Node> kept = new HashSet<>(); // a node equals only itself
        collect(Document.compose(values, new Source(0, "x"), new Problems()), kept);

        // The root, global, manage, eight keys, and the two that the others share.
        assertThat(kept).hasSize(3 + 8 + 2);
    }

    private static void collect(Node node, Set<Node> into) {
        into.add(node);
        if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                collect(entry.getKeyNode(), into);
                collect(entry.getValueNode(), into);
            }
        }
    }

    private static int nodes(Node node) {
        int count = 1;
        if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                count += nodes(entry.getKeyNode()) + nodes(entry.getValueNode());
            }
        } else if (node instanceof SequenceNode list) {
            for (Node element : list.getValue()) {
                count += nodes(element);
            }
        }
        return count;
    }

    @Test
    void keysAboutStorageThatWouldFillTheMemoryAreRefused() {
        assertThat(problem("storage: {" + "x,".repeat(150_001) + "}"))
                .startsWith("my-values.yaml must have at most 150000 keys and values about storage or with anchors, but"
                        + " was more")
                .endsWith("; check that it is the file with the values, no values need as many");
    }
}
