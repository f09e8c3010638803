package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class ProjectStartsTest {

    private static final ProjectId PROJECT = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    private static final StorageConfig CONFIG = StorageConfig.defaults();

    KubernetesMockServer server;
    KubernetesClient client;
    private final List<String> log = new ArrayList<>();

    // guide
    @Test
    void aSecondStartFindsThePodAndNothingPending() {
        ProjectStarts starts = new ProjectStarts(client, "cocalc", log::add);
        ProjectVolumes volumes = ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), CONFIG);

        assertTrue(starts.start(finished(volumes)));
        assertTrue(starts.start(finished(volumes)));

        Pod running = client.pods()
                .inNamespace("cocalc")
                .withName("project-" + PROJECT)
                .get();
        assertEquals(
                List.of("/home/user", "/ext"),
                running.getSpec().getContainers().get(0).getVolumeMounts().stream()
                        .map(mount -> mount.getMountPath())
                        .toList());
        assertEquals(List.of(), starts.pending("project-" + PROJECT, volumes));
        assertEquals(List.of(), log);
    }
    // end

    @Test
    void aLicenceIsPendingUntilTheNextStart() {
        ProjectStarts starts = new ProjectStarts(client, "cocalc", log::add);
        starts.start(finished(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), CONFIG)));
        ProjectLicenses grant =
                ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build()));

        assertFalse(starts.pending("project-" + PROJECT, ProjectVolumes.forProject(PROJECT, grant, CONFIG))
                .isEmpty());
        assertEquals(List.of(), starts.pending("project-of-nobody", ProjectVolumes.forProject(PROJECT, grant, CONFIG)));
    }

    @Test
    void whatTheServerRefusesIsInTheLog() {
        server.expect()
                .post()
                .withPath("/api/v1/namespaces/refusing/pods")
                .andReturn(
                        403,
                        new StatusBuilder()
                                .withCode(403)
                                .withMessage("violates PodSecurity")
                                .build())
                .once();

        boolean started = new ProjectStarts(client, "refusing", log::add)
                .start(finished(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), CONFIG)));

        assertFalse(started);
        assertEquals(1, log.size());
        assertTrue(log.get(0).contains("violates PodSecurity"), log.get(0));
    }

    @Test
    void aMissingClaimIsFoundBeforeTheFirstProject() {
        ProjectStarts starts = new ProjectStarts(client, "cocalc", log::add);

        assertEquals(
                List.of("claim-missing", "claim-missing"),
                starts.preflight(CONFIG).stream()
                        .map(finding -> finding.finding().rule().code())
                        .filter(code -> code.equals("claim-missing"))
                        .toList());
    }

    private static Pod finished(ProjectVolumes volumes) {
        Pod bare = new PodBuilder()
                .withNewMetadata()
                .withName("project-" + volumes.project())
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("project")
                .withImage("registry.example.com/project:1")
                .endContainer()
                .endSpec()
                .build();
        return PodStorage.of(volumes).applyTo(bare, "project");
    }
}
