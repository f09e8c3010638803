package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The storage settings of one installation of CoCalc OnPrem: its claims, where projects and shares are on them, and
 * where a project sees them.
 *
 * <p>Immutable. The defaults are those of CoCalc's chart, so {@link #defaults()} is an installation whose
 * {@code values.yaml} says nothing about storage.
 *
 * <pre>{@code
 * StorageConfig config = StorageConfig.builder()
 *         .dataClaim("cocalc-projects")
 *         .sharesClaim("cocalc-shares")
 *         .homeOwnership(HomeOwnership.fixPermissionsInit())
 *         .bringYourOwnClaims()
 *         .build();
 * }</pre>
 */
public final class StorageConfig {

    private static final StorageConfig DEFAULTS = builder().build();

    private final Builder settings;

    private StorageConfig(Builder settings) {
        this.settings = settings;
    }

    /** {@return the configuration of an empty {@code values.yaml}: the defaults} */
    public static StorageConfig defaults() {
        return DEFAULTS;
    }

    /** {@return a new builder that starts from the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a new builder that starts from this configuration} */
    public Builder toBuilder() {
        return new Builder(settings);
    }

    /**
     * {@return the claim of all homes (Helm {@code global.storage.data.claimName}): by default {@code projects-data}}
     */
    public ClaimName dataClaim() {
        return settings.dataClaim;
    }

    /**
     * {@return the claim with the shared software (Helm {@code global.storage.software.claimName}): by default
     * {@code projects-software}; never another of the claims}
     */
    public ClaimName softwareClaim() {
        return settings.softwareClaim;
    }

    /**
     * {@return the claim with the published files (Helm {@code global.storage.shares.claimName}): by default the data
     * claim; never the software claim, which every project mounts whole}
     */
    public ClaimName sharesClaim() {
        return settings.sharesClaim == null ? settings.dataClaim : settings.sharesClaim;
    }

    /** {@return whether {@link #sharesClaim()} is {@link #dataClaim()}} */
    public boolean sharesOnDataClaim() {
        return settings.sharesClaim == null;
    }

    /** {@return all claims of the installation, each once: that of the data, of the software, of the shares} */
    public List<ClaimName> claims() {
        return sharesOnDataClaim()
                ? List.of(dataClaim(), softwareClaim())
                : List.of(dataClaim(), softwareClaim(), sharesClaim());
    }

    /** {@return the path schema of the projects' homes on the data claim: by default {@code projects/[project_id]}} */
    public PathSchema projectsSchema() {
        return settings.projectsSchema;
    }

    /**
     * {@return the path schema of the shares on their claim (Helm {@code global.shared_files_path}): by default
     * {@code shares/[project_id]}}
     */
    public PathSchema sharesSchema() {
        return settings.sharesSchema;
    }

    /** {@return the path at which a project sees its home: by default {@code /home/user}} */
    public MountPath homePath() {
        return settings.homePath;
    }

    /**
     * {@return the path at which a project sees the software, which is also the value of {@code EXT}: by default
     * {@code /ext}}
     */
    public MountPath softwarePath() {
        return settings.softwarePath;
    }

    /** {@return whether {@code JUPYTER_PATH} leads to the shared kernels: by default {@link JupyterPath#UNTOUCHED}} */
    public JupyterPath jupyterPath() {
        return settings.jupyterPath;
    }

    /** {@return the user that runs in a project's pod and owns its files: by default 2001:2001; never root} */
    public PosixIdentity identity() {
        return settings.identity;
    }

    /**
     * {@return how a new home gets its owner (Helm {@code manage.project.fixPermissionsInit}): by default nothing
     * changes it}
     */
    public HomeOwnership homeOwnership() {
        return settings.homeOwnership;
    }

    /**
     * {@return the claims that CoCalc's chart creates (Helm {@code storage.create}): by default both, of class
     * {@code nfs} and {@code 10Gi} each; empty where the operator brings them}
     */
    public Optional<CreatedClaims> created() {
        return Optional.ofNullable(settings.created);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StorageConfig that && settings.values().equals(that.settings.values());
    }

