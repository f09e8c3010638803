package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonNumber;
import com.cocalc.storage.JsonValue.JsonString;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LicenseQuotaTest {

    @Test
    void everyFieldIsReadWithItsType() {
        LicenseQuota quota = JsonOf.quota("""
                {"ram": 2.50, "dedicated_ram": 1, "cpu": 3e1, "dedicated_cpu": 0, "disk": -1, "always_running": true,
                 "member": false, "boost": true, "ext_rw": true, "user": "academic", "idle_timeout": "day",
                 "patch": "[]", "gpu": {"num": 2}, "dedicated_vm": {"name": "n", "machine": "m"},
                 "dedicated_disk": false}""");

        assertThat(quota.ram()).contains(new BigDecimal("2.50"));
        assertThat(quota.dedicatedRam()).contains(BigDecimal.ONE);
        assertThat(quota.cpu()).contains(new BigDecimal("3e1"));
        assertThat(quota.dedicatedCpu()).contains(BigDecimal.ZERO);
        assertThat(quota.disk()).contains(new BigDecimal("-1"));
        assertThat(quota.alwaysRunning()).contains(true);
        assertThat(quota.member()).contains(false);
        assertThat(quota.boost()).contains(true);
        assertThat(quota.extRw()).contains(true);
        assertThat(quota.user()).contains(LicenseUser.ACADEMIC);
        assertThat(quota.idleTimeout()).contains(IdleTimeout.DAY);
        assertThat(quota.patch()).contains("[]");
        assertThat(quota.gpu()).contains(JsonOf.text("{\"num\":2}"));
        assertThat(quota.dedicatedVm()).contains(DedicatedVm.of("m", "n"));
        assertThat(quota.dedicatedDisk()).contains(JsonBoolean.FALSE);
        assertThat(quota.misfits()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}|
            {"ram":null,"dedicated_ram":null,"cpu":null,"dedicated_cpu":null,"disk":null}|
            {"always_running":null,"member":null,"boost":null,"ext_rw":null,"user":null,"idle_timeout":null}|
            {"patch":null,"gpu":null,"dedicated_vm":null,"dedicated_disk":null}|
            {"ram":"2","dedicated_ram":true,"cpu":[],"dedicated_cpu":{},"disk":"x"}|ram,dedicated_ram,cpu,dedicated_cpu,disk
            {"always_running":1,"member":"true","boost":0,"ext_rw":"yes"}|always_running,member,boost,ext_rw
            {"user":"Academic","idle_timeout":"week"}|user,idle_timeout
            {"user":1,"idle_timeout":false}|user,idle_timeout
            {"patch":[],"gpu":1,"dedicated_vm":true,"unknown":null}|patch,gpu,dedicated_vm,unknown
            {"dedicated_vm":{"machine":1}}|dedicated_vm
            {"dedicated_vm":"n2-standard-4"}|dedicated_vm
            {"new":1,"ram":1}|new
            """)
    void aFieldOfAWrongTypeCountsAsAbsentAndIsNamed(String json, String misfits) {
        LicenseQuota quota = JsonOf.quota(json.replace(",\"ram\":1}", "}"));

        assertThat(quota.ram()).isEmpty();
        assertThat(quota.dedicatedRam()).isEmpty();
        assertThat(quota.cpu()).isEmpty();
        assertThat(quota.dedicatedCpu()).isEmpty();
        assertThat(quota.disk()).isEmpty();
        assertThat(quota.alwaysRunning()).isEmpty();
        assertThat(quota.member()).isEmpty();
        assertThat(quota.boost()).isEmpty();
        assertThat(quota.extRw()).isEmpty();
        assertThat(quota.user()).isEmpty();
        assertThat(quota.idleTimeout()).isEmpty();
        assertThat(quota.patch()).isEmpty();
        assertThat(quota.gpu()).isEmpty();
        assertThat(quota.dedicatedVm()).isEmpty();
        assertThat(quota.dedicatedDisk()).isEmpty();
        assertThat(String.join(",", quota.misfits())).isEqualTo(misfits == null ? "" : misfits);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "'\"x\"', true", "{}, false", "false, false", "true, true", "[], true"})
    void anyDiskButNullIsADiskWhateverItsType(String disk, boolean misfit) {
        LicenseQuota quota = JsonOf.quota("{\"dedicated_disk\":" + disk + "}");

        assertThat(quota.dedicatedDisk()).contains(JsonOf.text(disk));
        assertThat(quota.misfits().contains("dedicated_disk")).isEqualTo(misfit);
    }

    @Test
    void aMachineNeedsNoNameButATextAsItsType() {
        assertThat(JsonOf.quota("{\"dedicated_vm\":{\"machine\":\"\"}}").dedicatedVm())
                .contains(DedicatedVm.of("", ""));
        assertThat(JsonOf.quota("{\"dedicated_vm\":{\"machine\":\"m\",\"name\":1}}")
                        .dedicatedVm())
                .contains(DedicatedVm.of("m", ""));
        assertThat(JsonOf.quota("{\"dedicated_vm\":false}").misfits()).isEmpty();
    }

    @Test
    void numbersBeyondAllReasonCostNothing() {
        String longest = "1".repeat(1000);

        assertThat(JsonOf.quota("{\"ram\":" + longest + "}").ram()).contains(new BigDecimal(longest));
        assertThat(JsonOf.quota("{\"ram\":1" + longest + "}").ram()).isEmpty();
        assertThat(JsonOf.quota("{\"ram\":1e99999999999}").ram()).isEmpty();
        assertThat(JsonOf.quota("{\"ram\":1e400}").ram()).contains(new BigDecimal("1e400"));
    }

    @Test
    void theBuilderWritesWhatTheReaderReads() {
        LicenseQuota quota = LicenseQuota.builder()
                .ram(new BigDecimal("1.50"))
                .dedicatedRam(BigDecimal.ONE)
                .cpu(new BigDecimal("1E+3"))
                .dedicatedCpu(BigDecimal.ZERO)
                .disk(BigDecimal.TEN)
                .alwaysRunning()
                .member()
                .boost()
                .extRw()
                .user(LicenseUser.BUSINESS)
                .idleTimeout(IdleTimeout.SHORT)
                .patch("[]")
                .dedicatedVm(DedicatedVm.of("n2-standard-4", ""))
                .field("gpu", JsonBoolean.TRUE)
                .build();

        assertThat(quota)
                .hasToString("{\"ram\":1.50,\"dedicated_ram\":1,\"cpu\":1E+3,\"dedicated_cpu\":0,\"disk\":10,"
                        + "\"always_running\":true,\"member\":true,\"boost\":true,\"ext_rw\":true,\"user\":\"business\","
                        + "\"idle_timeout\":\"short\",\"patch\":\"[]\",\"dedicated_vm\":{\"machine\":\"n2-standard-4\"},"
                        + "\"gpu\":true}");
        assertThat(quota.misfits()).isEmpty();
        assertThat(quota).isEqualTo(JsonOf.quota(quota.toString())).hasSameHashCodeAs(JsonOf.quota(quota.toString()));
    }

    @Test
    void aNamedMachineIsWrittenWithItsName() {
        assertThat(LicenseQuota.builder().dedicatedVm(DedicatedVm.of("m", "n")).build())
                .hasToString("{\"dedicated_vm\":{\"name\":\"n\",\"machine\":\"m\"}}");
    }

    @Test
    void aFieldSetTwiceStaysAtItsFirstPlace() {
        assertThat(LicenseQuota.builder()
                        .field("a", new JsonNumber("1"))
                        .extRw()
                        .field("a", new JsonString("x"))
                        .field("ext_rw", JsonNull.NULL)
                        .build())
                .hasToString("{\"a\":\"x\",\"ext_rw\":null}");
    }

    @Test
    void quotasAreEqualIfTheirJsonIs() {
        assertThat(JsonOf.quota("{\"ram\":1}"))
                .isEqualTo(JsonOf.quota("{\"ram\":1}"))
                .isNotEqualTo(JsonOf.quota("{\"ram\":1.0}"))
                .isNotEqualTo("{\"ram\":1}");
    }

    @Test
    void aMachineIsShownAsTheFieldOfAQuota() {
        assertThat(DedicatedVm.of("m", "n")).hasToString("{\"name\":\"n\",\"machine\":\"m\"}");
        assertThat(DedicatedVm.of("m", "").machine()).isEqualTo("m");
        assertThat(DedicatedVm.of("m", "n").name()).isEqualTo("n");
    }

    @Test
    void nullIsRefusedByName() {
        assertThatThrownBy(() -> LicenseQuota.from(null)).hasMessage("json");
        assertThatThrownBy(() -> DedicatedVm.of(null, "")).hasMessage("machine");
        assertThatThrownBy(() -> DedicatedVm.of("m", null)).hasMessage("name");
    }
}
