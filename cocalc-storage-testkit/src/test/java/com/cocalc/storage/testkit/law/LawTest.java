package com.cocalc.storage.testkit.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LawTest {

    private static final Law LAW = new Law("water-is-wet", "water is wet", "add water");

    @Test
    void aViolationIsOneLineWhateverWasFound() {
        Violation violation = new Violation(LAW, "a\nb", "\u001b[2Jdry\u202e", "wet\r");

        assertThat(violation)
                .hasToString(
                        "water-is-wet at a\\u000ab: found \\u001b[2Jdry\\u202e, expected wet\\u000d; water is wet; add water");
    }

    @Test
    void whatWasFoundIsCutOffWhereNobodyReadsOn() {
        assertThat(new Violation(LAW, "here", "x".repeat(5001), "less").found()).isEqualTo("x".repeat(5000) + "…");
        assertThat(new Violation(LAW, "here", "x".repeat(5000), "less").found()).isEqualTo("x".repeat(5000));
    }

    @Test
    void aLawHasAStableIdAndOneSentence() {
        assertThatThrownBy(() -> new Law("Water is wet", "water is wet", "add water"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("id of a law must be lower-case words joined by '-', but was \"Water is wet\"; write for"
                        + " example home-is-resolved");
        assertThatThrownBy(() -> new Law("water-is-wet", "water\nis wet", "add water"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "sentence of a law must be one line, but was \"water\\u000ais wet\"; say it in one sentence");
        assertThatThrownBy(() -> new Law("water-is-wet", "water is wet", " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("remedy of a law must be one line, but was \" \"; say it in one sentence");
        assertThat(LAW).hasToString("water-is-wet: water is wet");
    }
}
