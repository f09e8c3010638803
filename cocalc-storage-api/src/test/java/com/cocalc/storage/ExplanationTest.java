package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole texts, as somebody pastes them into a ticket. */
final class ExplanationTest {

    private static final String A = "3f5ea6cb-d334-4dfe-a43f-2072073c2b13";
    private static final String B = "eb5ae598-1350-48d7-88c7-ee599a967e81";
    private static final String TO_KNOW = """
            Write access is everybody's: all collaborators of the project can now change what every project runs ($EXT/.bashrc is sourced, kernels in $EXT/jupyter are offered everywhere).
            The mount is not enough: the root of the software claim must be writable for the project's user and readable for all; a fresh one is usually root's, mode 0755, and writing then fails with "Permission denied".
            Deleting a licence's row revokes nothing: the hub keeps the entry in the project's map as last stored; let the licence expire, or remove it from the project.
            A pay-as-you-go start is computed without licences, whichever the project has: it is read-only.
            """;
    private static final String NEXT_START =
            "A change takes effect at the next start of the project; a running pod is never changed.";
    private static final String NOT_GIVEN_BACK = """
            Deleting the row of that licence does not bring write access back: the hub keeps the entry in the project's map as last stored; let the licence expire, or remove it from the project.
            """;

    private static String explain(String licenses) {
        return SoftwareAccess.decide(
                        JsonOf.licenses(licenses.replace("<A>", "\"" + A + "\"").replace("<B>", "\"" + B + "\"")))
                .explain();
    }

    @Test
    void noLicence() {
        assertThat(explain("{}")).isEqualTo("""
                The shared software is read-only: the project has no licence.
                A pay-as-you-go start is computed without licences, whichever the project has: it is read-only.
                """ + NEXT_START);
    }

    @Test
    void oneGrant() {
        assertThat(explain("{<A>:{\"status\":\"active\",\"quota\":{\"ext_rw\":true}}}"))
                .isEqualTo("""
                The shared software is read-write: granted by licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13 (ext_rw: true).
                """ + TO_KNOW + NEXT_START);
    }

    @Test
    void twoGrantsWithoutKeys() {
        LicenseQuota grant = LicenseQuota.builder().extRw().build();

        assertThat(SoftwareAccess.decide(ProjectLicenses.active(List.of(grant, grant)))
                        .explain())
                .isEqualTo(
                        "The shared software is read-write: granted by licence no. 1, licence no. 2 (ext_rw: true).\n"
                                + TO_KNOW + NEXT_START);
    }

    @Test
    void licencesThatAreOver() {
        assertThat(explain("""
                {<A>:{"status":"expired","quota":{"ext_rw":true}},
                 <B>:{"status":"exhausted","quota":{"ext_rw":true}},
                 "c":{"status":"future","quota":{}}}""")).isEqualTo("""
                The shared software is read-only: no licence grants writing.
                - licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13 does not count, it has expired (status expired); it carries ext_rw: true.
                - licence eb5ae598-1350-48d7-88c7-ee599a967e81 does not count, it already runs in as many projects as it allows (status exhausted); it carries ext_rw: true.
                - licence "c" does not count, it does not apply yet (status future); it carries no ext_rw: true either.
                Note: licence "c" takes part although its key is not a UUID.
                """ + NEXT_START);
    }

    @Test
    void aDedicatedDisk() {
        assertThat(explain("{<A>:{\"quota\":{\"ext_rw\":true,\"dedicated_disk\":{\"speed\":\"ssd\",\"name\":\"ü\"}}}}"))
                .isEqualTo("""
                The shared software is read-only: no licence grants writing.
                - licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13 does not count, it is for a dedicated disk (dedicated_disk is {"speed":"ssd","name":"\\u00fc"}, and anything but null leaves the licence out); it carries ext_rw: true.
                """ + NEXT_START);
    }

    @Test
    void aDedicatedMachineWithAName() {
        assertThat(explain("""
                {<A>:{"quota":{"dedicated_vm":{"machine":"n2-standard-4","name":"lab"}}},
                 <B>:{"quota":{"ext_rw":true}}}""")).isEqualTo("""
                The shared software is read-only: a dedicated machine takes write access away.
                - licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13 is for a dedicated machine ("n2-standard-4"), which takes write access away from all licences; it carries no ext_rw: true either.
                - licence eb5ae598-1350-48d7-88c7-ee599a967e81 carries ext_rw: true, but licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13 is for a dedicated machine, which takes write access away.
                """ + NOT_GIVEN_BACK + NEXT_START);
    }

    @Test
    void aDedicatedMachineWithoutAName() {
        assertThat(explain("{<A>:{\"quota\":{\"ext_rw\":true,\"dedicated_vm\":{\"machine\":\"m\",\"name\":\"\"}}}}"))
                .isEqualTo("""
                The shared software is read-only: a dedicated machine takes write access away.
                - licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13 is for a dedicated machine ("m"), which takes write access away from all licences; it carries ext_rw: true; its name is empty, but that changes nothing, although the admin form says that empty means no machine.
                """ + NOT_GIVEN_BACK + NEXT_START);
    }

