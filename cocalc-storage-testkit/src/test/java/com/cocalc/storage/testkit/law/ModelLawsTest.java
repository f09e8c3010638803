package com.cocalc.storage.testkit.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.Access;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectPod;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageComponent;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.testkit.law.ComponentView.Mounted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelLawsTest {

    private static final StorageConfig DEFAULTS = StorageConfig.defaults();
    private static final String ID = Homes.PROJECT.toString();

    private static List<String> judge(StorageComponent component, ComponentView view) {
        return ModelLaws.check(DEFAULTS, Map.of(component, view), Homes.PROJECT).stream()
                .map(violation -> violation.law().id() + " at " + violation.where() + ": found " + violation.found()
                        + ", expected " + violation.expected())
                .toList();
    }

    private static ComponentView copy(String subPath, String mountPath, String variable) {
        return new ComponentView(
                List.of(new Mounted("projects-data", subPath, mountPath, Access.READ_WRITE)),
                Map.of("PROJECTS", variable));
    }

    @Test
    void theModelsOfSeveralInstallationsObey() {
        for (StorageConfig config : List.of(
                DEFAULTS,
                StorageConfig.builder()
                        .sharesClaim("s")
                        .sharesSchema("[project_id]")
                        .build(),
                StorageConfig.builder()
                        .projectsSchema("a/b/[project_id]/home")
                        .sharesSchema("public/[project_id]/files")
                        .build(),
                StorageConfig.builder()
                        .sharesClaim("s")
                        .projectsSchema("[project_id]")
                        .build())) {
            assertThat(ModelLaws.check(StorageModel.of(config), Homes.PROJECT))
                    .as(config.toString())
                    .isEmpty();
        }
    }

    @Test
    void thePodsThatAreEmittedObeyToo() {
        Map<StorageComponent, ComponentView> views = new HashMap<>();
        ProjectVolumes project = ProjectVolumes.forProject(Homes.PROJECT, ProjectLicenses.none());
        views.put(new ProjectPod(Homes.PROJECT), ComponentView.of(Homes.pod(project), "project"));
        for (StorageService service : StorageService.values()) {
            views.put(
                    service,
                    ComponentView.of(
                            PodStorage.of(ServiceVolumes.forService(service)).applyTo(Homes.bare(), "project"),
                            "project"));
        }

        assertThat(ModelLaws.check(DEFAULTS, views, Homes.PROJECT)).isEmpty();
        assertThatThrownBy(() -> ComponentView.of(Homes.pod(project), "hub"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "containerName must be one of [project], but was \"hub\"; name the container that works with"
                                + " the files");
    }

    @Test
    void aProjectThatLivesElsewhereThanTheServicesThinkIsCaught() {
        ComponentView elsewhere = new ComponentView(
                List.of(new Mounted("projects-data", "homes/" + ID, "/home/user", Access.READ_WRITE)), Map.of());

        assertThat(judge(new ProjectPod(Homes.PROJECT), elsewhere))
                .containsExactly("components-agree at project " + ID + ", /home/user: found \"homes/" + ID
                        + "\" of projects-data, expected \"projects/" + ID + "\" of projects-data");
        assertThat(judge(new ProjectPod(Homes.PROJECT), new ComponentView(List.of(), Map.of())))
                .containsExactly("components-agree at project " + ID
                        + ", /home/user: found no claim, expected \"projects/" + ID + "\" of projects-data");
    }

    @Test
    void aVariableThatLeadsElsewhereIsCaught() {
        assertThat(judge(StorageService.MANAGE_COPY, copy("projects", "/projects", "/projects/projects/[project_id]")))
                .containsExactly("variables-agree at manage-copy, variable PROJECTS: found \"projects/projects/" + ID
                        + "\" of projects-data, expected \"projects/" + ID + "\" of projects-data");
        assertThat(judge(StorageService.MANAGE_COPY, copy("projects", "/projects", "/projects")))
                .containsExactly(
                        "variables-agree at manage-copy, variable PROJECTS: found \"/projects\", expected a path"
                                + " with [project_id]");
        assertThat(judge(StorageService.MANAGE_COPY, copy("projects", "/projects", "/data/[project_id]")))
                .containsExactly(
                        "variables-agree at manage-copy, variable PROJECTS: found no claim, expected \"projects/" + ID
                                + "\" of projects-data");
    }

    @Test
    void aServiceThatSeesMoreThanItNeedsIsCaught() {
        assertThat(judge(StorageService.HUB_PROXY, copy("", "/projects", "/projects/projects/[project_id]")))
                .containsExactly(
                        "services-see-what-they-need at hub-proxy: found [the whole of projects-data at /projects,"
                                + " read-write], expected \"projects\" of projects-data at /projects, read-write",
                        "services-see-what-they-need at hub-proxy: found the whole of projects-data at /projects,"
                                + " read-write, expected no such mount");
    }

    @Test
    void aServiceThatMayWriteWhatItOnlyReadsIsCaught() {
        ComponentView view = new ComponentView(
                List.of(new Mounted("projects-data", "shares", "/shares", Access.READ_WRITE)),
                Map.of("SHARES", "/shares/[project_id]"));

        assertThat(judge(StorageService.HUB_NEXT, view))
                .contains("services-see-what-they-need at hub-next: found \"shares\" of projects-data at /shares,"
                        + " read-write, expected no such mount");
    }
}
