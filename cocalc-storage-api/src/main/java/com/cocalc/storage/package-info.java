/**
 * The model of CoCalc's storage on Kubernetes: which component mounts which part of which claim, where, and with which
 * access.
 *
 * <p>Start with {@link com.cocalc.storage.ProjectVolumes#forProject}: from a project's id, its licences and the
 * configuration of the installation it computes everything that the project's pod sees of the storage.
 *
 * <pre>{@code
 * StorageConfig config = StorageConfig.defaults();
 * ProjectId project = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
 * ProjectLicenses licenses = ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build()));
 *
 * ProjectVolumes volumes = ProjectVolumes.forProject(project, licenses, config);
 * System.out.println(volumes.softwareAccess().explain());
 * }</pre>
 *
 * <p>The module {@code cocalc-storage-core} reads the configuration and the licences from the files of an installation,
 * and adds the volumes, mounts, variables and security context to the project's pod:
 *
 * <pre>{@code
 * StorageConfig config = HelmValues.read(Path.of("my-values.yaml")).storage();
 * ProjectLicenses licenses = LicensesJson.parse(Files.readString(Path.of("site_license.json")));
 * ProjectVolumes volumes = ProjectVolumes.forProject(
 *         ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"), licenses, config);
 *
 * Pod pod = new PodBuilder()
 *         .withNewMetadata().withName("project").endMetadata()
 *         .withNewSpec()
 *         .addNewContainer().withName("project").withImage("registry.example.com/project:1").endContainer()
 *         .endSpec()
 *         .build();
 * Pod complete = PodStorage.of(volumes).applyTo(pod, "project");
 * System.out.println(KubernetesText.yaml(complete)); // ready for kubectl apply, or for a client
 * }</pre>
 *
 * <p>The module {@code cocalc-storage-testkit} starts the same pod in a test, on a fake cluster with a shared file
 * system that enforces permissions:
 *
 * <pre>{@code
 * ProjectVolumes volumes = ProjectVolumes.forProject(
 *         ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"),
 *         ProjectLicenses.none(),
 *         StorageConfig.builder().homeOwnership(HomeOwnership.fixPermissionsInit()).build());
 * Pod pod = new PodBuilder()
 *         .withNewMetadata().withName("project").endMetadata()
 *         .withNewSpec()
 *         .addNewContainer().withName("project").withImage("registry.example.com/project:1").endContainer()
 *         .endSpec()
 *         .build();
 *
 * try (FakeCluster cluster = FakeCluster.create()) {
 *     RunningPod running = cluster.start(PodStorage.of(volumes).applyTo(pod, "project"));
 *     Path notes = running.container("project").path("/home/user/notes.txt");
 *     Files.writeString(notes, "works"); // and a write below /ext fails: Read-only file system
 * }
 * }</pre>
 *
 * <p>Services have {@link com.cocalc.storage.ServiceVolumes}, and {@link com.cocalc.storage.StorageModel} answers where
 * a file is and which components see it. Input that the library refuses is a
 * {@link com.cocalc.storage.StorageException}.
 */
@NullMarked
package com.cocalc.storage;

import org.jspecify.annotations.NullMarked;
