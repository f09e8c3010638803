package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.DenialReason;
import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JsonValue.JsonArray;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.LicenseRemark;
import com.cocalc.storage.ProjectLicense;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.SoftwareAccess;
import java.util.List;

/** Decisions about the software, and the sentences they are made of. */
final class Decisions {

    private static final DenialReason NO_GRANT = ((SoftwareAccess.ReadOnly) SoftwareAccess.decide(patched("[]")))
            .reasons()
            .get(0);
    private static final LicenseRemark PATCH =
            SoftwareAccess.decide(patched("[]")).remarks().get(0);

    private Decisions() {}

    static SoftwareAccess access(Draw draw) {
        return SoftwareAccess.decide(Licenses.map(draw));
    }

    static SoftwareAccess.ReadWrite readWrite(Draw draw) {
        return (SoftwareAccess.ReadWrite)
                SoftwareAccess.decide(LicenseCase.granting(draw).licenses());
    }

    static SoftwareAccess.ReadOnly readOnly(Draw draw) {
        return (SoftwareAccess.ReadOnly)
                SoftwareAccess.decide(LicenseCase.denying(draw).licenses());
    }

    static DenialReason reason(Draw draw) {
        List<DenialReason> reasons = readOnly(draw).reasons();
        return reasons.isEmpty() ? NO_GRANT : draw.of(reasons);
    }

    static LicenseRemark remark(Draw draw) {
        List<LicenseRemark> remarks = (draw.oneIn(4) ? besideAGrant(draw) : access(draw)).remarks();
        return remarks.isEmpty() ? PATCH : draw.of(remarks);
    }

    static ProjectLicenses.EffectivePatch patch(Draw draw) {
        List<ProjectLicenses.EffectivePatch> patches = Licenses.map(draw).effectivePatches();
        return patches.isEmpty() ? patched("[]").effectivePatches().get(0) : draw.of(patches);
    }

    /** Some remarks are made only where another licence grants. */
    private static SoftwareAccess besideAGrant(Draw draw) {
        JsonValue quota = draw.oneIn(2) ? new JsonArray(List.of()) : Json.leaf(draw);
        return SoftwareAccess.decide(Licenses.named(
                draw,
                List.of(
                        ProjectLicense.from(new JsonObject(List.of(new Member("quota", quota)))),
                        ProjectLicense.active(LicenseQuota.builder().extRw().build()))));
    }

    private static ProjectLicenses patched(String patch) {
        return ProjectLicenses.active(
                List.of(LicenseQuota.builder().patch(patch).build()));
    }
}
