package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.notStarted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.kubernetes.BackEnd;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What init containers run, as whom, and with which powers. */
class ProgramsTest {

    private static FakeClusterBuilder builder() {
        return FakeCluster.builder()
                .storageClass("nfs", BackEnd.GANESHA)
                .claim("data", "nfs")
                .anyImage(ContainerImage.standard().withUser(PosixIdentity.of(1000, 1000)));
    }

    private static Pod pod(SecurityContext context, String... argv) {
        Container init = new ContainerBuilder()
                .withName("init")
                .withImage("busybox:1.37")
                .withCommand(argv)
                .withSecurityContext(context)
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/data")
                .endVolumeMount()
                .build();
        return new PodBuilder(Pods.bare("p"))
                .editSpec()
                .addToInitContainers(init)
                .addNewVolume()
                .withName("data")
                .withNewPersistentVolumeClaim()
                .withClaimName("data")
                .endPersistentVolumeClaim()
                .endVolume()
                .endSpec()
                .build();
    }

    private static SecurityContext root(List<String> add, List<String> drop) {
        return new SecurityContextBuilder()
                .withRunAsUser(0L)
                .withCapabilities(new Capabilities(add, drop))
                .build();
    }

    private static final SecurityContext ROOT = root(List.of(), List.of());

    @Test
    void anUnknownProgramIsAMistakeOfTheTestThatListsTheKnownOnes() {
        FakeCluster cluster = builder().build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster.submit(pod(ROOT, "/bin/sh", "-c", "chown 2001 /data")))
                .withMessage("container \"init\" must run one of chmod, chown, find, mkdir, true, but was"
                        + " \"/bin/sh\"; register it with FakeCluster.builder().command(\"sh\", …)");
        assertThat(cluster).hasToString("cluster of [node-1] with pods []");
    }

    @Test
    void anUnknownProgramThatFindIsToRunIsOneToo() {
        FakeCluster cluster = builder().build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster.submit(pod(ROOT, "find", "/data", "-exec", "rm", "{}", "+")))
                .withMessage("find -exec must run one of chmod, chown, find, mkdir, true, but was \"rm\"; register it"
                        + " with FakeCluster.builder().command(\"rm\", …)");
    }

    @Test
    void aTestRegistersProgramsWhichFindRunsToo() {
        FakeCluster cluster = builder()
                .command("rm", invocation -> {
                    for (String name : invocation.arguments()) {
                        Files.delete(invocation.path(name));
                        invocation.print(invocation.name() + " " + name + " in "
                                + invocation.environment().get("WHERE"));
                    }
                    return 0;
                })
                .build();
        cluster.claim("data").volume().populate("0644 0:0 \"\" a\n0644 0:0 \"\" b");
        Pod pod = pod(ROOT, "/usr/bin/find", "/data", "-type", "f", "-exec", "/bin/rm", "{}", "+");
        pod.getSpec().getInitContainers().get(0).setEnv(List.of(new EnvVar("WHERE", "here", null)));

        RunningPod running = cluster.start(pod);

        assertThat(running.logLines()).containsExactly("rm /data/a in here", "rm /data/b in here");
        assertThat(cluster.claim("data").volume().tree()).isEqualTo("0755 0:0 - /\n");
    }

    @Test
    void namesThatAreNoUtf8ReachThePrograms() throws IOException {
        List<String> read = new ArrayList<>();
        FakeCluster cluster = builder()
                .command("cat", invocation -> {
                    for (String argument : invocation.arguments()) {
                        read.add(argument + "=" + Files.readString(invocation.path(argument)));
                    }
                    return 0;
                })
                .build();
        cluster.claim("data").volume().populate("0644 0:0 \"x\" \\xff\\xfe/ü\\xc3");

        cluster.start(pod(ROOT, "find", "/data", "-type", "f", "-exec", "cat", "{}", "+"))
                .stop();
        cluster.start(pod(ROOT, "find", "/data", "-exec", "chown", "2001:2001", "{}", "+"));

        assertThat(read).containsExactly("/data/\udcff\udcfe/ü\udcc3=x");
        assertThat(cluster.claim("data").volume().tree()).isEqualTo("""
                0755 2001:2001 - /
                0755 2001:2001 - \\xff\\xfe/
                0644 2001:2001 1 \\xff\\xfe/ü\\xc3
                """);
    }

    @Test
    void halfACharacterInAnArgumentIsReadAsTheServerReadsIt() {
        FakeCluster cluster = builder().build();

        cluster.start(pod(ROOT, "mkdir", "/data/a\udcff"));

        assertThat(cluster.claim("data").volume().tree()).endsWith("0755 0:0 - a\uFFFD/\n");
    }

    @Test
    void aRegisteredProgramReplacesOneOfItsName() {
        FakeCluster cluster = builder().command("true", invocation -> 3).build();

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(pod(ROOT, "/bin/true")));

        assertThat(stuck.reason()).isEqualTo("Error");
        assertThat(stuck.message()).isEqualTo("exit code 3");
        assertThat(stuck.pod()
                        .getStatus()
                        .getInitContainerStatuses()
                        .get(0)
                        .getState()
                        .getTerminated()
                        .getExitCode())
                .isEqualTo(3);
    }

    @Test
    void aProgramThatThrowsFailsWithTheReason() {
        FakeCluster cluster = builder()
                .command("touch", invocation -> {
                    Files.createFile(invocation
                            .fileSystem()
                            .getPath(invocation.arguments().get(0)));
                    return 0;
                })
                .build();

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(pod(new SecurityContext(), "touch", "/data/x")));

        assertThat(stuck.message()).isEqualTo("touch: Permission denied");
        assertThat(stuck.logLines()).containsExactly("touch: Permission denied");
    }

    @Test
    void referencesInTheArgumentsAreReplaced() {
        FakeCluster cluster = builder().build();
        Pod pod = pod(ROOT, "mkdir", "/data/$(NAME)", "/data/$$(NAME)", "/data/$(MISSING)");
        pod.getSpec().getInitContainers().get(0).setEnv(List.of(new EnvVar("NAME", "made", null)));

        cluster.start(pod);

        assertThat(cluster.claim("data").volume().tree()).contains(" made/\n", " $(NAME)/\n", " $(MISSING)/\n");
    }

    @Test
    void argumentsFollowTheImagesProgramWhereThereIsNoCommand() {
        FakeCluster cluster = builder()
                .anyImage(ContainerImage.standard().withEntrypoint("mkdir", "-p"))
                .build();
        Pod pod = pod(ROOT);
        pod.getSpec().getInitContainers().get(0).setArgs(List.of("/data/a/b"));
        Pod without = pod(ROOT);
        without.getMetadata().setName("without");
        without.getSpec().getInitContainers().get(0).setImage("scratch");

        cluster.start(pod);
        PodOutcome.NotStarted nothing = notStarted(builder().build().submit(without));

        assertThat(cluster.claim("data").volume().tree()).contains(" a/b/\n");
        assertThat(nothing.reason()).isEqualTo("CreateContainerError");
        assertThat(nothing.message())
                .isEqualTo("failed to generate container \"" + "0".repeat(64)
                        + "\" spec: failed to generate spec: no command specified");
    }

    @Test
    void anInitContainerThatFailedRunsAgainAtTheNextTryAndTheOnesBeforeItToo() {
        FakeCluster cluster = builder().build();
        Pod pod = pod(new SecurityContext(), "mkdir", "/data/a");

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(pod));
        cluster.claim("data").volume().populate("0777 0:0 - /");

        assertThat(stuck.message()).isEqualTo("mkdir: cannot create directory '/data/a': Permission denied");
        assertThat(cluster.retry("p")).isInstanceOf(PodOutcome.Running.class);
        assertThat(cluster.claim("data").volume().tree()).contains("0755 1000:1000 - a/\n");
    }

    @Test
    void rootInAnInitContainerIsRefusedByRunAsNonRoot() {
        FakeCluster cluster = builder().build();
        SecurityContext both =
                new SecurityContextBuilder(ROOT).withRunAsNonRoot(true).build();

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(pod(both, "true")));

        assertThat(stuck.container()).isEqualTo("init");
        assertThat(stuck.reason()).isEqualTo("CreateContainerConfigError");
        assertThat(stuck.message()).startsWith("container's runAsUser breaks non-root policy (pod: \"p_default(");
    }

    @Test
    void runAsNonRootOfThePodCountsForTheImagesUserToo() {
        FakeCluster cluster = builder().anyImage(ContainerImage.standard()).build();
        Pod pod = new PodBuilder(pod(new SecurityContext(), "true"))
                .editSpec()
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .endSecurityContext()
                .endSpec()
                .build();

        assertThat(notStarted(cluster.submit(pod)).message())
                .startsWith("container has runAsNonRoot and image will run as root");
    }

    /** A 0700 directory of somebody else: reading it needs DAC_OVERRIDE, giving it away CHOWN, chmod FOWNER. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''              | ''  | chown 2001:2001 /data/private | ok
            ''              | ALL | chown 2001:2001 /data/private | chown: changing ownership of '/data/private': Operation not permitted
            CHOWN           | ALL | chown 2001:2001 /data/private | ok
            chown           | all | chown 2001:2001 /data/private | ok
            CAP_CHOWN       | all | chown 2001:2001 /data/private | chown: changing ownership of '/data/private': Operation not permitted
            ''              | CHOWN | chown 2001:2001 /data/private | chown: changing ownership of '/data/private': Operation not permitted
            CHOWN           | ALL | find /data/private -exec chown 2001:2001 {} + | find: '/data/private': Permission denied
            CHOWN           | ALL | chmod 0755 /data/private | chmod: changing permissions of '/data/private': Operation not permitted
            FOWNER          | ALL | chmod 0755 /data/private | ok
            ''              | ALL | mkdir /data/private/x | mkdir: cannot create directory '/data/private/x': Permission denied
            DAC_OVERRIDE    | ALL | mkdir /data/private/x | ok
            ALL             | ''  | find /data/private -exec chown 2001:2001 {} + | ok
            """)
    void rootHasThePowersThatItsContainerHas(String add, String drop, String command, String outcome) {
        FakeCluster cluster = builder().build();
        cluster.claim("data").volume().populate("0700 1000:1000 - private/\n0600 1000:1000 \"\" private/file");
        List<String> added = add.isEmpty() ? List.of() : List.of(add);
        List<String> dropped = drop.isEmpty() ? List.of() : List.of(drop);

        PodOutcome result = cluster.submit(pod(root(added, dropped), command.split(" ", -1)));

        assertThat(
                        result instanceof PodOutcome.NotStarted stuck
                                ? stuck.message().lines().findFirst().orElse("")
                                : "ok")
                .isEqualTo(outcome);
    }

    @Test
    void aUserHasNoPowersWhateverItsContainerAdds() {
        FakeCluster cluster = builder().build();
        SecurityContext user = new SecurityContextBuilder()
                .withRunAsUser(1000L)
                .withCapabilities(new Capabilities(List.of("CHOWN"), List.of()))
                .build();

        PodOutcome.NotStarted stuck = notStarted(cluster.submit(pod(user, "chown", "1000", "/data")));

        assertThat(stuck.message()).isEqualTo("chown: changing ownership of '/data': Operation not permitted");
    }

    @Test
    void imagesBringFilesAUserAndVariables() {
        FakeCluster cluster = builder()
                .image(
                        "registry.example/project:1",
                        ContainerImage.standard()
                                .withFiles("0755 0:0 - home/user/")
                                .withUser(PosixIdentity.PROJECT_USER)
                                .withEnvironment(Map.of("LANG", "C.UTF-8")))
                .build();

        RunningContainer container = cluster.start(Pods.bare("p")).container("project");

        Path home = container.path("/home/user");
        assertThat(home).isDirectory();
        assertThat(container).hasToString("project as 2001:2001");
        assertThat(container.environment()).containsEntry("LANG", "C.UTF-8");
    }
}
