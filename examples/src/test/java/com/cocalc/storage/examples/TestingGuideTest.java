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
import com.cocalc.storage.rwx.Fault;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
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
import java.util.regex.Pattern;
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

    static Pod podOf(ProjectId project, ProjectLicenses licenses) {
        Pod bare = new PodBuilder()
                .withNewMetadata()
                .withName("project-" + project)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("project")
                .withImage("registry.example.com/project:1")
                .endContainer()
                .endSpec()
                .build();
        return PodStorage.of(ProjectVolumes.forProject(project, licenses, CONFIG))
                .applyTo(bare, "project");
    }
    // end

    // guide
    @Test
    void aNewProjectWritesToItsHomeAndOnlyReadsTheSoftware() throws IOException {
        try (FakeCluster cluster = FakeCluster.create()) {
            cluster.claim("projects-software").volume().populate("0644 0:0 \"import this\" python.txt");

            RunningContainer project =
                    cluster.start(podOf(PROJECT, ProjectLicenses.none())).container("project");

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

    // guide
    @Test
    void aLicenceCountsFromTheNextStartOn() throws IOException {
        ProjectLicenses grant =
                ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build()));
        try (FakeCluster cluster = FakeCluster.create()) {
            cluster.run(ClaimPreparation.of(StorageModel.of(CONFIG)).job("busybox:1.37"));
            cluster.start(podOf(PROJECT, ProjectLicenses.none()));

            RunningPod restarted = cluster.restart(podOf(PROJECT, grant));

            Files.createFile(restarted.container("project").path("/ext/new"));
            assertThat(cluster.claim("projects-software").volume().tree()).contains("0644 2001:2001 0 new\n");
        }
    }
    // end

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

    // guide
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
    // end

    // guide
    /** The code under test: copies a file of one project into another, as docs/files.md shows it in full. */
    record Copier(ProjectFiles files) {

        void copy(ProjectId from, String name, ProjectId to) {
            files.copy(CopyRequest.from(from, FilePath.parse(name)).to(to).overwritingNewer());
        }
    }
    // end

    // guide
    static final ProjectId OTHER = ProjectId.parse("c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90");

    /** The pod of manage-copy sees the homes of all projects below /projects, as 2001:2001. */
    static Copier manageCopy(FakeCluster cluster) {
        ServiceVolumes service = ServiceVolumes.forService(StorageService.MANAGE_COPY, CONFIG);
        Pod bare = new PodBuilder()
                .withNewMetadata()
                .withName("manage-copy")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("manage-copy")
                .withImage("registry.example.com/manage:1")
                .endContainer()
                .endSpec()
                .build();
        Pod pod = PodStorage.of(service).withSecurityContext().applyTo(bare, "manage-copy");
        FileSystem container = cluster.start(pod).container("manage-copy").fileSystem();
        return new Copier(ProjectFiles.of(service, container).withThreads(1));
    }

    @Test
    void whatIsCopiedBelongsToTheOtherProject() throws IOException {
        try (FakeCluster cluster = FakeCluster.create()) {
            RunningPod from = cluster.start(podOf(PROJECT, ProjectLicenses.none()));
            RunningPod to = cluster.start(podOf(OTHER, ProjectLicenses.none()));
            // Once for an installation: a kubelet makes the directory of a sub-path for root.
            cluster.claim("projects-data").volume().populate("0755 2001:2001 - projects/\n");
            Files.writeString(from.container("project").path("/home/user/notes"), "hello");

            manageCopy(cluster).copy(PROJECT, "notes", OTHER);

            Path copy = to.container("project").path("/home/user/notes");
            assertThat(Files.readString(copy)).isEqualTo("hello");
            Files.writeString(copy, "mine now");
        }
    }
    // end

    // guide
    @Test
    void aFullVolumeLeavesTheOtherProjectAsItWas() throws IOException {
        try (FakeCluster cluster = FakeCluster.create()) {
            RwxVolume data = cluster.claim("projects-data").volume();
            data.populate("""
                    0755 2001:2001 - projects/
                    0755 2001:2001 - projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11/
                    0644 2001:2001 "new" projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11/notes
                    0755 2001:2001 - projects/c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90/
                    0644 2001:2001 "as it was" projects/c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90/notes
                    """);
            Copier copier = manageCopy(cluster);
            data.inject(Fault.every(Operation.WRITE, Errno.ENOSPC));

            assertThatThrownBy(() -> copier.copy(PROJECT, "notes", OTHER))
                    .hasMessageContaining("No space left on device");

            assertThat(data.tree()).contains("9 projects/c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90/notes\n");
        }
    }
    // end

    // guide
    @Test
    void whoeverReadsMeanwhileSeesTheOldFileOrTheNewOne() throws IOException {
        try (FakeCluster cluster = FakeCluster.create()) {
            RwxVolume data = cluster.claim("projects-data").volume();
            data.populate("""
                    0755 2001:2001 - projects/
                    0755 2001:2001 - projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11/
                    0644 2001:2001 "new" projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11/notes
                    0755 2001:2001 - projects/c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90/
                    0644 2001:2001 "old" projects/c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90/notes
                    """);
            Copier copier = manageCopy(cluster);
            try (FileSystem reader = data.mount(Mount.as(2001, 2001).subPath("projects/" + OTHER))) {
                data.beforeEachOperation(operation ->
                        assertThat(reader.getPath("/notes")).content().isIn("old", "new"));

                copier.copy(PROJECT, "notes", OTHER);

                assertThat(reader.getPath("/notes")).content().isEqualTo("new");
            }
        }
    }
    // end

    // guide
    @Test
    void aVolumeIsEnoughWhereNoPodIsInvolved() throws IOException {
        RwxVolume volume = RwxVolume.create();
        volume.populate("0700 2001:2001 - projects/p1/");

        try (FileSystem owner = volume.mount(Mount.as(2001, 2001).subPath("projects/p1"));
                FileSystem stranger = volume.mount(Mount.as(1000, 1000))) {
            Files.writeString(owner.getPath("/secret"), "42");

            assertThatThrownBy(() -> Files.readString(stranger.getPath("/projects/p1/secret")))
                    .hasToString("java.nio.file.AccessDeniedException: /projects/p1/secret");
        }
    }
    // end

    @Test
    void theGuideShowsTheCodeThatRunsHere() throws IOException {
        List<String> source = new ArrayList<>();
        for (String name : List.of("TestingGuideTest", "StorageExtensionGuideTest", "GeneratorsGuideTest")) {
            String file = Files.readString(Path.of("src/test/java/com/cocalc/storage/examples/" + name + ".java"));
            source.addAll(regions("(?m)^ *// guide\n(.*?)^ *// end$", file));
        }
        String guide = Files.readString(Path.of("../docs/testing.md"));

        assertThat(regions("```java\n(.*?)```", guide)).isNotEmpty().isEqualTo(source);
    }

    private static List<String> regions(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(region -> region.group(1).stripTrailing().stripIndent())
                .toList();
    }
}
