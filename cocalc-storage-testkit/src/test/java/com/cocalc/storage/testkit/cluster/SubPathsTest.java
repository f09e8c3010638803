package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.notStarted;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which directory a sub-path means, who makes it, and that it never leads out of the volume. */
class SubPathsTest {

    private static final String REFUSED = "failed to prepare subPath for volumeMount \"data\" of container \"project\"";
    private static final String NOT_MADE =
            "failed to create subPath directory for volumeMount \"data\" of container \"project\"";

    private static FakeCluster cluster(BackEnd backEnd, String root) {
        FakeCluster cluster = FakeCluster.builder()
                .storageClass("shared", backEnd)
                .claim("data", "shared")
                .build();
        data(cluster).populate(root + " - /");
        return cluster;
    }

    private static RwxVolume data(FakeCluster cluster) {
        return cluster.claim("data").volume();
    }

    private static PodBuilder podBuilder(String subPath) {
        return Pods.onData()
                .editSpec()
                .editContainer(0)
                .editVolumeMount(0)
                .withSubPath(subPath)
                .endVolumeMount()
                .endContainer()
                .endSpec();
    }

    private static Pod pod(String subPath) {
        return podBuilder(subPath).build();
    }

    /** The table of what a real kubelet made; the last row is the one where the server squashes root. */
    @ParameterizedTest
    @CsvSource({
        "GANESHA,   0755 0:0,    0755 0:0,    Permission denied",
        "HOST_PATH, 0755 0:0,    0755 0:0,    Permission denied",
        "GANESHA,   0777 0:0,    0777 0:0,    ok",
        "GANESHA,   2775 0:2001, 2775 0:2001, ok",
        "GANESHA,   2770 0:2001, 2770 0:2001, ok",
        "GANESHA,   1777 0:0,    1777 0:0,    ok",
        "GANESHA_ROOT_SQUASH, 0777 0:0, 0777 65534:65534, ok",
        "NFS_ALL_SQUASH, 0755 2001:2001, 0755 2001:2001, ok"
    })
    void aMissingDirectoryHasTheModeOfTheVolumesRootAndIsOfWhomTheServerTakesForRoot(
            BackEnd backEnd, String root, String made, String writing) {
        FakeCluster cluster = cluster(backEnd, root);

        RunningPod pod = cluster.start(pod("a/b"));

        assertThat(data(cluster).tree()).contains(made + " - a/\n" + made + " - a/b/\n");
        assertThat(Attempt.tryToCreate(pod.container("project").path("/data/x")))
                .isEqualTo(writing);
    }

    @Test
    void whereRootIsSquashedAndMayNotWriteNoDirectoryIsMade() {
        FakeCluster cluster = cluster(BackEnd.GANESHA_ROOT_SQUASH, "0755 0:0");

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(pod("a")));

