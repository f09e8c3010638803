package com.cocalc.storage.testkit.law.contract;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One directory of a shared storage, as one or two clients see it. Immutable. */
public final class RwxClients {

    private final Path first;
    private final @Nullable Path second;
    private final Set<RwxTrait> promises;

    private RwxClients(Path first, @Nullable Path second, Set<RwxTrait> promises) {
        this.first = first;
        this.second = second;
        this.promises = promises;
    }

    /**
     * Returns a storage with one client and without promises.
     *
     * @param first an existing writable directory; laws create a directory in it, and remove that again
     * @return the storage
     */
    public static RwxClients of(Path first) {
        return new RwxClients(requireNonNull(first, "first"), null, EnumSet.noneOf(RwxTrait.class));
    }

    /**
     * Returns a copy with a second client.
     *
     * @param directory the same directory through another mount, preferably of an export of another machine
     * @return a changed copy
     */
    public RwxClients withSecond(Path directory) {
        return new RwxClients(first, requireNonNull(directory, "directory"), promises);
    }

    /**
     * Returns a copy with promises, whose laws are tried as well.
     *
     * @param traits the promises of the storage
     * @return a changed copy
     */
    public RwxClients promising(RwxTrait... traits) {
        Set<RwxTrait> all = EnumSet.copyOf(promises);
        all.addAll(Arrays.asList(traits));
        return new RwxClients(first, second, all);
    }

    /** {@return the directory of the first client} */
    public Path first() {
        return first;
    }

    /** {@return the same directory, as the second client sees it, or empty if there is one client} */
    public Optional<Path> second() {
        return Optional.ofNullable(second);
    }

    /**
     * Returns whether the storage makes a promise.
     *
     * @param trait the promise
     * @return whether it makes it
     */
    public boolean isPromising(RwxTrait trait) {
        return promises.contains(trait);
    }

    /** Returns the directories and the promises. */
    @Override
    public String toString() {
        return first + (second == null ? "" : " and " + second) + (promises.isEmpty() ? "" : ", promising " + promises);
    }
}
