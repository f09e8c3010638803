package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.List;

/** Pods of projects, as a hub makes them. */
final class Pods {

    static final ProjectId PROJECT = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    static final String HOME = "projects/" + PROJECT;
    static final ProjectLicenses GRANT =
            ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build()));
    static final StorageConfig AS_IS = StorageConfig.defaults();
    static final StorageConfig REPAIRED = StorageConfig.builder()
            .homeOwnership(HomeOwnership.fixPermissionsInit())
            .build();

    private Pods() {}

    static Pod project(StorageConfig config, ProjectLicenses licenses) {
        return project(PROJECT, config, licenses);
    }

    static Pod project(ProjectId project, StorageConfig config, ProjectLicenses licenses) {
        return PodStorage.of(ProjectVolumes.forProject(project, licenses, config))
                .applyTo(bare("project-" + project), "project");
    }

    static Pod bare(String name) {
        Container container = new Container();
        container.setName("project");
        container.setImage("registry.example/project:1");
        Pod pod = new Pod();
        pod.setMetadata(new ObjectMeta());
        pod.getMetadata().setName(name);
        pod.setSpec(new PodSpec());
        pod.getSpec().setContainers(new ArrayList<>(List.of(container)));
        return pod;
    }

    /** A pod of the project's user with the claim {@code data} at {@code /data}. */
    static PodBuilder onData() {
        return new PodBuilder(bare("p"))
                .editSpec()
                .withNewSecurityContext()
                .withRunAsUser(2001L)
                .withRunAsGroup(2001L)
                .endSecurityContext()
                .addNewVolume()
                .withName("data")
                .withNewPersistentVolumeClaim()
                .withClaimName("data")
                .endPersistentVolumeClaim()
                .endVolume()
                .editContainer(0)
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/data")
                .endVolumeMount()
                .endContainer()
                .endSpec();
    }

    /** A cluster with the claim {@code data}, which has these files. */
    static FakeCluster clusterWithData(BackEnd backEnd, String tree) {
        FakeCluster cluster = FakeCluster.builder()
                .storageClass("shared", backEnd)
                .claim("data", "shared")
                .build();
        cluster.claim("data").volume().populate(tree);
        return cluster;
    }
}
