package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands find with {@code --cluster}. */
class ClusterOptionsTest {

    private static final ProjectId PROJECT = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    private static final String CLUSTER = """
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: projects-data, namespace: cocalc}, spec: {volumeName: pvc-1}}
            - {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: backup, namespace: cocalc}, spec: {volumeName: all}}
            - {apiVersion: v1, kind: PersistentVolume, metadata: {name: pvc-1}, spec: {nfs: {server: 10.0.0.7, path: /export/pvc-1}}}
            - {apiVersion: v1, kind: PersistentVolume, metadata: {name: all}, spec: {nfs: {server: 10.0.0.7, path: /export}}}
            - {apiVersion: apps/v1, kind: Deployment, metadata: {name: other}}
            - {apiVersion: v1, kind: PersistentVolume}
            - {apiVersion: v1, kind: PersistentVolumeClaim}
            """;

    @TempDir
    private Path directory = Path.of("");

    private String cluster = "";

    @BeforeEach
    void writeTheCluster() throws IOException {
        cluster = Files.writeString(directory.resolve("cluster.yaml"), CLUSTER).toString();
    }

    private static Pod pod() {
        return PodStorage.of(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none()))
                .applyTo(
                        new PodBuilder()
                                .withNewMetadata()
                                .withName("project-1")
                                .withNamespace("cocalc")
                                .addToLabels("project_id", PROJECT.toString())
                                .endMetadata()
                                .withNewSpec()
                                .addNewContainer()
                                .withName("project")
                                .withImage("project:1")
                                .endContainer()
                                .endSpec()
                                .build(),
                        "project");
    }

    private static String withBackup(Pod pod) {
        pod.getSpec()
                .getVolumes()
                .add(new VolumeBuilder()
                        .withName("b")
                        .withNewPersistentVolumeClaim("backup", true)
                        .build());
        pod.getSpec()
                .getContainers()
                .get(0)
                .getVolumeMounts()
                .add(new VolumeMountBuilder()
                        .withName("b")
                        .withMountPath("/backup")
                        .withReadOnly(true)
                        .build());
        return KubernetesText.yaml(pod);
    }

    @Test
    void anAuditThatKnowsTheClusterFindsClaimsOfTheSameStorage() {
        String pod = withBackup(pod());

        Run run = Run.with(pod, "audit", "--cluster", cluster, "-n", "cocalc");

        assertThat(run).isEqualTo(new Run(1, """
                Pod cocalc/project-1, judged as project 6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11
                  (label project_id)

                ERROR claim-of-same-storage
                  where    /spec/volumes/2/persistentVolumeClaim/claimName
                  what     volume "b" is the claim "backup", which has files of claim
                           "projects-data"
                  happens  the container reaches files of the installation past the sub-paths
                           and read-only flags of its claims
                  fix      remove the volume, and mount the claim of the installation with the
                           sub-path that is meant

                1 error in 1 pod
                """, """
                note: without --values the chart's defaults hold: claims projects-data and projects-software, fixPermissionsInit off
                """));
        assertThat(Run.with(pod, "audit").out()).isEqualTo("nothing found in 1 pod\n");
    }

    @Test
    void podsOfOtherNamespacesAreJudgedWithoutTheCluster() {
        String elsewhere = withBackup(pod()).replace("namespace: cocalc", "namespace: other");
        String nowhere = withBackup(pod()).replace("namespace: cocalc", "generateName: x-");

        assertThat(Run.with(elsewhere, "audit", "--cluster", cluster, "--namespace", "cocalc"))
                .isEqualTo(new Run(
                        0,
                        "nothing found in 1 pod\n",
                        "note: 1 object of other namespaces was judged without the cluster\n"));
        assertThat(Run.with(nowhere, "audit", "--cluster", cluster, "--namespace", "cocalc")
                        .out())
                .contains("claim-of-same-storage");
    }

    @Test
    void aClusterThatTellsNothingIsToldAsSuch() throws IOException {
        String note =
                "note: --cluster has no volume behind a claim of the installation in the namespace, so that no other"
                        + " volume was compared with one\n";
        String pod = withBackup(pod()).replace("namespace: cocalc", "namespace: hub");
        String withoutVolumes = Files.writeString(
                        directory.resolve("claims.yaml"), CLUSTER.replaceAll("(?m)^.*kind: PersistentVolume,.*\\n", ""))
                .toString();

        assertThat(Run.with(pod, "audit", "--cluster", cluster, "--namespace", "hub")
                        .err())
                .isEqualTo(note);
        assertThat(Run.with(withBackup(pod()), "audit", "--cluster", withoutVolumes, "--namespace", "cocalc")
                        .err())
                .isEqualTo(note);
    }

    @Test
    void aStrangersPodWithFilesOfTheInstallationIsTold() {
        String stranger = """
                apiVersion: v1
                kind: Pod
                metadata: {name: debug, namespace: cocalc}
                spec:
                  containers: [{name: a, image: b, volumeMounts: [{name: n, mountPath: /n}]}]
                  volumes: [{name: n, nfs: {server: 10.0.0.7, path: /}}]
                """;

        assertThat(Run.with(stranger, "audit", "--cluster", cluster, "--namespace", "cocalc")
                        .out())
                .contains("WARNING owner-unknown");
        assertThat(Run.with(stranger, "audit").out()).isEqualTo("nothing found in 0 pods\n");
        assertThat(Run.with(
                                stranger.replace("[{name: n, nfs", "[null, 1, {nfs: [], name: m}, {name: n, nfs"),
                                "audit",
                                "--cluster",
                                cluster,
                                "--namespace",
                                "cocalc")
                        .out())
                .contains("WARNING owner-unknown");
    }

    @Test
    void thePatchesOfLicencesAreJudgedWithTheClusterAsWell() throws IOException {
        String pod = Files.writeString(directory.resolve("pod.yaml"), KubernetesText.yaml(pod()))
                .toString();
        String licenses = Files.writeString(
                        directory.resolve("licenses.json"),
                        "{\"x\":{\"quota\":{\"patch\":\"[{\\\"op\\\":\\\"add\\\",\\\"path\\\":\\\"/spec/volumes/-\\\","
                                + "\\\"value\\\":{\\\"name\\\":\\\"n\\\",\\\"persistentVolumeClaim\\\":{\\\"claimName\\\":"
                                + "\\\"backup\\\"}}}]\"}}}")
                .toString();

        assertThat(Run.of(
                                "patches",
                                "--project",
                                PROJECT.toString(),
                                "--licenses",
                                licenses,
                                "--cluster",
                                cluster,
                                "--namespace",
                                "cocalc",
                                pod)
                        .out())
                .contains("ERROR claim-of-same-storage");
        assertThat(Run.of("patches", "--project", PROJECT.toString(), "--licenses", licenses, pod)
                        .out())
                .doesNotContain("claim-of-same-storage");
    }

    @Test
    void oneOptionWithoutTheOtherIsRefused() {
        assertThat(Run.with("", "audit", "--cluster", cluster).err()).contains("--namespace");
        assertThat(Run.with("", "audit", "--namespace", "cocalc").err()).contains("--cluster");
        assertThat(Run.with(KubernetesText.yaml(pod()), "audit", "--cluster", "-", "--namespace", "cocalc"))
                .isEqualTo(
                        new Run(
                                2,
                                "",
                                "error: --cluster must be a file, but is standard input, where the pods are; write it to a file first\n"));
        assertThat(Run.with(KubernetesText.yaml(pod()), "audit", "--cluster", cluster, "--namespace", "Not_One")
                        .err())
                .startsWith("error: --namespace: namespace must be a DNS-1123 label");
        assertThat(Run.with(KubernetesText.yaml(pod()), "audit", "--cluster", cluster + "x", "--namespace", "cocalc")
                        .exitCode())
                .isEqualTo(2);
    }
}
