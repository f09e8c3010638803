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
        LicenseName machine = licenses.dedicatedMachine();
        List<LicenseName> grants = machine == null ? grants(entries) : List.of();
        LicenseRemarks remarks = new LicenseRemarks(licenses, grants);
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

    private static List<LicenseName> grants(List<Entry> entries) {
        LicenseName first = null;
        List<LicenseName> all = null;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (!entry.license().grantsWriting() || !entry.license().counts()) {
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
            return DenialReason.strangeEntry(name, license.toJson());
        }
        if (license.isOver()) {
            return DenialReason.notActive(name, license.status().orElseThrow(), license.grantsWriting());
        }
        JsonValue strangeQuota = license.strangeQuota();
        if (strangeQuota != null) {
            return DenialReason.strangeQuota(name, strangeQuota);
        }
        LicenseQuota quota = license.quota().orElse(null);
        if (quota == null) {
            return DenialReason.noExtRw(name);
        }
        JsonValue disk = quota.dedicatedDisk().orElse(null);
        if (disk != null) {
            return DenialReason.dedicatedDisk(name, disk, license.grantsWriting());
        }
        if (license.machine() != null) {
            JsonValue own = quota.toJson().find("dedicated_vm").orElseThrow();
            return DenialReason.dedicatedMachine(name, own, license.grantsWriting());
        }
        if (machine != null && license.grantsWriting()) {
            return DenialReason.besideDedicatedMachine(name, machine);
        }
        JsonValue extRw = quota.storedExtRw();
        return extRw == null || extRw == JsonNull.NULL || extRw instanceof JsonBoolean
                ? DenialReason.noExtRw(name)
                : DenialReason.extRwNotBoolean(name, extRw);
    }
}
