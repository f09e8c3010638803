package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.JsonValue.JsonArray;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.ProjectLicenses.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A remark about a licence that does not affect the decision.
 *
 * <p>A program decides by {@link #kind()}; a person reads {@link #text()}.
 */
public final class LicenseRemark {

    /** The largest number of field names that are listed; more are counted. */
    private static final int SHOWN = 20;

    private final Kind kind;
    private final LicenseName license;
    private final @Nullable JsonValue value;

    private LicenseRemark(Kind kind, LicenseName license, @Nullable JsonValue value) {
        this.kind = kind;
        this.license = license;
        this.value = value;
    }

    /** The kinds of remarks. */
    public enum Kind {
        /** The key is not a UUID. The hub never looks at keys, so the licence takes part. There is no value. */
        KEY_IS_NO_ID,
        /** The hub does not know the status, so the licence counts. {@link #value()} is the status. */
        UNKNOWN_STATUS,
        /**
         * The entry is not an object and has no effect. Reported where write access is granted; where it is not, a
         * {@link DenialReason} names the entry. {@link #value()} is the entry.
         */
        ENTRY_IGNORED,
        /**
         * The quota is not an object, so the licence has no effect. Reported where write access is granted and the hub
         * can compute; where it is not granted, a {@link DenialReason} names the licence. {@link #value()} is the
         * quota.
         */
        QUOTA_IGNORED,
        /**
         * The hub's own calculation fails at the quota and gives no answer to agree with. {@link #value()} is the
         * quota.
         */
        HUB_CANNOT_COMPUTE,
        /**
         * The licence has a dedicated machine and a dedicated disk. The disk leaves the licence out, so the machine
         * does not take write access away. There is no value.
         */
        MACHINE_NOT_SEEN,
        /** The licence's patch is applied to the pod after everything else. There is no value. */
        CARRIES_PATCH,
        /**
         * The licence has fields that have no effect and are kept. {@link #value()} is the list of their names, those
         * of the quota as {@code quota.name}.
         */
        FIELDS_KEPT
    }

    /**
     * Returns the remarks about a project's licences.
     *
     * @param decision whether they grant write access; if they do not, a {@link DenialReason} names each licence
     * @return the remarks in the order of the licences
     */
    static List<LicenseRemark> about(ProjectLicenses licenses, Access decision) {
        List<LicenseRemark> remarks = new ArrayList<>(0); // most decisions have none
        for (Entry entry : licenses.entries()) {
            LicenseName name = entry.name();
            ProjectLicense license = entry.license();
            if (name.isOddKey()) {
                remarks.add(of(Kind.KEY_IS_NO_ID, name));
            }
            if (license.isPlain()) {
                continue;
            }
            if (license.isObject()) {
                addAbout(name, license, decision, remarks);
                if (licenses.appliesPatchOf(license)) {
                    remarks.add(of(Kind.CARRIES_PATCH, name));
                }
                addFieldsKept(name, license, remarks);
            } else if (decision == Access.READ_WRITE) {
                remarks.add(of(Kind.ENTRY_IGNORED, name, license.toJson()));
            }
        }
        return remarks;
    }

    private static void addAbout(
            LicenseName name, ProjectLicense license, Access decision, List<LicenseRemark> remarks) {
        JsonValue status = license.unknownStatus();
        if (status != null) {
            remarks.add(of(Kind.UNKNOWN_STATUS, name, status));
        }
        JsonValue strange = license.strangeQuota();
        if (strange != null) {
            if (license.breaksTheHub() && !license.isOver()) {
                remarks.add(of(Kind.HUB_CANNOT_COMPUTE, name, strange));
            } else if (decision == Access.READ_WRITE) {
                remarks.add(of(Kind.QUOTA_IGNORED, name, strange));
            }
        }
        if (license.machine() != null && license.hasDedicatedDisk() && !license.isOver()) {
            remarks.add(of(Kind.MACHINE_NOT_SEEN, name));
        }
    }

    private static void addFieldsKept(LicenseName name, ProjectLicense license, List<LicenseRemark> remarks) {
        List<String> ofQuota = license.quota().map(LicenseQuota::misfits).orElse(List.of());
        if (license.misfits().isEmpty() && ofQuota.isEmpty()) {
            return;
        }
        List<JsonValue> fields = new ArrayList<>();
        license.misfits().forEach(field -> fields.add(new JsonString(field)));
        ofQuota.forEach(field -> fields.add(new JsonString("quota." + field)));
        remarks.add(of(Kind.FIELDS_KEPT, name, new JsonArray(fields)));
    }

    static LicenseRemark of(Kind kind, LicenseName license) {
        return new LicenseRemark(kind, license, null);
    }

    static LicenseRemark of(Kind kind, LicenseName license, JsonValue value) {
        return new LicenseRemark(kind, license, value);
    }

    /** {@return the kind of this remark} */
    public Kind kind() {
        return kind;
    }

    /** {@return the licence that this remark is about} */
    public LicenseName license() {
        return license;
    }

    /** {@return the stored value that this remark is about, as described at {@link Kind}, if there is one} */
    public Optional<JsonValue> value() {
        return Optional.ofNullable(value);
    }

    /**
     * {@return the remark as a clause that follows the licence's name, for example {@code takes part although its key
     * is not a UUID}}
     */
    public String text() {
        return switch (kind) {
            case KEY_IS_NO_ID -> "takes part although its key is not a UUID";
            case UNKNOWN_STATUS ->
                "has a status that the hub does not know, " + shown()
                        + ", and so counts; only exactly expired, exhausted and future rule a licence out";
            case ENTRY_IGNORED -> "has no effect because its entry is " + shown() + " and not an object";
            case QUOTA_IGNORED -> "has no effect because its quota is " + shown() + " and not an object";
            case HUB_CANNOT_COMPUTE ->
                "makes the hub's own calculation fail, its quota is " + shown()
                        + "; fix the licence, it has no effect here";
            case MACHINE_NOT_SEEN ->
                "has a dedicated machine, which takes nothing away here: its dedicated disk leaves"
                        + " the whole licence out first";
            case CARRIES_PATCH ->
                "carries a patch, which is applied to the pod last and can make $EXT or any mount"
                        + " writable without ext_rw; audit the pod";
            case FIELDS_KEPT -> "has fields that have no effect here and are kept: " + fields();
        };
    }

    private String shown() {
        return MessageText.of(requireNonNull(value, "value"));
    }

    private String fields() {
        List<JsonValue> fields = value instanceof JsonArray array ? array.elements() : List.of();
        String more = fields.size() > SHOWN ? " and " + (fields.size() - SHOWN) + " more" : "";
        return fields.stream().limit(SHOWN).map(LicenseRemark::field).collect(Collectors.joining(", ")) + more;
    }

    private static String field(JsonValue name) {
        String field = name instanceof JsonString text ? text.text() : name.toString();
        return field.matches("[\\w.-]{1,80}") ? field : MessageText.quoted(field);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LicenseRemark that
                && kind == that.kind
                && license.equals(that.license)
                && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, license, value);
    }

    /** Returns the {@link #text()}. */
    @Override
    public String toString() {
        return text();
    }
}
