package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.JsonValue.JsonArray;
import com.cocalc.storage.JsonValue.JsonNumber;
import com.cocalc.storage.JsonValue.JsonString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessageTextTest {

    private static final String LINE_END_AND_LOOK_ALIKE = "a\nb\u0430\u001b[2J";

    @Test
    void whatIsNotPrintableAsciiShowsAsItsCode() {
        assertThat(MessageText.quoted(LINE_END_AND_LOOK_ALIKE)).isEqualTo("\"a\\u000ab\\u0430\\u001b[2J\"");
        assertThat(MessageText.plain(LINE_END_AND_LOOK_ALIKE)).isEqualTo("a\\u000ab\\u0430\\u001b[2J");
        assertThat(MessageText.whole(LINE_END_AND_LOOK_ALIKE)).isEqualTo("a\\u000ab\\u0430\\u001b[2J");
    }

    @Test
    void quotesAndBackslashesAreEscapedInsideQuotesOnly() {
        assertThat(MessageText.quoted("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
        assertThat(MessageText.plain("a\"b\\c")).isEqualTo("a\"b\\c");
        assertThat(MessageText.whole("a\"b\\c")).isEqualTo("a\"b\\c");
    }

    @Test
    void longTextIsCutAndItsLengthIsGiven() {
        assertThat(MessageText.quoted("x".repeat(80))).isEqualTo('"' + "x".repeat(80) + '"');
        assertThat(MessageText.quoted("x".repeat(81))).isEqualTo('"' + "x".repeat(80) + "…\" (81 characters)");
        assertThat(MessageText.plain("x".repeat(80))).isEqualTo("x".repeat(80));
        assertThat(MessageText.plain("x".repeat(81))).isEqualTo("x".repeat(80) + "… (81 characters)");
    }

    @Test
    void whatIsAbsentIsNothing() {
        assertThat(MessageText.quoted(null)).isEqualTo("nothing");
        assertThat(MessageText.quoted("")).isEqualTo("\"\"");
    }

    @Test
    void wholeTextIsNeverCut() {
        assertThat(MessageText.whole("x".repeat(5000))).isEqualTo("x".repeat(5000));
    }

    @Test
    void visibleTextKeepsTheLettersOfAllScripts() {
        assertThat(MessageText.visible("naïve été 文 😀")).isEqualTo("naïve été 文 😀");
        assertThat(MessageText.visible("x".repeat(5000))).isEqualTo("x".repeat(5000));
    }

    @Test
    void visibleTextHasNothingThatMovesACursorOrDoesNotShow() {
        assertThat(MessageText.visible("a\nb\u001b[2J")).isEqualTo("a\\u000ab\\u001b[2J");
        assertThat(MessageText.visible("a\u202eb\u2028\u2029")).isEqualTo("a\\u202eb\\u2028\\u2029");
        assertThat(MessageText.visible("\ud83d")).isEqualTo("\\ud83d");
    }

    @Test
    void aStringOfJsonIsToldFromTheOtherTypes() {
        assertThat(MessageText.of(new JsonString("1"))).isEqualTo("the text \"1\"");
        assertThat(MessageText.of(new JsonNumber("1"))).isEqualTo("1");
        assertThat(MessageText.of(new JsonArray(List.of(new JsonString("a"))))).isEqualTo("[\"a\"]");
    }

    @ParameterizedTest
    @CsvSource({"0x20,true", "0x7e,true", "0x1f,false", "0x7f,false"})
    void printableIsFromTheBlankToTheTilde(int code, boolean shown) {
        String text = Character.toString(code);

        assertThat(MessageText.whole(text).equals(text)).isEqualTo(shown);
    }
}
