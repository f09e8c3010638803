package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JsonValue.JsonArray;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.LicenseId;
import com.cocalc.storage.LicenseName;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectLicense;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.SiteLicense;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Licences of projects, as the hub stores them. */
final class Licenses {

    /** The statuses of licences that count, including an unknown one and none at all. */
    private static final List<JsonValue> COUNTING = List.of(
            new JsonString("active"),
            new JsonString("valid"),
            new JsonString("ineffective"),
            new JsonString("EXPIRED"),
            new JsonString("expired "),
            new JsonString(""),
            JsonValue.JsonNull.NULL,
            JsonValue.JsonBoolean.FALSE);

    private static final List<JsonValue> OVER =
            List.of(new JsonString("expired"), new JsonString("exhausted"), new JsonString("future"));
    private static final List<String> ODD_KEYS = List.of("", "A", "licence 1", "__proto__", "\n");
    private static final List<Instant> MOMENTS = List.of(
            Instant.EPOCH,
            Instant.EPOCH.plusMillis(1),
            Instant.EPOCH.minusNanos(1),
            Instant.parse("2024-02-29T12:00:00Z"),
            Instant.MIN,
            Instant.MAX);

    private Licenses() {}

    static JsonValue countingStatus(Draw draw) {
        return draw.of(COUNTING);
    }

    static JsonValue statusThatIsOver(Draw draw) {
        return draw.of(OVER);
    }

    static ProjectLicense any(Draw draw) {
        if (draw.oneIn(8)) {
            return strange(draw);
        }
        return entry(draw, draw.oneIn(4) ? statusThatIsOver(draw) : countingStatus(draw), Quotas.any(draw));
    }

    /**
     * Draws an entry with the fields that the hub writes, sometimes without a status and with a field of older
     * licences.
     */
    static ProjectLicense entry(Draw draw, JsonValue status, LicenseQuota quota) {
        List<Member> members = new ArrayList<>(3);
        members.add(new Member("status", status));
        members.add(new Member("quota", quota.toJson()));
        if (draw.oneIn(8)) {
            members.add(new Member("cores", Json.number(draw)));
        }
        return ProjectLicense.from(new JsonObject(members));
    }

    /** Draws an entry that is not an object, or whose quota is missing or not an object, and so has no effect. */
    static ProjectLicense strange(Draw draw) {
        return ProjectLicense.from(
                switch (draw.upTo(3)) {
                    case 0 -> Json.leaf(draw);
                    case 1 -> new JsonArray(draw.list(0, 2, () -> Json.leaf(draw)));
                    case 2 -> new JsonObject(List.of(new Member("status", countingStatus(draw))));
                    default ->
                        new JsonObject(List.of(
                                new Member("status", countingStatus(draw)), new Member("quota", Json.leaf(draw))));
                });
    }

    static ProjectLicenses map(Draw draw) {
        return named(draw, draw.list(0, 6, () -> any(draw)));
    }

    /** Draws names for licences: keys, keys that are not ids, or none. */
    static ProjectLicenses named(Draw draw, List<ProjectLicense> licenses) {
        if (!draw.oneIn(8)) {
            Map<LicenseId, ProjectLicense> map = new LinkedHashMap<>(licenses.size() * 2);
            for (ProjectLicense license : licenses) {
                map.put(free(Names.licenseId(draw), map), license);
            }
            return ProjectLicenses.of(map);
        }
        List<Member> members = new ArrayList<>(licenses.size());
        for (int i = 0; i < licenses.size(); i++) {
            members.add(new Member(
                    draw.weighing(16, draw.of(ODD_KEYS)) + (i == 0 ? "" : i),
                    licenses.get(i).toJson()));
        }
        return ProjectLicenses.from(new JsonObject(members));
    }

    /** Returns the id, or the next one that is free, because leaving out a licence would change the decision. */
    private static LicenseId free(LicenseId id, Map<LicenseId, ProjectLicense> taken) {
        LicenseId free = id;
        while (taken.containsKey(free)) {
            free = LicenseId.of(
                    new UUID(free.uuid().getMostSignificantBits(), free.uuid().getLeastSignificantBits() + 1));
        }
        return free;
    }

    static ProjectLicenses active(Draw draw) {
        return ProjectLicenses.active(draw.list(1, 3, () -> Quotas.any(draw)));
    }

    static ProjectLicenses.Entry entryOfMap(Draw draw) {
        List<ProjectLicenses.Entry> entries =
                (draw.oneIn(4) ? active(draw) : named(draw, draw.list(1, 3, () -> any(draw)))).entries();
        return entries.get(entries.size() - 1);
    }

    static LicenseName name(Draw draw) {
        return entryOfMap(draw).name();
    }

    static SiteLicense row(Draw draw) {
        SiteLicense.Builder row = SiteLicense.builder(Names.licenseId(draw));
        if (draw.oneIn(2)) {
            row.activates(draw.of(MOMENTS));
        }
        if (draw.oneIn(2)) {
            row.expires(draw.of(MOMENTS));
        }
        if (draw.oneIn(2)) {
            row.runLimit(draw.of(0, 1, 3, -1, Integer.MAX_VALUE, Integer.MIN_VALUE));
        }
        return row.build();
    }
}
