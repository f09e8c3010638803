package com.cocalc.storage.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.Access;
import com.cocalc.storage.DedicatedVm;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.LicenseStatus;
import com.cocalc.storage.ProjectLicense;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.SoftwareAccess;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

/** Licences whose outcome is known. */
@Domain(CocalcStorageDomain.class)
final class LicenseCaseTest {

    @Property
    void theDecisionIsTheOneThatTheCaseWasBuiltFor(@ForAll LicenseCase licenses) {
        assertThat(SoftwareAccess.decide(licenses.licenses()).access()).isEqualTo(licenses.expected());
    }

    private static boolean hasGrant(ProjectLicenses licenses) {
        return quotas(licenses).stream().anyMatch(quota -> quota.extRw().orElse(false));
    }

    private static List<LicenseQuota> quotas(ProjectLicenses licenses) {
        return licenses.entries().stream()
                .flatMap(entry -> entry.license().quota().stream())
                .toList();
    }

    @Test
    void bothOutcomesLookLikeTheOther() {
        List<LicenseCase> cases = Samples.of(LicenseCase.arbitrary(), 5000).toList();

        assertThat(cases).filteredOn(c -> c.expected() == Access.READ_WRITE).hasSizeBetween(2000, 3000);
        assertThat(cases)
                .filteredOn(c -> c.expected() == Access.READ_ONLY && hasGrant(c.licenses()))
                .hasSizeGreaterThan(500);
        assertThat(cases)
                .filteredOn(c -> c.expected() == Access.READ_WRITE
                        && quotas(c.licenses()).stream()
                                .anyMatch(quota -> quota.dedicatedVm().isPresent()))
                .hasSizeGreaterThan(100);
    }

    @Test
    void grantingAndDenyingCasesCanBeHadAlone() {
        assertThat(Samples.of(LicenseCase.granting(), 500)).allMatch(c -> c.expected() == Access.READ_WRITE);
        assertThat(Samples.of(LicenseCase.denying(), 500)).allMatch(c -> c.expected() == Access.READ_ONLY);
    }

    /** A decision with one mistake each: a property over the cases must find it. */
    @Test
    void theCasesTellWrongRulesApart() {
        assertFound(licenses -> hasGrant(licenses));
        assertFound(licenses -> counting(licenses).anyMatch(LicenseCaseTest::grants));
        assertFound(licenses -> counting(licenses)
                .filter(quota -> quota.dedicatedDisk().isEmpty())
                .anyMatch(LicenseCaseTest::grants));
        assertFound(licenses -> counting(licenses)
                        .map(LicenseQuota::dedicatedVm)
                        .allMatch(vm -> vm.map(DedicatedVm::name).orElse("").isEmpty())
                && counting(licenses)
                        .filter(quota -> quota.dedicatedDisk().isEmpty())
                        .anyMatch(LicenseCaseTest::grants));
        assertFound(licenses ->
                counting(licenses).noneMatch(quota -> quota.dedicatedVm().isPresent())
                        && counting(licenses)
                                .filter(quota -> quota.dedicatedDisk().isEmpty())
                                .anyMatch(LicenseCaseTest::grants));
        assertFound(licenses -> licenses.entries().stream()
                .map(ProjectLicenses.Entry::license)
                .filter(license ->
                        license.status().filter(LicenseStatus.ACTIVE::equals).isPresent())
                .flatMap(license -> license.quota().stream())
                .anyMatch(LicenseCaseTest::grants));
    }

    private static boolean grants(LicenseQuota quota) {
        return quota.extRw().orElse(false);
    }

    private static java.util.stream.Stream<LicenseQuota> counting(ProjectLicenses licenses) {
        return licenses.entries().stream()
                .map(ProjectLicenses.Entry::license)
                .filter(license -> license.status().map(LicenseStatus::counts).orElse(true))
                .map(ProjectLicense::quota)
                .flatMap(java.util.Optional::stream);
    }

    private static void assertFound(java.util.function.Predicate<ProjectLicenses> wrongRule) {
        assertThat(Samples.of(LicenseCase.arbitrary(), 1000))
                .anyMatch(c -> wrongRule.test(c.licenses()) != (c.expected() == Access.READ_WRITE));
    }
}
