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
public final class Homes {

    public static final ProjectId PROJECT = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    public static final ProjectId OTHER = ProjectId.parse("c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90");
    public static final String HOME = "projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11";
    public static final ProjectLicenses GRANT =
            ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build()));
    public static final StorageConfig REPAIRED = StorageConfig.builder()
            .homeOwnership(HomeOwnership.fixPermissionsInit())
            .build();
    public static final ProjectVolumes VOLUMES = ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), REPAIRED);

    private Homes() {}

    public static Pod pod(ProjectVolumes volumes) {
        return PodStorage.of(volumes).applyTo(bare(), "project");
    }

    public static Pod bare() {
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

    /** As users have them: with a volume that is not ours. */
    public static Pod withVolumeOfItsOwn(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .addNewVolume()
                .withName("own")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("own")
                .withMountPath("/own")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }
}
