package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.DedicatedVm;
import com.cocalc.storage.IdleTimeout;
import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonNumber;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.LicenseUser;
import java.util.List;

/** Quotas of licences: mostly as the hub writes them, sometimes as only an untyped column can contain them. */
final class Quotas {

    private static final Member GRANT = new Member("ext_rw", JsonBoolean.TRUE);
    private static final List<String> NUMBERS = List.of("ram", "dedicated_ram", "cpu", "dedicated_cpu", "disk");
    private static final List<String> SWITCHES = List.of("member", "always_running", "boost");
    private static final List<JsonValue> NO_GRANTS = List.of(
            JsonBoolean.FALSE,
            JsonNull.NULL,
            new JsonNumber("1"),
            new JsonString("true"),
            new JsonString("yes"),
            new JsonObject(List.of()));
    private static final List<JsonValue> NO_MACHINES = List.of(
            JsonBoolean.FALSE,
            JsonNull.NULL,
            new JsonObject(List.of()),
            new JsonObject(List.of(new Member("machine", new JsonNumber("1")))),
            new JsonString("n2-standard-4"));
    /** Values that leave a licence out, which is everything but null. */
    private static final List<JsonValue> DISKS = List.of(
            new JsonObject(List.of(new Member("size_gb", new JsonNumber("128")))),
            JsonBoolean.FALSE,
            new JsonNumber("0"),
            new JsonObject(List.of()),
            new JsonString(""));

    private Quotas() {}

    static LicenseQuota any(Draw draw) {
        return LicenseQuota.from(new JsonObject(Json.oncePerName(draw.list(0, 6, () -> {
            if (draw.oneIn(4)) {
                return draw.oneIn(2)
                        ? GRANT
                        : draw.oneIn(2)
                                ? machine(draw)
                                : new Member("dedicated_disk", draw.oneIn(3) ? JsonNull.NULL : draw.of(DISKS));
            }
            return indifferent(draw);
        }))));
    }

    /** Draws a quota without effect, after some members with effect. */
    static LicenseQuota of(Draw draw, Member... deciding) {
        List<Member> members = draw.list(0, 3, () -> indifferent(draw));
        members.addAll(0, List.of(deciding));
        return LicenseQuota.from(new JsonObject(Json.oncePerName(members)));
    }

    static Member grant() {
        return GRANT;
    }

    static Member machine(Draw draw) {
        return new Member("dedicated_vm", machineJson(draw));
    }

    private static JsonValue machineJson(Draw draw) {
        Member machine = new Member("machine", new JsonString(draw.of("n2-standard-4", "", "unknown")));
        return draw.oneIn(2)
                ? new JsonObject(List.of(machine, new Member("name", new JsonString(draw.of("", "vm-1")))))
                : new JsonObject(List.of(machine));
    }

    static Member disk(Draw draw) {
        return new Member("dedicated_disk", draw.of(DISKS));
    }

    /** Draws a member without effect. */
    private static Member indifferent(Draw draw) {
        return switch (draw.upTo(7)) {
            case 0 -> new Member(draw.of(NUMBERS), Json.number(draw));
            case 1 -> new Member(draw.of(SWITCHES), Json.bool(draw));
            case 2 -> new Member("ext_rw", draw.of(NO_GRANTS));
            case 3 -> new Member("dedicated_vm", draw.of(NO_MACHINES));
            case 4 -> new Member("dedicated_disk", JsonNull.NULL);
            case 5 -> new Member("patch", draw.of(new JsonString("[]"), new JsonString("no json"), JsonNull.NULL));
            case 6 -> known(draw);
            default -> new Member("field_of_tomorrow", Json.value(draw));
        };
    }

    private static Member known(Draw draw) {
        return draw.oneIn(2)
                ? new Member(
                        "user", new JsonString(draw.of(LicenseUser.values()).toString()))
                : new Member(
                        "idle_timeout",
                        new JsonString(draw.of(IdleTimeout.values()).toString()));
    }

    static DedicatedVm dedicatedVm(Draw draw) {
        return DedicatedVm.of(draw.of("n2-standard-4", "", "unknown", "ü"), draw.of("", "vm-1"));
    }
}
