package com.cocalc.storage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.files.CopyRequest;
import com.cocalc.storage.files.FilePath;
import com.cocalc.storage.files.FilesException;
import com.cocalc.storage.files.ProjectFiles;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import com.cocalc.storage.testkit.cluster.RunningContainer;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The code of the section "Copying between projects" in docs/files.md, and the pods that it works in. */
class CopyingGuideTest {

    private static final ProjectId A = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    private static final ProjectId B = ProjectId.parse("0a4d1f2c-7b1e-4f0d-8c55-3f6c1c9a2e22");

    // guide
    /** What manage-copy does with a request of the hub. */
    record Copying(ProjectFiles files) {

        static Copying start(ServiceVolumes service, FileSystem container) {
            ProjectFiles files = ProjectFiles.of(service, container);
            files.recover(Duration.ofHours(1));
            return new Copying(files);
        }

        String copy(ProjectId from, ProjectId to, String path, List<String> exclude, Duration timeout) {
            CopyRequest request = CopyRequest.from(from, FilePath.parse(path))
                    .to(to)
                    .excluding(exclude)
                    .within(timeout);
            try {
                return "copied: " + files.copy(request);
            } catch (FilesException e) {
                return e.problem() + ": " + e.getMessage();
            }
        }
    }
    // end

    @Test
    void whatOneProjectHasAnotherGetsButForWhatALinkLeadsTo() throws IOException {
        StorageConfig config = StorageConfig.builder()
                .homeOwnership(HomeOwnership.fixPermissionsInit())
                .build();
        try (FakeCluster cluster = FakeCluster.builder()
                .storageClass("nfs", BackEnd.GANESHA)
                .claimsOf(config, "nfs")
                .build()) {
            RunningContainer giver = project(cluster, A, config);
            RunningContainer taker = project(cluster, B, config);
            // Once for an installation: a kubelet makes the directory of a sub-path for root.
            cluster.claim(config.dataClaim().toString()).volume().populate("0755 2001:2001 - projects/\n");
            ServiceVolumes service = ServiceVolumes.forService(StorageService.MANAGE_COPY, config);
            RunningContainer copier = cluster.start(PodStorage.of(service)
                            .withSecurityContext()
                            .applyTo(PlainPod.named("manage-copy"), "manage-copy"))
                    .container("manage-copy");
            Files.createDirectory(giver.path("/home/user/notes"));
            Files.writeString(giver.path("/home/user/notes/one"), "hello");
            Files.writeString(giver.path("/home/user/notes/one.pyc"), "compiled");
            Files.createSymbolicLink(giver.path("/home/user/all"), giver.path("/projects/" + B));

            Copying copying = Copying.start(service, copier.fileSystem());

            assertThat(copying.copy(A, B, "notes", List.of("*.pyc"), Duration.ofMinutes(5)))
                    .isEqualTo("copied: 1 files (5 bytes), 1 directories, 0 links copied, 0 unchanged, 0 deleted, "
                            + "skipped: {}");
            assertThat(taker.path("/home/user/notes/one")).hasContent("hello");
            assertThat(taker.path("/home/user/notes/one.pyc")).doesNotExist();
            assertThat(copying.copy(A, B, "all/notes", List.of(), Duration.ofMinutes(5)))
                    .startsWith("NOT_A_DIRECTORY: \"all\" of project " + A + " must be a directory");
        }
    }

    @Test
    void theGuideShowsThisCode() throws IOException {
        assertThat(GuidePage.of("files.md").blocks("java"))
                .containsAll(GuidePage.regionsWithImports("CopyingGuideTest"));
    }

    private static RunningContainer project(FakeCluster cluster, ProjectId project, StorageConfig config) {
        String name = "project-" + project;
        return cluster.start(PodStorage.of(ProjectVolumes.forProject(project, ProjectLicenses.none(), config))
                        .applyTo(PlainPod.named(name), name))
                .container(name);
    }
}
