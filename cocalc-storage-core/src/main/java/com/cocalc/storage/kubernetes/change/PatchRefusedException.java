package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.StorageException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when a licence's patch changes the storage of a pod in a way that no licence may; the pod must not be
 * submitted.
 */
public final class PatchRefusedException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** All that the patches did. */
    private final transient List<PatchFinding> findings;

    /** How many are left out. */
    private final int omitted;

    PatchRefusedException(PatchedPod judged) {
        super("patches of licences must leave the project's storage as it is, but "
                + judged.findings().stream()
                        .filter(PatchGuard::isError)
                        .map(PatchFinding::toString)
                        .collect(Collectors.joining("; also: "))
                + (judged.omitted() == 0 ? "" : "; and " + judged.omitted() + " more findings")
                + "; remove the operation from the licence, and grant writing with ext_rw where that is meant");
        findings = judged.findings();
        omitted = judged.omitted();
    }

    /**
     * Returns all findings about the patches, also those that alone would not cause a refusal.
     *
     * @return the findings, at least one of them an error
     */
    public List<PatchFinding> findings() {
        return findings;
    }

    /** {@return the number of findings that are left out, as there are more than 100} */
    public int omitted() {
        return omitted;
    }
}
