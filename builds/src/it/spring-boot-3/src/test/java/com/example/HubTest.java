package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.json.LicensesJson;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.Expected;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.cocalc.storage.testkit.junit.CocalcStorageExtension;
import com.cocalc.storage.testkit.junit.Licensed;
import com.cocalc.storage.testkit.junit.RunningProject;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@ExtendWith(CocalcStorageExtension.class)
class HubTest {

    private static final ProjectId PROJECT = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");

    @Autowired
    private StorageConfig config;

    @Test
    void theJunitOfThisBuildIsTheOneThatSpringBootBrings() {
        assertThat(Test.class.getPackage().getImplementationVersion()).startsWith("5.");
    }

    @Test
    void storageIsAParameterBesideBeans(@Licensed(extRw = true) RunningProject project) throws IOException {
        Files.writeString(project.software().resolve("kernel.json"), "{}");

        assertThat(project.software().resolve("kernel.json")).hasContent("{}");
        assertThat(config.dataClaim()).hasToString("files");
    }

    @Test
    void aPodIsWrittenAsKubernetesReadsIt() {
        ProjectVolumes volumes = ProjectVolumes.forProject(PROJECT, LicensesJson.parse("{}"), config);
        Pod bare = new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("project")
                .withImage("registry.example.com/project:1")
                .endContainer()
                .addNewVolume()
                .withName("scratch")
                .withNewEmptyDir()
                .withNewSizeLimit("1Gi")
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .build();

        Pod pod = PodStorage.of(volumes).applyTo(bare, "project");

        assertThat(PodAudit.audit(pod, Expected.forProject(volumes))).isEmpty();
        assertThat(KubernetesText.yaml(pod))
                .contains("sizeLimit: \"1Gi\"\n", "subPath: projects/" + PROJECT + "\n", "claimName: files\n");
    }
}
