package com.cocalc.storage.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension with settings of its own. */
final class CocalcStorageTest {

    @RegisterExtension
    static final CocalcStorage STORAGE = CocalcStorage.builder()
            .config(StorageConfig.builder()
                    .projectsSchema("all homes/[project_id]/files")
                    .sharesClaim("published")
                    .identity(PosixIdentity.of(3001, 3002))
                    .homePath("/data")
                    .build())
            .backEnd(BackEnd.NFS_ALL_SQUASH)
            .licenses(ProjectLicenses.active(
                    List.of(LicenseQuota.builder().extRw().build())))
            .cluster(cluster -> cluster.nodes("a", "b"))
            .build();

    @Test
    void theInstallationIsTheGivenOne(FakeCluster cluster, RwxVolume volume, RunningProject project) {
        assertThat(cluster.claim("published").isBound()).isTrue();
        assertThat(cluster)
                .hasToString("cluster of [a, b] with pods" + " [default/project-c0ca1c00-0000-4000-8000-000000000001]");
        assertThat(project.home()).hasToString("/data");
        assertThat(volume.tree()).isEqualTo("""
                        0755 2001:2001 - /
                        0755 0:0 - all homes/
                        0755 0:0 - all homes/c0ca1c00-0000-4000-8000-000000000001/
                        0755 3001:3002 - all homes/c0ca1c00-0000-4000-8000-000000000001/files/
                        """);
    }

    @Test
    void theLicencesAreTheGivenOnes(RunningProject project) {
        assertThat(project.volumes().softwareAccess().access().isReadOnly()).isFalse();
    }

    @Test
    @Licensed
    void anAnnotationTakesTheirPlace(RunningProject project) {
        assertThat(project.volumes().softwareAccess().access().isReadOnly()).isTrue();
    }

    @Test
    void aClientIsTakenForWhomTheServerTakesIt(FakeCluster cluster, @Mounted(as = "0:0") Path home) throws IOException {
        assertThat(Files.isWritable(home)).isFalse(); // root is 2001:2001 there, and the home is of 3001:3002
    }

    @Test
    @RootSquash
    void aServerThatSquashesRootAnywayStaysAsItIs(FakeCluster cluster) {
        assertThat(cluster.claim("projects-data").backEnd()).isEqualTo(BackEnd.NFS_ALL_SQUASH);
    }
}
