package com.cocalc.storage.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.JupyterPath;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.Audited;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the next start gives is what a start from nothing would give, with everything else of the running pod. */
final class NextPodTest {
    private static final ProjectLicenses NONE = ProjectLicenses.none();
    private static final ProjectLicenses WRITING =
            ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build()));

    private static final Pod EMPTY = new PodBuilder()
            .withNewSpec()
            .addNewContainer()
            .withName("project")
            .endContainer()
            .endSpec()
            .build();

    private static final Pod PLAIN = new PodBuilder()
            .withNewMetadata()
            .withName("p")
            .endMetadata()
            .withNewSpec()
            .addNewVolume()
            .withName("scratch")
            .withNewEmptyDir()
            .endEmptyDir()
            .endVolume()
            .addNewInitContainer()
            .withName("theirs")
            .withImage("i")
            .endInitContainer()
            .addNewContainer()
            .withName("project")
            .withImage("x")
            .addNewEnv()
            .withName("FOO")
            .withValue("bar")
            .endEnv()
            .addNewVolumeMount()
            .withName("scratch")
            .withMountPath("/scratch")
            .endVolumeMount()
            .endContainer()
            .addNewContainer()
            .withName("sidecar")
            .withImage("y")
            .endContainer()
            .endSpec()
            .build();

    static Stream<PodStorage> starts() {
        StorageConfig defaults = StorageConfig.defaults();
        return Stream.of(
                storage(NONE, defaults),
                storage(WRITING, defaults),
                storage(
                        WRITING,
                        defaults.toBuilder()
                                .identity(PosixIdentity.of(3000, 3001))
                                .build()),
                storage(
                        NONE,
                        defaults.toBuilder()
                                .jupyterPath(JupyterPath.WITH_SOFTWARE)
                                .build()),
                storage(
                        NONE,
                        defaults.toBuilder()
                                .homeOwnership(HomeOwnership.fixPermissionsInit())
                                .build()),
                storage(NONE, defaults).hardened());
    }

    @ParameterizedTest
    @MethodSource("starts")
    void itIsWhatAStartFromNothingGives(PodStorage next) {
        Pod started = next.applyTo(PLAIN, "project");

        starts().filter(before -> before.env().size() <= next.env().size()).forEach(before -> {
            Pod running = before.applyTo(PLAIN, "project");

            Pod result = nextPod(next).before(running, 0);

            assertThat(result.getSpec().getVolumes())
                    .containsExactlyInAnyOrderElementsOf(started.getSpec().getVolumes());
            assertThat(result.getSpec().getContainers().get(0).getVolumeMounts())
                    .containsExactlyInAnyOrderElementsOf(
                            started.getSpec().getContainers().get(0).getVolumeMounts());
            assertThat(result.getSpec().getContainers().get(0).getEnv())
                    .containsExactlyInAnyOrderElementsOf(
                            started.getSpec().getContainers().get(0).getEnv());
            assertThat(result.getSpec().getSecurityContext().getRunAsUser())
                    .isEqualTo(started.getSpec().getSecurityContext().getRunAsUser());
            assertThat(result.getSpec().getSecurityContext().getRunAsGroup())
                    .isEqualTo(started.getSpec().getSecurityContext().getRunAsGroup());
            assertThat(result.getSpec().getSecurityContext().getFsGroup())
                    .isEqualTo(started.getSpec().getSecurityContext().getFsGroup());
            assertThat(result.getSpec().getSecurityContext().getFsGroupChangePolicy())
                    .isEqualTo("OnRootMismatch");
            assertThat(result.getSpec().getInitContainers())
                    .extracting("name")
                    .containsExactlyInAnyOrderElementsOf(names(started));
            assertThat(result.getSpec().getContainers().get(1))
                    .isEqualTo(PLAIN.getSpec().getContainers().get(1));
            assertThat(running).isEqualTo(before.applyTo(PLAIN, "project"));
        });
    }

    @Test
    void aContainersOwnUserGivesWayToTheProjects() {
        Pod running = storage(NONE, StorageConfig.defaults()).applyTo(PLAIN, "project");
        running = new PodBuilder(running)
                .editSpec()
                .editFirstContainer()
                .withNewSecurityContext()
                .withRunAsUser(0L)
                .withRunAsGroup(0L)
                .withRunAsNonRoot(false)
                .withAllowPrivilegeEscalation(true)
                .withReadOnlyRootFilesystem(true)
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();

        Pod next = nextPod(storage(NONE, StorageConfig.defaults())).before(running, 0);

        assertThat(next.getSpec().getContainers().get(0).getSecurityContext()).satisfies(context -> {
            assertThat(context.getRunAsUser()).isNull();
            assertThat(context.getRunAsGroup()).isNull();
            assertThat(context.getRunAsNonRoot()).isNull();
            assertThat(context.getAllowPrivilegeEscalation()).isNull();
            assertThat(context.getReadOnlyRootFilesystem()).isTrue();
        });
    }

    private static List<String> names(Pod pod) {
        return pod.getSpec().getInitContainers().stream()
                .map(container -> container.getName())
                .toList();
    }

    private static NextPod nextPod(PodStorage storage) {
        return new NextPod(storage.applyTo(EMPTY, "project").getSpec());
    }

    private static PodStorage storage(ProjectLicenses licenses, StorageConfig config) {
        return PodStorage.of(ProjectVolumes.forProject(ProjectId.parse(Audited.ID), licenses, config));
    }
}