        assertThat(stuck.reason()).isEqualTo("CreateContainerConfigError");
        assertThat(stuck.message()).isEqualTo(NOT_MADE);
        assertThat(data(cluster).tree()).isEqualTo("0755 0:0 - /\n");
    }

    @Test
    void anExistingDirectoryIsNeverTouched() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "0777 0:0");
        data(cluster).populate("0700 1000:1000 - a/");

        RunningPod pod = cluster.start(pod("a"));

        assertThat(data(cluster).tree()).contains("0700 1000:1000 - a/\n");
        assertThat(Attempt.tryToCreate(pod.container("project").path("/data/x")))
                .isEqualTo("Permission denied");
    }

    @Test
    void itIsMadeForAReadOnlyMountToo() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "0777 0:0");
        Pod pod = podBuilder("a")
                .editSpec()
                .editContainer(0)
                .editVolumeMount(0)
                .withReadOnly(true)
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();

        RunningPod running = cluster.start(pod);

        assertThat(data(cluster).tree()).contains("0777 0:0 - a/\n");
        assertThat(Attempt.tryToCreate(running.container("project").path("/data/x")))
                .isEqualTo("Read-only file system");
    }

    @ParameterizedTest
    @CsvSource({"GANESHA, false", "LOCAL, false", "HOST_PATH, true"})
    void itIsNotMadeWhereTheSourceIsReadOnlyButForADirectoryOfTheNode(BackEnd backEnd, boolean starts) {
        FakeCluster cluster = cluster(backEnd, "0777 0:0");
        Pod pod = podBuilder("a")
                .editSpec()
                .editVolume(0)
                .editPersistentVolumeClaim()
                .withReadOnly(true)
                .endPersistentVolumeClaim()
                .endVolume()
                .endSpec()
                .build();

        PodOutcome outcome = cluster.submit(pod);

        if (starts) {
            RunningContainer container = outcome.running().container("project");
            assertThat(Attempt.tryToCreate(container.path("/data/x"))).isEqualTo("Read-only file system");
        } else {
            assertThat(notStarted(outcome).message()).isEqualTo(NOT_MADE);
        }
    }

    @Test
    void aReadOnlySourceShowsADirectoryThatIsThere() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "0777 0:0");
        data(cluster).populate("0777 0:0 - a/");
        Pod pod = podBuilder("a")
                .editSpec()
                .editVolume(0)
                .editPersistentVolumeClaim()
                .withReadOnly(true)
                .endPersistentVolumeClaim()
                .endVolume()
                .endSpec()
                .build();

        assertThat(cluster.submit(pod)).isInstanceOf(PodOutcome.Running.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "link/../link", "./link//", "up/link"})
    void aLinkInsideTheVolumeIsFollowed(String subPath) throws IOException {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "0777 0:0");
        data(cluster).populate("""
                0777 0:0 - real/
                0777 0:0 - link -> real
                0777 0:0 - up -> .
                """);

        if (subPath.contains("..")) {
            assertThat(cluster.submit(pod(subPath))).isInstanceOf(PodOutcome.Refused.class);
            return;
        }
        RunningPod pod = cluster.start(pod(subPath));
        Files.createFile(pod.container("project").path("/data/x"));

        assertThat(data(cluster).tree()).contains(" real/x\n");
    }

    @Test
    void whatIsMissingBehindALinkIsMadeWhereItLeads() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "0755 0:0");
        data(cluster).populate("""
                0777 0:0 - real/
                0777 0:0 - link -> real
                """);

        cluster.start(pod("link/a/b"));

        assertThat(data(cluster).tree()).contains("0755 0:0 - real/a/\n0755 0:0 - real/a/b/\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "/etc/passwd", "..", "/", "inner/../..", "/var/lib/kubelet", "link"})
    void aLinkThatLeadsOutToWhatIsThereOrRoundAndRoundIsRefusedInThePreparation(String target) {
        aLinkIsRefused(target, REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nope",
                "/etc/nope",
                "../../etc",
                "inner/../../outside",
                "/var/lib/kubelet/pods/x/volumes",
                "../x/../y"
            })
    void aLinkThatLeadsOutToWhatIsMissingIsRefusedAsADirectoryThatIsNotMade(String target) {
        aLinkIsRefused(target, NOT_MADE);
    }

    private static void aLinkIsRefused(String target, String message) {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "0777 0:0");
        data(cluster).populate("""
                0777 0:0 - inner/
                0777 0:0 - link -> %s
                """.formatted(target));

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(pod("link")));

        assertThat(stuck.reason()).isEqualTo("CreateContainerConfigError");
        assertThat(stuck.message()).isEqualTo(message);
    }

    @Test
    void nothingIsMadeOutsideOfTheVolume() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "0777 0:0");
        data(cluster).populate("0777 0:0 - link -> /etc");

        assertThat(notStarted(cluster.submit(pod("link/made"))).message()).isEqualTo(NOT_MADE);
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 4096, 5000})
    void aSubPathThatIsTooLongIsRefusedInThePreparation(int length) {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "0777 0:0");
        String subPath = length == 256 ? "x".repeat(256) : "x/".repeat(length / 2);

        assertThat(notStarted(cluster.submit(pod(subPath))).message()).isEqualTo(REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"'', true", "2, false", "/.., false"})
    void anAbsoluteLinkIsOneOfTheNodeWhichMayLeadIntoTheVolumeAllTheSame(String suffix, boolean isInside)
            throws IOException {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "0777 0:0");
        data(cluster).populate("0777 0:0 - link/\n0777 0:0 - real/");
        RunningPod pod = cluster.start(pod("link"));
        String volumeOnNode = "/var/lib/kubelet/pods/" + pod.pod().getMetadata().getUid()
                + "/volumes/kubernetes.io~pvc/"
                + cluster.claim("data").object().getSpec().getVolumeName();
        try (FileSystem files = data(cluster).mount(Mount.asRoot())) {
            Files.delete(files.getPath("/link"));
            Files.createSymbolicLink(files.getPath("/link"), files.getPath(volumeOnNode + suffix + "/real"));
        }

        PodOutcome outcome = pod.restart();

        assertThat(outcome).isInstanceOf(isInside ? PodOutcome.Running.class : PodOutcome.NotStarted.class);
    }

    @Test
    void aDanglingLinkIsRefused() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "0777 0:0");
        data(cluster).populate("0777 0:0 - link -> gone");

        assertThat(notStarted(cluster.submit(pod("link"))).message()).isEqualTo(NOT_MADE);
    }

    @Test
    void aFileOnTheWayIsRefused() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "0777 0:0");
        data(cluster).populate("0644 0:0 \"x\" file");

        assertThat(notStarted(cluster.submit(pod("file/a"))).message()).isEqualTo(REFUSED);
    }

    @Test
    void aNulInASubPathIsRefusedByTheKubelet() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "0777 0:0");

        assertThat(notStarted(cluster.submit(pod("a\0b"))).message()).isEqualTo(REFUSED);
    }

    @Test
    void theDirectoryIsTakenOncePerStart() throws IOException {
        FakeCluster cluster = cluster(BackEnd.GANESHA, "0777 0:0");
        data(cluster).populate("0777 0:0 - one/\n0777 0:0 - two/\n0777 0:0 - link -> one");
        RunningPod pod = cluster.start(pod("link"));
        try (FileSystem files = data(cluster).mount(Mount.asRoot())) {
            Files.delete(files.getPath("/link"));
            Files.createSymbolicLink(files.getPath("/link"), files.getPath("two"));
        }

        Files.createFile(pod.container("project").path("/data/old"));
        pod.restart();
        Files.createFile(pod.container("project").path("/data/new"));

        assertThat(data(cluster).tree()).contains(" one/old\n").contains(" two/new\n");
    }

    @Test
    void anExpressionNamesEachMissingVariableOnceInAlphabeticalOrder() {
        Pod pod = podBuilder("")
                .editSpec()
                .editContainer(0)
                .editVolumeMount(0)
                .withSubPath(null)
                .withSubPathExpr("$(Z)/$(ID)/$(Z)")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();

        PodOutcome.NotStarted stuck =
                notStarted(cluster(BackEnd.HOST_PATH, "0777 0:0").submit(pod));

        assertThat(stuck.message()).isEqualTo("missing value for ID, Z");
    }
}
