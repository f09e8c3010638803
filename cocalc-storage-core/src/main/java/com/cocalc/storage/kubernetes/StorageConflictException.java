package com.cocalc.storage.kubernetes;

import com.cocalc.storage.StorageException;
import java.util.List;
import java.util.stream.Collectors;

/** A pod that cannot take CoCalc's storage because parts of it say something else. The pod was left as it is. */
public final class StorageConflictException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** All that clashes. */
    private final transient List<Conflict> conflicts;

    StorageConflictException(String pod, List<Conflict> conflicts) {
        super(pod + " cannot take CoCalc's storage: "
                + conflicts.stream().map(Conflict::toString).collect(Collectors.joining("; also: ")));
        this.conflicts = List.copyOf(conflicts);
    }

    /**
     * Returns all that clashes, not only the first.
     *
     * @return at least one, in the order of the pod's fields
     */
    public List<Conflict> conflicts() {
        return conflicts;
    }
}
