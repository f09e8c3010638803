package com.cocalc.storage.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.cocalc.storage.Access;
import com.cocalc.storage.ClaimName;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import com.cocalc.storage.testkit.cluster.RunningContainer;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Runs the code of docs/services.md, and compares its tables with what the services mount. */
class ServicesGuideTest {

    private static final ProjectId PROJECT = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    private static final StorageConfig CONFIG = StorageConfig.defaults();

    private final GuidePage guide = GuidePage.of("services.md");

    @Test
    void theGuideShowsTheCodeThatRunsHere() throws IOException {
        List<String> code = new ArrayList<>(GuidePage.regions("ServicePods"));
        List<String> shown = new ArrayList<>(guide.blocks("java"));
        String imports = shown.remove(0);

        assertThat(shown).isEqualTo(code);
        assertThat(imports).isEqualTo(GuidePage.imports("ServicePods"));
    }

    @Test
    void theTableSaysWhatEachServiceMountsAndReads() throws IOException {
        List<List<String>> services = Arrays.stream(StorageService.values())
                .map(service -> List.of(
                        "`" + service + "`",
                        words(service.projects()),
                        words(service.shares()),
                        ServiceVolumes.forService(service, CONFIG).environment().entrySet().stream()
                                .map(variable -> "`" + variable.getKey() + "=" + variable.getValue() + "`")
                                .collect(Collectors.joining(", "))))
                .toList();

        assertThat(guide.rows()).containsAll(services);
    }

    @Test
    void aDeploymentOfManageCopyGetsItsMountItsVariableAndItsUser() throws IOException {
        Deployment deployment = ServicePods.withStorage(deployment(), CONFIG);

        Container container =
                deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
        assertThat(container.getVolumeMounts())
                .extracting("name", "mountPath", "subPath", "readOnly")
                .containsExactly(tuple("data", "/projects", "projects", null));
        assertThat(container.getEnv())
                .extracting("name", "value")
                .containsExactly(tuple("PROJECTS", "/projects/[project_id]"));
        assertThat(deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getSecurityContext()
                        .getRunAsUser())
                .isEqualTo(2001);
    }

    @Test
    void theAuditIsSilentAboutTheResultAndReportsADeploymentWithoutStorage() {
        ServiceVolumes copy = ServiceVolumes.forService(StorageService.MANAGE_COPY, CONFIG);

        assertThat(ServicePods.audit(copy, ServicePods.withStorage(deployment(), CONFIG)))
                .isEmpty();
        assertThat(ServicePods.audit(copy, deployment()))
                .extracting(finding -> finding.rule().code())
                .contains("not-mounted");
    }

    @Test
    void sharesOnAClaimOfTheirOwnGiveManageShareASecondVolume() {
        StorageConfig twoClaims = CONFIG.toBuilder()
                .sharesClaim(ClaimName.parse("projects-shares"))
                .build();

        assertThat(volumes(CONFIG)).isEqualTo(Map.of("data", "projects-data"));
        assertThat(volumes(twoClaims)).isEqualTo(Map.of("data", "projects-data", "shares", "projects-shares"));
    }

    @Test
    void aServiceAndItsVariableNameTheSameDirectory() throws IOException {
        try (FakeCluster cluster = FakeCluster.create()) {
            ServiceVolumes copy = ServiceVolumes.forService(StorageService.MANAGE_COPY, CONFIG);
            cluster.claim("projects-data").volume().populate("0755 2001:2001 - projects/" + PROJECT + "/\n");
            RunningContainer container = start(cluster, copy);

            Path home = ServicePods.home(copy, PROJECT, container.fileSystem());
            Files.writeString(home.resolve("notes"), "hello");

            String variable =
                    Optional.ofNullable(container.environment().get("PROJECTS")).orElseThrow();
            assertThat(home.toString()).isEqualTo(variable.replace("[project_id]", PROJECT.toString()));
            assertThat(cluster.claim("projects-data").volume().tree())
                    .contains("0644 2001:2001 5 projects/" + PROJECT + "/notes");
        }
    }

    @Test
    void withoutThePreparationNeitherManageCopyNorManageShareCanWrite() {
        try (FakeCluster cluster = FakeCluster.create()) {
            RunningContainer copy = start(cluster, ServiceVolumes.forService(StorageService.MANAGE_COPY, CONFIG));
            RunningContainer share = start(cluster, ServiceVolumes.forService(StorageService.MANAGE_SHARE, CONFIG));

            assertThatThrownBy(() -> Files.createDirectory(copy.path("/projects/new")))
                    .hasToString("java.nio.file.AccessDeniedException: /projects/new");
            assertThatThrownBy(() -> Files.createDirectory(share.path("/shares/new")))
                    .hasToString("java.nio.file.AccessDeniedException: /shares/new");
        }
    }

    @Test
    void aServiceThatDoesNotSeeTheProjectsHasNoHome() {
        ServiceVolumes hubNext = ServiceVolumes.forService(StorageService.HUB_NEXT, CONFIG);

        assertThat(hubNext.findHome(PROJECT)).isEmpty();
        assertThatThrownBy(() -> hubNext.home(PROJECT)).isInstanceOf(UnsupportedOperationException.class);
    }

    private static RunningContainer start(FakeCluster cluster, ServiceVolumes service) {
        String name = service.service().toString();
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withSpec(deployment(name).getSpec().getTemplate().getSpec())
                .build();
        return cluster.start(PodStorage.of(service).withSecurityContext().applyTo(pod, name))
                .container(name);
    }

    private static Map<String, String> volumes(StorageConfig config) {
        return PodStorage.of(ServiceVolumes.forService(StorageService.MANAGE_SHARE, config)).volumes().stream()
                .collect(Collectors.toMap(
                        volume -> volume.getName(),
                        volume -> volume.getPersistentVolumeClaim().getClaimName()));
    }

    private static String words(Optional<Access> access) {
        return access.map(given -> given.isReadOnly() ? "read-only" : "read-write")
                .orElse("–");
    }

    private static Deployment deployment() {
        return deployment("manage-copy");
    }

    private static Deployment deployment(String name) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("run", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("run", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName(name)
                .withImage("registry.example.com/" + name + ":1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