    @Test
    void aMachineThatADiskHides() {
        assertThat(explain("""
                {<A>:{"quota":{"dedicated_vm":{"machine":"m"},"dedicated_disk":false}},
                 <B>:{"quota":{"ext_rw":true}}}""")).isEqualTo("""
                The shared software is read-write: granted by licence eb5ae598-1350-48d7-88c7-ee599a967e81 (ext_rw: true).
                """ + TO_KNOW + """
                Note: licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13 has a dedicated machine, which takes nothing away here: its dedicated disk leaves the whole licence out first.
                """ + NEXT_START);
    }

    @Test
    void whatLooksLikeAGrant() {
        assertThat(explain("""
                {<A>:{"quota":{"ext_rw":"true"}},
                 <B>:{"status":"active","quota":{"cpu":1}}}""")).isEqualTo("""
                The shared software is read-only: no licence grants writing.
                - licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13 counts, but its ext_rw is the text "true"; only the JSON boolean true grants.
                - licence eb5ae598-1350-48d7-88c7-ee599a967e81 counts, but carries no ext_rw: true.
                Note: licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13 has fields that have no effect here and are kept: quota.ext_rw.
                """ + NEXT_START);
    }

    @Test
    void strangeEntries() {
        assertThat(explain("{<A>:null,<B>:[\"x\\ny\"],\"\":{\"quota\":\"ext\\u0000rw\"}}"))
                .isEqualTo("""
                The shared software is read-only: no licence grants writing.
                - licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13 has no effect because its entry is null and not an object.
                - licence eb5ae598-1350-48d7-88c7-ee599a967e81 has no effect because its entry is ["x\\u000ay"] and not an object.
                - licence "" has no effect because its quota is the text "ext\\u0000rw" and not an object.
                Note: licence "" takes part although its key is not a UUID.
                Note: licence "" makes the hub's own calculation fail, its quota is the text "ext\\u0000rw"; fix the licence, it has no effect here.
                """ + NEXT_START);
    }

    @Test
    void strangeEntriesBesideAGrant() {
        assertThat(explain("""
                {"a":17,
                 <A>:{"quota":[1]},
                 <B>:{"quota":{"ext_rw":true}}}""")).isEqualTo("""
                The shared software is read-write: granted by licence eb5ae598-1350-48d7-88c7-ee599a967e81 (ext_rw: true).
                """ + TO_KNOW + """
                Note: licence "a" takes part although its key is not a UUID.
                Note: licence "a" has no effect because its entry is 17 and not an object.
                Note: licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13 has no effect because its quota is [1] and not an object.
                """ + NEXT_START);
    }

    @Test
    void aPatchAnUnknownStatusAndUnknownFields() {
        assertThat(explain("""
                {<A>:{"status":"paused","upgrades":1,"quota":{"patch":"[]","odd, name":1,"new.field":2}},
                 <B>:{"status":7}}""")).isEqualTo("""
                The shared software is read-only: no licence grants writing.
                - licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13 counts, but carries no ext_rw: true.
                - licence eb5ae598-1350-48d7-88c7-ee599a967e81 counts, but carries no ext_rw: true.
                Note: licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13 has a status that the hub does not know, the text "paused", and so counts; only exactly expired, exhausted and future rule a licence out.
                Note: licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13 carries a patch, which is applied to the pod last and can make $EXT or any mount writable without ext_rw; audit the pod.
                Note: licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13 has fields that have no effect here and are kept: upgrades, "quota.odd, name", quota.new.field.
                Note: licence eb5ae598-1350-48d7-88c7-ee599a967e81 has a status that the hub does not know, 7, and so counts; only exactly expired, exhausted and future rule a licence out.
                """ + NEXT_START);
    }

    @Test
    void hostileEntriesAreCutAndStayInTheirLine() {
        String many = "x".repeat(200);

        assertThat(explain("{<A>:[\"" + many + "\"],<B>:{\"quota\":{\"ext_rw\":\"" + many + "\"}}}"))
                .contains("its entry is [\"" + "x".repeat(78) + "… (204 characters) and not an object.")
                .contains("its ext_rw is the text \"" + "x".repeat(80) + "…\" (200 characters); only");
    }

    @Test
    void ofManyFieldsTwentyAreNamed() {
        StringBuilder fields = new StringBuilder();
        for (int i = 1; i <= 22; i++) {
            fields.append(i == 1 ? "" : ",").append("\"f").append(i).append("\":1");
        }

        assertThat(explain("{<A>:{" + fields + "}}"))
                .contains(", f19, f20 and 2 more.\n")
                .doesNotContain("f21");
        assertThat(explain("{<A>:{" + fields.substring(0, fields.indexOf(",\"f21")) + "}}"))
                .contains(", f19, f20.\n");
    }
}
