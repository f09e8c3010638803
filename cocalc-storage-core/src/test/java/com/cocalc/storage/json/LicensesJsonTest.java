package com.cocalc.storage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.Access;
import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JsonValue.JsonArray;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.SoftwareAccess;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LicensesJsonTest {

    private static final String TWO_LICENCES = """
            {
              "3f5ea6cb-d334-4dfe-a43f-2072073c2b13": {
                "status": "active",
                "quota": {"cpu": 1, "ram": 2, "member": true, "ext_rw": true}
              },
              "eb5ae598-1350-48d7-88c7-ee599a967e81": {"status": "expired"}
            }
            """;

    @Test
    void licencesAreReadInTheOrderOfTheDocument() {
        ProjectLicenses licenses = LicensesJson.parse(TWO_LICENCES);

        assertThat(licenses.entries())
                .extracting(entry -> entry.name().toString())
                .containsExactly(
                        "licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13", "licence eb5ae598-1350-48d7-88c7-ee599a967e81");
        assertThat(SoftwareAccess.decide(licenses).access()).isEqualTo(Access.READ_WRITE);
    }

    @Test
    void licencesAreWrittenInOneLineInTheirOrder() {
        assertThat(LicensesJson.write(LicensesJson.parse(TWO_LICENCES)))
                .isEqualTo(
                        "{\"3f5ea6cb-d334-4dfe-a43f-2072073c2b13\":{\"status\":\"active\",\"quota\":{\"cpu\":1,\"ram\":2,"
                                + "\"member\":true,\"ext_rw\":true}},\"eb5ae598-1350-48d7-88c7-ee599a967e81\":{\"status\":\"expired\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", " null\n", "{}", "{ }", "\uFEFF{}", "\uFEFFnull"})
    void anEmptyColumnIsNoLicence(String text) {
        assertThat(LicensesJson.parse(text)).isEqualTo(ProjectLicenses.none());
    }

    @Test
    void aColumnThatIsNullIsNoLicence() {
        assertThat(LicensesJson.parse(null)).isEqualTo(ProjectLicenses.none());
    }

    @Test
    void noLicenceIsWrittenAsAnEmptyObject() {
        assertThat(LicensesJson.write(ProjectLicenses.none())).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-1e400",
                "1E+400",
                "0.0",
                "-0",
                "1.0",
                "100000000000000000000000000000001",
                "0.1e-99999999999999999999"
            })
    void numbersKeepTheirDigits(String number) {
        String text = "{\"a\":" + number + "}";

        assertThat(LicensesJson.write(LicensesJson.parse(text))).isEqualTo(text);
    }

    @Test
    void numbersOfAnyLengthKeepTheirDigits() {
        String text = "{\"a\":" + "7".repeat(5_000) + ",\"b\":0." + "7".repeat(100_000) + ",\"c\":1e"
                + "7".repeat(5_000) + "}";

        assertThat(LicensesJson.write(LicensesJson.parse(text))).isEqualTo(text);
    }

    @Test
    void namesAndTextsOfAnyLengthAreRead() {
        String text = "{\"" + "k".repeat(200_000) + "\":\"" + "t".repeat(9_000_000) + "\"}";

        assertThat(LicensesJson.write(LicensesJson.parse(text))).isEqualTo(text);
    }

    @Test
    void namesThatCollideAreRead() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < 1 << 12; i++) {
            text.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 12; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append("\":1");
        }
        String document = text.append('}').toString();

        assertThat(LicensesJson.write(LicensesJson.parse(document))).isEqualTo(document);
    }

    @Test
    void everyEntryTakesPartWhateverItsKeyAndItsType() {
        String text =
                "{\"\":null,\"not an id\":{\"quota\":{\"ext_rw\":true}},\"3\":[],\"2\":\"x\",\"__proto__\":true,\"1\":1}";

        ProjectLicenses licenses = LicensesJson.parse(text);

        assertThat(licenses.entries()).hasSize(6);
        assertThat(SoftwareAccess.decide(licenses).access()).isEqualTo(Access.READ_WRITE);
        assertThat(LicensesJson.write(licenses)).isEqualTo(text);
    }

    @Test
    void escapesAreReadAndOnlyThoseThatMustBeAreWritten() {
        String text = "{\"\\u0061\\/\":\"\\b\\f\\n\\r\\t\\u0000\\\"\\\\\\u00e4\\uD83D\\uDE00\\u2028\"}";

        String written = LicensesJson.write(LicensesJson.parse(text));

        assertThat(written).isEqualTo("{\"a/\":\"\\u0008\\u000c\\u000a\\u000d\\u0009\\u0000\\\"\\\\ä😀\u2028\"}");
        assertThat(LicensesJson.parse(written)).isEqualTo(LicensesJson.parse(text));
    }

    @Test
    void licencesWithoutIdsCannotBeWritten() {
        ProjectLicenses licenses =
                ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build()));

        assertThatThrownBy(() -> LicensesJson.write(licenses))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("site_license must have an id for each licence, but licence no. 1 has none; use"
                        + " ProjectLicenses.of with ids");
    }

    @Test
    void whatIsWrittenCanBeReadAgainUpToTheDeepestLevel() {
        ProjectLicenses deepest = licenses(nestedArrays(99));

        assertThat(LicensesJson.parse(LicensesJson.write(deepest))).isEqualTo(deepest);
    }

    @Test
    void whatIsTooDeepToBeReadIsNotWritten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LicensesJson.write(licenses(nestedArrays(100))))
                .withMessage(
                        "site_license must be nested at most 100 deep, but was deeper; remove the entry that is, no"
                                + " licence needs it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LicensesJson.write(licenses(nestedObjects(100))))
                .withMessageContaining("must be nested at most 100 deep");
    }

    @Test
    void noDepthFillsTheStackOfTheWriter() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LicensesJson.write(licenses(nestedArrays(1_000_000))))
                .withMessageContaining("must be nested at most 100 deep");
    }

    @Test
    void whatIsTooLongToBeReadIsNotWritten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LicensesJson.write(licenses(new JsonString("x".repeat(16 << 20)))))
                .withMessage("site_license must be at most 16777216 bytes long in UTF-8, but was 16777224 bytes long;"
                        + " remove the longest entries");
    }

    private static ProjectLicenses licenses(JsonValue entry) {
        return ProjectLicenses.from(new JsonObject(List.of(new Member("a", entry))));
    }

    private static JsonValue nestedArrays(int levels) {
        JsonValue value = new JsonArray(List.of());
        for (int i = 1; i < levels; i++) {
            value = new JsonArray(List.of(value));
        }
        return value;
    }

    private static JsonValue nestedObjects(int levels) {
        JsonValue value = new JsonObject(List.of());
        for (int i = 1; i < levels; i++) {
            value = new JsonObject(List.of(new Member("a", value)));
        }
        return value;
    }
}
