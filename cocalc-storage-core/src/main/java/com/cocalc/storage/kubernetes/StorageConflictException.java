package com.cocalc.storage.kubernetes;

import com.cocalc.storage.StorageException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when a pod cannot get CoCalc's storage because parts of it contradict that storage. The pod is not changed.
 */
public final class StorageConflictException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** All conflicts. */
    private final transient List<Conflict> conflicts;

    StorageConflictException(String pod, List<Conflict> conflicts) {
        super(pod + " cannot take CoCalc's storage: "
                + conflicts.stream().map(Conflict::toString).collect(Collectors.joining("; also: ")));
        this.conflicts = List.copyOf(conflicts);
    }

    /** {@return all conflicts, at least one, in the order of the pod's fields} */
    public List<Conflict> conflicts() {
        return conflicts;
    }
}
