package com.cocalc.storage.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that Helm does not read at all, or reads as other values, is not read here either, wherever the cause is. */
class WhatHelmRefusesTest {

    private static String problem(String text) {
        HelmValuesException refused =
                catchThrowableOfType(HelmValuesException.class, () -> HelmValues.parse(text, "my-values.yaml"));
        assertThat(refused).as("%s is read", text).isNotNull();
        return refused.problems().get(0);
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("␉", "\t");
    }

    /** For Go's parser that colon belongs to the name before it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            storage: {size:{data: 5Gi}}              | 1 | 15
            storage: {create:}                       | 1 | 17
            storage: {create:, class: fast}          | 1 | 17
            storage: {size :{data: 5Gi}}             | 1 | 16
            hub: [a:[b]]                             | 1 | 8
            hub: [a, b:]                             | 1 | 11
            {global:{storage: {}}}                   | 1 | 8
            a: &x {b: 1}\\nhub: {y: [*x, {c:{}}]}    | 2 | 17
            hub: {a: 1,\\n  b:[2]}                   | 2 | 4
            """)
    void aColonBetweenBracketsNeedsABlank(String text, int line, int column) {
        assertThat(problem(unescaped(text)))
                .isEqualTo("my-values.yaml must be YAML, but was not: expected a blank after ':' (my-values.yaml, line "
                        + line + ", column " + column
                        + "); look at the quotes, brackets, colons and spaces there and in the line before");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hub: {'a':[b]}",
                "hub: {\"a\":{b: 1}, \"c\":}",
                "hub: {a: [b], c: , d: \"e:[f\", g: 'h:{', i: http://x, j: k:l}",
                "hub: {? a : [b]}",
                "hub: # a:[b]\n  {c: # d:[\n    e}",
                "hub: a:[b]",
                "a:{b: c"
            })
    void otherColonsAreAsTheyWere(String text) {
        assertThatNoException().isThrownBy(() -> HelmValues.parse(text, "my-values.yaml"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a: &b%c x            | 1 | 4
            a: [&= x]            | 1 | 5
            &é a: x              | 1 | 1
            a: &ü x              | 1 | 4
            """)
    void anAnchorHasLettersAndDigits(String text, int line, int column) {
        assertThat(problem(text))
                .contains("an anchor of other characters than letters, digits, '-' and '_' (my-values.yaml, line "
                        + line + ", column " + column + ")");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a: "\\ud83d\\ude00"              | 1 | 4
            a: "\\ud83d"                     | 1 | 4
            a: "\\U0000DE00"                 | 1 | 4
            "x\\\\\\ud83d\\ude00": b         | 1 | 1
            a: [b, "c\\udC00"]               | 1 | 8
            """)
    void anEscapeIsAWholeCharacter(String text, int line, int column) {
        assertThat(problem(text))
                .contains("an escape of half a character (my-values.yaml, line " + line + ", column " + column + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: \"\\\\ud83d\"", "a: '\\ud83d'", "a: \\ud83d", "a: \"\\U0001F600\"", "a: \"\\ud7ff\""})
    void otherEscapesAreRead(String text) {
        assertThatNoException().isThrownBy(() -> HelmValues.parse(text, "my-values.yaml"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ~: a                         | null            | 1 | 1
            hub:\\n  null: a             | null            | 2 | 3
            hub: [{? : a}]               | null            | 1 | 9
            [a]: b                       | a list          | 1 | 1
            hub: {{a: 1}: b}             | a map           | 1 | 7
            global:\\n  [a]: b           | a list          | 2 | 3
            global: {storage: {~: b}}    | null            | 1 | 20
            a: &x [b]\\nhub: {*x : c}    | a list          | 2 | 7
            a: &x {b: {~: c}}            | null            | 1 | 12
            a: &x ~\\n*x : c             | null            | 2 | 1
            """)
    void aKeyIsAText(String text, String found, int line, int column) {
        assertThat(problem(unescaped(text)))
                .contains(
                        "my-values.yaml must have texts as keys, but was " + found,
                        "(my-values.yaml, line " + line + ", column " + column + ")");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a: .inf                      | .inf | 1 | 4
            hub: [1, -.INF]              | -.INF | 1 | 10
            hub:\\n  b: .NaN             | .NaN | 2 | 6
            a: &x {b: +.Inf}             | +.Inf | 1 | 11
            a: !!float .inf              | .inf | 1 | 4
            """)
    void aNumberIsOneThatJsonHas(String text, String number, int line, int column) {
        assertThat(problem(unescaped(text)))
                .isEqualTo("my-values.yaml must have no infinite numbers, but was the number \"" + number
                        + "\" (my-values.yaml, line " + line + ", column " + column
                        + "); put it in quotes, Helm cannot hold it as a number");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a: !!int x              | !!int
            a: !!int 1.5            | !!int
            hub: [!!float x]        | !!float
            a: !!bool 1             | !!bool
            a: !!bool ja            | !!bool
            a: !!null x             | !!null
            a: !!timestamp x        | !!timestamp
            a: !!timestamp 2001-2-30 | !!timestamp
            a: !!timestamp 2001-2-3 25:00:00 | !!timestamp
            a: !!binary aGk         | !!binary
            a: !!merge x            | !!merge
            a: !<tag:yaml.org,2002:int> x | !!int
            """)
    void aTagFitsItsValue(String text, String tag) {
        assertThat(problem(text))
                .startsWith("my-values.yaml must have values that fit their tags, but was tagged \""
                        + tag.replace("!!", "tag:yaml.org,2002:") + "\" (my-values.yaml, line 1, column ")
                .endsWith("); remove the tag, or correct the value");
    }

    @Test
    void aDateThatIsOursHasNoTag() {
        assertThat(problem("global: {storage: {data: {claimName: !!timestamp 2001-12-01}}}"))
                .startsWith("global.storage.data.claimName must have no tag, but was tagged");
    }

    /** Helm reads each file whole before it merges them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            storage: {create: !!bool ja}        | storage: {create: true}
            storage: {create: !!bool ja}        | storage: null
            storage: {size: {data: .nan}}       | storage: {size: {data: 5Gi}}
            storage: {class: !!binary x}        | storage: {class: nfs}
            storage: {size: !!int 5Gi}          | storage: {size: {data: 5Gi}}
            """)
    void whatALaterFileReplacesIsReadAsWell(String first, String second, @TempDir Path directory) throws IOException {
        List<Path> files = List.of(
                Files.writeString(directory.resolve("first.yaml"), first),
                Files.writeString(directory.resolve("second.yaml"), second));

        assertThatThrownBy(() -> HelmValues.read(files))
                .isInstanceOf(HelmValuesException.class)
                .hasMessageContaining("first.yaml, line 1, column ");
    }

    /** Go finds the tab before it knows how far the text is indented. */
    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            hub: |\\n ␉a                  ¦ 1 ¦ 6
            hub:\\n  a: >-\\n\\n    ␉b   ¦ 2 ¦ 6
            hub: &a |\\n  ␉b: c           ¦ 1 ¦ 9
            """)
    void aBlockOfTextStartsWithNoTab(String text, int line, int column) {
        assertThat(problem(unescaped(text)))
                .contains("found a tab where the spaces in front of a block of text are expected (my-values.yaml, line "
                        + line + ", column " + column + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub: |1\n ␉a", "hub: |-1\n ␉a", "hub: |\n a\n ␉b", "hub: '|'\nx: >+2\n  ␉a"})
    void otherBlocksOfTextMayHoldTabs(String text) {
        assertThatNoException().isThrownBy(() -> HelmValues.parse(unescaped(text), "my-values.yaml"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: !!int 0x1F",
                "a: !!int '5'",
                "a: !!float 1",
                "a: !!float 1.5e3",
                "a: !!bool yes",
                "a: !!null ''",
                "a: !!null",
                "a: !!timestamp 2001-12-14",
                "a: !!timestamp 2001-12-14t21:59:43.10-05:00",
                "a: !!timestamp 2001-1-1 21:59:43.1",
                "a: !!binary aGk=",
                "a: !!binary |\n  aGkg\n  aGkg\n",
                "a: !!str .inf",
                "a: '.inf'",
                "a: !!str",
                "a: ! 5",
                "a: !of-mine x",
                "a: !!int [x]"
            })
    void aTagThatFitsIsIgnored(String text) {
        assertThatNoException().isThrownBy(() -> HelmValues.parse(text, "my-values.yaml"));
    }

    /** Helm takes it as a text, and a text is true for a template, whatever it says. */
    @ParameterizedTest
    @CsvSource({"! false, false", "! true, true", "! no, no"})
    void anExclamationMarkMakesAText(String value, String text) {
        assertThat(problem("storage:\n  create: " + value))
                .startsWith("storage.create must be true or false, but was the text \"" + text
                        + "\" (my-values.yaml, line 2, column 11)");
    }

    @Test
    void anExclamationMarkMakesANameOfANumber() {
        assertThat(HelmValues.parse("global: {storage: {data: {claimName: ! 5}}}", "my-values.yaml")
                        .storage()
                        .dataClaim())
                .hasToString("5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hub:\\n  <<: x                                    | the text "x"  | 2 | 7
            hub: {<<: [{a: b}, 5]}                            | the number "5" | 1 | 20
            hub: {<<: }                                       | null          | 1 | 10
            a: &x [{b: c}]\\nhub: {<<: *x}                    | a list        | 2 | 11
            a: &x [{create: no}]\\nstorage: {<<: *x}          | a list        | 2 | 15
            a: &x [{b: c}]\\nhub: {<<: [*x]}                  | a list        | 2 | 12
            a: &x {<<: 5}                                     | the number "5" | 1 | 12
            """)
    void onlyMapsAreMergedAnywhere(String text, String found, int line, int column) {
        assertThat(problem(unescaped(text)))
                .contains(
                        "my-values.yaml must merge a map or a list of maps, but was " + found,
                        "(my-values.yaml, line " + line + ", column " + column + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &x {b: c}\nhub: {<<: *x}",
                "a: &x {b: c}\nhub: {<<: [*x, {d: e}]}",
                "a: &x {b: c}\nstorage: {<<: []}",
                "hub: {<<: {}}",
                "hub: {'<<': 5}"
            })
    void mapsAreMerged(String text) {
        assertThatNoException().isThrownBy(() -> HelmValues.parse(text, "my-values.yaml"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            %FOO x\\n---\\na: b           | %FOO | 1
            # c\\n%TAG ! x\\n%X\\n---\\n  | %X   | 3
            """)
    void anUnknownDirectiveIsRefused(String text, String directive, int line) {
        assertThat(problem(unescaped(text)))
                .isEqualTo("my-values.yaml must have no directive that Helm does not know, but was \"" + directive
                        + "\" (my-values.yaml, line " + line + ", column 1); remove that line");
    }

    @Test
    void aSecondByteOrderMarkIsRefused() {
        assertThat(problem("\uFEFF\uFEFFstorage: {create: false}"))
                .isEqualTo("my-values.yaml must have characters that YAML allows, but was U+FEFF (my-values.yaml, line"
                        + " 1, column 1); remove it, or write it as an escape in double quotes");
    }

    /** Helm keeps a number as a double, and writes no more digits than that needs. */
    @ParameterizedTest
    @CsvSource({
        "9007199254740993, 9007199254740992",
        "9223372036854775807, 9223372036854776000",
        "9223372036854775808, 9223372036854776000",
        "18446744073709551615, 18446744073709552000",
        "999999999999999999999, 1000000000000000000000",
        "9007199254740993.0, 9007199254740992"
    })
    void aSizeThatHelmRoundsIsRefused(String size, String read) {
        assertThat(problem("storage: {size: {data: " + size + "}}"))
                .isEqualTo("storage.size.data must be a number of at most 15 digits, or a text, but was the number \""
                        + size
                        + "\" (my-values.yaml, line 1, column 24); write " + read
                        + ", which is how Helm reads it, or put it in quotes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740992", "\"9007199254740993\"", "1099511627776", "1e18"})
    void aSizeThatHelmHoldsIsRead(String size) {
        assertThatNoException()
                .isThrownBy(() -> HelmValues.parse("storage: {size: {data: " + size + "}}", "my-values.yaml"));
    }
}