    @Override
    public int hashCode() {
        return settings.values().hashCode();
    }

    /** Returns the settings in words. */
    @Override
    public String toString() {
        return "StorageConfig" + settings.values();
    }

    /** Collects settings; {@link #build()} checks them together. */
    public static final class Builder {

        private ClaimName dataClaim = ClaimName.parse("projects-data");
        private ClaimName softwareClaim = ClaimName.parse("projects-software");
        private @Nullable ClaimName sharesClaim;
        private PathSchema projectsSchema = PathSchema.parse("projects/[project_id]");
        private PathSchema sharesSchema = PathSchema.parse("shares/[project_id]");
        private MountPath homePath = MountPath.parse("/home/user");
        private MountPath softwarePath = MountPath.parse("/ext");
        private JupyterPath jupyterPath = JupyterPath.UNTOUCHED;
        private PosixIdentity identity = PosixIdentity.PROJECT_USER;
        private HomeOwnership homeOwnership = HomeOwnership.asIs();
        private @Nullable CreatedClaims created = CreatedClaims.DEFAULTS;

        private Builder() {}

        private Builder(Builder other) {
            dataClaim = other.dataClaim;
            softwareClaim = other.softwareClaim;
            sharesClaim = other.sharesClaim;
            projectsSchema = other.projectsSchema;
            sharesSchema = other.sharesSchema;
            homePath = other.homePath;
            softwarePath = other.softwarePath;
            jupyterPath = other.jupyterPath;
            identity = other.identity;
            homeOwnership = other.homeOwnership;
            created = other.created;
        }

        /**
         * Sets the claim with all projects' files.
         *
         * @param claim the claim
         * @return this builder
         */
        public Builder dataClaim(ClaimName claim) {
            dataClaim = requireNonNull(claim, "dataClaim");
            return this;
        }

        /**
         * Sets the claim with all projects' files.
         *
         * @param claim the claim's name
         * @return this builder
         * @throws InvalidValueException if no claim can have this name
         */
        public Builder dataClaim(String claim) {
            return dataClaim(ClaimName.parse(claim));
        }

        /**
         * Sets the claim with the shared software.
         *
         * @param claim the claim
         * @return this builder
         */
        public Builder softwareClaim(ClaimName claim) {
            softwareClaim = requireNonNull(claim, "softwareClaim");
            return this;
        }

        /**
         * Sets the claim with the shared software.
         *
         * @param claim the claim's name
         * @return this builder
         * @throws InvalidValueException if no claim can have this name
         */
        public Builder softwareClaim(String claim) {
            return softwareClaim(ClaimName.parse(claim));
        }

        /**
         * Puts the published files on a claim of their own.
         *
         * @param claim the claim; the data claim is accepted as well and means the default
         * @return this builder
         */
        public Builder sharesClaim(ClaimName claim) {
            sharesClaim = requireNonNull(claim, "sharesClaim");
            return this;
        }

        /**
         * Puts the published files on a claim of their own.
         *
         * @param claim the claim's name
         * @return this builder
         * @throws InvalidValueException if no claim can have this name
         */
        public Builder sharesClaim(String claim) {
            return sharesClaim(ClaimName.parse(claim));
        }

        /**
         * Sets the path schema of the projects' homes on the data claim.
         *
         * @param schema the schema
         * @return this builder
         */
        public Builder projectsSchema(PathSchema schema) {
            projectsSchema = requireNonNull(schema, "projectsSchema");
            return this;
        }

        /**
         * Sets the path schema of the projects' homes on the data claim.
         *
         * @param schema for example {@code projects/[project_id]}
         * @return this builder
         * @throws InvalidValueException as {@link PathSchema#parse} says
         */
        public Builder projectsSchema(String schema) {
            return projectsSchema(PathSchema.parse(schema));
        }

