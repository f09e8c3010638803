package com.cocalc.storage.testkit.jqwik;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.Access;
import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.ProjectLicense;
import com.cocalc.storage.ProjectLicenses;
import java.util.List;
import net.jqwik.api.Arbitrary;

/**
 * Licences of a project with the access to the software that follows from them. The access is known from the way in
 * which they were generated, and not from a second implementation of the rule.
 *
 * @param licenses the licences
 * @param expected what the hub decides
 */
public record LicenseCase(ProjectLicenses licenses, Access expected) {

    /**
     * Checks that no part is null.
     *
     * @param licenses the licences
     * @param expected what the hub decides
     */
    public LicenseCase {
        requireNonNull(licenses, "licenses");
        requireNonNull(expected, "expected");
    }

    /** {@return an arbitrary of cases with both outcomes, about half of each; the simplest case has no licence} */
    public static Arbitrary<LicenseCase> arbitrary() {
        return new DrawnArbitrary<>(LicenseCase::any);
    }

    /**
     * Returns an arbitrary of licences that grant write access: at least one that counts and has {@code ext_rw: true},
     * none with a machine, and any number without effect.
     *
     * @return the arbitrary; the simplest case has one licence
     */
    public static Arbitrary<LicenseCase> granting() {
        return new DrawnArbitrary<>(LicenseCase::granting);
    }

    /**
     * Returns an arbitrary of licences that grant no write access: none that counts has {@code ext_rw: true}, or one
     * has a machine.
     *
     * @return the arbitrary; the simplest case has no licence
     */
    public static Arbitrary<LicenseCase> denying() {
        return new DrawnArbitrary<>(LicenseCase::denying);
    }

    static LicenseCase any(Draw draw) {
        return draw.oneIn(2) ? granting(draw) : denying(draw);
    }

    static LicenseCase granting(Draw draw) {
        List<ProjectLicense> licenses = draw.list(0, 4, () -> indifferent(draw));
        for (ProjectLicense grant : draw.list(1, 2, () -> grant(draw))) {
            licenses.add(draw.upTo(licenses.size()), grant);
        }
        return new LicenseCase(Licenses.named(draw, licenses), Access.READ_WRITE);
    }

    static LicenseCase denying(Draw draw) {
        List<ProjectLicense> licenses = draw.list(0, 4, () -> indifferent(draw));
        if (draw.oneIn(2)) {
            licenses.add(draw.upTo(licenses.size()), machine(draw));
            for (ProjectLicense grant : draw.list(0, 2, () -> grant(draw))) {
                licenses.add(draw.upTo(licenses.size()), grant);
            }
        }
        return new LicenseCase(Licenses.named(draw, licenses), Access.READ_ONLY);
    }

    private static ProjectLicense grant(Draw draw) {
        return Licenses.entry(draw, Licenses.countingStatus(draw), Quotas.of(draw, Quotas.grant()));
    }

    private static ProjectLicense machine(Draw draw) {
        Member machine = Quotas.machine(draw);
        return Licenses.entry(
                draw,
                Licenses.countingStatus(draw),
                draw.oneIn(2) ? Quotas.of(draw, machine, Quotas.grant()) : Quotas.of(draw, machine));
    }

    /** Draws a licence without effect, whatever the others are; some of them look as if they had one. */
    private static ProjectLicense indifferent(Draw draw) {
        return switch (draw.upTo(3)) {
            case 0 -> Licenses.entry(draw, Licenses.countingStatus(draw), Quotas.of(draw));
            case 1 -> Licenses.entry(draw, Licenses.statusThatIsOver(draw), Quotas.of(draw, tempting(draw)));
            case 2 ->
                Licenses.entry(draw, Licenses.countingStatus(draw), Quotas.of(draw, Quotas.disk(draw), tempting(draw)));
            default -> Licenses.strange(draw);
        };
    }

    private static Member tempting(Draw draw) {
        return draw.oneIn(2) ? Quotas.machine(draw) : Quotas.grant();
    }
}
