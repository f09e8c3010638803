package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ServiceVolumesTest {

    private static final ProjectId PROJECT = ProjectId.parse("3F5EA6CB-d334-4dfe-a43f-2072073c2b13");

    private static String mounts(StorageService service, StorageConfig config) {
        return ServiceVolumes.forService(service, config).mounts().toString();
    }

    @Test
    void hubNextSeesTheSharesReadOnlyAndNoHome() {
        ServiceVolumes hubNext = ServiceVolumes.forService(StorageService.HUB_NEXT);

        assertThat(hubNext.mounts())
                .containsExactly(StorageMount.of(
                        "data",
                        ClaimName.parse("projects-data"),
                        SubPath.parse("shares"),
                        MountPath.parse("/shares"),
                        Access.READ_ONLY));
        assertThat(hubNext.environment()).isEqualTo(Map.of("SHARES", "/shares/[project_id]"));
    }

    @Test
    void manageShareReadsTheProjectsAndWritesTheSharesThroughOneVolume() {
        ServiceVolumes manageShare = ServiceVolumes.forService(StorageService.MANAGE_SHARE);

        assertThat(manageShare.mounts()).hasToString("""
                [/projects: projects of projects-data, read-only, /shares: shares of projects-data, read-write]""");
        assertThat(manageShare.mounts()).extracting(StorageMount::volume).containsExactly("data", "data");
        assertThat(manageShare.environment())
                .hasToString("{PROJECTS=/projects/[project_id], SHARES=/shares/[project_id]}");
    }

    @ParameterizedTest
    @EnumSource(names = {"MANAGE_COPY", "HUB_PROXY"})
    void copyAndUploadsWriteToTheProjectsAlone(StorageService service) {
        ServiceVolumes view = ServiceVolumes.forService(service);

        assertThat(view.mounts()).hasToString("[/projects: projects of projects-data, read-write]");
        assertThat(view.environment()).isEqualTo(Map.of("PROJECTS", "/projects/[project_id]"));
    }

    @Test
    void aSharesClaimOfItsOwnIsAVolumeOfItsOwn() {
        StorageConfig config = StorageConfig.builder().sharesClaim("public").build();
        ServiceVolumes view = ServiceVolumes.forService(StorageService.MANAGE_SHARE, config);

        assertThat(view.mounts()).extracting(StorageMount::volume).containsExactly("data", "shares");
        assertThat(view.mounts()).hasToString("""
                [/projects: projects of projects-data, read-only, /shares: shares of public, read-write]""");
    }

    @Test
    void aSchemaWithoutAPrefixMountsTheWholeClaim() {
        StorageConfig config = StorageConfig.builder()
                .sharesClaim("public")
                .sharesSchema("[project_id]/files")
                .projectsSchema("[project_id]")
                .build();

        assertThat(mounts(StorageService.HUB_NEXT, config)).isEqualTo("[/shares: the whole of public, read-only]");
        assertThat(mounts(StorageService.MANAGE_COPY, config))
                .isEqualTo("[/projects: the whole of projects-data, read-write]");
    }

    @Test
    void whatStandsBehindThePlaceholderStaysInTheVariable() {
        StorageConfig config =
                StorageConfig.builder().sharesSchema("a/b/[project_id]/x:y").build();
        ServiceVolumes view = ServiceVolumes.forService(StorageService.HUB_NEXT, config);

        assertThat(view.mounts()).hasToString("[/shares: a/b of projects-data, read-only]");
        assertThat(view.environment()).isEqualTo(Map.of("SHARES", "/shares/[project_id]/x:y"));
        assertThat(view.share(PROJECT)).hasToString("/shares/3f5ea6cb-d334-4dfe-a43f-2072073c2b13/x:y");
    }

    @Test
    void aHomeThatTheServiceDoesNotMountIsRefusedWithWhatItMounts() {
        ServiceVolumes hubNext = ServiceVolumes.forService(StorageService.HUB_NEXT);

        assertThat(hubNext.findHome(PROJECT)).isEmpty();
        assertThatThrownBy(() -> hubNext.home(PROJECT))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(
                        "hub-next must mount the projects for this, but its job needs"
                                + " [/shares: shares of projects-data, read-only] alone; ask manage-share, manage-copy, hub-proxy");
    }

    @Test
    void aShareThatTheServiceDoesNotMountIsRefusedWithWhoDoes() {
        ServiceVolumes manageCopy = ServiceVolumes.forService(StorageService.MANAGE_COPY);

        assertThat(manageCopy.findShare(PROJECT)).isEmpty();
        assertThatThrownBy(() -> manageCopy.share(PROJECT))
                .hasMessage("manage-copy must mount the shares for this, but its job needs"
                        + " [/projects: projects of projects-data, read-write] alone; ask hub-next, manage-share");
    }

    @Test
    void servicesRunAsTheOwnerOfTheFiles() {
        StorageConfig config =
                StorageConfig.builder().identity(PosixIdentity.of(1000, 100)).build();

        assertThat(ServiceVolumes.forService(StorageService.HUB_NEXT).identity())
                .isEqualTo(PosixIdentity.PROJECT_USER);
        assertThat(ServiceVolumes.forService(StorageService.HUB_NEXT, config).identity())
                .hasToString("1000:100");
    }

    @Test
    void viewsAreEqualWhereServiceAndInstallationAre() {
        ServiceVolumes view = ServiceVolumes.forService(StorageService.HUB_PROXY);

        assertThat(view)
                .isEqualTo(ServiceVolumes.forService(
                        StorageService.HUB_PROXY, StorageConfig.builder().build()))
                .hasSameHashCodeAs(ServiceVolumes.forService(StorageService.HUB_PROXY))
                .isNotEqualTo(ServiceVolumes.forService(StorageService.MANAGE_COPY))
                .isNotEqualTo(ServiceVolumes.forService(
                        StorageService.HUB_PROXY,
                        StorageConfig.builder().dataClaim("d").build()))
                .hasToString("hub-proxy: [/projects: projects of projects-data, read-write]");
        assertThat(view.service()).isEqualTo(StorageService.HUB_PROXY);
        assertThat(view.config()).isEqualTo(StorageConfig.defaults());
    }

    @Test
    void aPathInAContainerMayHoldWhatAMountPathMayNot() {
        assertThat(ContainerPath.parse("/shares/a:b")).hasToString("/shares/a:b");
        assertThat(ContainerPath.parse("/a").resolve(SubPath.parse("b:c"))).isEqualTo(ContainerPath.parse("/a/b:c"));
        assertThat(ContainerPath.parse("/a")).isLessThan(ContainerPath.parse("/b"));
    }

    @Test
    void aPathInAContainerIsAbsoluteAndClean() {
        assertThatThrownBy(() -> ContainerPath.parse("shares"))
                .hasMessage("path must be absolute, but was \"shares\"; start it with '/'");
        for (String path : List.of("/", "/a/../b", "/a//b", "/a\nb", "/a/")) {
            assertThatThrownBy(() -> ContainerPath.parse(path))
                    .as(path)
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageStartingWith("path must have no ");
        }
    }
}
