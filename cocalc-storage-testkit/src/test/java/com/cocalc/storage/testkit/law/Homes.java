package com.cocalc.storage.testkit.law;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;

/** A project and its pod, as the library builds it. */
final class Homes {

    static final ProjectId PROJECT = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    static final ProjectId OTHER = ProjectId.parse("c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90");
    static final String HOME = "projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11";
    static final ProjectLicenses GRANT =
            ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build()));
    static final StorageConfig REPAIRED = StorageConfig.builder()
            .homeOwnership(HomeOwnership.fixPermissionsInit())
            .build();
    static final ProjectVolumes VOLUMES = ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), REPAIRED);

    private Homes() {}

    static Pod pod(ProjectVolumes volumes) {
        return PodStorage.of(volumes).applyTo(bare(), "project");
    }

    static Pod bare() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("project")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("project")
                .withImage("registry.example/project:1")
                .endContainer()
                .endSpec()
                .build();
    }
}
