package com.cocalc.storage.kubernetes.change;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.LicenseName;
import java.util.List;

/**
 * One thing that the next start would change.
 *
 * @param aspect what kind of thing
 * @param pointer where in the running pod, as a JSON pointer; where something is missing, what it would belong to
 * @param running what the running pod has
 * @param desired what the next start gives
 * @param impact what that means
 * @param licenses the licences behind it: those that grant, or all that do not
 * @param because why, as far as licences decide; else empty
 */
public record Difference(
        Aspect aspect,
        String pointer,
        String running,
        String desired,
        Impact impact,
        List<LicenseName> licenses,
        String because) {

    /** What kind of thing differs. */
    public enum Aspect {
        /** A volume of the pod. */
        VOLUME,
        /** What a mount shows. */
        MOUNT,
        /** What a mount lets do. */
        ACCESS,
        /** A variable. */
        ENVIRONMENT,
        /** Who runs in the pod. */
        IDENTITY,
        /** A container that runs before the others. */
        INIT_CONTAINER,
        /** A patch that a licence carries. */
        PATCH
    }

    /**
     * Takes a copy of the list.
     *
     * @param aspect what kind of thing
     * @param pointer where in the running pod, as a JSON pointer
     * @param running what the running pod has
     * @param desired what the next start gives
     * @param impact what that means
     * @param licenses the licences behind it
     * @param because why, as far as licences decide; else empty
     */
    public Difference {
        requireNonNull(aspect, "aspect");
        requireNonNull(pointer, "pointer");
        requireNonNull(running, "running");
        requireNonNull(desired, "desired");
        requireNonNull(impact, "impact");
        licenses = List.copyOf(licenses);
        requireNonNull(because, "because");
    }

    /** Returns one line for a person. */
    @Override
    public String toString() {
        return (pointer.isEmpty() ? "/" : pointer) + ": " + running + " becomes " + desired + "; " + impact
                + (because.isEmpty() ? "" : ", because " + because);
    }
}
