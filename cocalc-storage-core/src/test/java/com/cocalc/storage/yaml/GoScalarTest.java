package com.cocalc.storage.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows are what Go's YAML reader answers. */
class GoScalarTest {

    @ParameterizedTest
    @CsvSource({
        "0644, 420",
        "0o644, 420",
        "0x1F, 31",
        "0b101, 5",
        "-0b101, -5",
        "0b+1, 1",
        "0b-1, -1",
        "0b_-_1_0, -2",
        "1_000, 1000",
        "18446744073709551615, 18446744073709551615",
        "-9223372036854775808, -9223372036854775808",
        "08, 8.0",
        "2001.0, 2001.0",
        "1e3, 1000.0",
        ".5_0, 0.5",
        "18446744073709551616, 1.8446744073709552E+19",
        "02000000000000000000000, 2.0E+21"
    })
    void aNumberIsWhatGoMakesOfIt(String scalar, BigDecimal number) {
        assertThat(GoScalar.typeOf(scalar)).isEqualTo(GoScalar.Type.NUMBER);
        assertThat(GoScalar.findNumber(scalar).orElseThrow()).isEqualByComparingTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {".inf", "-.Inf", ".nan"})
    void aNumberThatIsNoneHasNoValue(String scalar) {
        assertThat(GoScalar.typeOf(scalar)).isEqualTo(GoScalar.Type.NUMBER);
        assertThat(GoScalar.findNumber(scalar)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1:30",
                "2024-01-01",
                "0b2",
                "0b--1",
                "0b+-1",
                "-0b-1",
                "0B+1",
                "0x-1",
                "0o+7",
                "._5",
                ".5_",
                ".5e_1",
                "1e400",
                "0x1p4",
                "+",
                "-",
                ".",
                "_1",
                "0o2000000000000000000000"
            })
    void whatIsNoNumberIsText(String scalar) {
        assertThat(GoScalar.typeOf(scalar)).isEqualTo(GoScalar.Type.TEXT);
        assertThat(GoScalar.findWhole(scalar)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"y, true", "ON, true", "n, false", "Off, false"})
    void booleansAreThoseOfYamlOnePointOne(String word, boolean meaning) {
        assertThat(GoScalar.typeOf(word)).isEqualTo(GoScalar.Type.BOOLEAN);
        assertThat(GoScalar.isTrue(word)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
    void nothingIsNull(String word) {
        assertThat(GoScalar.typeOf(word)).isEqualTo(GoScalar.Type.NULL);
    }
}
