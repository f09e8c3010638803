package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.notStarted;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.testkit.cluster.program.UnixFile;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes that are no claims: what is in them, of whom it is, and what is not mounted. */
class OtherVolumesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static FakeCluster cluster() {
        Map<String, String> data = new TreeMap<>(Map.of("a", "1", "b", "2"));
        return FakeCluster.builder()
                .configMap("settings", data)
                .secret("keys", data)
                .build();
    }

    /** A pod with the volume {@code {"name":"v",…}} at {@code /v}. */
    private static PodBuilder pod(String source) {
        Volume volume;
        try {
            volume = MAPPER.readValue("{\"name\":\"v\"," + source.replace('\'', '"') + "}", Volume.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(source, e);
        }
        return new PodBuilder(Pods.bare("p"))
                .editMetadata()
                .addToLabels("app", "x")
                .endMetadata()
                .editSpec()
                .withNewSecurityContext()
                .withRunAsUser(2001L)
                .withRunAsGroup(2001L)
                .endSecurityContext()
                .addToVolumes(volume)
                .editContainer(0)
                .addNewVolumeMount()
                .withName("v")
                .withMountPath("/v")
                .endVolumeMount()
                .endContainer()
                .endSpec();
    }

    private static Pod withGroup(PodBuilder pod) {
        return pod.editSpec()
                .editSecurityContext()
                .withFsGroup(3000L)
                .endSecurityContext()
                .endSpec()
                .build();
    }

    /** What programs see in the volume: names without {@code ..} in front, and what is behind links. */
    private static List<String> tree(Pod pod) throws Exception {
        Path root = cluster().start(pod).container("project").path("/v");
        List<String> lines = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : paths.sorted().toList()) {
                if (path.toString().startsWith("/v/..")) {
                    continue;
                }
                Map<String, Object> file = Files.readAttributes(path, "unix:mode,uid,gid");
                lines.add(String.format(
                        "%04o %s:%s /%s",
                        (Integer) file.get("mode") & 07777, file.get("uid"), file.get("gid"), root.relativize(path)));
            }
        }
        return lines;
    }

    private static String stuck(String source) {
        PodOutcome.NotStarted stuck = notStarted(cluster().submit(pod(source).build()));
        assertThat(stuck.reason()).isEqualTo("FailedMount");
        return stuck.message();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'emptyDir':{}                              | 0777 0:0 /  | 2777 0:3000 /
            'emptyDir':{'medium':''}                   | 0777 0:0 /  | 2777 0:3000 /
            'emptyDir':{'medium':'Memory'}             | 1777 0:0 /  | 3777 0:3000 /
            'emptyDir':{'medium':'Memory','sizeLimit':'1Mi'} | 1777 0:0 /  | 3777 0:3000 /
            """, quoteCharacter = '"')
    void anEmptyDirectoryInMemoryIsOneWhereNobodyRemovesWhatIsOfOthers(String source, String alone, String withGroup)
            throws Exception {
        assertThat(tree(pod(source).build())).containsExactly(alone);
        assertThat(tree(withGroup(pod(source)))).containsExactly(withGroup);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "Disk", "HugePages"})
    void anotherMediumIsNeverMounted(String medium) {
        assertThat(stuck("'emptyDir':{'medium':'" + medium + "'}"))
                .isEqualTo("MountVolume.SetUp failed for volume \"v\" : unknown storage medium \"" + medium + "\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'configMap':{'name':'settings'}                                  | 0777 0:0 /;0644 0:0 /a;0644 0:0 /b
            'secret':{'secretName':'keys'}                                   | 1777 0:0 /;0644 0:0 /a;0644 0:0 /b
            'secret':{'secretName':'keys','defaultMode':256}                 | 1777 0:0 /;0400 0:0 /a;0400 0:0 /b
            'configMap':{'name':'settings','items':[{'key':'a','path':'d/x','mode':511}]} | 0777 0:0 /;0755 0:0 /d;0777 0:0 /d/x
            'configMap':{'name':'settings','optional':true,'items':[{'key':'c','path':'x'}]} | 0777 0:0 /
            'configMap':{'name':'other','optional':true}                     | 0777 0:0 /
            'downwardAPI':{'items':[{'path':'n','fieldRef':{'fieldPath':'metadata.name'}}]} | 1777 0:0 /;0644 0:0 /n
            'projected':{'sources':[{'configMap':{'name':'settings','items':[{'key':'a','path':'x'}]}},{'secret':{'name':'keys','items':[{'key':'b','path':'y'}]}}]} | 1777 0:0 /;0644 0:0 /x;0644 0:0 /y
            """, quoteCharacter = '"')
    void whatTheKubeletWritesHasItsModes(String source, String tree) throws Exception {
        assertThat(tree(pod(source).build())).containsExactly(tree.split(";", -1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'configMap':{'name':'settings'}                  | 2777 0:3000 /;0644 0:3000 /a;0644 0:3000 /b
            'secret':{'secretName':'keys','defaultMode':256} | 3777 0:3000 /;0440 0:3000 /a;0440 0:3000 /b
            'configMap':{'name':'settings','items':[{'key':'a','path':'d/x'}]} | 2777 0:3000 /;2755 0:3000 /d;0644 0:3000 /d/x
            """, quoteCharacter = '"')
    void theGroupOfThePodMayReadIt(String source, String tree) throws Exception {
        assertThat(tree(withGroup(pod(source)))).containsExactly(tree.split(";", -1));
    }

    @ParameterizedTest
    @CsvSource({", 0777, 0755, 0", "3000, 2777, 2755, 3000"})
    void namesAreLinksIntoOneDirectoryThatIsReplacedAsAWhole(
            @Nullable Long fsGroup, String rootMode, String mode, int group) throws Exception {
        PodBuilder pod = pod("'configMap':{'name':'settings','items':[{'key':'a','path':'./a'},"
                + "{'key':'a','path':'d/x'},{'key':'b','path':'d//e/y'}]}");
        Path root = cluster()
                .start(fsGroup == null ? pod.build() : withGroup(pod))
                .container("project")
                .path("/v");

        Path data = Files.readSymbolicLink(root.resolve("..data"));

        assertThat(data.toString()).matches("\\.\\.\\d{4}(_\\d\\d){5}\\.\\d{10}");
        assertThat(ownersAndLinks(root).stream().map(line -> line.replace(data.toString(), "..N")))
                .containsExactly(
                        rootMode + " 0:" + group + " ",
                        "0777 0:" + group + " ..data -> ..N",
                        mode + " 0:" + group + " ..N",
                        "0644 0:" + group + " ..N/a",
                        mode + " 0:" + group + " ..N/d",
                        mode + " 0:" + group + " ..N/d/e",
                        "0644 0:" + group + " ..N/d/e/y",
                        "0644 0:" + group + " ..N/d/x",
                        "0777 0:" + group + " a -> ..data/a",
                        "0777 0:" + group + " d -> ..data/d");
    }

    private static List<String> ownersAndLinks(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                Map<String, Object> file = Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
                String link = Files.isSymbolicLink(path) ? " -> " + Files.readSymbolicLink(path) : "";
                lines.add(String.format(
                        "%04o %s:%s %s%s",
                        (Integer) file.get("mode") & 07777,
                        file.get("uid"),
                        file.get("gid"),
                        root.relativize(path),
                        link));
            }
        }
        lines.sort(Comparator.comparing(line -> line.split(" ", -1)[2].replace("..d", "..!d")));
        return lines;
    }

    @ParameterizedTest
    @CsvSource({
        "a,          0644 0:0 /",
        "..data/a,   0644 0:0 /",
        "..data,     0755 0:0 /;0644 0:0 /a;0755 0:0 /d;0644 0:0 /d/x",
        "d,          0755 0:0 /;0644 0:0 /x",
        "d/new,      0777 0:0 /",
        "new,        0777 0:0 /",
    })
    void aPartOfThemIsFoundBehindTheLinks(String subPath, String tree) throws Exception {
        Pod pod = pod("'configMap':{'name':'settings','items':[{'key':'a','path':'a'},{'key':'a','path':'d/x'}]}")
                .editSpec()
                .editContainer(0)
                .editVolumeMount(0)
                .withSubPath(subPath)
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();

        assertThat(tree(pod)).containsExactly(tree.split(";", -1));
    }

    @Test
    void aMountPointInPlaceOfTheLinkKeepsThemFromBeingWritten() {
        Pod pod = nesting("'configMap':{'name':'settings'}", emptyDir(), "/v/..data/x", null);

        assertThat(notStarted(cluster().submit(pod)).message())
                .isEqualTo("MountVolume.SetUp failed for volume \"v\" : readlink /var/lib/kubelet/pods/"
                        + "00000000-0000-4000-8000-000000000001/volumes/kubernetes.io~configmap/v/..data:"
                        + " invalid argument");
    }

    @Test
    void aTokenIsReadByTheOneUserOfAllContainersOrByTheGroupOfThePod() throws Exception {
        String token = "'projected':{'sources':[{'serviceAccountToken':{'path':'token'}}]}";
        PodBuilder twoUsers = pod(token)
                .editSpec()
                .addNewInitContainer()
                .withName("fix")
                .withImage("registry.example/fix:1")
                .withCommand("mkdir", "/tmp/x")
                .withNewSecurityContext()
                .withRunAsUser(0L)
                .endSecurityContext()
                .endInitContainer()
                .endSpec();

        assertThat(tree(pod(token).build())).containsExactly("1777 0:0 /", "0600 2001:0 /token");
        assertThat(tree(withGroup(pod(token)))).containsExactly("3777 0:3000 /", "0640 2001:3000 /token");
        assertThat(tree(twoUsers.build())).containsExactly("1777 0:0 /", "0644 0:0 /token");
        assertThat(tree(withGroup(twoUsers))).containsExactly("3777 0:3000 /", "0640 0:3000 /token");
    }

    @Test
    void whatIsWrittenIsWhatTheObjectsHold() {
        RunningContainer container = cluster()
                .start(pod("'projected':{'sources':[{'secret':{'name':'keys'}},{'downwardAPI':{'items':["
                                + "{'path':'labels','fieldRef':{'fieldPath':'metadata.labels'}}]}}]}")
                        .build())
                .container("project");

        assertThat(container.path("/v/a")).hasContent("1");
        assertThat(container.path("/v/labels")).hasContent("app=\"x\"");
        assertThat(Attempt.tryToCreate(container.path("/v/new"))).isEqualTo("Read-only file system");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'configMap':{'name':'other'} | configmap "other" not found
            'secret':{'secretName':'other'} | secret "other" not found
            'projected':{'sources':[{'secret':{'name':'other'}}]} | secret "other" not found
            'configMap':{'name':'settings','items':[{'key':'c','path':'x'}]} | configmap references non-existent config key: c
            'secret':{'secretName':'keys','items':[{'key':'c','path':'x'}]} | references non-existent secret key: c
            'configMap':{'name':'settings','items':[{'key':'a','path':'x'},{'key':'b','path':'x/y'}]} | mkdir FILES/x/: file exists
            'configMap':{'name':'settings','items':[{'key':'a','path':'x/y'},{'key':'b','path':'x'}]} | open FILES/x: is a directory
            """, quoteCharacter = '`')
    void whatCannotBeWrittenIsNotMounted(String source, String why) {
        String files = "/var/lib/kubelet/pods/00000000-0000-4000-8000-000000000001/volumes/kubernetes.io~configmap/v/"
                + "..1970_01_01_00_00_00.0000000000";
        assertThat(stuck(source))
                .isEqualTo("MountVolume.SetUp failed for volume \"v\" : " + why.replace("FILES", files));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'configMap':{'name':'settings'}                         | false
            'configMap':{'name':'settings'}                         | true
            'secret':{'secretName':'keys'}                          | false
            'projected':{'sources':[{'secret':{'name':'keys'}}]}    | true
            'downwardAPI':{'items':[]}                              | false
            """, quoteCharacter = '"')
    void theKubeletMakesMountPointsInWhatItWrites(String source, boolean readOnly) {
        Pod pod = nesting(source, emptyDir(), "/v/inner/deep", null);
        pod.getSpec().getContainers().get(0).getVolumeMounts().get(0).setReadOnly(readOnly);

        RunningContainer container = cluster().start(pod).container("project");

        assertThat(Attempt.tryToCreate(container.path("/v/inner/deep/x"))).isEqualTo("ok");
        assertThat(Attempt.tryToCreate(container.path("/v/x"))).isEqualTo("Read-only file system");
    }

    @Test
    void aFileIsNotMountedOverTheDirectoryThatTheKubeletMakes() {
        Volume keys = new VolumeBuilder()
                .withName("inner")
                .withNewSecret()
                .withSecretName("keys")
                .endSecret()
                .build();

        PodOutcome.NotStarted stuck =
                notStarted(cluster().submit(nesting("'configMap':{'name':'settings'}", keys, "/v/key", "a")));

        assertThat(stuck.reason()).isEqualTo("StartError");
        assertThat(stuck.message()).contains("not a directory");
    }

    @Test
    void aMountHidesTheFileThatTheKubeletWouldWriteThere() throws Exception {
        RunningContainer container = cluster()
                .start(nesting("'configMap':{'name':'settings'}", emptyDir(), "/v/a", null))
                .container("project");

        assertThat(container.path("/v/a")).isEmptyDirectory();
        assertThat(container.path("/v/b")).isRegularFile();
    }

    @ParameterizedTest
    @CsvSource({"/v/dir", "/v/dir/a"})
    void aMountHidesAllThatTheKubeletWouldWriteBelowItsFirstName(String mountPath) throws Exception {
        String source =
                "'configMap':{'name':'settings','items':[{'key':'a','path':'dir/a'},{'key':'b','path':'dir/b'}]}";

        RunningContainer container =
                cluster().start(nesting(source, emptyDir(), mountPath, null)).container("project");

        assertThat(container.path(mountPath)).isEmptyDirectory();
        assertThat(container.path("/v/dir/b")).doesNotExist();
    }

    @Test
    void belowARelativeMountPathTheKubeletMakesNoMountPoints() {
        Pod pod = nesting("'configMap':{'name':'settings'}", emptyDir(), "/v/inner", null);
        pod.getSpec().getContainers().get(0).getVolumeMounts().get(0).setMountPath("v");

        assertThat(notStarted(cluster().submit(pod)).message()).contains("read-only file system");
    }

    @Test
    void theRuntimeMakesNoMountPointInAPartOfWhatTheKubeletWrites() {
        String source = "'configMap':{'name':'settings','items':[{'key':'a','path':'dir/a'}]}";
        Pod pod = nesting(source, emptyDir(), "/v/inner", null);
        pod.getSpec().getContainers().get(0).getVolumeMounts().get(0).setSubPath("dir");

        assertThat(notStarted(cluster().submit(pod)).message()).contains("read-only file system");
    }

    @Test
    void aVariableFromAFileIsNotImitatedAndRefusedByName() {
        Pod pod = pod("'emptyDir':{}")
                .editSpec()
                .editContainer(0)
                .addNewEnv()
                .withName("A")
                .withNewValueFrom()
                .withNewFileKeyRef("A", false, "env", "v")
                .endValueFrom()
                .endEnv()
                .endContainer()
                .endSpec()
                .build();

        assertThat(notStarted(cluster().submit(pod)).message())
                .isEqualTo("variables from a file of a volume (fileKeyRef) are not imitated here");
    }

    private static Volume emptyDir() {
        return new VolumeBuilder()
                .withName("inner")
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }

    /** A pod with a volume at {@code /v} and another one below it. */
    private static Pod nesting(String source, Volume inner, String path, @Nullable String subPath) {
        return pod(source)
                .editSpec()
                .addToVolumes(inner)
                .editContainer(0)
                .addToVolumeMounts(new VolumeMountBuilder()
                        .withName("inner")
                        .withMountPath(path)
                        .withSubPath(subPath)
                        .build())
                .endContainer()
                .endSpec()
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/new,        '',                0755 0:0 /",
        "/srv/new/deeper, DirectoryOrCreate, 0755 0:0 /",
        "/srv/new,        FileOrCreate,      0644 0:0 /",
        "/tmp,            Directory,         1777 0:0 /",
        "/etc/hosts,      File,              0644 0:0 /",
        "/etc/hosts,      FileOrCreate,      0644 0:0 /",
        "/etc/hosts,      '',                0644 0:0 /",
    })
    void aPathOfTheNodeIsThereOrMadeAsItsTypeSays(String path, String type, String root) throws Exception {
        Pod pod =
                pod("'hostPath':{'path':'" + path + "','type':'" + type + "'}").build();

        assertThat(tree(pod)).contains(root);
    }

    @ParameterizedTest
    @CsvSource({
        "/nope,      Directory,         a directory",
        "/nope,      File,              a file",
        "/etc/hosts, Directory,         a directory",
        "/etc/hosts, DirectoryOrCreate, a directory",
        "/etc,       File,              a file",
        "/etc,       FileOrCreate,      a file",
        "/etc,       Socket,            a socket file",
        "/dev/null,  BlockDevice,       a block device",
    })
    void aPathOfTheNodeThatIsSomethingElseIsNotMounted(String path, String type, String expected) {
        assertThat(stuck("'hostPath':{'path':'" + path + "','type':'" + type + "'}"))
                .isEqualTo("MountVolume.SetUp failed for volume \"v\" : hostPath type check failed: " + path
                        + " is not " + expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/nope/file,     no such file or directory",
        "/srv/file/,     is a directory",
        "/etc/hosts/,    is a directory",
        "/etc/hosts/x,   not a directory",
        "/etc/hosts/x/,  not a directory",
        "/nope/x/,       no such file or directory",
        "/srv/nope/.,    no such file or directory",
        "/srv/loop,      too many levels of symbolic links",
    })
    void aFileIsNotMade(String path, String why) throws Exception {
        assertThat(fails(path, "FileOrCreate"))
                .isEqualTo("FailedMount: MountVolume.SetUp failed for volume \"v\" : open " + path + ": " + why);
    }

    @Test
    void aDirectoryIsNotMadeBelowAFile() throws Exception {
        assertThat(fails("/etc/hosts/x", "DirectoryOrCreate"))
                .startsWith("FailedMount: MountVolume.SetUp failed for volume \"v\" : mkdir /etc/hosts")
                .endsWith(": not a directory");
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/hosts/,     '',                stat,  /etc/hosts/,   not a directory",
        "/etc/hosts/.,    '',                stat,  /etc/hosts/.,  not a directory",
        "/etc/hosts/x,    '',                stat,  /etc/hosts/x,  not a directory",
        "/etc/hosts/,     DirectoryOrCreate, stat,  /etc/hosts/,   not a directory",
        "/srv/loop,       '',                stat,  /srv/loop,     too many levels of symbolic links",
        "/srv/dangling,   '',                mkdir, /srv/dangling, file exists",
        "/srv/dangling,   DirectoryOrCreate, mkdir, /srv/dangling, file exists",
        "/srv/dangling/x, DirectoryOrCreate, mkdir, /srv/dangling, file exists",
    })
    void theRuntimeFindsWhatTheKubeletPassesOn(String path, String type, String call, String what, String why)
            throws Exception {
        assertThat(fails(path, type))
                .startsWith("CreateContainerError: failed to generate container")
                .endsWith("failed to generate spec: failed to " + call + " \"" + path + "\": " + call + " " + what
                        + ": " + why);
    }

    @ParameterizedTest
    @CsvSource({"/srv/new/, '', 0755", "/srv/new/., DirectoryOrCreate, 0755", "/srv/toFile, FileOrCreate, 0644"})
    void whatIsMissingIsMade(String path, String type, String mode) throws Exception {
        RunningContainer container =
                nodeWithLinks().submit(onNode(path, type)).running().container("project");

        assertThat(UnixFile.stat(container.path("/v")).permissions()).isEqualTo(Integer.parseInt(mode, 8));
    }

    private static String fails(String path, String type) throws Exception {
        PodOutcome.NotStarted stuck = notStarted(nodeWithLinks().submit(onNode(path, type)));
        return stuck.reason() + ": " + stuck.message();
    }

    private static Pod onNode(String path, String type) {
        return pod("'hostPath':{'path':'" + path + "','type':'" + type + "'}").build();
    }

    private static FakeCluster nodeWithLinks() throws IOException {
        FakeCluster cluster = cluster();
        Pod pod = pod("'hostPath':{'path':'/srv'}").build();
        pod.getMetadata().setName("links");
        pod.getSpec().getSecurityContext().setRunAsUser(0L);
        Path srv = cluster.start(pod).container("project").path("/v");
        Files.createSymbolicLink(srv.resolve("loop"), srv.getFileSystem().getPath("loop"));
        Files.createSymbolicLink(srv.resolve("dangling"), srv.getFileSystem().getPath("no/where"));
        Files.createSymbolicLink(srv.resolve("toFile"), srv.getFileSystem().getPath("file"));
        return cluster;
    }

    @Test
    void theRuntimeMakesAMissingPathOfTheNodeButNotForASubPath() throws Exception {
        Pod whole = pod("'hostPath':{'path':'/srv/new'}").build();
        Pod part = pod("'hostPath':{'path':'/srv/other'}").build();
        part.getSpec().getContainers().get(0).getVolumeMounts().get(0).setSubPath("x");

        assertThat(tree(whole)).contains("0755 0:0 /");
        assertThat(Outcomes.notStarted(cluster().submit(part)).message())
                .isEqualTo("stat /srv/other: no such file or directory");
    }

    @Test
    void podsOfOneNodeShareItsPathsAndThoseBelow() throws Exception {
        FakeCluster cluster = cluster();
        Pod above = pod("'hostPath':{'path':'/srv'}").build();
        Pod below = pod("'hostPath':{'path':'/srv/shared'}").build();
        below.getMetadata().setName("below");
        below.getSpec().getSecurityContext().setRunAsUser(0L);

        Files.writeString(cluster.start(below).container("project").path("/v/x"), "text");

        assertThat(cluster.start(above).container("project").path("/v/shared/x"))
                .hasContent("text");
    }

    @Test
    void aSubPathOfAPathOfTheNodeIsMadeWithTheModeOfThatPath() {
        FakeCluster cluster = cluster();
        Pod pod = pod("'hostPath':{'path':'/tmp'}").build();
        pod.getSpec().getContainers().get(0).getVolumeMounts().get(0).setSubPath("a");

        Path made = cluster.start(pod).container("project").path("/v/x");

        assertThat(Attempt.tryToCreate(made)).isEqualTo("ok");
    }
}
