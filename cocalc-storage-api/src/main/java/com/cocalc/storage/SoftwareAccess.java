package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.ProjectLicenses.Entry;
import java.util.List;

/**
 * The decision whether a project may write to the shared software ({@code /ext}), with its reasons.
 *
 * <p>The rule is the hub's own: licences that do not count or have a dedicated disk are left out; a dedicated machine
 * among the rest takes write access away; otherwise one {@code ext_rw} that is exactly {@code true} grants it. The
 * order of the licences does not matter.
 *
 * <pre>{@code
 * SoftwareAccess access = SoftwareAccess.decide(ProjectLicenses.none());
 * boolean isReadOnly = access.access().isReadOnly();
 * String why = access.explain();
 * }</pre>
 */
public sealed interface SoftwareAccess {

    /**
     * Write access is granted.
     *
     * @param grantedBy the licences that grant it, at least one
     * @param remarks remarks about the project's licences that do not affect the decision
     */
    record ReadWrite(List<LicenseName> grantedBy, List<LicenseRemark> remarks) implements SoftwareAccess {

        /**
         * Takes copies.
         *
         * @param grantedBy the licences that grant it, at least one
         * @param remarks remarks about the project's licences that do not affect the decision
         * @throws InvalidValueException if no licence grants
         */
        public ReadWrite {
            grantedBy = List.copyOf(grantedBy);
            remarks = List.copyOf(remarks);
            if (grantedBy.isEmpty()) {
                throw InvalidValueException.of(
                        "grantedBy", "name at least one licence", "empty", "decide from licences, or say ReadOnly");
            }
        }

        @Override
        public Access access() {
            return Access.READ_WRITE;
        }
    }

    /**
     * Write access is not granted.
     *
     * @param reasons one for each licence of the project, in their order; none where there is no licence
     * @param remarks remarks about the project's licences that do not affect the decision
     */
    record ReadOnly(List<DenialReason> reasons, List<LicenseRemark> remarks) implements SoftwareAccess {

        /**
         * Takes copies.
         *
         * @param reasons one for each licence of the project, in their order; none where there is no licence
         * @param remarks remarks about the project's licences that do not affect the decision
         */
        public ReadOnly {
            reasons = List.copyOf(reasons);
            remarks = List.copyOf(remarks);
        }

        @Override
        public Access access() {
            return Access.READ_ONLY;
        }
    }

    /**
     * Decides whether a project's licences grant write access. The decision takes effect at the project's next start; a
     * running pod is never changed.
     *
     * @param licenses all licences of the project
     * @return the decision with its reasons
     */
    static SoftwareAccess decide(ProjectLicenses licenses) {
        List<Entry> entries = requireNonNull(licenses, "licenses").entries();
        if (entries.isEmpty()) {
            return new ReadOnly(List.of(), List.of());
        }
        LicenseName machine = licenses.dedicatedMachine();
        List<LicenseName> grants = machine == null
                ? entries.stream()
                        .filter(entry -> entry.license().grantsWriting()
                                && entry.license().counts())
                        .map(Entry::name)
                        .toList()
                : List.of();
        List<LicenseRemark> remarks =
                LicenseRemark.about(licenses, grants.isEmpty() ? Access.READ_ONLY : Access.READ_WRITE);
        return grants.isEmpty()
                ? new ReadOnly(
                        entries.stream()
                                .map(entry -> DenialReason.of(entry, machine))
                                .toList(),
                        remarks)
                : new ReadWrite(grants, remarks);
    }

    /** {@return the access of the mount that was decided} */
    Access access();

    /** {@return remarks about the project's licences that do not affect the decision, in the order of the licences} */
    List<LicenseRemark> remarks();

    /**
     * {@return the decision in words, with what an operator may not expect: several lines, without a line end after the
     * last}
     */
    default String explain() {
        return Explanation.of(this);
    }
}
