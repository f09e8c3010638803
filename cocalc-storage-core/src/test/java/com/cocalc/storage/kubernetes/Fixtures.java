package com.cocalc.storage.kubernetes;

import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.UUID;

/** A project, its licences and a pod as the hub would build it without storage. */
final class Fixtures {

    static final UUID PROJECT = UUID.fromString("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    static final ProjectLicenses GRANT =
            ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build()));

    private Fixtures() {}

    static ProjectVolumes volumes(ProjectLicenses licenses, StorageConfig config) {
        return ProjectVolumes.forProject(PROJECT, licenses, config);
    }

    static PodStorage readOnly() {
        return PodStorage.of(volumes(ProjectLicenses.none(), StorageConfig.defaults()));
    }

    static PodStorage granted() {
        return PodStorage.of(volumes(GRANT, StorageConfig.defaults()));
    }

    static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("project-1")
                .addToLabels("run", "project")
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
