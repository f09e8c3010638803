package com.cocalc.storage.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.testkit.law.Homes;
import com.cocalc.storage.testkit.law.ProjectCase;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

class ProjectVolumesContractTest {

    @Nested
    class OfTheLibrary implements ProjectVolumesContract {

        @Override
        public Pod pod(ProjectCase project) {
            return Homes.pod(project.volumes());
        }
    }

    /** As somebody would write it by hand. */
    @Nested
    class ByHandForOneInstallation implements ProjectVolumesContract {

        @Override
        public List<ProjectCase> projects() {
            return ProjectCase.of(StorageConfig.defaults());
        }

        @Override
        public Pod pod(ProjectCase project) {
            boolean readOnly = project.volumes().softwareAccess().access().isReadOnly();
            return new PodBuilder(Homes.bare())
                    .editSpec()
                    .addNewVolume()
                    .withName("d")
                    .withNewPersistentVolumeClaim("projects-data", null)
                    .endVolume()
                    .addNewVolume()
                    .withName("s")
                    .withNewPersistentVolumeClaim("projects-software", null)
                    .endVolume()
                    .withNewSecurityContext()
                    .withRunAsUser(2001L)
                    .withRunAsGroup(2001L)
                    .withFsGroup(2001L)
                    .withFsGroupChangePolicy("OnRootMismatch")
                    .endSecurityContext()
                    .editFirstContainer()
                    .addNewVolumeMount()
                    .withName("d")
                    .withMountPath("/home/user")
                    .withSubPath("projects/" + project.project())
                    .endVolumeMount()
                    .addNewVolumeMount()
                    .withName("s")
                    .withMountPath("/ext")
                    .withReadOnly(readOnly)
                    .endVolumeMount()
                    .addNewEnv()
                    .withName("EXT")
                    .withValue("/ext")
                    .endEnv()
                    .endContainer()
                    .endSpec()
                    .build();
        }
    }

    /** Forgets that licences differ. */
    static class Forgetful implements ProjectVolumesContract {

        @Override
        public List<ProjectCase> projects() {
            return ProjectCase.of(StorageConfig.builder()
                    .homeOwnership(HomeOwnership.fixPermissionsInit())
                    .build());
        }

        @Override
        public Pod pod(ProjectCase project) {
            ProjectVolumes first = projects().get(0).volumes();
            return PodStorage.of(ProjectVolumes.forProject(project.project(), ProjectLicenses.none(), first.config()))
                    .applyTo(Homes.bare(), "project");
        }
    }

    @Test
    void aProgramThatForgetsLicencesFailsTheOneLawInTheOneCase() {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Forgetful.class))
                .execute()
                .testEvents();

        List<String> failures = tests.failed().stream()
                .map(event -> event.getTestDescriptor().getDisplayName() + ": " + message(event))
                .toList();

        assertThat(failures)
                .containsExactly("software-follows-the-decision: software-follows-the-decision at"
                        + " /spec/containers/0/volumeMounts/1/readOnly: found read-only, expected read-write; the software is"
                        + " writable exactly when SoftwareAccess.decide says so; take the access of"
                        + " ProjectVolumes.software(), for mount and source alike");
        assertThat(tests.succeeded().count()).isEqualTo(5 * 16 - 1);
    }

    private static String message(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .map(Throwable::getMessage)
                .orElse("");
    }
}
