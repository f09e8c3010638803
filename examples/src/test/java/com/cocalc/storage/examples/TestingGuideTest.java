package com.cocalc.storage.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.files.CopyRequest;
import com.cocalc.storage.files.FilePath;
import com.cocalc.storage.files.ProjectFiles;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.ClaimPreparation;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.apiserver.PodSecurity;
import com.cocalc.storage.kubernetes.apiserver.PodSecurityLevel;
import com.cocalc.storage.kubernetes.preflight.Diagnosis;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import com.cocalc.storage.testkit.cluster.PodOutcome;
import com.cocalc.storage.testkit.cluster.RunningContainer;
import com.cocalc.storage.testkit.cluster.RunningPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The code of docs/testing.md, in its order: what stands between the markers is shown there, and runs here, in
 * {@link StorageExtensionGuideTest} and in {@link GeneratorsGuideTest}.
 */
class TestingGuideTest {

    // guide
    static final StorageConfig CONFIG = StorageConfig.builder()
            .homeOwnership(HomeOwnership.fixPermissionsInit())
            .build();
    static final ProjectId PROJECT = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");

    /** A pod without storage, as your code makes it. */
    static Pod bare(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("registry.example.com/main:1")
                .endContainer()
                .endSpec()
                .build();
    }

    static Pod podOf(ProjectId project, ProjectLicenses licenses) {
        return PodStorage.of(ProjectVolumes.forProject(project, licenses, CONFIG))
                .applyTo(bare("project-" + project), "main");
    }

    @Test
    void aNewProjectWritesToItsHomeAndOnlyReadsTheSoftware() throws IOException {
        try (FakeCluster cluster = FakeCluster.create()) {
            cluster.claim("projects-software").volume().populate("0644 0:0 \"import this\" python.txt");

            RunningContainer project =
                    cluster.start(podOf(PROJECT, ProjectLicenses.none())).container("main");

            Files.writeString(project.path("/home/user/.bashrc"), "alias ll='ls -l'\n");
            assertThat(Files.readString(project.path("/ext/python.txt"))).isEqualTo("import this");
            assertThatThrownBy(() -> Files.createFile(project.path("/ext/new")))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessage("/ext/new: Read-only file system");
            assertThat(project.environment()).containsEntry("EXT", "/ext");
            assertThat(project.identity()).hasToString("2001:2001");
            assertThat(cluster.claim("projects-data").volume().tree())
                    .contains("0644 2001:2001 17 projects/" + PROJECT + "/.bashrc\n");
        }
    }
    // end

    @Test
    void aLicenceCountsFromTheNextStartOn() throws IOException {
        ProjectLicenses grant =
                ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build()));
        try (FakeCluster cluster = FakeCluster.create()) {
            cluster.run(ClaimPreparation.of(StorageModel.of(CONFIG)).job("busybox:1.37"));
            cluster.start(podOf(PROJECT, ProjectLicenses.none()));

            RunningPod restarted = cluster.restart(podOf(PROJECT, grant));

            Files.createFile(restarted.container("main").path("/ext/new"));
            assertThat(cluster.claim("projects-software").volume().tree()).contains("0644 2001:2001 0 new\n");
        }
    }

    // guide
    @Test
    void whereTheServerSquashesRootTheKubeletCannotMakeAHome() {
        try (FakeCluster cluster = FakeCluster.builder()
                .storageClass("nfs", BackEnd.GANESHA_ROOT_SQUASH)
                .claimsOf(CONFIG, "nfs")
                .build()) {
            PodOutcome outcome = cluster.submit(podOf(PROJECT, ProjectLicenses.none()));

            assertThat(outcome).isInstanceOfSatisfying(PodOutcome.NotStarted.class, stuck -> {
                assertThat(stuck.reason()).isEqualTo("CreateContainerConfigError");
                assertThat(Diagnosis.of(stuck.pod(), stuck.events()).toString())
                        .startsWith("the kubelet cannot make or enter the sub-path of volume \"home\"");
            });
        }
    }
    // end

    @Test
    void aRestrictedNamespaceRefusesTheRootInitContainer() {
        try (FakeCluster cluster = FakeCluster.builder()
                .namespace("projects", PodSecurity.of(PodSecurityLevel.RESTRICTED))
                .build()) {
            Pod pod = podOf(PROJECT, ProjectLicenses.none());
            pod.getMetadata().setNamespace("projects");

            PodOutcome outcome = cluster.submit(pod);

            assertThat(outcome).isInstanceOfSatisfying(PodOutcome.Refused.class, refused -> {
                assertThat(refused.refusal().code()).isEqualTo(403);
                assertThat(refused.refusal().reason())
                        .contains("violates PodSecurity \"restricted:latest\"")
                        .contains("spec.initContainers[0].securityContext.runAsUser must not be 0");
            });
        }
    }

    // guide
    static final ProjectId OTHER = ProjectId.parse("c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90");

    @Test
    void whatIsCopiedBelongsToTheOtherProject() throws IOException {
        try (FakeCluster cluster = FakeCluster.create()) {
            RunningPod from = cluster.start(podOf(PROJECT, ProjectLicenses.none()));
            RunningPod to = cluster.start(podOf(OTHER, ProjectLicenses.none()));
            // Once for an installation: a kubelet makes the directory of a sub-path for root.
            cluster.claim("projects-data").volume().populate("0755 2001:2001 - projects/\n");
            Files.writeString(from.container("main").path("/home/user/notes"), "hello");

            ServiceVolumes service = ServiceVolumes.forService(StorageService.MANAGE_COPY, CONFIG);
            Pod pod = PodStorage.of(service).withSecurityContext().applyTo(bare("manage-copy"), "main");
            FileSystem container = cluster.start(pod).container("main").fileSystem();
            ProjectFiles.of(service, container) // the code under test
                    .copy(CopyRequest.from(PROJECT, FilePath.parse("notes")).to(OTHER));

            Path copy = to.container("main").path("/home/user/notes");
            assertThat(Files.readString(copy)).isEqualTo("hello");
            Files.writeString(copy, "mine now");
        }
    }
    // end

    @Test
    void theGuideShowsTheCodeThatRunsHere() throws IOException {
        List<String> source = new ArrayList<>();
        for (String name : List.of("TestingGuideTest", "StorageExtensionGuideTest", "GeneratorsGuideTest")) {
            source.addAll(GuidePage.regionsWithImports(name));
        }

        assertThat(GuidePage.of("testing.md").blocks("java")).isNotEmpty().isEqualTo(source);
    }

    @Test
    void theBuildForGradleIsTheOneInTheFolderOfBuilds() throws IOException {
        String build = Files.readString(Path.of("../builds/gradle/build.gradle"));

        assertThat(GuidePage.of("testing.md").blocks("groovy"))
                .singleElement()
                .satisfies(shown -> assertThat(build).contains(shown));
    }
}
