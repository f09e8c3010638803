package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.SoftwareAccess;

/** Decisions about the software. */
final class Decisions {

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
}
