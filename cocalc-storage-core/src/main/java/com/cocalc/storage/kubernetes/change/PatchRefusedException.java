package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.StorageException;
import java.util.List;
import java.util.stream.Collectors;

/** A pod that is not to be submitted, as a licence's patch did something to its storage that no licence may do. */
public final class PatchRefusedException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** All that the patches did. */
    private final transient List<PatchFinding> findings;

    PatchRefusedException(List<PatchFinding> findings) {
        super("patches of licences must leave the project's storage as it is, but "
                + findings.stream()
                        .filter(PatchGuard::isError)
                        .map(PatchFinding::toString)
                        .collect(Collectors.joining("; also: "))
                + "; remove the operation from the licence, and grant writing with ext_rw where that is meant");
        this.findings = List.copyOf(findings);
    }

    /**
     * Returns all that the patches did, also what alone would not be refused.
     *
     * @return at least one error
     */
    public List<PatchFinding> findings() {
        return findings;
    }
}
