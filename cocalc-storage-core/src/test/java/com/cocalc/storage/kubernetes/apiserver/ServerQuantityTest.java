package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quantities are read, rounded and added as the server does it. */
class ServerQuantityTest {

    @ParameterizedTest
    @CsvSource({
        "1.0001, 1001m",
        "-1.0001, -1001m",
        "1u, 1m",
        "-1n, -1m",
        "0.001Ki, 1024m",
        "1.0001Ki, 1024103m",
        "8Ei, 9223372036854775807",
        "1024Ei, 9223372036854775807",
        "1000E, 1e21",
        "much, 0"
    })
    void aQuantityIsRoundedUpToThousandthsAndABinaryOneHasALimit(String text, String kept) {
        assertThat(ServerQuantity.parse(text).compareTo(ServerQuantity.parse(kept)))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Pi",
                "Ei",
                "e-10",
                "1 Gi",
                "10GB",
                "1gi",
                "1K",
                "1ki",
                "1e",
                "1e+",
                "1.1.1",
                "0x1",
                "1mm",
                "١",
                "1Zi",
                "1Gi\n",
                "\t1Gi",
                "\u001c1",
                "\u00a0",
                "1e9223372036854775808",
                "1e-99999999999999999999"
            })
    void whatIsNoQuantityIsNone(String text) {
        assertThat(QuantityText.isQuantity(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "-", "+.", "Ki", "-Ti", "k", ".E", "n", "e3", "e+30", "e-9"})
    void withoutADigitItIsZero(String text) {
        assertThat(QuantityText.isQuantity(text)).isTrue();
        assertThat(ServerQuantity.parse(text).signum()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "+1",
                "-1",
                "1.",
                ".1",
                " 1Gi ",
                "\u00a01Gi\u3000",
                "1e9223372036854775807",
                "1E",
                "1e3",
                "1E-3",
                "1n",
                "0"
            })
    void whatIsOneIsOne(String text) {
        assertThat(QuantityText.isQuantity(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1000m, 0",
        "1, 999m, 1",
        "1Ki, 1024, 0",
        "1Ki, 1k, 1",
        "-1, 0, -1",
        "1e999999999, 1e999999998, 1",
        "1e999999999, 1, 1",
        "1e-999999999, 0, 1",
        "1e4294967296, 1, 0",
        "1e4294967299, 1k, 0",
        "1e2147483647, 1e999999999, 1",
        "1e00000000000000000003, 1k, 0"
    })
    void twoAreCompared(String one, String other, int sign) {
        assertThat(Integer.signum(ServerQuantity.parse(one).compareTo(ServerQuantity.parse(other))))
                .isEqualTo(sign);
        assertThat(Integer.signum(ServerQuantity.parse(other).compareTo(ServerQuantity.parse(one))))
                .isEqualTo(-sign);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, 3",
        "1, 1000m, 2",
        "600m, 600m, 1200m",
        "1Gi, 1Gi, 2Gi",
        "0, 1Gi, 1Gi",
        "1Gi, 0, 1Gi",
        "1Mi, 1, 1048577",
        "500m, 500m, 1",
        "1e999999999, 1, 1e999999999",
        "1, 1e999999999, 1e999999999",
        "1e999999999, 1e999999999, 2e999999999",
        "1, -1, 0"
    })
    void twoAreAdded(String one, String other, String sum) {
        ServerQuantity added = ServerQuantity.parse(one).plus(ServerQuantity.parse(other));

        assertThat(added.compareTo(ServerQuantity.parse(sum))).isZero();
    }

    @Test
    void aQuantityIsShownAsItWasWrittenAndASumAsANumber() {
        assertThat(ServerQuantity.parse(" 1024Mi ")).hasToString("1024Mi");
        assertThat(ServerQuantity.parse("1Ki").plus(ServerQuantity.parse("1500m")))
                .hasToString("1025.5");
        assertThat(ServerQuantity.ZERO.plus(ServerQuantity.parse("+1"))).hasToString("+1");
        assertThat(ServerQuantity.parse("+1").plus(ServerQuantity.ZERO)).hasToString("+1");
        assertThat(ServerQuantity.parse("1e999999999").plus(ServerQuantity.parse("1e999999999")))
                .hasToString("2E+999999999");
    }

    @Test
    void theGreaterOfTwoIsTheFirstWhereTheyAreEqual() {
        ServerQuantity one = ServerQuantity.parse("1");
        ServerQuantity thousand = ServerQuantity.parse("1000m");

        assertThat(one.max(thousand)).isSameAs(one);
        assertThat(one.max(ServerQuantity.parse("2"))).hasToString("2");
        assertThat(one.max(ServerQuantity.ZERO)).isSameAs(one);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2Mi, true",
        "2Mi, 2Mi, true",
        "4Mi, 2Mi, true",
        "-2Mi, 2Mi, true",
        "3Mi, 2Mi, false",
        "1, 2Mi, false",
        "0, 0, false",
        "1, -1, false",
        "1, 0.5, false",
        "1, much, false",
        "1e999999999, 1, false",
        "1, 1e999999999, false",
        "1500m, 2, true",
        "2500m, 2, false"
    })
    void oneIsAMultipleOfAnother(String quantity, String unit, boolean multiple) {
        assertThat(ServerQuantity.parse(quantity).isMultipleOf(ServerQuantity.parse(unit)))
                .isEqualTo(multiple);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "0.0, true", "1, true", "1000m, true", "10, true", "1e9, true", "1.5, false", "1m, false"})
    void oneIsWhole(String quantity, boolean whole) {
        assertThat(ServerQuantity.parse(quantity).isWhole()).isEqualTo(whole);
    }

    @Test
    void aMillionDigitsAreNoHang() {
        String nines = "9".repeat(1_000_000);

        ServerQuantity large = ServerQuantity.parse(nines);
        ServerQuantity small = ServerQuantity.parse("0." + "0".repeat(1_000_000) + "1");

        assertThat(large.compareTo(ServerQuantity.parse("1e999999"))).isPositive();
        assertThat(large.compareTo(ServerQuantity.parse("1e1000001"))).isNegative();
        assertThat(large.plus(small).toString()).hasSizeLessThan(200);
        assertThat(small.compareTo(ServerQuantity.parse("1m"))).isZero();
        assertThat(ServerQuantity.parse("0".repeat(1_000_000) + "1").toString()).hasSizeLessThan(200);
        assertThat(QuantityText.isQuantity("1e" + "9".repeat(1_000_000))).isFalse();
        assertThat(ServerQuantity.parse("1e" + "0".repeat(1_000_000) + "3").compareTo(ServerQuantity.parse("1k")))
                .isZero();
    }
}
