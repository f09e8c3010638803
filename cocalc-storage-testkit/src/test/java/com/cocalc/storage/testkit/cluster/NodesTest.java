package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.notStarted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.kubernetes.BackEnd;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where pods run, and what that means for the storage they share. */
class NodesTest {

    private static final ProjectId OTHER = ProjectId.parse("c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90");

    private static FakeCluster cluster(BackEnd backEnd, String accessMode) {
        PersistentVolumeClaim data = UsualObjects.claim("projects-data", "shared");
        data.getSpec().setAccessModes(List.of(accessMode));
        return FakeCluster.builder()
                .nodes("node-1", "node-2")
                .storageClass("shared", Provisioner.of(backEnd).withRootMode(0777))
                .claim(data)
                .claim("projects-software", "shared")
                .build();
    }

    private static Pod pod() {
        return Pods.project(Pods.AS_IS, ProjectLicenses.none());
    }

    private static Pod otherPod() {
        return Pods.project(OTHER, Pods.AS_IS, ProjectLicenses.none());
    }

    @Test
    void podsAreSpreadOverTheNodesInAnOrderThatNeverChanges() {
        FakeCluster cluster = FakeCluster.builder().nodes("b", "a", "c").build();

        List<String> nodes = List.of("p1", "p2", "p3", "p4").stream()
                .map(name -> cluster.start(Pods.bare(name)).node())
                .toList();

        assertThat(nodes).containsExactly("b", "a", "c", "b");
        cluster.stop("p2");
        assertThat(cluster.start(Pods.bare("p5")).node()).isEqualTo("a");
    }

    @Test
    void aPodRunsWhereItsNodeSelectorSays() {
        FakeCluster cluster = FakeCluster.builder().nodes("node-1", "node-2").build();
        Pod pod = Pods.bare("p");
        pod.getSpec().setNodeSelector(Map.of("kubernetes.io/hostname", "node-2"));
        Pod nowhere = Pods.bare("nowhere");
        nowhere.getSpec().setNodeSelector(Map.of("gpu", "yes"));

        assertThat(cluster.start(pod).node()).isEqualTo("node-2");
        assertThat(notStarted(cluster.submit(nowhere)).message())
                .startsWith("0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.");
    }

    @Test
    void aNodeThatIsNotThereIsAMistakeOfTheTestThatLeavesNothingBehind() {
        FakeCluster cluster = FakeCluster.builder().build();
        Pod pod = Pods.bare("p");
        pod.getSpec().setNodeName("node-9");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster.submit(pod))
                .withMessage(
                        "spec.nodeName must be one of the cluster's nodes [node-1], but was \"node-9\"; add it with"
                                + " FakeCluster.builder().nodes(…)");
        assertThat(cluster.start(Pods.bare("p")).node()).isEqualTo("node-1");
    }

    @Test
    void podsOnSeveralNodesShareAnRwxClaim() throws IOException {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "ReadWriteMany");

        RunningPod first = cluster.start(pod());
        RunningPod second = cluster.start(otherPod());
        Files.writeString(first.container("project").path("/home/user/notes"), "mine");
        Files.writeString(second.container("project").path("/home/user/notes"), "other");

        assertThat(List.of(first.node(), second.node())).containsExactly("node-1", "node-2");
        assertThat(first.container("project").path("/home/user/notes")).hasContent("mine");
        assertThat(cluster.claim("projects-data").volume().tree())
                .contains("projects/" + Pods.PROJECT + "/notes\n")
                .contains("projects/" + OTHER + "/notes\n");
    }

    @Test
    void anRwoClaimIsOfOneNodeAtATime() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "ReadWriteOnce");
        RunningPod first = cluster.start(pod());

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(otherPod()));

        assertThat(stuck.reason()).isEqualTo("FailedAttachVolume");
        assertThat(stuck.message())
                .startsWith("Multi-Attach error for volume \"pvc-")
                .endsWith("\" Volume is already used by pod(s) " + first.name());
        assertThat(stuck.pod().getSpec().getNodeName()).isEqualTo("node-2");
        assertThat(Outcomes.described(stuck.events()))
                .last()
                .asString()
                .startsWith("Warning FailedAttachVolume attachdetach-controller: ");
        first.stop();
        assertThat(cluster.retry("project-" + OTHER)).isInstanceOf(PodOutcome.Running.class);
    }

    @Test
    void anRwoClaimIsOfManyPodsOfOneNode() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "ReadWriteOnce");
        Pod second = otherPod();
        second.getSpec().setNodeName("node-1");
        cluster.start(pod());

        assertThat(cluster.submit(second)).isInstanceOf(PodOutcome.Running.class);
    }

    @Test
    void anRwopClaimIsOfOnePodAlone() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "ReadWriteOncePod");
        RunningPod first = cluster.start(pod());

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(otherPod()));

        assertThat(stuck.reason()).isEqualTo("FailedScheduling");
        assertThat(stuck.message())
                .contains("PersistentVolumeClaim with the same name and ReadWriteOncePod access mode");
        first.stop();
        assertThat(cluster.retry("project-" + OTHER)).isInstanceOf(PodOutcome.Running.class);
    }

    @Test
    void aLocalVolumeDrawsItsPodsToItsNode() {
        FakeCluster cluster = cluster(BackEnd.LOCAL, "ReadWriteMany");
        Pod elsewhere = otherPod();
        elsewhere.getSpec().setNodeSelector(Map.of("kubernetes.io/hostname", "node-2"));
        Pod forced = Copy.of(elsewhere);
        forced.getMetadata().setName("forced");
        forced.getSpec().setNodeSelector(null);
        forced.getSpec().setNodeName("node-2");

        assertThat(cluster.start(pod()).node()).isEqualTo("node-1");
        assertThat(notStarted(cluster.submit(elsewhere)).message())
                .contains("2 node(s) had volume node affinity conflict");
        assertThat(notStarted(cluster.submit(forced)).message())
                .startsWith("MountVolume.NodeAffinity check failed for volume \"pvc-");
    }

    @Test
    void aDirectoryOfTheNodeIsAnotherOneOnAnotherNode() throws IOException {
        FakeCluster cluster = cluster(BackEnd.HOST_PATH, "ReadWriteMany");
        Pod forced = pod();
        forced.getMetadata().setName("forced");
        forced.getSpec().setNodeName("node-2");
        RunningPod first = cluster.start(pod());
        Files.createFile(first.container("project").path("/home/user/notes"));

        RunningPod second = cluster.start(forced);

        assertThat(second.container("project").path("/home/user/notes")).doesNotExist();
    }

    @Test
    void nodesMustHaveNamesOfTheirOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeCluster.builder().nodes())
                .withMessage("nodes must be different names, at least one, but was []; write for example \"node-1\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeCluster.builder().nodes("a", "a"))
                .withMessageContaining("but was [a, a]");
    }
}
