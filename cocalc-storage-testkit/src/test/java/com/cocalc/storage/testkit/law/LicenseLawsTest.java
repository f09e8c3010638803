package com.cocalc.storage.testkit.law;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.Access;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.SoftwareAccess;
import com.cocalc.storage.json.LicensesJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LicenseLawsTest {

    private static final ProjectLicenses GRANT_AND_MORE = LicensesJson.parse(
            "{\"a\":{\"quota\":{\"ext_rw\":true}},\"b\":{\"quota\":{\"cpu\":1}},\"c\":{\"status\":\"expired\","
                    + "\"quota\":{\"ext_rw\":true}}}");
    private static final ProjectLicenses MACHINE_BESIDE_GRANT = LicensesJson.parse(
            "{\"a\":{\"quota\":{\"dedicated_vm\":{\"machine\":\"m\"}}},\"b\":{\"quota\":{\"ext_rw\":true}}}");

    private static Access decide(ProjectLicenses licenses) {
        return SoftwareAccess.decide(licenses).access();
    }

    private static List<String> judge(ProjectLicenses licenses, Function<ProjectLicenses, Access> decider) {
        return LicenseLaws.check(licenses, decider).stream()
                .map(violation ->
                        violation.law().id() + ": found " + violation.found() + ", expected " + violation.expected())
                .distinct()
                .toList();
    }

    @Test
    void theLibrarysDecisionsObey() {
        for (String text : List.of(
                "{}",
                "{\"a\":null,\"b\":7,\"c\":[],\"d\":{\"quota\":\"x\"},\"e\":{\"quota\":{\"ext_rw\":true}}}",
                "{\"a\":{\"quota\":{\"ext_rw\":\"true\"}}}",
                "{\"a\":{\"quota\":{\"ext_rw\":true,\"dedicated_disk\":false}}}",
                "{\"a\":{\"quota\":{\"ext_rw\":true,\"dedicated_vm\":{\"machine\":\"m\"},\"dedicated_disk\":{}}},"
                        + "\"b\":{\"quota\":{\"ext_rw\":true}}}")) {
            ProjectLicenses licenses = LicensesJson.parse(text);

            assertThat(LicenseLaws.check(licenses, LicenseLawsTest::decide))
                    .as(text)
                    .isEmpty();
            assertThat(LicenseLaws.check(licenses, SoftwareAccess.decide(licenses)))
                    .as(text)
                    .isEmpty();
        }
        for (ProjectLicenses licenses : List.of(Homes.GRANT, GRANT_AND_MORE, MACHINE_BESIDE_GRANT)) {
            assertThat(LicenseLaws.check(licenses, LicenseLawsTest::decide)).isEmpty();
            assertThat(LicenseLaws.check(licenses, SoftwareAccess.decide(licenses)))
                    .isEmpty();
        }
    }

    /** The answers of the hub itself, recorded for the tests of core. */
    @Test
    void theLawKnowsTheRuleAsTheHubDoes() throws IOException {
        Path recorded = Path.of("../cocalc-storage-core/src/test/resources/com/cocalc/storage/json/ext-rw.jsonl");
        List<String> lines = Files.readAllLines(recorded);

        assertThat(lines).hasSize(300);
        for (String line : lines) {
            JsonNode hub = new ObjectMapper().readTree(line);
            ProjectLicenses licenses =
                    LicensesJson.parse(hub.get("site_license").toString());
            Access answer = hub.get("ext_rw").booleanValue() ? Access.READ_WRITE : Access.READ_ONLY;

            assertThat(LicenseLaws.check(licenses, any -> answer)).as(line).isEmpty();
        }
    }

    @Test
    void aDecisionThatOverlooksTheMachineIsCaught() {
        assertThat(LicenseLaws.check(MACHINE_BESIDE_GRANT, any -> Access.READ_WRITE))
                .singleElement()
                .hasToString("decision-is-the-hubs at " + MACHINE_BESIDE_GRANT
                        + ": found read-write, expected read-only; the decision about the software is the one that the hub"
                        + " computes from the same licences; ask SoftwareAccess.decide");
    }

    @Test
    void aDecisionByTheFirstLicenceAloneIsCaught() {
        Function<ProjectLicenses, Access> first = licenses ->
                licenses.entries().get(0).license().toJson().toString().contains("\"ext_rw\":true")
                        ? Access.READ_WRITE
                        : Access.READ_ONLY;

        assertThat(judge(GRANT_AND_MORE, first))
                .containsExactly("order-never-matters: found read-only, expected read-write, as before");
    }

    @Test
    void aRightThatComesWithAnEndIsCaught() {
        ProjectLicenses licenses = LicensesJson.parse("{\"a\":{\"quota\":{\"cpu\":1}}}");

        assertThat(judge(licenses, some -> some.toString().contains("expired") ? Access.READ_WRITE : Access.READ_ONLY))
                .containsExactly("an-end-adds-no-right: found read-write, expected read-only, as before");
    }

    @Test
    void grantsThatAreNotNamedAreCaught() {
        SoftwareAccess.ReadWrite decision = (SoftwareAccess.ReadWrite) SoftwareAccess.decide(GRANT_AND_MORE);
        SoftwareAccess wrong = new SoftwareAccess.ReadWrite(
                List.of(GRANT_AND_MORE.entries().get(2).name()), decision.remarks());

        assertThat(LicenseLaws.check(GRANT_AND_MORE, wrong)).singleElement().satisfies(violation -> {
            assertThat(violation.law()).isEqualTo(LicenseLaws.GRANTS_ARE_NAMED);
            assertThat(violation.found()).isEqualTo("[licence \"c\"]");
            assertThat(violation.expected()).isEqualTo("[licence \"a\"]");
        });
    }
}
