package com.cocalc.storage;

import com.cocalc.storage.SoftwareAccess.ReadOnly;
import com.cocalc.storage.SoftwareAccess.ReadWrite;
import java.util.List;
import java.util.stream.Collectors;

/** A decision in the words of a support ticket. */
final class Explanation {

    private Explanation() {}

    static String of(SoftwareAccess decision) {
        StringBuilder text = new StringBuilder();
        if (decision instanceof ReadWrite granted) {
            explain(text, granted);
        } else if (decision instanceof ReadOnly denied) {
            explain(text, denied);
        } else {
            throw new AssertionError(decision);
        }
        for (LicenseRemark remark : decision.remarks()) {
            text.append("\nNote: ")
                    .append(remark.license())
                    .append(' ')
                    .append(remark)
                    .append('.');
        }
        return text.append("\nA change takes effect at the next start of the project; a running pod is never changed.")
                .toString();
    }

    private static void explain(StringBuilder text, ReadWrite granted) {
        List<LicenseName> licenses = granted.grantedBy();
        text.append("The shared software is read-write: granted by ")
                .append(licenses.stream().map(LicenseName::toString).collect(Collectors.joining(", ")))
                .append(" (ext_rw).")
                .append("\nAll collaborators of the project may now change what every project runs"
                        + " (.bashrc is sourced, kernels in jupyter/ are offered everywhere).")
                .append("\nThe root of the software claim must be writable for the project's user as well, and readable"
                        + " for all; a fresh one is root's, and writing then fails with \"Permission denied\".")
                .append(
                        "\nDeleting a licence does not revoke this: the hub keeps the entry in the project as last stored;"
                                + " let it expire, or remove it from the project.");
    }

    private static void explain(StringBuilder text, ReadOnly denied) {
        if (denied.reasons().isEmpty()) {
            text.append("The shared software is read-only: the project has no licence.")
                    .append("\nA start that is paid as it goes is computed without licences, and so is read-only too.");
            return;
        }
        text.append("The shared software is read-only: no licence grants writing.");
        for (DenialReason reason : denied.reasons()) {
            text.append("\n- ")
                    .append(reason.license())
                    .append(' ')
                    .append(reason)
                    .append('.');
        }
    }
}
