package com.cocalc.storage;

import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.ProjectLicenses.Entry;
import java.util.ArrayList;
import java.util.List;
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
        List<LicenseName> grants = machine == null ? grants(entries) : List.of();
        LicenseRemarks remarks = new LicenseRemarks(grants, machine);
        for (int i = 0; i < entries.size(); i++) {
            remarks.look(entries.get(i));
        }
        if (!grants.isEmpty()) {
            return new SoftwareAccess.ReadWrite(grants, remarks.found());
        }
        List<DenialReason> reasons = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            reasons.add(reason(entry.name(), entry.license(), machine));
        }
        return new SoftwareAccess.ReadOnly(reasons, remarks.found());
    }

    /**
     * Steps 1 and 2 of the rule. A licence with both a disk and a machine is left out here, and its machine is not
     * seen.
     */
    static boolean counts(ProjectLicense license) {
        return license.isObject() && !license.isOver() && !license.hasDedicatedDisk();
    }

    private static @Nullable LicenseName findMachine(List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.license().machine() != null && counts(entry.license())) {
                return entry.name();
            }
        }
        return null;
    }

    private static List<LicenseName> grants(List<Entry> entries) {
        LicenseName first = null;
        List<LicenseName> all = null;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (!entry.license().grantsWriting() || !counts(entry.license())) {
                continue;
            }
            if (first == null) {
                first = entry.name();
                continue;
            }
            if (all == null) {
                all = new ArrayList<>(List.of(first));
            }
            all.add(entry.name());
        }
        if (all != null) {
            return all;
        }
        return first == null ? List.of() : List.of(first); // one grants, as a rule
    }

    private static DenialReason reason(LicenseName name, ProjectLicense license, @Nullable LicenseName machine) {
        if (!license.isObject()) {
            return new DenialReason.StrangeEntry(name, license.toJson());
        }
        if (license.isOver()) {
            return new DenialReason.NotActive(name, license.status().orElseThrow(), DenialReason.Grant.of(license));
        }
        JsonValue strangeQuota = license.strangeQuota();
        if (strangeQuota != null) {
            return new DenialReason.StrangeQuota(name, strangeQuota);
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
}
