package com.cocalc.storage.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.files.CopyReport;
import com.cocalc.storage.files.FilePath;
import com.cocalc.storage.files.PublicPath;
import com.cocalc.storage.files.Shares;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import com.cocalc.storage.testkit.cluster.RunningContainer;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code of the section "Publishing shares" in docs/files.md, and the pods that it works in. */
class PublishingGuideTest {

    private static final ProjectId PROJECT = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");

    // guide
    /** What manage-share does with a row of the table of public paths. */
    record Publisher(Shares shares) {

        static Publisher start(ServiceVolumes service, FileSystem container) {
            Shares shares = Shares.of(service, container).limitedTo(100_000, 10L << 30);
            shares.recover();
            return new Publisher(shares);
        }

        String publish(ProjectId project, String path, boolean disabled) {
            PublicPath row = PublicPath.of(project, FilePath.parse(path));
            CopyReport report = shares.publish(disabled ? row.disabled() : row);
            return report.isComplete() ? "published " + row : "published " + row + " but for " + report.skipped();
        }
    }
    // end

    static Stream<StorageConfig> configs() {
        StorageConfig oneClaim = StorageConfig.builder()
                .homeOwnership(HomeOwnership.fixPermissionsInit())
                .build();
        return Stream.of(
                oneClaim,
                oneClaim.toBuilder()
                        .sharesClaim(ClaimName.parse("projects-shares"))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("configs")
    void whatAProjectPublishesHubNextReadsAndCannotChange(StorageConfig config) throws IOException {
        try (FakeCluster cluster = FakeCluster.builder()
                .storageClass("nfs", BackEnd.GANESHA)
                .claimsOf(config, "nfs")
                .build()) {
            RunningContainer project = cluster.start(
                            PodStorage.of(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), config))
                                    .applyTo(PlainPod.named("project"), "project"))
                    .container("project");
            // Once for an installation: a kubelet makes the directory of a sub-path for root.
            cluster.claim(config.sharesClaim().toString()).volume().populate("0755 2001:2001 - shares/\n");
            ServiceVolumes manageShare = ServiceVolumes.forService(StorageService.MANAGE_SHARE, config);
            RunningContainer publisher = service(cluster, manageShare);
            ServiceVolumes hubNext = ServiceVolumes.forService(StorageService.HUB_NEXT, config);
            RunningContainer visitors = service(cluster, hubNext);
            Files.createDirectory(project.path("/home/user/talks"));
            Files.writeString(project.path("/home/user/talks/slides"), "hello");
            Files.createSymbolicLink(project.path("/home/user/talks/all"), project.path("/projects"));

            Publisher publishing = Publisher.start(manageShare, publisher.fileSystem());

            assertThat(publishing.publish(PROJECT, "talks", false))
                    .startsWith("published " + PROJECT + ":talks but for [")
                    .contains("talks/all");
            Path seen = visitors.path(hubNext.share(PROJECT) + "/talks/slides");
            assertThat(seen).hasContent("hello");
            assertThatThrownBy(() -> Files.delete(seen)).hasMessageContaining("Read-only file system");
            Path source = publisher.path(manageShare.home(PROJECT) + "/talks/slides");
            assertThatThrownBy(() -> Files.delete(source)).hasMessageContaining("Read-only file system");

            assertThat(publishing.publish(PROJECT, "talks", true)).isEqualTo("published " + PROJECT + ":talks");
            assertThat(seen).doesNotExist();
        }
    }

    @Test
    void theGuideShowsThisCode() throws IOException {
        assertThat(GuidePage.of("files.md").blocks("java"))
                .containsAll(GuidePage.regionsWithImports("PublishingGuideTest"));
    }

    private static RunningContainer service(FakeCluster cluster, ServiceVolumes service) {
        String name = service.service().toString();
        return cluster.start(PodStorage.of(service).withSecurityContext().applyTo(PlainPod.named(name), name))
                .container(name);
    }
}
