package com.cocalc.storage.kubernetes.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpansionTest {

    private static final Map<String, String> VARIABLES =
            Map.of("A", "x", "EMPTY", "", "", "unnamed", "LONG", "y".repeat(10));

    @ParameterizedTest
    @CsvSource({
        "$(A),x",
        "a$(A)b$(A),axbx",
        "$(B),$(B)",
        "$$(A),$(A)",
        "$$$(A),$x",
        "$$$$,$$",
        "$,$",
        "$A,$A",
        "$(A,$(A",
        "[$(EMPTY)],[]",
        "$(),unnamed",
        "$(A$(A)),$(A$(A))",
        "a)$(A,a)$(A"
    })
    void referencesAreReplacedAsTheKubeletDoes(String text, String expanded) {
        assertThat(Expansion.expand(text, VARIABLES::get)).isEqualTo(expanded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "$", "$$", "$(A)", "$$(A)", "a$$$(A)$", "$(", "()"})
    void escapedTextExpandsToItself(String text) {
        assertThat(Expansion.expand(Expansion.escape(text), VARIABLES::get)).isEqualTo(text);
    }

    @Test
    void textThatGrowsTooLongIsNoText() {
        assertThat(Expansion.expand("$(LONG)", VARIABLES::get, 10)).contains("y".repeat(10));
        assertThat(Expansion.expand("$(LONG)z", VARIABLES::get, 10)).isEmpty();
    }
}
