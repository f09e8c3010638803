package com.cocalc.storage.kubernetes;

import java.util.ArrayList;
import java.util.List;

/** The conflicts of a pod, collected so that a person fixes the pod once. */
final class Conflicts {

    private final String template;
    private final List<Conflict> found = new ArrayList<>(0);

    /**
     * Creates an empty collection.
     *
     * @param template the text before {@code spec} in the paths of the object; empty for a pod
     */
    Conflicts(String template) {
        this.template = template;
    }

    void add(String place, String found, String wanted, String remedy) {
        this.found.add(new Conflict(template + place, found, wanted, remedy));
    }

    /** Adds a conflict at a place of the object itself, outside its pod template. */
    void addBesideTheTemplate(String place, String found, String wanted, String remedy) {
        this.found.add(new Conflict(place, found, wanted, remedy));
    }

    void throwIfAny(String pod) {
        if (!found.isEmpty()) {
            throw new StorageConflictException(pod, found);
        }
    }
}
