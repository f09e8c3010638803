package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StorageModelTest {

    private static final ProjectId PROJECT = ProjectId.parse("3f5ea6cb-d334-4dfe-a43f-2072073c2b13");

    private final StorageModel model = StorageModel.of(StorageConfig.defaults());

    @Test
    void aFileOfAProjectIsSeenByItsPodAndTheThreeServicesThatNeedIt() {
        assertThat(model.file(PROJECT, SubPath.parse("docs/a b.md"))).hasToString("""
                projects/3f5ea6cb-d334-4dfe-a43f-2072073c2b13/docs/a b.md of projects-data
                - project 3f5ea6cb-d334-4dfe-a43f-2072073c2b13: /home/user/docs/a b.md, read-write
                - manage-share: /projects/3f5ea6cb-d334-4dfe-a43f-2072073c2b13/docs/a b.md, read-only
                - manage-copy: /projects/3f5ea6cb-d334-4dfe-a43f-2072073c2b13/docs/a b.md, read-write
                - hub-proxy: /projects/3f5ea6cb-d334-4dfe-a43f-2072073c2b13/docs/a b.md, read-write""");
    }

    @Test
    void aHomeIsTheMountPointItself() {
        assertThat(model.home(PROJECT).seenBy().get(0))
                .isEqualTo(FilePlace.Sight.of(
                        new ProjectPod(PROJECT), ContainerPath.parse("/home/user"), Access.READ_WRITE));
    }

    @Test
    void aPublishedFileIsSeenByTwoServicesAndNoProject() {
        assertThat(model.sharedFile(PROJECT, SubPath.parse("a.md"))).hasToString("""
                shares/3f5ea6cb-d334-4dfe-a43f-2072073c2b13/a.md of projects-data
                - hub-next: /shares/3f5ea6cb-d334-4dfe-a43f-2072073c2b13/a.md, read-only
                - manage-share: /shares/3f5ea6cb-d334-4dfe-a43f-2072073c2b13/a.md, read-write""");
        assertThat(model.share(PROJECT).path()).isEqualTo(SubPath.parse("shares/" + PROJECT));
    }

    @Test
    void theDrawingShowsClaimsDirectoriesAndComponentsWithReadOnlyDashed() {
        assertThat(model.toMermaid()).isEqualTo("""
                flowchart LR
                  project["a project's pod"]
                  hub-next["hub-next"]
                  manage-share["manage-share"]
                  manage-copy["manage-copy"]
                  hub-proxy["hub-proxy"]
                  subgraph claim0["claim projects-data"]
                    projects[("projects/[project_id]")]
                    shares[("shares/[project_id]")]
                  end
                  subgraph claim1["claim projects-software"]
                    software[("the whole claim")]
                  end
                  project -->|"/home/user, its own"| projects
                  project -.->|"/ext, or read-write by licence"| software
                  hub-next -.->|"/shares, of all"| shares
                  manage-share -.->|"/projects, of all"| projects
                  manage-share -->|"/shares, of all"| shares
                  manage-copy -->|"/projects, of all"| projects
                  hub-proxy -->|"/projects, of all"| projects""");
    }

    @Test
    void aSharesClaimOfItsOwnIsDrawnAsAThirdClaim() {
        StorageModel own =
                StorageModel.of(StorageConfig.builder().sharesClaim("public").build());

        assertThat(own.claims()).hasToString("[projects-data, projects-software, public]");
        assertThat(own.toMermaid()).contains("""
                subgraph claim2["claim public"]
                    shares[("shares/[project_id]")]
                """);
    }

    @Test
    void textThatADrawingCouldTakeForItsOwnIsWrittenAsACode() {
        StorageModel odd = StorageModel.of(
                StorageConfig.builder().sharesSchema("#\"<b>`;/[project_id]").build());

        assertThat(odd.toMermaid()).contains("shares[(\"#35;#34;#60;b#62;#96;#59;/[project_id]\")]");
    }

    @Test
    void modelsOfEqualInstallationsAreEqual() {
        assertThat(model)
                .isEqualTo(StorageModel.of(StorageConfig.builder().build()))
                .hasSameHashCodeAs(StorageModel.of(StorageConfig.builder().build()))
                .isNotEqualTo(
                        StorageModel.of(StorageConfig.builder().homePath("/h").build()));
        assertThat(model).asString().startsWith("StorageModel of StorageConfig[projects-data");
        assertThat(model.config()).isEqualTo(StorageConfig.defaults());
    }

    @Test
    void eachServiceHasItsView() {
        assertThat(model.services().stream().map(ServiceVolumes::service)).containsExactly(StorageService.values());
        for (StorageService service : StorageService.values()) {
            assertThat(model.service(service)).isEqualTo(ServiceVolumes.forService(service));
        }
        assertThat(model.service(StorageService.MANAGE_COPY).home(PROJECT))
                .isEqualTo(ContainerPath.parse("/projects/" + PROJECT));
    }

    @Test
    void aPlaceAndASightSayWhatTheyAreMadeOf() {
        FilePlace place = model.file(PROJECT, SubPath.parse("a.md"));

        assertThat(place.claim()).isEqualTo(ClaimName.parse("projects-data"));
        assertThat(place.path()).isEqualTo(SubPath.parse("projects/" + PROJECT + "/a.md"));
        assertThat(place.seenBy().get(0).component()).isEqualTo(new ProjectPod(PROJECT));
        assertThat(place.seenBy().get(0).path()).isEqualTo(ContainerPath.parse("/home/user/a.md"));
        assertThat(place.seenBy().get(0).access()).isEqualTo(Access.READ_WRITE);
        assertThat(place.seenBy().get(1).access()).isEqualTo(Access.READ_ONLY);
    }
}
