package com.cocalc.storage.testkit.cluster;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.rwx.RwxVolume;
import java.util.List;
import java.util.Map;

/** A container image: files, a user, variables, a program. Immutable; each {@code with} returns a changed copy. */
public final class ContainerImage {

    private static final String USUAL_FILES = """
            0755 0:0 - bin/
            0755 0:0 "" bin/sh
            0755 0:0 - dev/
            0755 0:0 - etc/
            0755 0:0 - home/
            0555 0:0 - proc/
            0700 0:0 - root/
            0555 0:0 - sys/
            1777 0:0 - tmp/
            0755 0:0 - usr/
            0755 0:0 - var/
            """;

    private final String files;
    private final PosixIdentity user;
    private final Map<String, String> environment;
    private final List<String> entrypoint;

    private ContainerImage(String files, PosixIdentity user, Map<String, String> environment, List<String> entrypoint) {
        this.files = files;
        this.user = user;
        this.environment = Map.copyOf(environment);
        this.entrypoint = List.copyOf(entrypoint);
    }

    /**
     * {@return an image with {@code /bin/sh} and the usual directories, whose user is root, without variables and
     * program}
     */
    public static ContainerImage standard() {
        return new ContainerImage(USUAL_FILES, PosixIdentity.ROOT, Map.of(), List.of());
    }

    /**
     * Returns a copy with additional files.
     *
     * @param tree lines as {@link RwxVolume#populate(String)} takes them, for example {@code 0755 0:0 - home/user/}
     * @return a changed copy
     */
    public ContainerImage withFiles(String tree) {
        return new ContainerImage(files + requireNonNull(tree, "tree") + "\n", user, environment, entrypoint);
    }

    /**
     * Returns a copy with the user of containers whose pod sets none.
     *
     * @param identity user and group
     * @return a changed copy
     */
    public ContainerImage withUser(PosixIdentity identity) {
        return new ContainerImage(files, requireNonNull(identity, "identity"), environment, entrypoint);
    }

    /**
     * Returns a copy with variables that containers have in addition to those of the pod.
     *
     * @param variables names and values
     * @return a changed copy
     */
    public ContainerImage withEnvironment(Map<String, String> variables) {
        return new ContainerImage(files, user, variables, entrypoint);
    }

    /**
     * Returns a copy with the program of init containers without a {@code command}.
     *
     * @param argv the name and the first arguments
     * @return a changed copy
     */
    public ContainerImage withEntrypoint(String... argv) {
        return new ContainerImage(files, user, environment, List.of(argv));
    }

    PosixIdentity user() {
        return user;
    }

    Map<String, String> environment() {
        return environment;
    }

    List<String> entrypoint() {
        return entrypoint;
    }

    /** Copies the files into a container's root. */
    void unpack(RwxVolume root) {
        root.populate(files);
    }
}
