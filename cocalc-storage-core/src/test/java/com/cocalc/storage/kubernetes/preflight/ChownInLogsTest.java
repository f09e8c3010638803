package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An ordinary user can give no file away, on any storage; root can, except where the server squashes it. */
class ChownInLogsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chown: changing ownership of '/home/user/data': Operation not permitted",
                "chown: /home/user/data: Operation not permitted",
                "Error: EPERM: operation not permitted, chown '/home/user/x'",
                "cp: failed to preserve ownership for '/home/user/x': Operation not permitted",
                "rsync: [receiver] chown \"/home/user/x\" failed: Operation not permitted (1)",
                "chown: changing ownership of '/home/user/data': Invalid argument"
            })
    void anOrdinaryUserWhoGivesAFileAwayIsNoTroubleOfTheStorage(String line) {
        assertThat(kinds(project(HomeOwnership.serverSide()), line)).isEmpty();
    }

    @Test
    void anInitContainerOfRootMayBeTheOneThatIsRefused() {
        Pod pod = project(HomeOwnership.fixPermissionsInit());

        assertThat(kinds(pod, "chown: /home/user/data: Operation not permitted"))
                .containsExactly(CauseKind.CHOWN_REFUSED);
    }

    @Test
    void anInitContainerThatEndedWellWasNotRefused() {
        Pod pod = project(HomeOwnership.fixPermissionsInit());
        pod.getStatus().setInitContainerStatuses(List.of(ended("fix-permissions", 0, "")));
        assertThat(kinds(pod, "chown: /home/user/data: Operation not permitted"))
                .isEmpty();

        pod.getStatus().setInitContainerStatuses(List.of(ended("fix-permissions", 1, "")));
        assertThat(kinds(pod, "chown: /home/user/data: Operation not permitted"))
                .containsExactly(CauseKind.CHOWN_REFUSED);
    }

    @Test
    void theLastWordsOfAContainerAreThoseOfItsUser() {
        Pod pod = project(HomeOwnership.fixPermissionsInit());
        pod.getStatus()
                .setContainerStatuses(List.of(ended("project", 1, "chown: /home/user: Operation not permitted")));

        assertThat(kinds(pod, "hello")).isEmpty();
    }

    @Test
    void whatAUserMayNotEnterIsAMatterOfItsOwner() {
        assertThat(kinds(
                        project(HomeOwnership.serverSide()),
                        "chown: changing ownership of '/home/user/data': Permission denied"))
                .containsExactly(CauseKind.WRONG_OWNER_OF_HOME);
    }

    private static List<CauseKind> kinds(Pod pod, String line) {
        return Diagnosis.of(pod, List.of(), List.of(line)).causes().stream()
                .map(Cause::kind)
                .toList();
    }

    private static ContainerStatus ended(String name, int exitCode, String message) {
        return new ContainerStatusBuilder()
                .withName(name)
                .withNewState()
                .withNewTerminated()
                .withReason(exitCode == 0 ? "Completed" : "Error")
                .withExitCode(exitCode)
                .withMessage(message)
                .endTerminated()
                .endState()
                .build();
    }

    private static Pod project(HomeOwnership ownership) {
        ProjectId id = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
        StorageConfig config = StorageConfig.builder().homeOwnership(ownership).build();
        Pod bare = new PodBuilder()
                .withNewMetadata()
                .withName("project-1")
                .withNamespace("cocalc")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("project")
                .withImage("registry.example/project:1")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .endStatus()
                .build();
        return PodStorage.of(ProjectVolumes.forProject(id, ProjectLicenses.none(), config))
                .applyTo(bare, "project");
    }
}
