package com.cocalc.storage;

import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.ProjectLicenses.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The hub's rule about write access to the software, with a reason for every licence. */
final class SoftwareDecision {

    private static final SoftwareAccess NO_LICENSES = new SoftwareAccess.ReadOnly(List.of(), List.of());

    private SoftwareDecision() {}

    static SoftwareAccess of(ProjectLicenses licenses) {
        List<Entry> entries = licenses.entries();
        if (entries.isEmpty()) {
            return NO_LICENSES;
        }
        LicenseName machine = findMachine(entries);
        List<LicenseRemark> remarks = remarks(entries, machine);
        List<LicenseName> grants = machine == null ? grants(entries) : List.of();
        if (!grants.isEmpty()) {
            return new SoftwareAccess.ReadWrite(grants, remarks);
        }
        List<DenialReason> reasons = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            reasons.add(reason(entry.name(), entry.license(), machine));
        }
        return new SoftwareAccess.ReadOnly(reasons, remarks);
    }

    /**
     * Steps 1 and 2 of the rule. A licence with both a disk and a machine is left out here, and its machine is not
     * seen.
     */
    private static boolean counts(ProjectLicense license) {
        return license.isObject() && !license.isOver() && !license.hasDedicatedDisk();
    }

    private static @Nullable LicenseName findMachine(List<Entry> entries) {
        for (Entry entry : entries) {
            if (entry.license().machine() != null && counts(entry.license())) {
                return entry.name();
            }
        }
        return null;
    }

    private static List<LicenseName> grants(List<Entry> entries) {
        List<LicenseName> grants = new ArrayList<>(2);
        for (Entry entry : entries) {
            if (entry.license().grantsWriting() && counts(entry.license())) {
                grants.add(entry.name());
            }
        }
        return grants;
    }

    private static DenialReason reason(LicenseName name, ProjectLicense license, @Nullable LicenseName machine) {
        if (!license.isObject()) {
            return new DenialReason.StrangeEntry(name, Optional.empty(), license.toJson());
        }
        if (license.isOver()) {
            return new DenialReason.NotActive(name, license.status().orElseThrow(), DenialReason.Grant.of(license));
        }
        JsonValue strangeQuota = license.strangeQuota();
        if (strangeQuota != null) {
            return new DenialReason.StrangeEntry(name, Optional.of("quota"), strangeQuota);
        }
        LicenseQuota quota = license.quota().orElse(null);
        if (quota == null) {
            return new DenialReason.NoExtRw(name);
        }
        JsonValue disk = quota.dedicatedDisk().orElse(null);
        if (disk != null) {
            return new DenialReason.HasDedicatedDisk(name, disk, DenialReason.Grant.of(license));
        }
        DedicatedVm own = license.machine();
        if (own != null) {
            return new DenialReason.HasDedicatedMachine(name, own, DenialReason.Grant.of(license));
        }
        if (machine != null && license.grantsWriting()) {
            return new DenialReason.BesideDedicatedMachine(name, machine);
        }
        JsonValue extRw = quota.storedExtRw();
        return extRw == null || extRw == JsonNull.NULL || extRw instanceof JsonBoolean
                ? new DenialReason.NoExtRw(name)
                : new DenialReason.ExtRwNotBoolean(name, extRw);
    }

    private static List<LicenseRemark> remarks(List<Entry> entries, @Nullable LicenseName machine) {
        List<LicenseRemark> remarks = List.of();
        for (Entry entry : entries) {
            if (isOrdinary(entry)) {
                continue;
            }
            remarks = remarks.isEmpty() ? new ArrayList<>() : remarks;
            addRemarks(remarks, entry.name(), entry.license(), machine);
        }
        return remarks;
    }

    /** The usual licence has nothing to remark, and most decisions see only such. */
    private static boolean isOrdinary(Entry entry) {
        ProjectLicense license = entry.license();
        LicenseQuota quota = license.quota().orElse(null);
        return license.isObject()
                && license.unknownStatus() == null
                && license.strangeQuota() == null
                && license.misfits().isEmpty()
                && (quota == null || (quota.misfits().isEmpty() && !quota.hasPatch()))
                && !entry.name().isOddKey();
    }

    private static void addRemarks(
            List<LicenseRemark> remarks, LicenseName name, ProjectLicense license, @Nullable LicenseName machine) {
        if (name.isOddKey()) {
            remarks.add(new LicenseRemark.KeyIsNoId(name));
        }
        if (!license.isObject()) {
            return; // where the decision is read-only the reason says it; a null entry or the like grants nothing
            // anyway
        }
        JsonValue status = license.unknownStatus();
        if (status != null) {
            remarks.add(new LicenseRemark.UnknownStatus(name, status));
        }
        JsonValue quota = license.strangeQuota();
        if (quota != null && license.breaksTheHub() && !license.isOver()) {
            remarks.add(new LicenseRemark.HubCannotCompute(name, quota));
        }
        // A machine drops all patches.
        if (machine == null
                && counts(license)
                && license.quota().map(LicenseQuota::hasPatch).orElse(false)) {
            remarks.add(new LicenseRemark.CarriesPatch(name));
        }
        List<String> kept = new ArrayList<>(license.misfits());
        license.quota().ifPresent(q -> q.misfits().forEach(field -> kept.add("quota." + field)));
        if (!kept.isEmpty()) {
            remarks.add(new LicenseRemark.FieldsKept(name, List.copyOf(kept)));
        }
    }
}
