package com.cocalc.storage;

import com.cocalc.storage.SoftwareAccess.ReadOnly;
import com.cocalc.storage.SoftwareAccess.ReadWrite;
import java.util.stream.Collectors;

/** The text of a decision, as for a support ticket: the access, the reasons, side effects, and when it changes. */
final class Explanation {

    private static final String EVERYBODYS =
            "Write access is everybody's: all collaborators of the project can now change"
                    + " what every project runs ($EXT/.bashrc is sourced, kernels in $EXT/jupyter are offered everywhere).";
    private static final String ROOT_OF_THE_CLAIM = "The mount is not enough: the root of the software claim must be"
            + " writable for the project's user and readable for all; a fresh one is usually root's, mode 0755, and"
            + " writing then fails with \"Permission denied\".";
    private static final String NOT_REVOKED = "Deleting a licence's row revokes nothing: the hub keeps the entry in the"
            + " project's map as last stored; let the licence expire, or remove it from the project.";
    private static final String NOT_GIVEN_BACK =
            "Deleting the row of that licence does not bring write access back: the"
                    + " hub keeps the entry in the project's map as last stored; let the licence expire, or remove it from the"
                    + " project.";
    private static final String PAY_AS_YOU_GO =
            "A pay-as-you-go start is computed without licences, whichever the project has: it is read-only.";
    private static final String NEXT_START =
            "A change takes effect at the next start of the project; a running pod is never changed.";

    private final StringBuilder text = new StringBuilder("The shared software is ");

    private Explanation() {}

    static String of(SoftwareAccess decision) {
        Explanation explanation = new Explanation();
        if (decision instanceof ReadWrite granted) {
            explanation.explain(granted);
        } else if (decision instanceof ReadOnly denied) {
            explanation.explain(denied);
        } else {
            throw new AssertionError(decision);
        }
        for (LicenseRemark remark : decision.remarks()) {
            explanation.line("Note: " + remark.license() + " " + remark + ".");
        }
        explanation.line(NEXT_START);
        return explanation.text.toString();
    }

    private void explain(ReadWrite granted) {
        text.append("read-write: granted by ")
                .append(granted.grantedBy().stream().map(LicenseName::toString).collect(Collectors.joining(", ")))
                .append(" (ext_rw: true).");
        line(EVERYBODYS);
        line(ROOT_OF_THE_CLAIM);
        line(NOT_REVOKED);
        line(PAY_AS_YOU_GO);
    }

    private void explain(ReadOnly denied) {
        if (denied.reasons().isEmpty()) {
            text.append("read-only: the project has no licence.");
            line(PAY_AS_YOU_GO);
            return;
        }
        boolean machine =
                denied.reasons().stream().anyMatch(reason -> reason.kind() == DenialReason.Kind.DEDICATED_MACHINE);
        text.append("read-only: ")
                .append(machine ? "a dedicated machine takes write access away." : "no licence grants writing.");
        for (DenialReason reason : denied.reasons()) {
            line("- " + reason.license() + " " + reason + ".");
        }
        if (machine) {
            line(NOT_GIVEN_BACK);
        }
    }

    private void line(String line) {
        text.append('\n').append(line);
    }
}
