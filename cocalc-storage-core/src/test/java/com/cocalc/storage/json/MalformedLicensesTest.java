package com.cocalc.storage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedLicensesTest {

    private static final String NO_JSON =
            "write names and texts in double quotes with control characters as escapes, no"
                    + " comments, no comma before a closing bracket, numbers like 1.5";

    private static MalformedLicensesException refusal(String text) {
        return catchThrowableOfType(MalformedLicensesException.class, () -> LicensesJson.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\uFEFF"})
    void emptyTextIsNotNoLicence(String text) {
        assertThat(refusal(text))
                .hasMessageStartingWith("site_license must be a JSON object or null, but was empty (line ")
                .hasMessageEndingWith("); write null or {} where there is no licence");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[]|an array", "\"x\"|a text", "true|a boolean", "false|a boolean", "1|a number", "-1e400|a number"
            })
    void whatIsNoObjectIsNamed(String text, String found) {
        assertThat(refusal(text))
                .hasMessage("site_license must be a JSON object or null, but was " + found
                        + " (line 1, column 1); write a map of licence id to entry, or null where there is no licence");
    }

    /** A thread of a server can have a stack of this size. */
    @ParameterizedTest
    @ValueSource(ints = {101, 1_000, 5_000, 100_000})
    void aSmallStackIsEnoughForAnyDepth(int levels) throws InterruptedException {
        String[] message = new String[1];
        Thread small = new Thread(
                null,
                () -> message[0] = refusal("{\"a\":" + "[".repeat(levels) + "]".repeat(levels) + "}")
                        .getMessage(),
                "small",
                128 << 10);
        small.start();
        small.join();

        assertThat(message[0]).startsWith("site_license must be nested at most 100 deep, but was deeper (line 1,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1}|1|2|no JSON at '''|",
                "{\"a\":1,}|1|8|no JSON at '}'|/a",
                "{\"a\":[1,]}|1|9|no JSON at ']'|/a/1",
                "{\"a\":{\"b\":nope}}|1|11|no JSON at 'n'|/a/b",
                "{\"a\":+1}|1|7|no JSON at '1'|/a",
                "{\"a\":01}|1|7|no JSON at '1'|/a",
                "{\"a\":.5}|1|6|no JSON at '.'|/a",
                "{\"a\":NaN}|1|6|the number NaN|/a",
                "{\"a\":[1, -Infinity, 2]}|1|10|the number -Infinity|/a/1",
                "{\"a\":1 /*x*/}|1|8|no JSON at '/'|/a",
                "{\"a\" 1}|1|6|no JSON at '1'|/a",
                "{a:1}|1|2|no JSON at 'a'|",
                "{\"a\":\"\\x\"}|1|8|no JSON at 'x'|/a",
                "]|1|1|no JSON at ']'|",
                "x|1|1|no JSON at 'x'|",
                "{|1|2|broken off at its end|",
                "{\"a|1|4|broken off at its end|",
                "{\"a\":\"x|1|8|broken off at its end|/a",
                "{\"a\":tru|1|6|no JSON at 't'|/a",
                "{\"a\":{\"b\":[1,|1|14|broken off at its end|/a/b/1",
            })
    void whatIsNoJsonIsShownWithItsPlace(String text, int line, int column, String found, String pointer) {
        MalformedLicensesException refusal = refusal(text);

        String at = pointer == null ? "" : ", at \"" + pointer + "\"";
        assertThat(refusal)
                .hasMessage("site_license must be JSON, but was " + found + " (line " + line + ", column " + column + at
                        + "); " + NO_JSON);
        assertThat(refusal.line()).isEqualTo(line);
        assertThat(refusal.column()).isEqualTo(column);
        assertThat(refusal.pointer()).isEqualTo(pointer == null ? "" : pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void linesAreCountedWhateverEndsThem(String end) {
        String text = "{" + end + "\"a\":" + end + "  ?}";

        assertThat(refusal(text)).hasMessageContaining("no JSON at '?' (line 3, column 3, at \"/a\")");
    }

    @Test
    void aByteOrderMarkIsNotCounted() {
        assertThat(refusal("\uFEFF{?")).hasMessageContaining("no JSON at '?' (line 1, column 2)");
    }

    @Test
    void aSecondByteOrderMarkIsNoJson() {
        assertThat(refusal("\uFEFF\uFEFF{}")).hasMessageContaining("no JSON at '\\ufeff' (line 1, column 1)");
    }

    @Test
    void aControlCharacterInATextIsShownAsAnEscape() {
        assertThat(refusal("{\"a\":\"x\ny\"}"))
                .hasMessageContaining("no JSON at '\\u000a' (line 1, column 8, at \"/a\")");
    }

    @Test
    void nullBytesAreNoBlanks() {
        assertThat(refusal("{\0}")).hasMessageContaining("no JSON at '\\u0000' (line 1, column 2)");
    }

    @Test
    void aNameThatStandsTwiceIsRefusedWithBothPlaces() {
        MalformedLicensesException refusal = refusal("{\"a\":1,\n \"b\":2,\n \"a\":3}");

        assertThat(refusal)
                .hasMessage("site_license must have a name once in an object, but was a name twice, first at line 1,"
                        + " column 2 (line 3, column 2, at \"/a\"); remove one of the two");
        assertThat(refusal.pointer()).isEqualTo("/a");
    }

    @Test
    void aNameThatStandsTwiceIsRefusedAtAnyDepth() {
        assertThat(refusal("{\"x\":{\"quota\":[{},{\"ext_rw\":false,\"ext_rw\":true}]}}"))
                .hasMessageContaining("first at line 1, column 20 (line 1, column 35, at \"/x/quota/1/ext_rw\")");
    }

    @Test
    void twoSpellingsOfOneNameAreOneName() {
        assertThat(refusal("{\"ext_rw\":1,\"\\u0065xt_rw\":2}"))
                .hasMessageContaining("must have a name once in an object")
                .extracting(MalformedLicensesException::pointer)
                .isEqualTo("/ext_rw");
    }

    @Test
    void aNameThatStandsTwiceIsFoundAmongMany() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < 5000; i++) {
            text.append("\"k").append(i).append("\":1,");
        }

        assertThat(refusal(text.append("\"k4999\":1}").toString()).pointer()).isEqualTo("/k4999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null"})
    void nothingMayFollowTheObject(String document) {
        assertThat(refusal(document + "\n null"))
                .hasMessage(
                        "site_license must end after its object, but was followed by null (line 2, column 2); remove"
                                + " what follows");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} {}|an object",
                "{}[]|an array",
                "{} \"x\"|a text",
                "{} 1|a number",
                "{} true|a boolean",
                "{} }|text that is no JSON",
                "{},|text that is no JSON",
                "{} x|text that is no JSON"
            })
    void whatFollowsIsNamed(String text, String rest) {
        assertThat(refusal(text)).hasMessageContaining("must end after its object, but was followed by " + rest + " (");
    }

    @Test
    void aHundredLevelsAreReadAndOneMoreIsNot() {
        String deepest = "{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}";
        String tooDeep = "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}";

        assertThat(LicensesJson.parse(deepest).entries()).hasSize(1);
        assertThat(refusal(tooDeep))
                .hasMessage("site_license must be nested at most 100 deep, but was deeper (line 1, column 105, at \"/a"
                        + "/0".repeat(39) + "…\" (200 characters)); remove the entry that is, no licence needs it");
        assertThat(refusal(tooDeep).pointer()).isEqualTo("/a" + "/0".repeat(99));
    }

    @Test
    void objectsCountAsLevelsToo() {
        assertThat(refusal("{\"a\":".repeat(101))).hasMessageContaining("must be nested at most 100 deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void noDepthFillsTheStack(String open) {
        assertThat(refusal("{\"a\":" + open.repeat(1_000_000))).hasMessageContaining("must be nested at most 100 deep");
    }

    @Test
    void sixteenMebibytesAreReadAndOneByteMoreIsNot() {
        int blanks = (16 << 20) - 2;

        assertThat(LicensesJson.parse("{" + " ".repeat(blanks) + "}").entries()).isEmpty();
        assertThat(refusal("{" + " ".repeat(blanks + 1) + "}"))
                .hasMessage(
                        "site_license must be at most 16777216 bytes long in UTF-8, but was 16777217 bytes long (line"
                                + " 1, column 1); check where it comes from, no map of licences is that long");
    }

    @ParameterizedTest
    @CsvSource({"ä, 2", "€, 3", "😀, 4"})
    void bytesAreCountedAndNotCharacters(String character, int bytes) {
        String full = "{\"\":\"" + character.repeat(((16 << 20) - 7) / bytes) + "\"}";

        assertThat(LicensesJson.parse(full).entries()).hasSize(1);
        assertThat(refusal(full + " ".repeat(8))).hasMessageContaining("must be at most 16777216 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\uD83D", "\\ud83d", "\uDE00", "\\uDE00", "\\ude00\\ud83d", "x\\ud83dx", "\uD83D" + "\\uD83D"})
    void halfOfASurrogatePairInATextIsRefused(String half) {
        assertThat(refusal("{\"a\":\n[\"" + half + "\"]}"))
                .hasMessage("site_license must be whole Unicode characters, but was half of a surrogate pair in a text"
                        + " (line 2, column 2, at \"/a/0\"); write both halves or U+FFFD in their place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "\\ud83d", "\uDE00", "\\uDE00", "\\ude00\\ud83d", "x\\ud83dx"})
    void halfOfASurrogatePairInANameIsRefused(String half) {
        assertThat(refusal("{\"b\":{},\"a\":{\n\"" + half + "\":1}}"))
                .hasMessageStartingWith(
                        "site_license must be whole Unicode characters, but was half of a surrogate pair in"
                                + " a name (line 2, column ")
                .hasMessageEndingWith("; write both halves or U+FFFD in their place");
    }

    @Test
    void aPairMayBeWrittenAsCharactersOrAsEscapes() {
        assertThat(LicensesJson.parse("{\"\\ud83d\\ude00\":\"\\ud83d\\ude00\"}"))
                .isEqualTo(LicensesJson.parse("{\"😀\":\"😀\"}"));
    }

    @Test
    void aMessageIsOneShortLineWhateverTheNamesAre() {
        String name = "\\u0000\\n\\u202e" + "x".repeat(100_000);

        MalformedLicensesException refusal = refusal("{\"" + name + "\":?");

        assertThat(refusal.getMessage())
                .hasLineCount(1)
                .hasSizeLessThan(600)
                .matches("[ -~…]+")
                .contains("\"/\\u0000\\u000a\\u202exx");
    }

    @Test
    void noMessageShowsWhatTheTextsSay() {
        assertThat(refusal("{\"a\":\"hunter2\",\"b\":hunter2}")).hasMessageNotContaining("hunter2");
        assertThat(refusal("{\"a\":\"hunter2\",\"a\":\"hunter2\"}")).hasMessageNotContaining("hunter2");
        assertThat(refusal("\"hunter2\"")).hasMessageNotContaining("hunter2");
        assertThat(refusal("hunter2")).hasMessageNotContaining("hunter2");
        assertThat(refusal("{\"a\":\"hunter2")).hasMessageNotContaining("hunter2");
    }

    @Test
    void pointersEscapeWhatTheyMust() {
        assertThat(refusal("{\"a/b\":{\"c~d\":?").pointer()).isEqualTo("/a~1b/c~0d");
    }

    @Test
    void theExceptionSurvivesSerialization() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(refusal("{\"a\":?"));

        MalformedLicensesException copy = (MalformedLicensesException)
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(copy.pointer()).isEqualTo("/a");
    }
}
