package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StorageSizeTest {

    private static final String QUANTITY =
            "size must be a quantity (a number with Ki, Mi, Gi, Ti, k, M, G, T or none of them), but was ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, quoteCharacter = '`', textBlock = """
            ``|write for example "10Gi"
            10GB|write "10Gi"
            10gi|write "10Gi"
            10 Gi|write "10Gi"
            10Gi |write "10Gi"
             10Gi|write "10Gi"
            10K|write "10Ki"
            10kb|write "10Ki"
            10tib|write "10Ti"
            10pi|write "10Pi"
            1.5gb|write "1.5Gi"
            10B|write the unit that is meant, for example "10Gi"
            10ni|write the unit that is meant, for example "10Gi"
            10mb|'m' means a thousandth; write "10Mi" for megabytes
            -1|remove the '-', a size is more than zero
            -1Gi|remove the '-', a size is more than zero
            +1Gi|write for example "10Gi"
            1.2.3|write for example "10Gi"
            1..5Gi|write for example "10Gi"
            1,5Gi|write for example "10Gi"
            .|write for example "10Gi"
            Gi|write for example "10Gi"
            ten|write for example "10Gi"
            NaN|write for example "10Gi"
            0x10|write for example "10Gi"
            1e|write for example "10Gi"
            1e3Gi|write for example "10Gi"
            1e1000|write for example "10Gi"
            1e-1000|write for example "10Gi"
            1e99999999999|write for example "10Gi"
            10Gi10Gi|write for example "10Gi"
            10Zi|write for example "10Gi"
            """)
    void textThatIsNoQuantityIsRefused(String text, String remedy) {
        assertThatThrownBy(() -> StorageSize.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(QUANTITY + "\"" + text + "\"; " + remedy);
    }

    @Test
    void digitsOfOtherScriptsAreRefused() {
        assertThatThrownBy(() -> StorageSize.parse("1\u0660Gi"))
                .hasMessage(QUANTITY + "\"1\\u0660Gi\"; write for example \"10Gi\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0Gi", "0.0", "00", "0e9", "0m", "0."})
    void nothingIsRefused(String text) {
        assertThatThrownBy(() -> StorageSize.parse(text))
                .hasMessage("size must be more than zero, but was \"" + text
                        + "\"; write the size that is needed, for example \"10Gi\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10m|'m' means a thousandth; write "10Mi" for megabytes
            0.5|write the unit that is meant, for example "0.5Gi"
            10n|write the unit that is meant, for example "10Gi"
            10u|write the unit that is meant, for example "10Gi"
            1.0001k|write "1001", the next larger one
            0.1Gi|write "107374183", the next larger one
            15e-1|write "2", the next larger one
            1e-3|write for example "10Gi"
            .5|write for example "10Gi"
            """)
    void partsOfAByteAreRefused(String text, String remedy) {
        assertThatThrownBy(() -> StorageSize.parse(text))
                .hasMessage("size must be a whole number of bytes, but was \"" + text + "\"; " + remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1000m, 1",
        "1000000u, 1",
        "1000000000n, 1",
        "1k, 1000",
        "1M, 1000000",
        "1G, 1000000000",
        "1T, 1000000000000",
        "1P, 1000000000000000",
        "1E, 1000000000000000000",
        "1Ki, 1024",
        "1Mi, 1048576",
        "1Gi, 1073741824",
        "1Ti, 1099511627776",
        "1Pi, 1125899906842624",
        "1Ei, 1152921504606846976",
        "1.5Gi, 1610612736",
        ".5Gi, 536870912",
        "1.Gi, 1073741824",
        "0.5Ki, 512",
        "1e3, 1000",
        "1E3, 1000",
        "1e+3, 1000",
        "1000e-3, 1",
        "007, 7",
        "9223372036854775808, 9223372036854775808"
    })
    void whatKubernetesReadsAsWholeBytesIsTaken(String text, BigInteger bytes) {
        assertThat(StorageSize.parse(text).bytes()).isEqualTo(bytes);
        assertThat(StorageSize.parse(text)).hasToString(text);
    }

    @Test
    void aTextOf64CharactersIsTheLongest() {
        assertThat(StorageSize.parse("9".repeat(64)).bytes()).isEqualTo(new BigInteger("9".repeat(64)));
        assertThatThrownBy(() -> StorageSize.parse("9".repeat(65)))
                .hasMessage(QUANTITY + "\"" + "9".repeat(65) + "\"; write for example \"10Gi\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", " ", "1 ", ".", "-", "1e9", "Gi"})
    void hostileTextIsRefusedForItsLengthAndNotLookedInto(String part) {
        String text = "5" + part.repeat(2_000_000) + "x";
        CountedText counted = new CountedText(text);

        assertThatThrownBy(() -> StorageSize.parse(text))
                .hasMessageStartingWith(QUANTITY)
                .hasMessageEndingWith("characters); write for example \"10Gi\"");
        assertThat(StorageSize.findMatch(StorageSize.QUANTITY, counted)).isEmpty();
        assertThat(StorageSize.findMatch(StorageSize.NEAR, counted)).isEmpty();
        assertThat(counted.reads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", " ", "1 ", ".", "-", "1e9", "Gi"})
    void theWorstTextThatIsLookedIntoTakesAtMostTensOfThousandsOfReads(String part) {
        CountedText counted = new CountedText(("5" + part.repeat(64)).substring(0, 63) + "x");

        assertThat(StorageSize.findMatch(StorageSize.QUANTITY, counted)).isEmpty();
        assertThat(StorageSize.findMatch(StorageSize.NEAR, counted)).isEmpty();

        assertThat(counted.reads()).isBetween(1, 50_000);
    }

    @Test
    void theLargestExponentIsANumberOfAThousandDigits() {
        assertThat(StorageSize.parse("1e999").bytes()).isEqualTo(BigInteger.TEN.pow(999));
    }

    @Test
    void sizesAreComparedByTheirBytes() {
        assertThat(StorageSize.parse("1Gi"))
                .isEqualTo(StorageSize.parse("1024Mi"))
                .hasSameHashCodeAs(StorageSize.parse("1024Mi"))
                .isEqualByComparingTo(StorageSize.parse("1073741824"))
                .isGreaterThan(StorageSize.parse("1G"))
                .isNotEqualTo(StorageSize.parse("1G"))
                .isNotEqualTo("1Gi");
    }

    @Test
    void nullIsRefusedByName() {
        assertThatThrownBy(() -> StorageSize.parse(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("size");
    }

    /** Counts how often somebody looks at one of its characters. */
    private static final class CountedText implements CharSequence {

        private final String text;
        private int reads;

        CountedText(String text) {
            this.text = text;
        }

        int reads() {
            return reads;
        }

        @Override
        public char charAt(int index) {
            reads++;
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
