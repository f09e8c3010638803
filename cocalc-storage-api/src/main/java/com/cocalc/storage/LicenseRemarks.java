package com.cocalc.storage;

import com.cocalc.storage.LicenseRemark.Kind;
import com.cocalc.storage.ProjectLicenses.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects what is odd about a project's licences, in their order. */
final class LicenseRemarks {

    private final List<LicenseName> grants;
    private final ProjectLicenses licenses;

    /** Made with the first patch: nearly all licences carry none. */
    private @Nullable Set<LicenseName> patching;

    /** Made with the first remark: most decisions have none. */
    private @Nullable List<LicenseRemark> found;

    LicenseRemarks(ProjectLicenses licenses, List<LicenseName> grants) {
        this.licenses = licenses;
        this.grants = grants;
    }

    List<LicenseRemark> found() {
        return found == null ? List.of() : found;
    }

    void look(Entry entry) {
        LicenseName name = entry.name();
        ProjectLicense license = entry.license();
        if (name.isOddKey()) {
            add(LicenseRemark.of(Kind.KEY_IS_NO_ID, name));
        }
        if (license.isPlain()) {
            return;
        }
        if (!license.isObject()) {
            if (!grants.isEmpty()) { // else a reason names it
                add(LicenseRemark.of(Kind.ENTRY_IGNORED, name, license.toJson()));
            }
            return;
        }
        JsonValue status = license.unknownStatus();
        if (status != null) {
            add(LicenseRemark.of(Kind.UNKNOWN_STATUS, name, status));
        }
        lookAtQuota(name, license);
        lookAtFields(name, license);
    }

    private void lookAtQuota(LicenseName name, ProjectLicense license) {
        JsonValue strange = license.strangeQuota();
        if (strange != null) {
            if (license.breaksTheHub() && !license.isOver()) {
                add(LicenseRemark.of(Kind.HUB_CANNOT_COMPUTE, name, strange));
            } else if (!grants.isEmpty()) { // else a reason names it
                add(LicenseRemark.of(Kind.QUOTA_IGNORED, name, strange));
            }
        }
        if (license.machine() != null && license.hasDedicatedDisk() && !license.isOver()) {
            add(LicenseRemark.of(Kind.MACHINE_NOT_SEEN, name));
        }
        if (license.hasPatch() && patching().contains(name)) {
            add(LicenseRemark.of(Kind.CARRIES_PATCH, name));
        }
    }

    private Set<LicenseName> patching() {
        if (patching == null) {
            patching = licenses.effectivePatches().stream()
                    .map(ProjectLicenses.EffectivePatch::license)
                    .collect(Collectors.toSet());
        }
        return patching;
    }

    private void lookAtFields(LicenseName name, ProjectLicense license) {
        List<String> ofQuota = license.quota().map(LicenseQuota::misfits).orElse(List.of());
        if (license.misfits().isEmpty() && ofQuota.isEmpty()) {
            return;
        }
        List<String> fields = new ArrayList<>(license.misfits());
        ofQuota.forEach(field -> fields.add("quota." + field));
        add(LicenseRemark.fieldsKept(name, fields));
    }

    private void add(LicenseRemark remark) {
        List<LicenseRemark> list = found == null ? new ArrayList<>() : found;
        list.add(remark);
        found = list;
    }
}
