package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ProjectVolumesTest {

    private static final ProjectId PROJECT = ProjectId.parse("3f5ea6cb-d334-4dfe-a43f-2072073c2b13");
    private static final UUID UUID_OF_IT = PROJECT.uuid();
    private static final LicenseQuota GRANT = LicenseQuota.builder().extRw().build();
    private static final StorageConfig OTHER = StorageConfig.builder()
            .dataClaim("data")
            .softwareClaim("software")
            .projectsSchema("p/[project_id]/files")
            .homePath("/h")
            .softwarePath("/s")
            .identity(PosixIdentity.of(5, 6))
            .jupyterPath(JupyterPath.WITH_SOFTWARE)
            .build();

    @Test
    void aProjectSeesItsOwnHomeAndTheSoftware() {
        ProjectVolumes volumes = ProjectVolumes.forProject(PROJECT, ProjectLicenses.none());

        assertThat(volumes.mounts())
                .containsExactly(
                        StorageMount.of(
                                "home",
                                ClaimName.parse("projects-data"),
                                SubPath.parse("projects/" + PROJECT),
                                MountPath.parse("/home/user"),
                                Access.READ_WRITE),
                        StorageMount.of(
                                "ext",
                                ClaimName.parse("projects-software"),
                                WholeClaim.WHOLE_CLAIM,
                                MountPath.parse("/ext"),
                                Access.READ_ONLY))
                .containsExactly(volumes.home(), volumes.software());
        assertThat(volumes.environment()).isEqualTo(Map.of("EXT", "/ext"));
        assertThat(volumes.kernels()).isEmpty();
        assertThat(volumes.identity()).isEqualTo(PosixIdentity.PROJECT_USER);
        assertThat(volumes.project()).isEqualTo(PROJECT);
        assertThat(volumes.licenses()).isEqualTo(ProjectLicenses.none());
        assertThat(volumes)
                .hasToString("project 3f5ea6cb-d334-4dfe-a43f-2072073c2b13: /home/user: projects/" + PROJECT
                        + " of projects-data, read-write; /ext: the whole of projects-software, read-only");
    }

    @Test
    void everySettingIsFollowed() {
        ProjectVolumes volumes = ProjectVolumes.forProject(PROJECT, ProjectLicenses.active(List.of(GRANT)), OTHER);

        assertThat(volumes)
                .hasToString("project " + PROJECT + ": /h: p/" + PROJECT
                        + "/files of data, read-write; /s: the whole of software, read-write");
        assertThat(volumes.environment())
                .containsExactly(Map.entry("EXT", "/s"), Map.entry("JUPYTER_PATH", "/s/jupyter"));
        assertThat(volumes.kernels()).contains(MountPath.parse("/s/jupyter"));
        assertThat(volumes.identity()).hasToString("5:6");
        assertThat(volumes.config()).isSameAs(OTHER);
        assertThat(volumes.softwareAccess().access()).isEqualTo(Access.READ_WRITE);
        assertThatThrownBy(() -> volumes.environment().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void allWaysToNameAProjectAgree() {
        ProjectLicenses licenses = ProjectLicenses.active(List.of(GRANT));
        ProjectVolumes plain = ProjectVolumes.forProject(PROJECT, licenses);
        ProjectVolumes other = ProjectVolumes.forProject(PROJECT, licenses, OTHER);

        assertThat(plain)
                .isEqualTo(ProjectVolumes.forProject(UUID_OF_IT, licenses))
                .isEqualTo(ProjectVolumes.forProject(UUID_OF_IT, List.of(GRANT)))
                .hasSameHashCodeAs(ProjectVolumes.forProject(UUID_OF_IT, List.of(GRANT)))
                .isEqualTo(ProjectVolumes.forProject(PROJECT, licenses, StorageConfig.defaults()))
                .isNotEqualTo(other)
                .isNotEqualTo(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none()))
                .isNotEqualTo(ProjectVolumes.forProject(new UUID(1, 2), licenses))
                .isNotEqualTo("volumes");
        assertThat(plain.hashCode()).isNotEqualTo(other.hashCode());
        assertThat(other)
                .isEqualTo(ProjectVolumes.forProject(UUID_OF_IT, licenses, OTHER))
                .isEqualTo(ProjectVolumes.forProject(UUID_OF_IT, List.of(GRANT), OTHER));
    }

    @Test
    void nullIsRefusedByName() {
        assertThatThrownBy(() -> ProjectVolumes.forProject((ProjectId) null, ProjectLicenses.none()))
                .hasMessage("project");
        assertThatThrownBy(() -> ProjectVolumes.forProject(PROJECT, null)).hasMessage("licenses");
        assertThatThrownBy(() -> ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), null))
                .hasMessage("config");
    }
}
