package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProjectLicensesTest {

    private static final LicenseId A = LicenseId.parse("3f5ea6cb-d334-4dfe-a43f-2072073c2b13");
    private static final LicenseId B = LicenseId.parse("eb5ae598-1350-48d7-88c7-ee599a967e81");
    private static final LicenseQuota GRANT = LicenseQuota.builder().extRw().build();

    @Test
    void theOrderOfTheMapIsTheOrderOfTheLicences() {
        Map<LicenseId, ProjectLicense> map = new LinkedHashMap<>();
        map.put(B, ProjectLicense.active(GRANT));
        map.put(
                A,
                ProjectLicense.of(LicenseStatus.EXPIRED, LicenseQuota.builder().build()));

        ProjectLicenses licenses = ProjectLicenses.of(map);

        assertThat(licenses.toJson())
                .hasToString("{\"" + B + "\":{\"status\":\"active\",\"quota\":{\"ext_rw\":true}},\"" + A
                        + "\":{\"status\":\"expired\",\"quota\":{}}}");
        assertThat(licenses.entries())
                .extracting(entry -> entry.name().position())
                .containsExactly(1, 2);
        assertThat(licenses)
                .isEqualTo(ProjectLicenses.from(licenses.toJson()))
                .hasSameHashCodeAs(ProjectLicenses.from(licenses.toJson()));
    }

    @Test
    void aLicenceIsFoundInEitherLetterCaseOfItsKey() {
        ProjectLicenses licenses =
                JsonOf.licenses("{\"x\":1,\"EB5AE598-1350-48D7-88C7-EE599A967E81\":{\"status\":\"valid\"}}");

        assertThat(licenses.find(B)).contains(ProjectLicense.from(JsonOf.text("{\"status\":\"valid\"}")));
        assertThat(licenses.find(A)).isEmpty();
    }

    @Test
    void aLicenceIsNamedByItsKeyOrByItsPositionWhereItHasNone() {
        List<ProjectLicenses.Entry> keyed = JsonOf.licenses("{\"EB5AE598-1350-48D7-88C7-EE599A967E81\":1,\"a\\nb\":2}")
                .entries();
        List<ProjectLicenses.Entry> keyless =
                ProjectLicenses.active(List.of(GRANT, GRANT)).entries();

        assertThat(keyed.get(0).name()).hasToString("licence EB5AE598-1350-48D7-88C7-EE599A967E81");
        assertThat(keyed.get(0).name().id()).contains(B);
        assertThat(keyed.get(1).name()).hasToString("licence \"a\\u000ab\"");
        assertThat(keyed.get(1).name().id()).isEmpty();
        assertThat(keyed.get(1).name().key()).contains("a\nb");
        assertThat(keyless.get(1).name()).hasToString("licence no. 2");
        assertThat(keyless.get(1).name().key()).isEmpty();
        assertThat(keyless.get(1).name().id()).isEmpty();
    }

    @Test
    void namesAreEqualByPositionAndKey() {
        LicenseName name = JsonOf.licenses("{\"a\":1}").entries().get(0).name();

        assertThat(name)
                .isEqualTo(JsonOf.licenses("{\"a\":2}").entries().get(0).name())
                .hasSameHashCodeAs(JsonOf.licenses("{\"a\":2}").entries().get(0).name())
                .isNotEqualTo(JsonOf.licenses("{\"b\":1}").entries().get(0).name())
                .isNotEqualTo(
                        JsonOf.licenses("{\"b\":1,\"a\":1}").entries().get(1).name())
                .isNotEqualTo("licence \"a\"");
        assertThat(name.hashCode())
                .isNotEqualTo(
                        JsonOf.licenses("{\"b\":1}").entries().get(0).name().hashCode());
    }

    @Test
    void licencesWithoutIdsMakeNoColumn() {
        assertThatThrownBy(() -> ProjectLicenses.active(List.of(GRANT)).toJson())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("site_license must have an id for each licence, but licence no. 1 has none; use"
                        + " ProjectLicenses.of with ids");
    }

    @Test
    void noLicenceIsOneValueHoweverItIsSaid() {
        assertThat(ProjectLicenses.none())
                .isEqualTo(ProjectLicenses.of(Map.of()))
                .isEqualTo(ProjectLicenses.active(List.of()))
                .isEqualTo(JsonOf.licenses("{}"))
                .isNotEqualTo(JsonOf.licenses("{\"a\":null}"))
                .isNotEqualTo(List.of());
        assertThat(ProjectLicenses.none().toJson()).hasToString("{}");
    }

    @Test
    void anEntryThatIsNoObjectIsKept() {
        ProjectLicense license = ProjectLicense.from(JsonOf.text("[1]"));

        assertThat(license.status()).isEmpty();
        assertThat(license.quota()).isEmpty();
        assertThat(license.toJson()).hasToString("[1]");
        assertThat(license)
                .isEqualTo(ProjectLicense.from(JsonOf.text("[1]")))
                .hasSameHashCodeAs(ProjectLicense.from(JsonOf.text("[1]")))
                .isNotEqualTo(ProjectLicense.from(JsonOf.text("[1.0]")))
                .hasToString("[1]");
    }

    @Test
    void theFieldsOfALicenceAreReadWhereTheyFit() {
        ProjectLicense license =
                ProjectLicense.from(JsonOf.text("{\"status\":\"future\",\"quota\":{\"ext_rw\":true}}"));

        assertThat(license.status()).contains(LicenseStatus.FUTURE);
        assertThat(license.quota()).contains(GRANT);
        assertThat(ProjectLicense.from(JsonOf.text("{\"status\":1,\"quota\":\"x\"}"))
                        .status())
                .isEmpty();
        assertThat(ProjectLicense.from(JsonOf.text("{\"status\":\"Future\",\"quota\":null}"))
                        .quota())
                .isEmpty();
    }

    @Test
    void aStatusIsReadExactly() {
        for (LicenseStatus status : LicenseStatus.values()) {
            assertThat(LicenseStatus.find(status.toString())).contains(status);
        }
        assertThat(LicenseStatus.find("EXPIRED")).isEmpty();
        assertThat(LicenseStatus.find("expired ")).isEmpty();
        assertThat(Arrays.stream(LicenseStatus.values()).filter(LicenseStatus::counts))
                .containsExactly(LicenseStatus.VALID, LicenseStatus.ACTIVE, LicenseStatus.INEFFECTIVE);
    }

    @Test
    void nullIsRefusedByName() {
        assertThatThrownBy(() -> ProjectLicenses.of(Collections.singletonMap(A, null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("license");
        assertThatThrownBy(() -> ProjectLicenses.of(Collections.singletonMap(null, ProjectLicense.active(GRANT))))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("id");
        assertThatThrownBy(() -> ProjectLicenses.active(Collections.singletonList(null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("quota");
        assertThatThrownBy(() -> ProjectLicense.of(null, GRANT)).hasMessage("status");
        assertThatThrownBy(() -> ProjectLicense.from(null)).hasMessage("json");
        assertThatThrownBy(() -> new ProjectLicenses.Entry(null, ProjectLicense.active(GRANT)))
                .hasMessage("name");
        assertThatThrownBy(() -> SoftwareAccess.decide(null)).hasMessage("licenses");
    }

    /** Each line is one project: what it is about, its licences, the patches that are applied. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no licence|{}|[]
            in the order of the map|{"b":{"quota":{"patch":"2"}},"a":{"quota":{"patch":"1"}}}|[b 2, a 1]
            malformed text counts|{"a":{"quota":{"patch":"x"}}}|[a x]
            not text|{"a":{"quota":{"patch":[]}},"b":{"quota":{"patch":"1"}}}|[b 1]
            null|{"a":{"quota":{"patch":null}}}|[]
            outside of the quota|{"a":{"patch":"1"}}|[]
            over|{"a":{"status":"expired","quota":{"patch":"1"}},"b":{"status":"x","quota":{"patch":"2"}}}|[b 2]
            disk|{"a":{"quota":{"patch":"1","dedicated_disk":false}}}|[]
            machine|{"a":{"quota":{"patch":"1"}},"b":{"quota":{"dedicated_vm":{"machine":"m"}}}}|[]
            machine that is over|{"a":{"quota":{"patch":"1"}},"b":{"status":"future","quota":{"dedicated_vm":{"machine":"m"}}}}|[a 1]
            machine with a disk|{"a":{"quota":{"patch":"1"}},"b":{"quota":{"dedicated_vm":{"machine":"m"},"dedicated_disk":{}}}}|[a 1]
            """)
    void thePatchesOfLicencesThatCountAreApplied(String about, String licenses, String patches) {
        assertThat(JsonOf.licenses(licenses).effectivePatches())
                .as(about)
                .extracting(patch -> patch.license().key().orElseThrow() + " " + patch.text())
                .hasToString(patches);
    }

    @Test
    void aRemarkIsMadeOfEachPatchThatIsApplied() {
        ProjectLicenses licenses = JsonOf.licenses("""
                {"a":{"quota":{"patch":"1"}},"b":{"status":"expired","quota":{"patch":"2"}},"c":{"quota":{"patch":"3"}}}""");

        assertThat(SoftwareAccess.decide(licenses).remarks())
                .filteredOn(remark -> remark.kind() == LicenseRemark.Kind.CARRIES_PATCH)
                .extracting(LicenseRemark::license)
                .isEqualTo(licenses.effectivePatches().stream()
                        .map(ProjectLicenses.EffectivePatch::license)
                        .toList())
                .hasSize(2);
    }
}
