package com.cocalc.storage.testkit.assertj;

import com.cocalc.storage.Access;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.SoftwareAccess;
import com.cocalc.storage.testkit.law.LicenseLaws;
import com.cocalc.storage.testkit.law.Violation;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about the decision whether a project may write to the shared software. */
public final class SoftwareAccessAssert extends AbstractAssert<SoftwareAccessAssert, SoftwareAccess> {

    SoftwareAccessAssert(@Nullable SoftwareAccess actual) {
        super(actual, SoftwareAccessAssert.class);
    }

    /**
     * Asserts the access that the decision gives.
     *
     * @param access the access
     * @return these assertions
     */
    public SoftwareAccessAssert gives(Access access) {
        isNotNull();
        if (actual.access() != access) {
            throw failure("%s", "expected the software to be " + access + ", but\n" + actual.explain());
        }
        return this;
    }

    /**
     * Asserts that the decision and the licences that grant it are those that the hub computes from the same licences.
     *
     * @param licenses all licences of the project
     * @return these assertions
     */
    public SoftwareAccessAssert isTheHubsFor(ProjectLicenses licenses) {
        isNotNull();
        List<Violation> broken = LicenseLaws.check(licenses, actual);
        if (!broken.isEmpty()) {
            throw failure("%s", Broken.text("the hub's own decision", broken));
        }
        return this;
    }
}
