package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a project's pod sees of the storage: its own home and the shared software.
 *
 * <p>Immutable, and a function of the arguments alone.
 *
 * <pre>{@code
 * ProjectVolumes volumes = ProjectVolumes.forProject(
 *         ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"), ProjectLicenses.none(), StorageConfig.defaults());
 * for (StorageMount mount : volumes.mounts()) {
 *     System.out.println(mount); // /ext: the whole of projects-software, read-only
 * }
 * }</pre>
 */
public final class ProjectVolumes {

    /** The name of the volume with the home. */
    public static final String HOME_VOLUME = "home";

    /** The name of the volume with the software. */
    public static final String SOFTWARE_VOLUME = "ext";

    /** The name of the variable that tells programs in a project where the software is. */
    public static final String EXT = "EXT";

    /** The name of the variable that tells Jupyter where kernels are. */
    public static final String JUPYTER_PATH = "JUPYTER_PATH";

    /** The directory of the kernels, relative to the software. */
    static final String KERNELS = "jupyter";

    private final ProjectId project;
    private final StorageConfig config;
    private final ProjectLicenses licenses;
    private final SoftwareAccess softwareAccess;
    private final StorageMount home;
    private final StorageMount software;
    private final List<StorageMount> mounts;

    private ProjectVolumes(ProjectId project, ProjectLicenses licenses, StorageConfig config) {
        this.project = requireNonNull(project, "project");
        this.config = requireNonNull(config, "config");
        this.licenses = requireNonNull(licenses, "licenses");
        softwareAccess = SoftwareAccess.decide(licenses);
        home = StorageMount.of(
                HOME_VOLUME,
                config.dataClaim(),
                config.projectsSchema().resolve(project),
                config.homePath(),
                Access.READ_WRITE);
        software = StorageMount.of(
                SOFTWARE_VOLUME,
                config.softwareClaim(),
                WholeClaim.WHOLE_CLAIM,
                config.softwarePath(),
                softwareAccess.access());
        mounts = List.of(home, software);
    }

    /**
     * Returns the view of a project in an installation with the defaults.
     *
     * @param project the project
     * @param licenses all its licences
     * @return its volumes
     */
    public static ProjectVolumes forProject(ProjectId project, ProjectLicenses licenses) {
        return new ProjectVolumes(project, licenses, StorageConfig.defaults());
    }

    /**
     * Returns the view of a project.
     *
     * @param project the project
     * @param licenses all its licences
     * @param config the installation
     * @return its volumes
     */
    public static ProjectVolumes forProject(ProjectId project, ProjectLicenses licenses, StorageConfig config) {
        return new ProjectVolumes(project, licenses, config);
    }

    /**
     * Returns the view of a project in an installation with the defaults.
     *
     * @param project the project
     * @param licenses all its licences
     * @return its volumes
     */
    public static ProjectVolumes forProject(UUID project, ProjectLicenses licenses) {
        return forProject(ProjectId.of(project), licenses);
    }

    /**
     * Returns the view of a project.
     *
     * @param project the project
     * @param licenses all its licences
     * @param config the installation
     * @return its volumes
     */
    public static ProjectVolumes forProject(UUID project, ProjectLicenses licenses, StorageConfig config) {
        return forProject(ProjectId.of(project), licenses, config);
    }

    /**
     * Returns the view of a project whose active licences contribute these quotas, in an installation with the
     * defaults.
     *
     * @param project the project
     * @param licenses what its active licences contribute
     * @return its volumes
     */
    public static ProjectVolumes forProject(UUID project, Collection<LicenseQuota> licenses) {
        return forProject(ProjectId.of(project), ProjectLicenses.active(licenses));
    }

    /**
     * Returns the view of a project whose active licences contribute these quotas.
     *
     * @param project the project
     * @param licenses what its active licences contribute
     * @param config the installation
     * @return its volumes
     */
    public static ProjectVolumes forProject(UUID project, Collection<LicenseQuota> licenses, StorageConfig config) {
        return forProject(ProjectId.of(project), ProjectLicenses.active(licenses), config);
    }

    /** {@return the project that this view belongs to} */
    public ProjectId project() {
        return project;
    }

    /** {@return the configuration from which this view was computed} */
    public StorageConfig config() {
        return config;
    }

    /** {@return all licences of the project, from which this view was computed} */
    public ProjectLicenses licenses() {
        return licenses;
    }

    /** {@return the mounts of the project's container: the home, then the software} */
    public List<StorageMount> mounts() {
        return mounts;
    }

    /** {@return the mount of the project's home: its directory of the data claim, read-write} */
    public StorageMount home() {
        return home;
    }

    /** {@return the mount of the shared software: the whole software claim, with the access that the licences grant} */
    public StorageMount software() {
        return software;
    }

    /**
     * Returns the variables of the project's container: {@code EXT}, and {@code JUPYTER_PATH} if the configuration asks
     * for it. A container that already has a {@code JUPYTER_PATH} gets this one in front of its own.
     *
     * @return sorted by name
     */
    public Map<String, String> environment() {
        MountPath kernels = kernels().orElse(null);
        String software = config.softwarePath().value();
        if (kernels == null) {
            return Collections.singletonMap(EXT, software);
        }
        Map<String, String> environment = new TreeMap<>();
        environment.put(EXT, software);
        environment.put(JUPYTER_PATH, kernels.value());
        return Collections.unmodifiableMap(environment);
    }

    /**
     * {@return the directory of the shared kernels in the software, or empty if the configuration does not ask for
     * {@code JUPYTER_PATH}}
     */
    public Optional<MountPath> kernels() {
        return config.jupyterPath() == JupyterPath.WITH_SOFTWARE
                ? Optional.of(MountPath.parse(config.softwarePath() + "/" + KERNELS))
                : Optional.empty();
    }

    /** {@return the Unix user and group that run in the pod, by default 2001:2001} */
    public PosixIdentity identity() {
        return config.identity();
    }

    /** {@return the decision whether the project may write to the software, with its reasons} */
    public SoftwareAccess softwareAccess() {
        return softwareAccess;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProjectVolumes that
                && project.equals(that.project)
                && config.equals(that.config)
                && licenses.equals(that.licenses);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * project.hashCode() + config.hashCode()) + licenses.hashCode();
    }

    /** Returns the mounts in words. */
    @Override
    public String toString() {
        return "project " + project + ": " + home + "; " + software;
    }
}
