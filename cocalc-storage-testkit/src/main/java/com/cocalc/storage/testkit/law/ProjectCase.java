package com.cocalc.storage.testkit.law;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.DedicatedVm;
import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.JupyterPath;
import com.cocalc.storage.LicenseId;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.LicenseStatus;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicense;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A project with its licences and configuration, for which a program must build a pod.
 *
 * @param name a description of the case, for reports
 * @param project the project
 * @param licenses its licences
 * @param config the installation
 */
public record ProjectCase(String name, ProjectId project, ProjectLicenses licenses, StorageConfig config) {

    private static final ProjectId FIRST = ProjectId.parse("0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d");
    /** An id that differs from the first one only in its last digit, and has letters. */
    private static final ProjectId ALIKE = ProjectId.parse("0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4e");

    private static final LicenseId ONE = LicenseId.parse("3f5ea6cb-d334-4dfe-a43f-2072073c2b13");
    private static final LicenseId TWO = LicenseId.parse("eb5ae598-1350-48d7-88c7-ee599a967e81");

    /**
     * Checks that no part is null.
     *
     * @param name a description of the case
     * @param project the project
     * @param licenses its licences
     * @param config the installation
     */
    public ProjectCase {
        requireNonNull(name, "name");
        requireNonNull(project, "project");
        requireNonNull(licenses, "licenses");
        requireNonNull(config, "config");
    }

    /** {@return the volumes that the library computes for the project} */
    public ProjectVolumes volumes() {
        return ProjectVolumes.forProject(project, licenses, config);
    }

    /**
     * Returns cases of an installation that every program must handle: with and without write access, and with licences
     * that only seem to grant it.
     *
     * @param config the installation
     * @return the cases, equal each time
     */
    public static List<ProjectCase> of(StorageConfig config) {
        LicenseQuota grant = LicenseQuota.builder().extRw().build();
        LicenseQuota machine = LicenseQuota.builder()
                .dedicatedVm(DedicatedVm.of("n2-standard-4", "vm"))
                .build();
        return List.of(
                new ProjectCase("without a licence", FIRST, ProjectLicenses.none(), config),
                new ProjectCase("another project", ALIKE, ProjectLicenses.none(), config),
                new ProjectCase("with a grant", FIRST, licenses(LicenseStatus.ACTIVE, grant), config),
                new ProjectCase("with a grant that has ended", FIRST, licenses(LicenseStatus.EXPIRED, grant), config),
                new ProjectCase(
                        "with a grant beside a machine",
                        FIRST,
                        licenses(LicenseStatus.ACTIVE, grant, machine),
                        config));
    }

    /**
     * {@return cases of several installations, with other claims, paths and schemas, and with repaired homes; they are
     * equal each time}
     */
    public static List<ProjectCase> ofManyInstallations() {
        StorageConfig other = StorageConfig.builder()
                .dataClaim("files")
                .softwareClaim("software")
                .sharesClaim("published")
                .projectsSchema("tenants/a/[project_id]/home")
                .sharesSchema("[project_id]")
                .homePath("/data/me")
                .softwarePath("/opt/software")
                .jupyterPath(JupyterPath.WITH_SOFTWARE)
                .build();
        StorageConfig repaired = StorageConfig.builder()
                .homeOwnership(HomeOwnership.fixPermissionsInit())
                .build();
        return List.of(
                new ProjectCase("without a licence", FIRST, ProjectLicenses.none(), StorageConfig.defaults()),
                new ProjectCase("in another installation", FIRST, ProjectLicenses.none(), other),
                new ProjectCase(
                        "with a grant in another installation",
                        ALIKE,
                        licenses(
                                LicenseStatus.ACTIVE,
                                LicenseQuota.builder().extRw().build()),
                        other),
                new ProjectCase("with homes that are repaired", FIRST, ProjectLicenses.none(), repaired));
    }

    private static ProjectLicenses licenses(LicenseStatus status, LicenseQuota... quotas) {
        Map<LicenseId, ProjectLicense> licenses = new LinkedHashMap<>();
        for (LicenseQuota quota : quotas) {
            licenses.put(licenses.isEmpty() ? ONE : TWO, ProjectLicense.of(status, quota));
        }
        return ProjectLicenses.of(licenses);
    }

    /** Returns the name of the case. */
    @Override
    public String toString() {
        return name;
    }
}
