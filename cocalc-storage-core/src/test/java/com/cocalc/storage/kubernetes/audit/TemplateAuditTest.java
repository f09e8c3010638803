package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;

/** Controllers name the pods that they make, and ignore the name in their templates. */
class TemplateAuditTest {

    private static final ProjectVolumes VOLUMES =
            ProjectVolumes.forProject(ProjectId.parse(Audited.ID), ProjectLicenses.none());

    @Test
    void anEphemeralVolumeMakesNoClaimOfTheTemplatesName() {
        PodTemplateSpec template = new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withName("projects")
                .endMetadata()
                .withNewSpec()
                .addNewVolume()
                .withName("data")
                .withNewEphemeral()
                .withNewVolumeClaimTemplate()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .addToRequests("storage", Quantity.parse("1Gi"))
                .endResources()
                .endSpec()
                .endVolumeClaimTemplate()
                .endEphemeral()
                .endVolume()
                .addNewContainer()
                .withName("project")
                .withImage("x")
                .endContainer()
                .endSpec()
                .build();

        assertThat(PodAudit.audit(
                        PodStorage.of(VOLUMES).applyTo(template, "project"),
                        Expected.forProject(VOLUMES).inContainer("project")))
                .isEmpty();
    }

    @Test
    void theNameOfATemplateIsNotTheValueOfAVariable() {
        PodTemplateSpec template = PodStorage.of(VOLUMES)
                .applyTo(
                        new PodTemplateSpecBuilder()
                                .withNewMetadata()
                                .withName(Audited.ID)
                                .endMetadata()
                                .withNewSpec()
                                .addNewContainer()
                                .withName("project")
                                .addNewEnv()
                                .withName("POD")
                                .withNewValueFrom()
                                .withNewFieldRef("v1", "metadata.name")
                                .endValueFrom()
                                .endEnv()
                                .endContainer()
                                .endSpec()
                                .build(),
                        "project");
        template.getSpec().getContainers().get(0).getVolumeMounts().forEach(mount -> {
            if (mount.getSubPath() != null) {
                mount.setSubPath(null);
                mount.setSubPathExpr("projects/$(POD)");
            }
        });

        assertThat(PodAudit.audit(template, Expected.forProject(VOLUMES)))
                .extracting(finding -> finding.rule().code())
                .contains("sub-path-expr-unknown");
    }
}
