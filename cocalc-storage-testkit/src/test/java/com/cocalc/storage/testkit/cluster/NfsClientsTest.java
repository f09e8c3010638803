package com.cocalc.storage.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.PodStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Containers as clients of an NFS server: one removes what another has open. */
class NfsClientsTest {

    private static final Provisioner PROVISIONER =
            Provisioner.of(BackEnd.GANESHA).withRootMode(0777);

    private static FakeCluster cluster(Provisioner provisioner) {
        return FakeCluster.builder()
                .storageClass("nfs", provisioner)
                .claimsOf(Pods.AS_IS, "nfs")
                .build();
    }

    /** A project reads a file that manage-copy has removed meanwhile. */
    private static int readAfterRemoval(FakeCluster cluster) throws IOException {
        ServiceVolumes copy = ServiceVolumes.forService(StorageService.MANAGE_COPY);
        RunningContainer project =
                cluster.start(Pods.project(Pods.AS_IS, ProjectLicenses.none())).container("project");
        RunningContainer service = cluster.start(
                        PodStorage.of(copy).withSecurityContext().applyTo(Pods.bare("manage-copy"), "project"))
                .container("project");
        Path notes = project.path("/home/user/notes");
        Files.writeString(notes, "hello");
        try (InputStream open = Files.newInputStream(notes)) {
            Files.delete(service.path(copy.home(Pods.PROJECT) + "/notes"));
            return open.read();
        }
    }

    @Test
    void anOpenFileThatAnotherContainerRemovesIsStaleForAnNfsClient() {
        FakeCluster cluster = cluster(PROVISIONER.withNfsClients());

        assertThatThrownBy(() -> readAfterRemoval(cluster)).hasMessageContaining("Stale file handle");
    }

    @Test
    void withoutNfsClientsItCanBeReadOnAsOnOneHost() throws IOException {
        assertThat(readAfterRemoval(cluster(PROVISIONER))).isEqualTo('h');
    }

    @Test
    void theRestOfAProvisionerStaysAsItIs() {
        assertThat(PROVISIONER.withNfsClients()).hasToString("GANESHA with NFS clients, root 0777 of 0:0");
        assertThat(PROVISIONER).hasToString("GANESHA, root 0777 of 0:0");
    }
}
