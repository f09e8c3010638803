package com.cocalc.storage.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.StorageConfig;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the code of docs/hub.md, and compares its messages with those that are shown there. */
class HubGuideTest {

    private static final ProjectId PROJECT = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    private static final String GRANT = "{\"3f5ea6cb-d334-4dfe-a43f-2072073c2b13\":{\"quota\":{\"ext_rw\":true}}}";

    private final GuidePage guide = GuidePage.of("hub.md");
    private final List<String> log = new ArrayList<>();
    private final ProjectPods pods = new ProjectPods(StorageConfig.defaults(), log::add);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void theGuideShowsTheCodeThatRunsHere() throws IOException {
        List<String> code = new ArrayList<>();
        code.add(GuidePage.imports("FirstPod") + "\n\n"
                + GuidePage.regions("FirstPod").get(0));
        code.addAll(GuidePage.regions("ProjectPods"));
        Path build = Path.of("../builds/src/it/core-with-client/src");
        code.addAll(GuidePage.regionsWithImports(build.resolve("main/java/com/example/ProjectStarts.java")));
        code.addAll(GuidePage.regionsWithImports(build.resolve("test/java/com/example/ProjectStartsTest.java")));

        assertThat(guide.blocks("java")).isEqualTo(code);
    }

    @Test
    void theFirstCodeGivesAPodTheFilesOfItsProject() throws IOException {
        Path values = Files.writeString(directory.resolve("my-values.yaml"), "global: {}\n");

        Pod pod = FirstPod.withStorage(bare(), values, GRANT);

        assertThat(mounts(pod)).containsExactly("/home/user projects/" + PROJECT + " null", "/ext null false");
    }

    @Test
    void aLicenceThatGrantsWritingIsSeenInThePodAndInTheLog() {
        Pod pod = pods.finish(PROJECT, GRANT, bare()).orElseThrow();

        assertThat(mounts(pod)).contains("/ext null false");
        assertThat(log)
                .singleElement()
                .asString()
                .startsWith(PROJECT + ": The shared software is read-write: granted by");
    }

    @Test
    void aBrokenColumnStartsTheProjectWithReadOnlySoftware() throws IOException {
        Pod pod = pods.finish(PROJECT, GRANT.substring(0, GRANT.length() - 1), bare())
                .orElseThrow();

        assertThat(mounts(pod)).contains("/ext null true");
        assertThat(log.get(0)).isEqualTo(guide.blocks("text").get(0));
    }

    @Test
    void anEntryThatIsNoLicenceKeepsNoProjectFromStarting() {
        Optional<Pod> pod = pods.finish(PROJECT, "{\"x\":[1],\"y\":{\"quota\":\"much\"},\"z\":null}", bare());

        assertThat(mounts(pod.orElseThrow())).contains("/ext null true");
        assertThat(log).singleElement().asString().contains("\"x\"", "\"y\"");
    }

    @Test
    void allProblemsOfTheValuesAreReportedAndTheConfigurationStays() throws IOException {
        StorageConfig current = StorageConfig.builder()
                .homeOwnership(HomeOwnership.fixPermissionsInit())
                .build();
        Path values = Files.writeString(
                directory.resolve("my-values.yaml"), guide.blocks("yaml").get(0));

        StorageConfig next = ProjectPods.reload(values, current, log::add);

        assertThat(next).isSameAs(current);
        assertThat(String.join("\n", log).replace(directory + "/", ""))
                .isEqualTo(guide.blocks("text").get(1));
    }

    @Test
    void wholeValuesTakeThePlaceOfTheConfiguration() throws IOException {
        Path values =
                Files.writeString(directory.resolve("my-values.yaml"), "global: {storage: {data: {claimName: d}}}\n");

        StorageConfig next = ProjectPods.reload(values, StorageConfig.defaults(), log::add);

        assertThat(next.dataClaim()).hasToString("d");
        assertThat(log).isEmpty();
    }

    @Test
    void aPodWhoseMountsClashIsNotSubmittedAndEachClashIsReported() throws IOException {
        Pod bare = bare();
        bare.getSpec().getContainers().get(0).setVolumeMounts(List.of(mount("cache", "/home"), mount("cache", "/ext")));

        Optional<Pod> pod = pods.finish(PROJECT, null, bare);

        assertThat(pod).isEmpty();
        assertThat(String.join("\n", log.subList(1, log.size())))
                .isEqualTo(guide.blocks("text").get(2));
    }

