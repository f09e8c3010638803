package com.cocalc.storage.testkit.assertj;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.Access;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.testkit.law.ComponentView;
import com.cocalc.storage.testkit.law.ComponentView.Mounted;
import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.PathLaws;
import com.cocalc.storage.testkit.law.PodLaws;
import com.cocalc.storage.testkit.law.Violation;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about the storage of a finished pod, by the laws of {@link PodLaws}. */
public final class PodAssert extends AbstractAssert<PodAssert, Pod> {

    private static final List<Law> OF_HOMES = List.of(
            PodLaws.HOME_IS_MOUNTED, PathLaws.HOME_IS_RESOLVED, PathLaws.SUB_PATH_IS_CLEAN, PodLaws.DATA_CLAIM_IN_PART);
    private static final List<Law> MISSING =
            List.of(PodLaws.HOME_IS_MOUNTED, PathLaws.HOME_IS_RESOLVED, PodLaws.SOFTWARE_IS_MOUNTED);
    private static final List<Law> OF_SOFTWARE =
            List.of(PodLaws.SOFTWARE_FOLLOWS_THE_DECISION, PodLaws.READ_ONLY_SOURCE_READ_ONLY_MOUNTS);

    /** Any project, for laws about the software, which do not depend on it. */
    private static final ProjectId ANY = ProjectId.of(new UUID(0, 0));

    private StorageConfig config = StorageConfig.defaults();
    private boolean isInstallationNamed;

    PodAssert(@Nullable Pod actual) {
        super(actual, PodAssert.class);
    }

    /**
     * Sets the installation of the pod; by default one with the default configuration.
     *
     * @param installation its configuration
     * @return these assertions
     */
    public PodAssert in(StorageConfig installation) {
        config = requireNonNull(installation, "installation");
        isInstallationNamed = true;
        return this;
    }

    /**
     * Asserts that the pod has the project's home at its path, writable, and nothing else of the data claim.
     *
     * @param project the project that the home belongs to
     * @return these assertions
     */
    public PodAssert mountsHomeOf(ProjectId project) {
        requireNonNull(project, "project");
        return require(
                "the pod to mount the home of project " + project,
                ProjectVolumes.forProject(project, ProjectLicenses.none(), config),
                OF_HOMES);
    }

    /**
     * Asserts the access of the containers to the shared software, wherever it is mounted.
     *
     * @param access read-only, so that no container may write to it and nothing else is at its path, or read-write, so
     *     that its mount is writable
     * @return these assertions
     */
    public PodAssert givesAccessToSoftware(Access access) {
        ProjectLicenses licenses = access.isReadOnly()
                ? ProjectLicenses.none()
                : ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build()));
        String claim = "the pod to give " + access + " access to " + config.softwarePath();
        require(claim, ProjectVolumes.forProject(ANY, licenses, config), OF_SOFTWARE);
        if (access.isReadOnly() ? !atSoftwarePath().allMatch(this::isSoftware) : !isSoftwareSomewhere()) {
            throw withoutSoftware(claim);
        }
        return this;
    }

    private boolean isSoftwareSomewhere() {
        return atSoftwarePath().anyMatch(this::isSoftware);
    }

    private Stream<Mounted> atSoftwarePath() {
        return mounts().stream()
                .filter(mount -> mount.mountPath().equals(config.softwarePath().value()));
    }

    private boolean isSoftware(Mounted mount) {
        return mount.claim().equals(config.softwareClaim().value());
    }

    private AssertionError withoutSoftware(String claim) {
        return failure("%s", Broken.text(claim, List.of(notMounted())) + otherInstallation());
    }

    private List<Mounted> mounts() {
        return actual.getSpec() == null
                ? List.of()
                : actual.getSpec().getContainers().stream()
                        .flatMap(container -> ComponentView.of(actual, container.getName()).mounts().stream())
                        .distinct()
                        .toList();
    }

    /**
     * Returns a hint that mounts at other paths or of other claims may be right for an installation that the test has
     * not named.
     */
    private String otherInstallation() {
        if (isInstallationNamed) {
            return "";
        }
        return mounts().stream()
                .filter(mount -> !isOfDefaults(mount))
                .findFirst()
                .map(mount -> "\nthe pod mounts " + mount + ", which the default configuration does not;"
                        + " if it is of another installation, name that with assertThat(pod).in(config)")
                .orElse("");
    }

    private boolean isOfDefaults(Mounted mount) {
        String home = config.projectsSchema().toString().replace(PathSchema.PLACEHOLDER, "");
        return (mount.claim().equals(config.dataClaim().value())
                        && mount.mountPath().equals(config.homePath().value())
                        && (mount.subPath().isEmpty() || mount.subPath().startsWith(home)))
                || (mount.claim().equals(config.softwareClaim().value())
                        && mount.mountPath().equals(config.softwarePath().value()));
    }

    private Violation notMounted() {
        return new Violation(
                PodLaws.SOFTWARE_IS_MOUNTED,
                "/spec/containers",
                mounts().isEmpty()
                        ? "no such mount, nor one of any claim"
                        : "no such mount; mounted are "
                                + mounts().stream().map(Mounted::toString).collect(Collectors.joining("; ")),
                "the whole of " + config.softwareClaim() + " at " + config.softwarePath());
    }

    /**
     * Asserts that the pod mounts the whole software, and that the variable {@code EXT} has its path.
     *
     * @return these assertions
     */
    public PodAssert offersSoftware() {
        isNotNull();
        String claim = "the pod to offer the software at " + config.softwarePath();
        if (!isSoftwareSomewhere()) {
            throw withoutSoftware(claim);
        }
        return require(
                claim,
                ProjectVolumes.forProject(ANY, ProjectLicenses.none(), config),
                List.of(PodLaws.SOFTWARE_IS_MOUNTED, PodLaws.EXT_NAMES_THE_MOUNT));
    }

    /**
     * Asserts that containers with a home run as the installation's user, and that files get its group.
     *
     * @return these assertions
     */
    public PodAssert runsAsTheProject() {
        return require(
                "the pod to run as " + config.identity(),
                ProjectVolumes.forProject(ANY, ProjectLicenses.none(), config),
                List.of(PodLaws.RUNS_AS_THE_PROJECT));
    }

    /**
     * Asserts all laws about pods.
     *
     * @param volumes the view of the pod's project, with its licences and its installation
     * @return these assertions
     */
    public PodAssert keepsAllLawsOf(ProjectVolumes volumes) {
        requireNonNull(volumes, "volumes");
        return require("the pod to keep all laws for project " + volumes.project(), volumes, PodLaws.all());
    }

    private PodAssert require(String claim, ProjectVolumes volumes, List<Law> laws) {
        isNotNull();
        List<Violation> broken = Broken.of(PodLaws.check(actual, volumes), laws);
        if (!broken.isEmpty()) {
            boolean isElsewhere = broken.stream().anyMatch(violation -> MISSING.contains(violation.law()));
            throw failure("%s", Broken.text(claim, broken) + (isElsewhere ? otherInstallation() : ""));
        }
        return this;
    }
}
