package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.JsonValue.JsonArray;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a project's map of licences, as the hub stores it.
 *
 * <p>The column is not typed, so any JSON can be an entry. An entry that is not an object has no effect and is kept.
 */
public final class ProjectLicense {

    private final JsonValue json;
    private final @Nullable JsonValue storedStatus;
    private final @Nullable LicenseStatus status;
    private final @Nullable JsonValue storedQuota;
    private final @Nullable LicenseQuota quota;
    private final List<String> misfits;
    private final boolean isPlain;

    private ProjectLicense(JsonValue json) {
        this.json = json;
        JsonValue statusField = null;
        JsonValue quotaField = null;
        List<String> strange = List.of();
        if (json instanceof JsonObject object) {
            for (Member member : object.members()) {
                switch (member.name()) {
                    case "status" -> statusField = member.value();
                    case "quota" -> quotaField = member.value();
                    default -> {
                        strange = strange.isEmpty() ? new ArrayList<>(2) : strange;
                        strange.add(member.name());
                    }
                }
            }
        }
        storedStatus = statusField == JsonNull.NULL ? null : statusField;
        status = statusField instanceof JsonString text
                ? LicenseStatus.find(text.text()).orElse(null)
                : null;
        storedQuota = quotaField == JsonNull.NULL ? null : quotaField;
        quota = quotaField instanceof JsonObject object ? LicenseQuota.from(object) : null;
        misfits = List.copyOf(strange);
        isPlain = quota != null
                && misfits.isEmpty()
                && quota.misfits().isEmpty()
                && unknownStatus() == null
                && machine() == null
                && !quota.hasPatch();
    }

    /**
     * Reads an entry as it is stored. Any JSON is accepted.
     *
     * @param json the entry
     * @return the licence
     */
    public static ProjectLicense from(JsonValue json) {
        return new ProjectLicense(requireNonNull(json, "json"));
    }

    /**
     * Returns a licence with a status and a quota.
     *
     * @param status the status
     * @param quota what it contributes
     * @return the licence
     */
    public static ProjectLicense of(LicenseStatus status, LicenseQuota quota) {
        requireNonNull(status, "status");
        requireNonNull(quota, "quota");
        return new ProjectLicense(new JsonObject(
                List.of(new Member("status", new JsonString(status.toString())), new Member("quota", quota.toJson()))));
    }

    /**
     * Returns an active licence.
     *
     * @param quota what it contributes
     * @return the licence
     */
    public static ProjectLicense active(LicenseQuota quota) {
        return of(LicenseStatus.ACTIVE, quota);
    }

    /** {@return the status, or empty if it is absent, null, unknown to the hub or not a text; such a licence counts} */
    public Optional<LicenseStatus> status() {
        return Optional.ofNullable(status);
    }

    /**
     * {@return what the licence contributes, or empty if there is no quota, as in older licences, or it is not an
     * object}
     */
    public Optional<LicenseQuota> quota() {
        return Optional.ofNullable(quota);
    }

    /** {@return the entry with all its fields} */
    public JsonValue toJson() {
        return json;
    }

    /** Returns whether this is an object, as an entry should be. */
    boolean isObject() {
        return json instanceof JsonObject;
    }

    /** Returns whether the entry needs no remark, as nearly all entries. */
    boolean isPlain() {
        return isPlain;
    }

    /** Returns the status if the hub does not know it, otherwise null. */
    @Nullable
    JsonValue unknownStatus() {
        return status == null ? storedStatus : null;
    }

    /**
     * Returns the quota if it is not an object. The hub fails at text, numbers and booleans; an array is empty for it.
     */
    @Nullable
    JsonValue strangeQuota() {
        return quota == null ? storedQuota : null;
    }

    /** Returns whether the hub's own calculation would fail at the quota. */
    boolean breaksTheHub() {
        return storedQuota != null && quota == null && !(storedQuota instanceof JsonArray);
    }

    /** Returns the names of the fields other than status and quota; older licences keep their upgrades there. */
    List<String> misfits() {
        return misfits;
    }

    boolean grantsWriting() {
        return quota != null && quota.grantsWriting();
    }

    /** Returns whether the licence is expired, exhausted or future. */
    boolean isOver() {
        return status != null && !status.counts();
    }

    boolean hasDedicatedDisk() {
        return quota != null && quota.hasDedicatedDisk();
    }

    /**
     * Returns whether the licence takes part in the decision: steps 1 and 2 of the rule. A licence with both a disk and
     * a machine is left out here, and its machine is not seen.
     */
    boolean counts() {
        return isObject() && !isOver() && !hasDedicatedDisk();
    }

    @Nullable
    DedicatedVm machine() {
        return quota == null ? null : quota.machine();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProjectLicense that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** Returns the JSON text. */
    @Override
    public String toString() {
        return json.toString();
    }
}