    @Test
    void aContainerThatIsNotThereIsRefusedWithThoseThatAre() {
        Pod bare = bare();
        bare.getSpec().getContainers().get(0).setName("user");

        assertThatThrownBy(() -> pods.finish(PROJECT, null, bare))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageEndingWith("but was \"project\"; it has \"user\"");
    }

    @Test
    void aPatchThatOpensTheSoftwareIsLeftOutAndTheProjectStarts() throws IOException {
        Pod pod = pods.finish(
                        PROJECT,
                        patch(
                                "[{'op':'replace','path':'/spec/volumes/2/persistentVolumeClaim/readOnly','value':false},"
                                        + "{'op':'replace','path':'/spec/containers/0/volumeMounts/1/readOnly','value':false}]"),
                        bare())
                .orElseThrow();

        assertThat(mounts(pod)).contains("/ext null true");
        assertThat(log.get(1)).isEqualTo(guide.blocks("text").get(3));
    }

    @Test
    void aPatchThatCannotBeAppliedIsLeftOutAndTheProjectStarts() {
        Optional<Pod> pod = pods.finish(PROJECT, patch("[{'op':'replace','path':'/spec/nothing','value':1}]"), bare());

        assertThat(pod).isPresent();
        assertThat(log.get(1))
                .startsWith(PROJECT + ": starts without patches: ")
                .contains("/spec/nothing");
    }

    @Test
    void thePatchOfAnExpiredLicenceIsLeftOutAndSaidSo() {
        String column = patch("[{'op':'add','path':'/spec/nodeSelector','value':{'gpu':'yes'}}]")
                .replace("{\"quota\"", "{\"status\":\"expired\",\"quota\"");

        Pod pod = pods.finish(PROJECT, column, bare()).orElseThrow();

        assertThat(pod.getSpec().getNodeSelector()).isNullOrEmpty();
        assertThat(log.get(1))
                .isEqualTo(PROJECT + ": licence 3f5ea6cb-d334-4dfe-a43f-2072073c2b13: its patch is left out; "
                        + "the licence does not count, its status is expired");
    }

    @Test
    void aPatchThatAsksForAnotherNodeIsApplied() {
        Pod pod = pods.finish(
                        PROJECT, patch("[{'op':'add','path':'/spec/nodeSelector','value':{'gpu':'yes'}}]"), bare())
                .orElseThrow();

        assertThat(pod.getSpec().getNodeSelector()).containsEntry("gpu", "yes");
        assertThat(log).hasSize(1);
    }

    @Test
    void aPodThatReachesTheNodesVolumesIsNotSubmitted() throws IOException {
        Pod bare = new PodBuilder(bare())
                .editSpec()
                .addNewVolume()
                .withName("node")
                .withNewHostPath()
                .withPath("/var/lib/kubelet")
                .endHostPath()
                .endVolume()
                .endSpec()
                .build();

        Optional<Pod> pod = pods.finish(PROJECT, null, bare);

        assertThat(pod).isEmpty();
        assertThat(log.get(1)).isEqualTo(guide.blocks("text").get(4));
    }

    private static String patch(String operations) {
        String text = operations.replace("'", "\\\"");
        return "{\"3f5ea6cb-d334-4dfe-a43f-2072073c2b13\":{\"quota\":{\"patch\":\"" + text + "\"}}}";
    }

    private static List<String> mounts(Pod pod) {
        return pod.getSpec().getContainers().get(0).getVolumeMounts().stream()
                .map(mount -> mount.getMountPath() + " " + mount.getSubPath() + " " + mount.getReadOnly())
                .toList();
    }

    private static VolumeMount mount(String volume, String path) {
        VolumeMount mount = new VolumeMount();
        mount.setName(volume);
        mount.setMountPath(path);
        return mount;
    }

    private static Pod bare() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("project-" + PROJECT)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("project")
                .withImage("registry.example.com/project:1")
                .endContainer()
                .addNewVolume()
                .withName("cache")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .build();
    }
}
