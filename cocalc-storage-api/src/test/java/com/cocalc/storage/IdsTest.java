package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdsTest {

    private static final String ID = "3f5ea6cb-d334-4dfe-a43f-2072073c2b13";
    private static final String RULE =
            " must be a UUID of 36 characters (hexadecimal digits in groups of 8-4-4-4-12), ";
    private static final String REMEDY = "; copy it whole and without braces, prefix or blanks";

    /** Each of them is taken by somebody's parser, or looks right at a glance. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            1-1-1-1-1|"1-1-1-1-1"
            {3f5ea6cb-d334-4dfe-a43f-2072073c2b13}|"{3f5ea6cb-d334-4dfe-a43f-2072073c2b13}"
            urn:uuid:3f5ea6cb-d334-4dfe-a43f-2072073c2b13|"urn:uuid:3f5ea6cb-d334-4dfe-a43f-2072073c2b13"
             3f5ea6cb-d334-4dfe-a43f-2072073c2b13|" 3f5ea6cb-d334-4dfe-a43f-2072073c2b13"
            3f5ea6cb-d334-4dfe-a43f-2072073c2b13 |"3f5ea6cb-d334-4dfe-a43f-2072073c2b13 "
            3f5ea6cb-d334-4dfe-a43f-2072073c2b1 |"3f5ea6cb-d334-4dfe-a43f-2072073c2b1 "
            3f5ea6cb-d334-4dfe-a43f-2072073c2b1|"3f5ea6cb-d334-4dfe-a43f-2072073c2b1"
            3f5ea6cb-d334-4dfe-a43f-2072073c2b133|"3f5ea6cb-d334-4dfe-a43f-2072073c2b133"
            3f5ea6cb-d334-4dfe-a43f-2072073c2b1g|"3f5ea6cb-d334-4dfe-a43f-2072073c2b1g"
            3f5ea6cb-d334-4dfe-a43f-2072073c2b1`|"3f5ea6cb-d334-4dfe-a43f-2072073c2b1`"
            3f5ea6cb-d334-4dfe-a43f-2072073c2b1@|"3f5ea6cb-d334-4dfe-a43f-2072073c2b1@"
            3f5ea6cb-d334-4dfe-a43f-2072073c2b1/|"3f5ea6cb-d334-4dfe-a43f-2072073c2b1/"
            3f5ea6cb-d334-4dfe-a43f-2072073c2b1:|"3f5ea6cb-d334-4dfe-a43f-2072073c2b1:"
            3f5ea6cb-d334-4dfe-a43f02072073c2b13|"3f5ea6cb-d334-4dfe-a43f02072073c2b13"
            3f5ea6cb0d334-4dfe-a43f-2072073c2b13|"3f5ea6cb0d334-4dfe-a43f-2072073c2b13"
            3f5ea6c--d334-4dfe-a43f-2072073c2b13|"3f5ea6c--d334-4dfe-a43f-2072073c2b13"
            3f5ea6cbd3344dfea43f2072073c2b13|"3f5ea6cbd3344dfea43f2072073c2b13"
            3f5ea6cb-d334-4dfe-a43f-2072073c2b1\u0663|"3f5ea6cb-d334-4dfe-a43f-2072073c2b1\\u0663"
            3f5ea6cb-d334-4dfe-a43f-2072073c2b1\uff13|"3f5ea6cb-d334-4dfe-a43f-2072073c2b1\\uff13"
            3f5e\u04306cb-d334-4dfe-a43f-2072073c2b13|"3f5e\\u04306cb-d334-4dfe-a43f-2072073c2b13"
            3f5ea6cb\u2010d334-4dfe-a43f-2072073c2b13|"3f5ea6cb\\u2010d334-4dfe-a43f-2072073c2b13"
            """)
    void textThatIsNotThe36CharactersIsRefused(String text, String shown) {
        assertThatThrownBy(() -> ProjectId.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("project id" + RULE + "but was " + shown + REMEDY);
        assertThatThrownBy(() -> LicenseId.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("licence id" + RULE + "but was " + shown + REMEDY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000", "null"})
    void textWithoutAnIdIsRefused(String text) {
        assertThatThrownBy(() -> ProjectId.parse(text)).hasMessageStartingWith("project id" + RULE);
    }

    @Test
    void aHostileTextIsShownInOneShortLine() {
        assertThatThrownBy(() -> ProjectId.parse("x\n".repeat(5_000_000)))
                .hasMessage("project id" + RULE + "but was \"" + "x\\u000a".repeat(40) + "…\" (10000000 characters)"
                        + REMEDY);
    }

    @Test
    void nullIsRefusedByName() {
        assertThatThrownBy(() -> ProjectId.parse(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("project id");
        assertThatThrownBy(() -> LicenseId.parse(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("licence id");
        assertThatThrownBy(() -> ProjectId.of(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("uuid");
        assertThatThrownBy(() -> LicenseId.of(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("uuid");
    }

    @Test
    void bothLetterCasesAreOneId() {
        assertThat(ProjectId.parse("3F5EA6CB-D334-4DFE-A43F-2072073C2B13"))
                .isEqualTo(ProjectId.parse(ID))
                .hasSameHashCodeAs(ProjectId.parse(ID))
                .hasToString(ID);
        assertThat(LicenseId.parse("3F5ea6cB-D334-4dfe-A43F-2072073C2b13"))
                .isEqualTo(LicenseId.parse(ID))
                .hasToString(ID);
    }

    @Test
    void everyBitOfTheIdIsRead() {
        assertThat(ProjectId.parse("01234567-89ab-cdef-fedc-ba9876543210").uuid())
                .isEqualTo(new UUID(0x0123456789abcdefL, 0xfedcba9876543210L));
        assertThat(ProjectId.of(new UUID(0, 0))).hasToString("00000000-0000-0000-0000-000000000000");
    }

    @Test
    void idsAreSortedAsTheirTexts() {
        ProjectId low = ProjectId.parse("7fffffff-0000-0000-0000-000000000000");
        ProjectId high = ProjectId.parse("80000000-0000-0000-0000-000000000000");

        assertThat(low).isLessThan(high);
        assertThat(LicenseId.of(low.uuid())).isLessThan(LicenseId.of(high.uuid()));
    }
}
