package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.notStarted;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.RwxVolume;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a mount really goes, what the runtime makes there, and what stays behind in the parent volume. */
class MountPointsTest {

    private static final VolumeMount OUTER = mount("outer", "/data", "");
    private static final VolumeMount INNER = mount("inner", "/data/c", "");

    private final FakeCluster cluster = FakeCluster.builder()
            .storageClass("nfs", Provisioner.of(BackEnd.GANESHA).withRootMode(0777))
            .claim("outer", "nfs")
            .claim("inner", "nfs")
            .configMap("settings", Map.of("key", "value"))
            .build();

    private final RwxVolume outer = cluster.claim("outer").volume();
    private final RwxVolume inner = cluster.claim("inner").volume();

    private static VolumeMount mount(String volume, String path, String subPath) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withSubPath(subPath.isEmpty() ? null : subPath)
                .build();
    }

    private static VolumeMount readOnly(VolumeMount mount) {
        return new VolumeMountBuilder(mount).withReadOnly(true).build();
    }

    private static Pod pod(VolumeMount... mounts) {
        PodBuilder builder = new PodBuilder(Pods.bare("p"))
                .editSpec()
                .withNewSecurityContext()
                .withRunAsUser(2001L)
                .endSecurityContext()
                .editContainer(0)
                .addAllToVolumeMounts(List.of(mounts))
                .endContainer()
                .endSpec();
        for (String name : List.of("outer", "inner")) {
            builder.editSpec()
                    .addNewVolume()
                    .withName(name)
                    .withNewPersistentVolumeClaim()
                    .withClaimName(name)
                    .endPersistentVolumeClaim()
                    .endVolume()
                    .endSpec();
        }
        builder.editSpec()
                .addNewVolume()
                .withName("settings")
                .withConfigMap(
                        new ConfigMapVolumeSourceBuilder().withName("settings").build())
                .endVolume()
                .endSpec();
        return builder.build();
    }

    private PodOutcome.NotStarted startError(VolumeMount... mounts) {
        return startErrorOf("p", mounts);
    }

    private PodOutcome.NotStarted startErrorOf(String name, VolumeMount... mounts) {
        Pod pod = pod(mounts);
        pod.getMetadata().setName(name);
        PodOutcome.NotStarted stuck = notStarted(cluster.submit(pod));
        assertThat(stuck.reason()).as(stuck.message()).isEqualTo("StartError");
        return stuck;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            t           | 0755 0:0 - t/
            t/u/v       | 0755 0:0 - t/;0755 0:0 - t/u/;0755 0:0 - t/u/v/
            ./t/        | 0755 0:0 - t/
            /data/t     | 0755 0:0 - t/
            ../../x     |
            /nope/x     |
            ../../data/t| 0755 0:0 - t/
            """)
    void aLinkThatDanglesLeadsToADirectoryThatTheRuntimeMakesInsideTheContainersRoot(String target, String made)
            throws IOException {
        outer.populate("0777 0:0 - c -> " + target);
        inner.populate("0777 0:0 - /");

        RunningContainer container = cluster.start(pod(OUTER, INNER)).container("project");
        Files.createFile(container.path("/data/c/x"));

        assertThat(inner.tree()).contains(" x\n");
        assertThat(outer.tree())
                .isEqualTo("0777 0:0 - /\n0777 0:0 - c -> " + target + "\n"
                        + (made == null ? "" : made.replace(';', '\n') + "\n"));
    }

    @Test
    void whatIsMadeBehindALinkInheritsTheSetGroupIdBit() {
        outer.populate("2777 0:2001 - /\n0777 0:0 - c -> t/u");

        cluster.start(pod(OUTER, INNER));

        assertThat(outer.tree()).contains("2755 0:2001 - t/\n2755 0:2001 - t/u/\n");
    }

    @Test
    void aLinkToADirectoryThatIsThereIsFollowedAndNothingIsMade() throws IOException {
        outer.populate("0700 1000:1000 - t/\n0777 0:0 - c -> t");

        RunningContainer container = cluster.start(pod(OUTER, INNER)).container("project");
        Files.createFile(container.path("/data/c/x"));

        assertThat(inner.tree()).contains(" x\n");
        assertThat(outer.tree()).contains("0700 1000:1000 - t/\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc", "/proc/self", "../proc", "../../../proc/x"})
    void aLinkToProcIsNoMountPoint(String target) {
        outer.populate("0777 0:0 - c -> " + target);

        assertThat(startError(OUTER, INNER).message())
                .contains("create mount destination for /data/c mount: check proc-safety of /data/c mount: \""
                        + Trouble.ROOTFS + "/proc")
                .containsAnyOf(
                        "\" cannot be mounted because it is inside /proc",
                        "\" cannot be mounted because it is not of type proc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "t/u/v", "/data/t"})
    void inAReadOnlyParentNothingIsMadeBehindALinkThatDangles(String target) {
        outer.populate("0777 0:0 - c -> " + target);

        assertThat(startError(readOnly(OUTER), INNER).message()).contains("read-only file system");
    }

    @Test
    void aLinkThatLeadsRoundAndRoundIsNoMountPoint() {
        outer.populate("0777 0:0 - c -> d\n0777 0:0 - d -> c");

        assertThat(startError(OUTER, INNER).message()).contains("too many levels of symbolic links");
    }

    @Test
    void aLinkToAFileIsNoMountPointForADirectory() {
        outer.populate("0644 0:0 \"x\" file\n0777 0:0 - c -> file");

        assertThat(startError(OUTER, INNER).message()).contains("not a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "link", "file/", "./file/.", "up/file"})
    void aSubPathThatIsAFileIsMountedAsAFile(String subPath) throws IOException {
        inner.populate("0664 0:2001 \"text\" file\n0777 0:0 - link -> file\n0777 0:0 - up -> .");

        RunningContainer container =
                cluster.start(pod(OUTER, mount("inner", "/data/c", subPath))).container("project");

        assertThat(container.path("/data/c")).isRegularFile().hasContent("text");
    }

    @Test
    void theMissingMountPointOfAFileIsAnEmptyFileOfRootThatStays() {
        inner.populate("0664 2001:2001 \"text\" file");

        cluster.start(pod(OUTER, mount("inner", "/data/a/b/c", "file"))).stop();

        assertThat(outer.tree()).isEqualTo("0777 0:0 - /\n0755 0:0 - a/\n0755 0:0 - a/b/\n0644 0:0 0 a/b/c\n");
        assertThat(inner.tree()).contains("0664 2001:2001 4 file\n");
    }

    @Test
    void aFileThatIsTheMountPointOfAFileKeepsWhatIsInIt() {
        inner.populate("0644 0:0 \"text\" file");
        outer.populate("0600 2001:2001 \"old\" c");

        RunningContainer container =
                cluster.start(pod(OUTER, mount("inner", "/data/c", "file"))).container("project");

        assertThat(container.path("/data/c")).hasContent("text");
        assertThat(outer.tree()).contains("0600 2001:2001 3 c\n");
    }

    @Test
    void aFileIsNotMountedOverADirectory() {
        inner.populate("0644 0:0 \"text\" file");
        outer.populate("0755 0:0 - c/");

        assertThat(startError(OUTER, mount("inner", "/data/c", "file")).message())
                .contains(":/data/c (via /proc/self/fd/6), flags: 0x5000: not a directory: unknown");
    }

    @Test
    void aFileOverALinkThatDanglesIsMadeWhereTheLinkLeads() {
        inner.populate("0644 0:0 \"text\" file");
        outer.populate("0777 0:0 - c -> t/u");

        RunningContainer container =
                cluster.start(pod(OUTER, mount("inner", "/data/c", "file"))).container("project");

        assertThat(container.path("/data/c")).hasContent("text");
        assertThat(outer.tree()).contains("0755 0:0 - t/\n0644 0:0 0 t/u\n");
    }

    @Test
    void aReadOnlyParentHasNoPlaceForTheMountPointOfAFile() {
        inner.populate("0644 0:0 \"text\" file");

        assertThat(startError(readOnly(OUTER), mount("inner", "/data/c", "file"))
                        .message())
                .contains("read-only file system");
    }

    @Test
    void aKeyOfAConfigMapIsMountedAsAFileThatNobodyWritesTo() {
        RunningContainer container = cluster.start(pod(OUTER, mount("settings", "/data/settings.conf", "key")))
                .container("project");

        assertThat(container.path("/data/settings.conf")).hasContent("value");
        assertThat(Attempt.tryToWrite(container.path("/data/settings.conf"))).isEqualTo("Read-only file system");
        assertThat(outer.tree()).contains("0644 0:0 0 settings.conf\n");
    }

    @Test
    void aMountBelowAFileIsRefused() {
        inner.populate("0644 0:0 \"text\" file");

        assertThat(startError(mount("inner", "/data/c", "file"), mount("outer", "/data/c/d", ""))
                        .message())
                .contains("not a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "onto"})
    void aSubPathThatIsALinkToAFileWithASlashBehindItIsRefusedInThePreparation(String subPath) {
        inner.populate("0644 0:0 \"text\" file\n0777 0:0 - link -> file/\n0777 0:0 - onto -> link/../file/.");

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(pod(mount("inner", "/data", subPath))));

        assertThat(stuck.reason()).isEqualTo("CreateContainerConfigError");
        assertThat(stuck.message())
                .isEqualTo("failed to prepare subPath for volumeMount \"inner\" of container \"project\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dev",
                "/dev/",
                "/dev/null",
                "/dev/ptmx",
                "/dev/termination-log",
                "/dev/pts/x",
                "/dev/mqueue/x",
                "/sys/x",
                "/sys/kernel/../x",
                "/sys/fs/x"
            })
    void noContainerStartsWithAVolumeOverWhatTheRuntimeNeeds(String path) {
        startError(mount("outer", path, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/x", "/dev/shm", "/dev/pts", "/sys", "/sys/kernel", "/sys/fs/cgroup", "/etcetera"})
    void besideThemAVolumeIsMounted(String path) {
        assertThat(cluster.submit(pod(mount("outer", path, "")))).isInstanceOf(PodOutcome.Running.class);
    }

    @Test
    void aVolumeOverThePlaceOfTheTerminationMessageIsRefusedWhereverThatIs() {
        Pod pod = pod(mount("outer", "/var/last-words", ""));
        pod.getSpec().getContainers().get(0).setTerminationMessagePath("/var/last-words");

        assertThat(notStarted(cluster.submit(pod)).reason()).isEqualTo("StartError");
    }

    @Test
    void aVolumeBelowTheFileForTheTerminationMessageIsRefused() {
        Pod pod = pod(mount("outer", "/var/last-words/below", ""));
        pod.getSpec().getContainers().get(0).setTerminationMessagePath("/var/last-words");

        assertThat(notStarted(cluster.submit(pod)).reason()).isEqualTo("StartError");
    }

    @Test
    void aDirectoryOfTheImageIsNoPlaceForTheTerminationMessage() {
        Pod pod = pod(OUTER);
        pod.getSpec().getContainers().get(0).setTerminationMessagePath("/tmp");

        assertThat(notStarted(cluster.submit(pod)).reason()).isEqualTo("StartError");
    }

    @Test
    void theFileForTheTerminationMessageStaysBehindInAVolume() {
        Pod pod = pod(OUTER);
        pod.getSpec().getContainers().get(0).setTerminationMessagePath("/data/last-words");

        cluster.start(pod);

        assertThat(outer.tree()).isEqualTo("0777 0:0 - /\n0644 0:0 0 last-words\n");
    }

    @Test
    void whatAProgramWritesAsItsTerminationMessageIsNotOnTheClaim() throws IOException {
        Pod pod = pod(OUTER);
        pod.getSpec().getContainers().get(0).setTerminationMessagePath("/data/last-words");

        RunningContainer container = cluster.start(pod).container("project");
        Files.writeString(container.path("/data/last-words"), "out of memory");

        assertThat(outer.tree()).isEqualTo("0777 0:0 - /\n0644 0:0 0 last-words\n");
    }

    @Test
    void rootWritesToTheFilesOfTheRuntimeAndNotToThoseOfAVolumeAtEtc() throws IOException {
        outer.populate("0644 0:0 \"mine\" hosts");
        Pod pod = pod(mount("outer", "/etc", ""));
        pod.getSpec().getSecurityContext().setRunAsUser(0L);

        RunningContainer container = cluster.start(pod).container("project");

        assertThat(container.path("/etc/hosts")).hasContent("127.0.0.1\tlocalhost\n");
        Files.writeString(container.path("/etc/hosts"), "more");
        assertThat(outer.tree()).contains("0644 0:0 4 hosts\n");
        assertThat(container.path("/etc/hosts")).hasContent("more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/hosts/", "//etc/hosts", "/etc/./hosts"})
    void theKubeletMountsItsHostsOverAMountWhosePathIsWrittenInAnotherWay(String path) throws IOException {
        outer.populate("0644 0:0 \"mine\" file");

        RunningContainer container =
                cluster.start(pod(mount("outer", path, "file"))).container("project");

        assertThat(container.path("/etc/hosts")).hasContent("127.0.0.1\tlocalhost\n");
        assertThat(startErrorOf("q", mount("outer", path, "dir")).message()).contains("not a directory");
    }

    @Test
    void aMountAtEtcHostsReplacesThatOfTheKubelet() throws IOException {
        outer.populate("0644 0:0 \"mine\" file");

        RunningContainer container =
                cluster.start(pod(mount("outer", "/etc/hosts", "file"))).container("project");

        assertThat(container.path("/etc/hosts")).hasContent("mine");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /etc/passwd | unable to find user 2001: read /etc/passwd: is a directory
            /etc/group  | unable to find groups for spec : read /etc/group: is a directory
            """)
    void aDirectoryInPlaceOfTheAccountsKeepsTheContainerFromStarting(String path, String why) {
        assertThat(startError(mount("outer", path, "")).message())
                .endsWith("unable to start container process: unable to setup user: " + why + ": unknown");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            inner | 0777 0:0 - x/            | open o_path procfd: open ROOTFS/data/c/self: no such file or directory
            inner | 0777 0:0 - self/         | mount /data/c/self (via /proc/self/fd/6), flags: 0x44000: invalid argument
            inner | 0777 0:0 - self -> .     |
            outer |                          |
            """)
    void aMountThatHidesALinkOnItsOwnWayIsNotFoundAgain(String volume, String files, String why) {
        outer.populate("0777 0:0 - self -> .\n0777 0:0 - c/\n0777 0:0 - c/self -> .");
        if (files != null) {
            inner.populate(files);
        }

        PodOutcome outcome = cluster.submit(pod(OUTER, mount(volume, "/data/c/self", "")));

        if (why == null) {
            assertThat(outcome).isInstanceOf(PodOutcome.Running.class);
        } else {
            assertThat(notStarted(outcome).message())
                    .contains("change mount propagation through procfd: ")
                    .endsWith(why.replace("ROOTFS", Trouble.ROOTFS) + ": unknown");
        }
    }

    @Test
    void aVolumeAtEtcIsLeftWithTheMountPointsOfWhatTheRuntimeMountsThere() {
        outer.populate("0600 2001:2001 \"mine\" hosts");

        cluster.start(pod(mount("outer", "/etc", ""))).stop();

        assertThat(outer.tree())
                .isEqualTo("0777 0:0 - /\n0644 0:0 0 hostname\n0600 2001:2001 4 hosts\n0644 0:0 0 resolv.conf\n");
    }

    @Test
    void aReadOnlyVolumeAtEtcHasNoPlaceForThem() {
        assertThat(startError(readOnly(mount("outer", "/etc", ""))).message()).contains("read-only file system");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "//", "/.", "/home/..", "/../", "."})
    void aVolumeAtTheRootIsRefusedAndLeftWithWhatTheRuntimeMakes(String path) {
        startError(mount("outer", path, "home"));

        assertThat(outer.tree()).isEqualTo("""
                0777 0:0 - /
                0777 0:0 - home/
                0755 0:0 - home/dev/
                0755 0:0 - home/dev/shm/
                0644 0:0 0 home/dev/termination-log
                0755 0:0 - home/etc/
                0644 0:0 0 home/etc/hostname
                0644 0:0 0 home/etc/hosts
                0644 0:0 0 home/etc/resolv.conf
                """);
    }

    @Test
    void aVolumeAtTheRootIsAlsoLeftWithTheMountPointsOfTheVolumesBelowIt() {
        inner.populate("0777 0:0 - /");

        startError(mount("outer", "/", ""), mount("inner", "/data/c", ""), mount("settings", "/file", "key"));

        assertThat(outer.tree()).contains("0755 0:0 - data/\n0755 0:0 - data/c/\n", "0644 0:0 0 file\n");
    }

    @Test
    void aVolumeThatIsMountedBeforeOneAtTheRootIsHiddenByIt() {
        startError(mount("inner", "/data", ""), mount("outer", "/", ""), mount("inner", "/data/c", ""));

        assertThat(outer.tree()).contains(" data/c/\n");
        assertThat(inner.tree()).isEqualTo("0777 0:0 - /\n");
    }

    @Test
    void aLinkToTheRootIsNoMountPointAndLeavesNothing() {
        outer.populate("0777 0:0 - c -> /");
        inner.populate("0777 0:0 - /");

        startError(OUTER, INNER);

        assertThat(inner.tree()).isEqualTo("0777 0:0 - /\n");
    }

    @Test
    void aVolumeOverTheFileForTheTerminationMessageIsRefusedWhenThatIsMounted() {
        startError(mount("inner", "/dev/termination-log", ""), mount("outer", "/data", ""), INNER);

        assertThat(outer.tree()).contains("0755 0:0 - c/\n");
    }

    @Test
    void aLinkFromTheTerminationMessageToAVolumeIsRefused() {
        outer.populate("0777 0:0 - last-words -> c");
        Pod pod = pod(OUTER, INNER);
        pod.getSpec().getContainers().get(0).setTerminationMessagePath("/data/last-words");

        assertThat(notStarted(cluster.submit(pod)).reason()).isEqualTo("StartError");
    }

    @Test
    void aVolumeAtTheDevicesIsLeftWithWhatTheRuntimeMountsThere() {
        inner.populate("0777 0:0 - /");

        startError(mount("outer", "/dev", ""), mount("inner", "/data/a/b", ""), mount("settings", "/dev/x", "key"));

        assertThat(outer.tree()).isEqualTo("""
                0777 0:0 - /
                0755 0:0 - shm/
                0644 0:0 0 termination-log
                0644 0:0 0 x
                """);
    }

    @Test
    void aFileIsNotMountedOverADirectoryOfTheKernel() {
        inner.populate("0644 0:0 \"text\" file");

        assertThat(startError(mount("inner", "/sys/kernel", "file")).message()).contains("not a directory");
    }

    @ParameterizedTest
    @CsvSource({"3900, true", "3970, true", "3971, false", "4000, false", "4095, false", "5000, false"})
    void aPathThatIsTooLongBehindTheContainersRootIsRefused(int length, boolean runs) {
        String path = "/data" + "/x".repeat((length - 5) / 2) + (length % 2 == 0 ? "y" : "");

        PodOutcome outcome = cluster.submit(pod(mount("outer", path, "")));

        assertThat(path).hasSize(length);
        assertThat(outcome instanceof PodOutcome.Running).isEqualTo(runs);
        if (!runs) {
            assertThat(notStarted(outcome).reason()).isEqualTo("StartError");
            assertThat(notStarted(outcome).message()).contains("file name too long");
        }
    }

    @Test
    void twoVolumesOnOneClaimAreNamedInTheEvent() {
        Pod pod = new PodBuilder(Pods.bare("p"))
                .editSpec()
                .addNewVolume()
                .withName("v1")
                .withNewPersistentVolumeClaim()
                .withClaimName("outer")
                .endPersistentVolumeClaim()
                .endVolume()
                .addNewVolume()
                .withName("v2")
                .withNewPersistentVolumeClaim()
                .withClaimName("outer")
                .endPersistentVolumeClaim()
                .endVolume()
                .editContainer(0)
                .addToVolumeMounts(mount("v1", "/a", ""), mount("v2", "/b", ""))
                .endContainer()
                .endSpec()
                .build();

        assertThat(notStarted(cluster.submit(pod)).message())
                .startsWith("Unable to attach or mount volumes: unmounted volumes=[v1], ");
    }

    /** The words of runc 1.1.15, after those that all its failures have. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            inner | /            |   | error closing exec fds: open /proc/self/fd: no such file or directory
            inner | /dev         |   | INIT can't mask paths: open /dev/null: no such file or directory
            inner | /dev/null    |   | INIT error reopening /dev/null inside container: open /dev/null: is a directory
            inner | /dev/null    | f | INIT error reopening /dev/null inside container: can't reopen /dev/null: container's /dev/null is invalid
            inner | /dev/ptmx    |   | INIT error setting up ptmx: unlinkat ROOT/dev/ptmx: is a directory
            inner | /data/f/x    | f | INIT error mounting "PART/1" to rootfs at "/data/f/x": create mount destination for /data/f/x mount: make parent dir of file bind-mount: cannot mkdir in ROOT/data/f: not a directory
            inner | /data/f/x/y  |   | INIT error mounting "WHOLE" to rootfs at "/data/f/x/y": create mount destination for /data/f/x/y mount: cannot mkdir in ROOT/data/f: not a directory
            inner | /data/d      | f | INIT error mounting "PART/1" to rootfs at "/data/d": mount PART/1:/data/d (via /proc/self/fd/6), flags: 0x5000: not a directory
            inner | /data//loop  |   | INIT error mounting "WHOLE" to rootfs at "/data//loop": create mount destination for /data//loop mount: SecureJoin ROOT//data/loop: too many levels of symbolic links
            inner | /sys/x       |   | INIT error mounting "WHOLE" to rootfs at "/sys/x": create mount destination for /sys/x mount: mkdirat ROOT/sys/x: read-only file system
            inner | /sys/x       | f | INIT error mounting "PART/1" to rootfs at "/sys/x": create mount destination for /sys/x mount: create target of file bind-mount: mknod regular file ROOT/sys/x: read-only file system
            inner | /sys/kernel  | f | INIT error mounting "PART/1" to rootfs at "/sys/kernel": mount PART/1:/sys/kernel (via /proc/self/fd/6), flags: 0x5000: not a directory
            inner | /proc        |   | INIT error mounting "WHOLE" to rootfs at "/proc": create mount destination for /proc mount: check proc-safety of /proc mount: "ROOT/proc" cannot be mounted because it is not of type proc
            inner | /proc/self   | f | INIT error mounting "PART/1" to rootfs at "/proc/self": create mount destination for /proc/self mount: check proc-safety of /proc/self mount: "ROOT/proc/1" cannot be mounted because it is inside /proc
            inner | /proc/uptime |   | INIT error mounting "WHOLE" to rootfs at "/proc/uptime": create mount destination for /proc/uptime mount: cannot mkdir in ROOT/proc/uptime: not a directory
            inner | /data/root   |   | INIT error mounting "WHOLE" to rootfs at "/data/root": change mount propagation through procfd: open o_path procfd: open ROOT/data/root: no such file or directory
            """)
    void theWordsAreThoseOfTheRuntime(String volume, String path, String subPath, String words) {
        outer.populate("0644 0:0 - f\n0755 0:0 - d/\n0777 0:0 - loop -> loop\n0777 0:0 - root -> /");
        inner.populate("0644 0:0 - f");

        PodOutcome.NotStarted stuck = startError(OUTER, mount(volume, path, subPath == null ? "" : subPath));

        String pod = "/var/lib/kubelet/pods/" + stuck.pod().getMetadata().getUid();
        String persistent = cluster.claim(volume).object().getSpec().getVolumeName();
        assertThat(stuck.message())
                .isEqualTo(
                        "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc"
                                + " create failed: unable to start container process: "
                                + words.replace("INIT", "error during container init:")
                                        .replace("ROOT", Trouble.ROOTFS)
                                        .replace("WHOLE", pod + "/volumes/kubernetes.io~pvc/" + persistent)
                                        .replace("PART", pod + "/volume-subpaths/" + persistent + "/project")
                                + ": unknown");
    }
}
