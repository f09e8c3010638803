package com.cocalc.storage.kubernetes;

import java.util.ArrayList;
import java.util.List;

/** Everything that clashes, collected so that a person fixes a pod once. */
final class Conflicts {

    private final String template;
    private final List<Conflict> found = new ArrayList<>(0);

    /**
     * Starts without any.
     *
     * @param template what stands before {@code spec} of the pod in the object at hand; empty for a pod
     */
    Conflicts(String template) {
        this.template = template;
    }

    void add(String place, String found, String wanted, String remedy) {
        this.found.add(new Conflict(template + place, found, wanted, remedy));
    }

    /** Adds a conflict at a place of the object itself, outside the pod template that it holds. */
    void addBesideTheTemplate(String place, String found, String wanted, String remedy) {
        this.found.add(new Conflict(place, found, wanted, remedy));
    }

    void throwIfAny(String pod) {
        if (!found.isEmpty()) {
            throw new StorageConflictException(pod, found);
        }
    }
}
