package com.cocalc.storage;

import com.cocalc.storage.ProjectLicenses.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is odd about a project's licences, in their order. */
final class LicenseRemarks {

    private final List<LicenseName> grants;
    private final @Nullable LicenseName machine;

    /** Made with the first remark: most decisions have none. */
    private @Nullable List<LicenseRemark> found;

    LicenseRemarks(List<LicenseName> grants, @Nullable LicenseName machine) {
        this.grants = grants;
        this.machine = machine;
    }

    List<LicenseRemark> found() {
        return found == null ? List.of() : found;
    }

    void look(Entry entry) {
        LicenseName name = entry.name();
        ProjectLicense license = entry.license();
        if (name.isOddKey()) {
            add(new LicenseRemark.KeyIsNoId(name));
        }
        if (license.isPlain()) {
            return;
        }
        if (!license.isObject()) {
            if (!grants.isEmpty()) { // else a reason names it
                add(new LicenseRemark.EntryIgnored(name, license.toJson()));
            }
            return;
        }
        JsonValue status = license.unknownStatus();
        if (status != null) {
            add(new LicenseRemark.UnknownStatus(name, status));
        }
        lookAtQuota(name, license);
        lookAtFields(name, license);
    }

    private void lookAtQuota(LicenseName name, ProjectLicense license) {
        JsonValue strange = license.strangeQuota();
        if (strange != null) {
            if (license.breaksTheHub() && !license.isOver()) {
                add(new LicenseRemark.HubCannotCompute(name, strange));
            } else if (!grants.isEmpty()) { // else a reason names it
                add(new LicenseRemark.QuotaIgnored(name, strange));
            }
        }
        if (license.machine() != null && license.hasDedicatedDisk() && !license.isOver()) {
            add(new LicenseRemark.MachineNotSeen(name));
        }
        // A machine drops all patches.
        if (machine == null && license.hasPatch() && SoftwareDecision.counts(license)) {
            add(new LicenseRemark.CarriesPatch(name));
        }
    }

    private void lookAtFields(LicenseName name, ProjectLicense license) {
        List<String> ofQuota = license.quota().map(LicenseQuota::misfits).orElse(List.of());
        if (license.misfits().isEmpty() && ofQuota.isEmpty()) {
            return;
        }
        List<String> fields = new ArrayList<>(license.misfits());
        ofQuota.forEach(field -> fields.add("quota." + field));
        add(new LicenseRemark.FieldsKept(name, fields));
    }

    private void add(LicenseRemark remark) {
        List<LicenseRemark> list = found == null ? new ArrayList<>() : found;
        list.add(remark);
        found = list;
    }
}
