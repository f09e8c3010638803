package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The place of one file or directory, and the components that see it.
 *
 * <p>{@link StorageModel#file} and the methods like it return one.
 */
public final class FilePlace {

    private final ClaimName claim;
    private final SubPath path;
    private final List<Sight> seenBy;

    private FilePlace(ClaimName claim, SubPath path, List<Sight> seenBy) {
        this.claim = claim;
        this.path = path;
        this.seenBy = seenBy;
    }

    /**
     * Returns the place of a file on a claim, with the components that see it.
     *
     * @param claim the claim that holds the file
     * @param path where on the claim it lies
     * @param seenBy a sight for each component that sees it
     * @return the place
     */
    public static FilePlace of(ClaimName claim, SubPath path, List<Sight> seenBy) {
        requireNonNull(claim, "claim");
        requireNonNull(path, "path");
        return new FilePlace(claim, path, List.copyOf(seenBy));
    }

    /** {@return the claim that holds the file} */
    public ClaimName claim() {
        return claim;
    }

    /** {@return the path of the file from the root of the claim} */
    public SubPath path() {
        return path;
    }

    /**
     * {@return one sight for each component that sees the file: the project's pod first, then the services in their
     * order}
     */
    public List<Sight> seenBy() {
        return seenBy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FilePlace that
                && claim.equals(that.claim)
                && path.equals(that.path)
                && seenBy.equals(that.seenBy);
    }

    @Override
    public int hashCode() {
        return Objects.hash(claim, path, seenBy);
    }

    /** Returns the place in words, one line for each component. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(path).append(" of ").append(claim);
        for (Sight sight : seenBy) {
            text.append("\n- ").append(sight);
        }
        return text.toString();
    }

    /** One component's view of a file. */
    public static final class Sight {

        private final StorageComponent component;
        private final ContainerPath path;
        private final Access access;

        private Sight(StorageComponent component, ContainerPath path, Access access) {
            this.component = component;
            this.path = path;
            this.access = access;
        }

        /**
         * Returns the view that a component has of a file.
         *
         * @param component the component that sees the file
         * @param path the name of the file in its container
         * @param access what its mount allows
         * @return the sight
         */
        public static Sight of(StorageComponent component, ContainerPath path, Access access) {
            requireNonNull(component, "component");
            requireNonNull(path, "path");
            requireNonNull(access, "access");
            return new Sight(component, path, access);
        }

        /** {@return the component that sees the file: a project's pod or a service} */
        public StorageComponent component() {
            return component;
        }

        /** {@return the absolute path of the file in the container of that component} */
        public ContainerPath path() {
            return path;
        }

        /** {@return the access that the component's mount allows} */
        public Access access() {
            return access;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Sight that
                    && component.equals(that.component)
                    && path.equals(that.path)
                    && access.equals(that.access);
        }

        @Override
        public int hashCode() {
            return Objects.hash(component, path, access);
        }

        /** Returns the sight in words. */
        @Override
        public String toString() {
            return component + ": " + path + ", " + access;
        }
    }
}
