package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.DenialReason.Kind;
import com.cocalc.storage.SoftwareAccess.ReadOnly;
import com.cocalc.storage.SoftwareAccess.ReadWrite;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SoftwareAccessTest {

    private static final String GRANT = "\"quota\":{\"ext_rw\":true}";

    private static List<DenialReason> reasons(String licenses) {
        return ((ReadOnly) SoftwareAccess.decide(JsonOf.licenses(licenses))).reasons();
    }

    private static LicenseName name(String licenses, int position) {
        return JsonOf.licenses(licenses).entries().get(position - 1).name();
    }

    /** Each line is one project: what it is about, its licences, the access. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no licence|{}|READ_ONLY
            a grant|{"a":{"status":"active","quota":{"ext_rw":true}}}|READ_WRITE
            two grants|{"a":{"quota":{"ext_rw":true}},"b":{"quota":{"ext_rw":true}}}|READ_WRITE
            valid|{"a":{"status":"valid","quota":{"ext_rw":true}}}|READ_WRITE
            ineffective|{"a":{"status":"ineffective","quota":{"ext_rw":true}}}|READ_WRITE
            expired|{"a":{"status":"expired","quota":{"ext_rw":true}}}|READ_ONLY
            exhausted|{"a":{"status":"exhausted","quota":{"ext_rw":true}}}|READ_ONLY
            future|{"a":{"status":"future","quota":{"ext_rw":true}}}|READ_ONLY
            no status|{"a":{"quota":{"ext_rw":true}}}|READ_WRITE
            null status|{"a":{"status":null,"quota":{"ext_rw":true}}}|READ_WRITE
            unknown status|{"a":{"status":"paused","quota":{"ext_rw":true}}}|READ_WRITE
            capital status|{"a":{"status":"EXPIRED","quota":{"ext_rw":true}}}|READ_WRITE
            status no text|{"a":{"status":["expired"],"quota":{"ext_rw":true}}}|READ_WRITE
            null entry|{"a":null}|READ_ONLY
            null entry beside a grant|{"a":null,"b":{"quota":{"ext_rw":true}}}|READ_WRITE
            text as entry|{"a":"ext_rw"}|READ_ONLY
            true as entry|{"a":true}|READ_ONLY
            array as entry|{"a":[{"quota":{"ext_rw":true}}]}|READ_ONLY
            disk|{"a":{"quota":{"ext_rw":true,"dedicated_disk":{"size":1}}}}|READ_ONLY
            disk false|{"a":{"quota":{"ext_rw":true,"dedicated_disk":false}}}|READ_ONLY
            disk 0|{"a":{"quota":{"ext_rw":true,"dedicated_disk":0}}}|READ_ONLY
            disk empty|{"a":{"quota":{"ext_rw":true,"dedicated_disk":{}}}}|READ_ONLY
            disk null|{"a":{"quota":{"ext_rw":true,"dedicated_disk":null}}}|READ_WRITE
            disk beside a grant|{"a":{"quota":{"dedicated_disk":{}}},"b":{"quota":{"ext_rw":true}}}|READ_WRITE
            disk outside of the quota|{"a":{"dedicated_disk":{},"quota":{"ext_rw":true}}}|READ_WRITE
            machine|{"a":{"quota":{"ext_rw":true,"dedicated_vm":{"machine":"m","name":"n"}}}}|READ_ONLY
            nameless machine|{"a":{"quota":{"ext_rw":true,"dedicated_vm":{"machine":"m","name":""}}}}|READ_ONLY
            empty machine|{"a":{"quota":{"ext_rw":true,"dedicated_vm":{"machine":""}}}}|READ_ONLY
            machine beside a grant|{"a":{"quota":{"dedicated_vm":{"machine":"m"}}},"b":{"quota":{"ext_rw":true}}}|READ_ONLY
            machine after a grant|{"a":{"quota":{"ext_rw":true}},"b":{"quota":{"dedicated_vm":{"machine":"m"}}}}|READ_ONLY
            machine no text|{"a":{"quota":{"ext_rw":true,"dedicated_vm":{"machine":1}}}}|READ_WRITE
            machine absent|{"a":{"quota":{"ext_rw":true,"dedicated_vm":{}}}}|READ_WRITE
            machine false|{"a":{"quota":{"ext_rw":true,"dedicated_vm":false}}}|READ_WRITE
            machine a text|{"a":{"quota":{"ext_rw":true,"dedicated_vm":"m"}}}|READ_WRITE
            machine and disk|{"a":{"quota":{"dedicated_vm":{"machine":"m"},"dedicated_disk":false}},"b":{"quota":{"ext_rw":true}}}|READ_WRITE
            expired machine|{"a":{"status":"expired","quota":{"dedicated_vm":{"machine":"m"}}},"b":{"quota":{"ext_rw":true}}}|READ_WRITE
            ext_rw false|{"a":{"quota":{"ext_rw":false}}}|READ_ONLY
            ext_rw 1|{"a":{"quota":{"ext_rw":1}}}|READ_ONLY
            ext_rw a text|{"a":{"quota":{"ext_rw":"true"}}}|READ_ONLY
            ext_rw yes|{"a":{"quota":{"ext_rw":"yes"}}}|READ_ONLY
            ext_rw an object|{"a":{"quota":{"ext_rw":{}}}}|READ_ONLY
            ext_rw outside of the quota|{"a":{"status":"active","ext_rw":true}}|READ_ONLY
            quota a text|{"a":{"quota":"ext_rw"}}|READ_ONLY
            quota null|{"a":{"quota":null}}|READ_ONLY
            quota an array|{"a":{"quota":[{"ext_rw":true}]}}|READ_ONLY
            other hosting|{"a":{"quota":{"member":true}},"b":{"quota":{"ext_rw":true,"boost":true,"idle_timeout":"day"}}}|READ_WRITE
            bare upgrades|{"a":{"status":"active","cpu":1,"network":1}}|READ_ONLY
            """)
    void theRuleIsTheHubs(String about, String licenses, Access access) {
        assertThat(SoftwareAccess.decide(JsonOf.licenses(licenses)).access())
                .as(about)
                .isEqualTo(access);
    }

    @Test
    void writingIsGrantedByEveryLicenceThatGrantsIt() {
        String licenses =
                "{\"a\":{" + GRANT + "},\"b\":{},\"c\":{\"status\":\"expired\"," + GRANT + "},\"d\":{" + GRANT + "}}";

        assertThat(((ReadWrite) SoftwareAccess.decide(JsonOf.licenses(licenses))).grantedBy())
                .containsExactly(name(licenses, 1), name(licenses, 4));
    }

    @Test
    void everyLicenceThatDoesNotGrantHasItsReason() {
        String licenses = """
                {"a":{"status":"expired","quota":{"ext_rw":true}},
                 "b":{"status":"exhausted","quota":{"ext_rw":1}},
                 "c":{"status":"future"},
                 "d":{"quota":{"dedicated_disk":false,"ext_rw":true}},
                 "e":{"quota":{"dedicated_disk":{}}},
                 "f":{"quota":{"ext_rw":"true"}},
                 "g":{"quota":{"ext_rw":false}},
                 "h":{"quota":{"ext_rw":null}},
                 "i":{"quota":{}},
                 "j":{},
                 "k":{"quota":null},
                 "l":{"quota":"x"},
                 "m":{"quota":[]},
                 "n":null,
                 "o":7}""";

        assertThat(reasons(licenses))
                .containsExactly(
                        DenialReason.notActive(name(licenses, 1), LicenseStatus.EXPIRED, true),
                        DenialReason.notActive(name(licenses, 2), LicenseStatus.EXHAUSTED, false),
                        DenialReason.notActive(name(licenses, 3), LicenseStatus.FUTURE, false),
                        DenialReason.dedicatedDisk(name(licenses, 4), JsonOf.text("false"), true),
                        DenialReason.dedicatedDisk(name(licenses, 5), JsonOf.text("{}"), false),
                        DenialReason.extRwNotBoolean(name(licenses, 6), JsonOf.text("\"true\"")),
                        DenialReason.noExtRw(name(licenses, 7)),
                        DenialReason.noExtRw(name(licenses, 8)),
                        DenialReason.noExtRw(name(licenses, 9)),
                        DenialReason.noExtRw(name(licenses, 10)),
                        DenialReason.noExtRw(name(licenses, 11)),
                        DenialReason.strangeQuota(name(licenses, 12), JsonOf.text("\"x\"")),
                        DenialReason.strangeQuota(name(licenses, 13), JsonOf.text("[]")),
                        DenialReason.strangeEntry(name(licenses, 14), JsonOf.text("null")),
                        DenialReason.strangeEntry(name(licenses, 15), JsonOf.text("7")))
                .allMatch(reason -> !reason.license().toString().isEmpty());
    }

    @Test
    void besideAMachineEveryReasonIsStillItsOwn() {
        String licenses = """
                {"a":{"quota":{"ext_rw":true}},
                 "b":{"quota":{"dedicated_vm":{"machine":"m"}}},
                 "c":{"quota":{"dedicated_vm":{"machine":"m2","name":"n"},"ext_rw":true}},
                 "d":{"quota":{"ext_rw":1}},
                 "e":{"quota":{}},
                 "f":{"status":"expired","quota":{"ext_rw":true}}}""";

        assertThat(reasons(licenses))
                .containsExactly(
                        DenialReason.besideDedicatedMachine(name(licenses, 1), name(licenses, 2)),
                        DenialReason.dedicatedMachine(name(licenses, 2), JsonOf.text("{\"machine\":\"m\"}"), false),
                        DenialReason.dedicatedMachine(
                                name(licenses, 3), JsonOf.text("{\"machine\":\"m2\",\"name\":\"n\"}"), true),
                        DenialReason.extRwNotBoolean(name(licenses, 4), JsonOf.text("1")),
                        DenialReason.noExtRw(name(licenses, 5)),
                        DenialReason.notActive(name(licenses, 6), LicenseStatus.EXPIRED, true));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nothing odd|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"status":"active","quota":{"cpu":1}}}|[]
            patch|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"quota":{"patch":"[]"}}}|[CARRIES_PATCH]
            patch of a licence that is over|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"status":"future","quota":{"patch":"[]"}}}|[]
            patch of a licence with a disk|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"quota":{"patch":"[]","dedicated_disk":{}}}}|[]
            patch of a licence with a machine|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"quota":{"patch":"[]","dedicated_vm":{"machine":"m"}}}}|[]
            patch that is no text|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"quota":{"patch":[]}}}|[FIELDS_KEPT]
            odd key|{"3f5ea6cb":{}}|[KEY_IS_NO_ID]
            odd key of no object|{"3f5ea6cb":1}|[KEY_IS_NO_ID]
            unknown status|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"status":"x"}}|[UNKNOWN_STATUS]
            status no text|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"status":1}}|[UNKNOWN_STATUS]
            null status|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"status":null}}|[]
            quota a text|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"quota":"x"}}|[HUB_CANNOT_COMPUTE]
            quota a number|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"quota":0}}|[HUB_CANNOT_COMPUTE]
            quota false|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"quota":false}}|[HUB_CANNOT_COMPUTE]
            quota a text of a licence that is over|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"status":"expired","quota":"x"}}|[]
            quota an array|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"quota":[]}}|[]
            machine and disk|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"quota":{"dedicated_disk":1,"dedicated_vm":{"machine":"m"}}}}|[MACHINE_NOT_SEEN, FIELDS_KEPT]
            machine and disk that are over|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"status":"expired","quota":{"dedicated_disk":{},"dedicated_vm":{"machine":"m"}}}}|[]
            no object|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":1}|[]
            no object beside a grant|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":1,"eb5ae598-1350-48d7-88c7-ee599a967e81":{"quota":{"ext_rw":true}}}|[ENTRY_IGNORED]
            quota an array beside a grant|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"quota":[]},"eb5ae598-1350-48d7-88c7-ee599a967e81":{"quota":{"ext_rw":true}}}|[QUOTA_IGNORED]
            quota a text beside a grant|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"quota":"x"},"eb5ae598-1350-48d7-88c7-ee599a967e81":{"quota":{"ext_rw":true}}}|[HUB_CANNOT_COMPUTE]
            quota of a licence that is over beside a grant|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"status":"expired","quota":"x"},"eb5ae598-1350-48d7-88c7-ee599a967e81":{"quota":{"ext_rw":true}}}|[QUOTA_IGNORED]
            fields nobody knows|{"3f5ea6cb-d334-4dfe-a43f-2072073c2b13":{"cpu":1,"quota":{"new":1}}}|[FIELDS_KEPT]
            all at once|{"k":{"status":"x","a":1,"quota":{"patch":"[]"}},"l":{"b":2}}|[KEY_IS_NO_ID, UNKNOWN_STATUS, CARRIES_PATCH, FIELDS_KEPT, KEY_IS_NO_ID, FIELDS_KEPT]
            """)
    void whatIsOddIsRemarked(String about, String licenses, String remarks) {
        assertThat(SoftwareAccess.decide(JsonOf.licenses(licenses)).remarks())
                .as(about)
                .extracting(LicenseRemark::kind)
                .hasToString(remarks);
    }

    @Test
    void remarksNameTheirLicence() {
        String licenses = "{\"3f5ea6cb-d334-4dfe-a43f-2072073c2b13\":{},\"b\":{\"x\":1,\"quota\":{\"y\":2}}}";

        assertThat(SoftwareAccess.decide(JsonOf.licenses(licenses)).remarks())
                .containsExactly(
                        LicenseRemark.of(LicenseRemark.Kind.KEY_IS_NO_ID, name(licenses, 2)),
                        LicenseRemark.of(
                                LicenseRemark.Kind.FIELDS_KEPT, name(licenses, 2), JsonOf.text("[\"x\",\"quota.y\"]")))
                .extracting(LicenseRemark::license)
                .containsOnly(name(licenses, 2));
    }

    @Test
    void readWriteNeedsALicenceThatGrantsIt() {
        assertThatThrownBy(() -> new ReadWrite(List.of(), List.of()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("grantedBy must name at least one licence, but was empty; decide from licences, or say"
                        + " ReadOnly");
    }

    /** What a program asks of a reason: its kind, what it is about, and whether the licence would grant without it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            STRANGE_ENTRY|[1]|false|{"a":[1]}
            NOT_ACTIVE|"expired"|true|{"a":{"status":"expired","quota":{"ext_rw":true}}}
            STRANGE_QUOTA|0|false|{"a":{"quota":0}}
            DEDICATED_DISK|{}|true|{"a":{"quota":{"ext_rw":true,"dedicated_disk":{}}}}
            DEDICATED_MACHINE|{"machine":"m","x":1}|false|{"a":{"quota":{"dedicated_vm":{"machine":"m","x":1}}}}
            BESIDE_DEDICATED_MACHINE|nothing|true|{"a":{"quota":{"ext_rw":true}},"b":{"quota":{"dedicated_vm":{"machine":"m"}}}}
            NO_EXT_RW|nothing|false|{"a":{"quota":{"ext_rw":false}}}
            EXT_RW_NOT_BOOLEAN|1|false|{"a":{"quota":{"ext_rw":1}}}
            """)
    void aReasonSaysWhatItIsAbout(Kind kind, String value, boolean hasExtRw, String licenses) {
        DenialReason reason = reasons(licenses).get(0);

        assertThat(reason.kind()).isEqualTo(kind);
        assertThat(reason.value().map(JsonValue::toString).orElse("nothing")).isEqualTo(value);
        assertThat(reason.hasExtRw()).isEqualTo(hasExtRw);
        assertThat(reason.license()).isEqualTo(name(licenses, 1));
        assertThat(reason).hasToString(reason.text());
    }

    @Test
    void aReasonNamesTheMachineThatTakesWriteAccessAway() {
        String licenses = """
                {"a":{"quota":{"ext_rw":true}},
                 "b":{"quota":{"dedicated_vm":{"machine":"m"}}},
                 "c":{"quota":{}}}""";

        assertThat(reasons(licenses))
                .extracting(DenialReason::machine)
                .containsExactly(Optional.of(name(licenses, 2)), Optional.of(name(licenses, 2)), Optional.empty());
    }

    @Test
    void aRemarkSaysWhatItIsAbout() {
        String licenses = "{\"k\":{\"status\":\"x\",\"a\":1,\"quota\":{\"patch\":\"[]\",\"b\":2}}}";

        assertThat(SoftwareAccess.decide(JsonOf.licenses(licenses)).remarks())
                .extracting(remark -> remark.value().map(JsonValue::toString).orElse("nothing"))
                .containsExactly("nothing", "\"x\"", "nothing", "[\"a\",\"quota.b\"]");
    }
}
