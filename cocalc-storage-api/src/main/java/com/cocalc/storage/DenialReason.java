package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.ProjectLicenses.Entry;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reason why one licence does not grant write access to the software.
 *
 * <p>A program decides by {@link #kind()}; a person reads {@link #text()}.
 */
public final class DenialReason {

    private final Kind kind;
    private final LicenseName license;
    private final @Nullable JsonValue value;
    private final @Nullable LicenseName machine;
    private final boolean hasExtRw;

    private DenialReason(
            Kind kind,
            LicenseName license,
            @Nullable JsonValue value,
            @Nullable LicenseName machine,
            boolean hasExtRw) {
        this.kind = kind;
        this.license = license;
        this.value = value;
        this.machine = machine;
        this.hasExtRw = hasExtRw;
    }

    /** The kinds of reasons, in the order in which the rule checks them. */
    public enum Kind {
        /** The entry is not an object and has no effect. {@link #value()} is the entry. */
        STRANGE_ENTRY,
        /** The status rules the licence out. {@link #value()} is the status: expired, exhausted or future. */
        NOT_ACTIVE,
        /** The entry is an object, but its quota is not. It has no effect. {@link #value()} is the quota. */
        STRANGE_QUOTA,
        /** The licence has a {@code dedicated_disk}, which leaves it out. {@link #value()} is that field. */
        DEDICATED_DISK,
        /** The licence has a dedicated machine: no licence grants write access. {@link #value()} is that field. */
        DEDICATED_MACHINE,
        /** The licence would grant write access, but another licence has a dedicated machine: {@link #machine()}. */
        BESIDE_DEDICATED_MACHINE,
        /** The licence has no {@code ext_rw}, or it is null or false. There is no {@link #value()}. */
        NO_EXT_RW,
        /** The licence has an {@code ext_rw} that is not a JSON boolean. {@link #value()} is that field. */
        EXT_RW_NOT_BOOLEAN
    }

    /**
     * Returns the reason for a licence that does not grant write access.
     *
     * @param machine the licence with the dedicated machine, if there is one among the project's licences
     */
    static DenialReason of(Entry entry, @Nullable LicenseName machine) {
        LicenseName name = entry.name();
        ProjectLicense license = entry.license();
        if (!license.isObject()) {
            return strangeEntry(name, license.toJson());
        }
        if (license.isOver()) {
            return notActive(name, license.status().orElseThrow(), license.grantsWriting());
        }
        JsonValue strangeQuota = license.strangeQuota();
        if (strangeQuota != null) {
            return strangeQuota(name, strangeQuota);
        }
        LicenseQuota quota = license.quota().orElse(null);
        if (quota == null) {
            return noExtRw(name);
        }
        JsonValue disk = quota.dedicatedDisk().orElse(null);
        if (disk != null) {
            return dedicatedDisk(name, disk, license.grantsWriting());
        }
        if (license.machine() != null) {
            JsonValue own = quota.toJson().find("dedicated_vm").orElseThrow();
            return dedicatedMachine(name, own, license.grantsWriting());
        }
        if (machine != null && license.grantsWriting()) {
            return besideDedicatedMachine(name, machine);
        }
        JsonValue extRw = quota.storedExtRw();
        return extRw == null || extRw == JsonNull.NULL || extRw instanceof JsonBoolean
                ? noExtRw(name)
                : extRwNotBoolean(name, extRw);
    }

    static DenialReason strangeEntry(LicenseName license, JsonValue entry) {
        return new DenialReason(Kind.STRANGE_ENTRY, license, entry, null, false);
    }

    static DenialReason notActive(LicenseName license, LicenseStatus status, boolean hasExtRw) {
        return new DenialReason(Kind.NOT_ACTIVE, license, new JsonString(status.toString()), null, hasExtRw);
    }

    static DenialReason strangeQuota(LicenseName license, JsonValue quota) {
        return new DenialReason(Kind.STRANGE_QUOTA, license, quota, null, false);
    }

    static DenialReason dedicatedDisk(LicenseName license, JsonValue disk, boolean hasExtRw) {
        return new DenialReason(Kind.DEDICATED_DISK, license, disk, null, hasExtRw);
    }

    static DenialReason dedicatedMachine(LicenseName license, JsonValue machine, boolean hasExtRw) {
        return new DenialReason(Kind.DEDICATED_MACHINE, license, machine, license, hasExtRw);
    }

    static DenialReason besideDedicatedMachine(LicenseName license, LicenseName machine) {
        return new DenialReason(Kind.BESIDE_DEDICATED_MACHINE, license, null, machine, true);
    }

    static DenialReason noExtRw(LicenseName license) {
        return new DenialReason(Kind.NO_EXT_RW, license, null, null, false);
    }

    static DenialReason extRwNotBoolean(LicenseName license, JsonValue extRw) {
        return new DenialReason(Kind.EXT_RW_NOT_BOOLEAN, license, extRw, null, false);
    }

    /** {@return the kind of this reason} */
    public Kind kind() {
        return kind;
    }

    /** {@return the licence that does not grant write access} */
    public LicenseName license() {
        return license;
    }

    /** {@return the stored value that decided, as described at {@link Kind}, if the reason is about one} */
    public Optional<JsonValue> value() {
        return Optional.ofNullable(value);
    }

    /**
     * {@return the first licence with a dedicated machine that takes write access away, or empty if no machine decides}
     */
    public Optional<LicenseName> machine() {
        return Optional.ofNullable(machine);
    }

    /**
     * {@return whether the licence has {@code ext_rw: true}, so that it would grant write access without this reason}
     */
    public boolean hasExtRw() {
        return hasExtRw;
    }

    /**
     * {@return the reason as a clause that follows the licence's name, for example {@code counts, but carries no
     * ext_rw: true}}
     */
    public String text() {
        return switch (kind) {
            case STRANGE_ENTRY -> "has no effect because its entry is " + shown() + " and not an object";
            case NOT_ACTIVE -> "does not count, " + whyNotActive() + "; " + extRw();
            case STRANGE_QUOTA -> "has no effect because its quota is " + shown() + " and not an object";
            case DEDICATED_DISK ->
                "does not count, it is for a dedicated disk (dedicated_disk is " + shown()
                        + ", and anything but null leaves the licence out); " + extRw();
            case DEDICATED_MACHINE -> machineText();
            case BESIDE_DEDICATED_MACHINE ->
                "carries ext_rw: true, but " + machine + " is for a dedicated machine, which takes write access away";
            case NO_EXT_RW -> "counts, but carries no ext_rw: true";
            case EXT_RW_NOT_BOOLEAN -> "counts, but its ext_rw is " + shown() + "; only the JSON boolean true grants";
        };
    }

    private String shown() {
        return MessageText.of(requireNonNull(value, "value"));
    }

    private String extRw() {
        return hasExtRw ? "it carries ext_rw: true" : "it carries no ext_rw: true either";
    }

    private String whyNotActive() {
        LicenseStatus status = value instanceof JsonString text
                ? LicenseStatus.find(text.text()).orElseThrow()
                : LicenseStatus.EXPIRED;
        String why = status == LicenseStatus.EXPIRED
                ? "it has expired"
                : status == LicenseStatus.EXHAUSTED
                        ? "it already runs in as many projects as it allows"
                        : "it does not apply yet";
        return why + " (status " + status + ")";
    }

    private String machineText() {
        DedicatedVm vm = requireNonNull(QuotaField.machineOf(requireNonNull(value, "value")), "machine");
        String nameless = vm.name().isEmpty()
                ? "; its name is empty, but that changes nothing, although the admin form says that empty means no machine"
                : "";
        return "is for a dedicated machine (" + MessageText.quoted(vm.machine())
                + "), which takes write access away from all licences; " + extRw() + nameless;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DenialReason that
                && kind == that.kind
                && license.equals(that.license)
                && Objects.equals(value, that.value)
                && Objects.equals(machine, that.machine)
                && hasExtRw == that.hasExtRw;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, license, value, machine, hasExtRw);
    }

    /** Returns the {@link #text()}. */
    @Override
    public String toString() {
        return text();
    }
}
