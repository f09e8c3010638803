package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.rwx.RwxVolume;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A running container. The test takes the place of its program, and uses the files as the container's user. */
public final class RunningContainer {

    private final String name;
    private final List<RwxVolume> volumes;
    private final FileSystem fileSystem;
    private final Map<String, String> environment;
    private final ContainerUser user;

    RunningContainer(
            String name,
            List<RwxVolume> volumes,
            FileSystem fileSystem,
            Map<String, String> ofImage,
            Map<String, String> ofPod,
            ContainerUser user) {
        Map<String, String> all = new TreeMap<>(ofImage);
        all.putAll(ofPod);
        this.name = name;
        this.volumes = volumes;
        this.fileSystem = fileSystem;
        this.environment = Collections.unmodifiableMap(all);
        this.user = user;
    }

    /** Returns the volumes of this container alone: its copy of the image's files, and the files of the runtime. */
    List<RwxVolume> volumes() {
        return volumes;
    }

    /** {@return the name of the container} */
    public String name() {
        return name;
    }

    /**
     * Returns the files that the container's user sees: the image, and the volumes mounted into it.
     *
     * @return the file system, which is closed when the pod stops
     */
    public FileSystem fileSystem() {
        return fileSystem;
    }

    /**
     * Returns a path in the container.
     *
     * @param path for example {@code /home/user}
     * @return the path
     */
    public Path path(String path) {
        return fileSystem.getPath(path);
    }

    /** {@return the variables of the container, with references expanded, sorted by name} */
    public Map<String, String> environment() {
        return environment;
    }

    /** {@return the user of the container's processes} */
    public PosixIdentity identity() {
        return user.identity();
    }

    /** {@return the supplementary groups of the container's processes, including {@code fsGroup}} */
    public Set<Long> groups() {
        return user.groups();
    }

    void stop() {
        try {
            fileSystem.close();
        } catch (IOException e) {
            throw new AssertionError("closing a mount in memory", e);
        }
    }

    /** Returns the name and the user. */
    @Override
    public String toString() {
        return name + " as " + identity();
    }
}
