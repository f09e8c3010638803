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
     * Returns a storage with one client that promises nothing more than it must.
     *
     * @param first an existing directory that may be written to; laws work in a directory of their own in it, and
     *     remove it
     * @return the client
     */
    public static RwxClients of(Path first) {
        return new RwxClients(requireNonNull(first, "first"), null, EnumSet.noneOf(RwxTrait.class));
    }

    /**
     * Adds a second client.
     *
     * @param directory the same directory through another mount, best of another machine's export
     * @return a changed copy
     */
    public RwxClients withSecond(Path directory) {
        return new RwxClients(first, requireNonNull(directory, "directory"), promises);
    }

    /**
     * Lets laws be tried that not every storage keeps.
     *
     * @param traits what the storage promises
     * @return a changed copy
     */
    public RwxClients promising(RwxTrait... traits) {
        Set<RwxTrait> all = EnumSet.copyOf(promises);
        all.addAll(Arrays.asList(traits));
        return new RwxClients(first, second, all);
    }

    /**
     * Returns the directory of the first client.
     *
     * @return the directory
     */
    public Path first() {
        return first;
    }

    /**
     * Returns the same directory, seen by the second client.
     *
     * @return empty where there is one client
     */
    public Optional<Path> second() {
        return Optional.ofNullable(second);
    }

    /**
     * Returns whether the storage promises something.
     *
     * @param trait what
     * @return whether it does
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
