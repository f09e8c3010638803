package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.DenialReason;
import com.cocalc.storage.LicenseName;
import com.cocalc.storage.SoftwareAccess;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A decision about the software as a clause of a message, with the licences that led to it.
 *
 * @param licenses the licences that grant write access or, if none does, all licences of the project
 * @param words the clause
 */
public record AccessReason(List<LicenseName> licenses, String words) {

    /**
     * Returns the reason of a decision.
     *
     * @param access the decision
     * @return the clause and its licences
     */
    public static AccessReason of(SoftwareAccess access) {
        if (access instanceof SoftwareAccess.ReadWrite granted) {
            return new AccessReason(granted.grantedBy(), "writing is granted by " + joined(granted.grantedBy()));
        }
        List<DenialReason> reasons = ((SoftwareAccess.ReadOnly) access).reasons();
        return new AccessReason(
                reasons.stream().map(DenialReason::license).toList(),
                reasons.isEmpty()
                        ? "the project has no licence"
                        : "no licence grants writing: "
                                + joined(reasons.stream()
                                        .map(reason -> reason.license() + " " + reason)
                                        .toList()));
    }

    private static String joined(List<?> parts) {
        return parts.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
