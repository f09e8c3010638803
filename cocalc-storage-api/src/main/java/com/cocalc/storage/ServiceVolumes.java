package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a service sees of the storage: the directory of all projects, the directory of all shares, or both, and nothing
 * else.
 *
 * <p>Immutable, and a function of the arguments alone. A rename between {@code /projects} and {@code /shares} fails
 * even where both lie on one claim, as they are two mounts.
 *
 * <pre>{@code
 * ServiceVolumes copy = ServiceVolumes.forService(StorageService.MANAGE_COPY, StorageConfig.defaults());
 * ContainerPath home = copy.home(ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"));
 * }</pre>
 */
public final class ServiceVolumes {

    /** The name of the volume with the data claim. */
    public static final String DATA_VOLUME = "data";

    /** The name of the volume with a shares claim of its own. */
    public static final String SHARES_VOLUME = "shares";

    /** The path at which a service sees the projects. */
    public static final MountPath PROJECTS_PATH = MountPath.parse("/projects");

    /** The path at which a service sees the shares. */
    public static final MountPath SHARES_PATH = MountPath.parse("/shares");

    /** The name of the variable with the path schema of a project's files in this container. */
    public static final String PROJECTS = "PROJECTS";

    /** The name of the variable with the path schema of a project's published files in this container. */
    public static final String SHARES = "SHARES";

    private final StorageService service;
    private final StorageConfig config;
    private final @Nullable StorageMount projects;
    private final @Nullable StorageMount shares;

    private ServiceVolumes(StorageService service, StorageConfig config) {
        this.service = requireNonNull(service, "service");
        this.config = requireNonNull(config, "config");
        projects = service.projects()
                .map(access -> StorageMount.of(
                        DATA_VOLUME, config.dataClaim(), config.projectsSchema().prefix(), PROJECTS_PATH, access))
                .orElse(null);
        shares = service.shares()
                .map(access -> StorageMount.of(
                        config.sharesOnDataClaim() ? DATA_VOLUME : SHARES_VOLUME,
                        config.sharesClaim(),
                        config.sharesSchema().prefix(),
                        SHARES_PATH,
                        access))
                .orElse(null);
    }

    /**
     * Returns the view of a service.
     *
     * @param service the service
     * @param config the installation
     * @return its volumes
     */
    public static ServiceVolumes forService(StorageService service, StorageConfig config) {
        return new ServiceVolumes(service, config);
    }

    /**
     * Returns the view of a service in an installation with the defaults.
     *
     * @param service the service
     * @return its volumes
     */
    public static ServiceVolumes forService(StorageService service) {
        return new ServiceVolumes(service, StorageConfig.defaults());
    }

    /** {@return the service that this view belongs to} */
    public StorageService service() {
        return service;
    }

    /** {@return the configuration from which this view was computed} */
    public StorageConfig config() {
        return config;
    }

    /**
     * Returns the mounts of the service's container. Two mounts of one claim share their volume.
     *
     * @return the projects, then the shares, as far as the service sees them
     */
    public List<StorageMount> mounts() {
        List<StorageMount> mounts = new ArrayList<>(2);
        if (projects != null) {
            mounts.add(projects);
        }
        if (shares != null) {
            mounts.add(shares);
        }
        return Collections.unmodifiableList(mounts);
    }

    /**
     * Returns the variables of the service's container: a path schema for each mount, in which {@code [project_id]}
     * stands for the project's id in lower case.
     *
     * @return for example {@code PROJECTS=/projects/[project_id]}, sorted by name
     */
    public Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        if (projects != null) {
            environment.put(
                    PROJECTS, PROJECTS_PATH + "/" + config.projectsSchema().behindPrefix());
        }
        if (shares != null) {
            environment.put(SHARES, SHARES_PATH + "/" + config.sharesSchema().behindPrefix());
        }
        return Collections.unmodifiableMap(environment);
    }

    /**
     * Returns the directory in which the service sees a project's files.
     *
     * @param project the project
     * @return the directory in the service's container
     * @throws UnsupportedOperationException if the service does not see the projects; {@link #findHome} asks
     */
    public ContainerPath home(ProjectId project) {
        return findHome(project)
                .orElseThrow(() -> notSeen("projects", other -> other.projects().isPresent()));
    }

    /**
     * Returns the directory in which the service sees what a project published.
     *
     * @param project the project
     * @return the directory in the service's container
     * @throws UnsupportedOperationException if the service does not see the shares; {@link #findShare} asks
     */
    public ContainerPath share(ProjectId project) {
        return findShare(project)
                .orElseThrow(() -> notSeen("shares", other -> other.shares().isPresent()));
    }

    /**
     * Returns the directory in which the service sees a project's files, if it sees them.
     *
     * @param project the project
     * @return the directory in the service's container
     */
    public Optional<ContainerPath> findHome(ProjectId project) {
        requireNonNull(project, "project");
        return projects == null ? Optional.empty() : Optional.of(inside(projects, config.projectsSchema(), project));
    }

    /**
     * Returns the directory in which the service sees what a project published, if it sees the shares.
     *
     * @param project the project
     * @return the directory in the service's container
     */
    public Optional<ContainerPath> findShare(ProjectId project) {
        requireNonNull(project, "project");
        return shares == null ? Optional.empty() : Optional.of(inside(shares, config.sharesSchema(), project));
    }

    private static ContainerPath inside(StorageMount mount, PathSchema schema, ProjectId project) {
        return ContainerPath.of(
                mount.mountPath(), schema.behindPrefix().resolve(project).toString());
    }

    private UnsupportedOperationException notSeen(String what, Predicate<StorageService> sees) {
        return new UnsupportedOperationException(service + " must mount the " + what + " for this, but its job needs "
                + mounts() + " alone; ask "
                + Arrays.stream(StorageService.values())
                        .filter(sees)
                        .map(StorageService::toString)
                        .collect(Collectors.joining(", ")));
    }

    /** {@return the Unix user and group that run in the container, by default 2001:2001, the owner of all files} */
    public PosixIdentity identity() {
        return config.identity();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServiceVolumes that && service == that.service && config.equals(that.config);
    }

    @Override
    public int hashCode() {
        return 31 * service.hashCode() + config.hashCode();
    }

    /** Returns the mounts in words. */
    @Override
    public String toString() {
        return service + ": " + mounts();
    }
}
