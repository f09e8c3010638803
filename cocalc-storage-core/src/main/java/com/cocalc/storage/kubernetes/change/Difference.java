package com.cocalc.storage.kubernetes.change;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.LicenseName;
import java.util.List;

/**
 * One difference between a running pod and its next start.
 *
 * @param aspect the kind of part that differs
 * @param pointer the place in the running pod as a JSON pointer; for something that is missing, what it would belong to
 * @param running the state of the running pod
 * @param desired the state after the next start
 * @param impact what the difference means for programs in the pod
 * @param licenses the licences that cause the difference: those that grant access, or all if none does
 * @param because the reason, if licences decide about it; else empty
 */
public record Difference(
        Aspect aspect,
        String pointer,
        String running,
        String desired,
        Impact impact,
        List<LicenseName> licenses,
        String because) {

    /** The kind of part that differs. */
    public enum Aspect {
        /** A volume of the pod. */
        VOLUME,
        /** The part of a claim that a mount shows. */
        MOUNT,
        /** The access that a mount gives. */
        ACCESS,
        /** A variable. */
        ENVIRONMENT,
        /** The user and groups that run in the pod. */
        IDENTITY,
        /** A container that runs before the others. */
        INIT_CONTAINER,
        /** A patch that a licence carries. */
        PATCH
    }

    /**
     * Takes a copy of the list.
     *
     * @param aspect the kind of part that differs
     * @param pointer the place in the running pod as a JSON pointer
     * @param running the state of the running pod
     * @param desired the state after the next start
     * @param impact what the difference means for programs in the pod
     * @param licenses the licences that cause the difference
     * @param because the reason, if licences decide about it; else empty
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