        /**
         * Sets the path schema of the published files on the shares claim.
         *
         * @param schema the schema
         * @return this builder
         */
        public Builder sharesSchema(PathSchema schema) {
            sharesSchema = requireNonNull(schema, "sharesSchema");
            return this;
        }

        /**
         * Sets the path schema of the published files on the shares claim.
         *
         * @param schema for example {@code shares/[project_id]}
         * @return this builder
         * @throws InvalidValueException as {@link PathSchema#parse} says
         */
        public Builder sharesSchema(String schema) {
            return sharesSchema(PathSchema.parse(schema));
        }

        /**
         * Sets the path at which a project sees its home.
         *
         * @param path the path
         * @return this builder
         */
        public Builder homePath(MountPath path) {
            homePath = requireNonNull(path, "homePath");
            return this;
        }

        /**
         * Sets the path at which a project sees its home.
         *
         * @param path an absolute path
         * @return this builder
         * @throws InvalidValueException as {@link MountPath} says
         */
        public Builder homePath(String path) {
            return homePath(MountPath.parse(path));
        }

        /**
         * Sets the path at which a project sees the software, which is also the value of {@code EXT}.
         *
         * @param path the path
         * @return this builder
         */
        public Builder softwarePath(MountPath path) {
            softwarePath = requireNonNull(path, "softwarePath");
            return this;
        }

        /**
         * Sets the path at which a project sees the software, which is also the value of {@code EXT}.
         *
         * @param path an absolute path
         * @return this builder
         * @throws InvalidValueException as {@link MountPath} says
         */
        public Builder softwarePath(String path) {
            return softwarePath(MountPath.parse(path));
        }

        /**
         * Sets whether {@code JUPYTER_PATH} leads to the shared kernels.
         *
         * @param jupyterPath whether it does
         * @return this builder
         */
        public Builder jupyterPath(JupyterPath jupyterPath) {
            this.jupyterPath = requireNonNull(jupyterPath, "jupyterPath");
            return this;
        }

        /**
         * Sets the user that runs in a project's pod and owns its files.
         *
         * @param identity any but root
         * @return this builder
         */
        public Builder identity(PosixIdentity identity) {
            this.identity = requireNonNull(identity, "identity");
            return this;
        }

        /**
         * Sets the way in which a new home gets its owner.
         *
         * @param homeOwnership the way to fix the owner
         * @return this builder
         */
        public Builder homeOwnership(HomeOwnership homeOwnership) {
            this.homeOwnership = requireNonNull(homeOwnership, "homeOwnership");
            return this;
        }

        /**
         * Lets CoCalc's chart create the data claim and the software claim.
         *
         * @param claims class and sizes
         * @return this builder
         */
        public Builder created(CreatedClaims claims) {
            created = requireNonNull(claims, "created");
            return this;
        }

        /**
         * Leaves all claims to the operator, which is recommended.
         *
         * @return this builder
         */
        public Builder bringYourOwnClaims() {
            created = null;
            return this;
        }

        /**
         * Creates the configuration, after checking the settings together.
         *
         * @return the configuration
         * @throws InvalidValueException if the software claim is also another claim, the paths of home and software are
         *     equal or nested, schemas on one claim could meet, or the user is root
         */
        public StorageConfig build() {
            Builder settings = new Builder(this);
            if (dataClaim.equals(sharesClaim)) {
                settings.sharesClaim = null; // one state however it was said: equal configurations behave alike
            }
            StorageConfig config = new StorageConfig(settings);
            ConfigRules.check(config);
            return config;
        }

        private List<Object> values() {
            return List.of(
                    dataClaim,
                    softwareClaim,
                    Optional.ofNullable(sharesClaim),
                    projectsSchema,
                    sharesSchema,
                    homePath,
                    softwarePath,
                    jupyterPath,
                    identity,
                    homeOwnership,
                    Optional.ofNullable(created));
        }
    }
}
