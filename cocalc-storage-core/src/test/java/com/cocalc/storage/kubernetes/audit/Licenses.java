package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectLicenses;
import java.util.List;

/** Licences as they are stored, of which only what matters for a patch is said. */
public final class Licenses {

    public static final String A = "3f5ea6cb-d334-4dfe-a43f-2072073c2b13";
    public static final String B = "eb5ae598-1350-48d7-88c7-ee599a967e81";

    private Licenses() {}

    public static Member patch(String key, String patch) {
        return license(key, "active", LicenseQuota.builder().patch(patch));
    }

    public static Member license(String key, String status, LicenseQuota.Builder quota) {
        return new Member(
                key,
                new JsonObject(List.of(
                        new Member("status", new JsonString(status)),
                        new Member("quota", quota.build().toJson()))));
    }

    public static Member license(String key, JsonValue json) {
        return new Member(key, json);
    }

    public static ProjectLicenses of(Member... licences) {
        return ProjectLicenses.from(new JsonObject(List.of(licences)));
    }
}
