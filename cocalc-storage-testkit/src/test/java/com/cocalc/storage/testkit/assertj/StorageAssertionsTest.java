package com.cocalc.storage.testkit.assertj;

import static com.cocalc.storage.testkit.assertj.StorageAssertions.assertThat;
import static com.cocalc.storage.testkit.assertj.StorageAssertions.assertThatThrownBy;

import com.cocalc.storage.Access;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.SoftwareAccess;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.law.Homes;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StorageAssertionsTest {

    private static final ProjectId PROJECT = Homes.PROJECT;
    private static final ProjectId OTHER = Homes.OTHER;
    private static final ProjectLicenses GRANT = Homes.GRANT;

    private static Pod pod(ProjectLicenses licenses) {
        return Homes.pod(ProjectVolumes.forProject(PROJECT, licenses));
    }

    private static void assertFails(ThrowingCallable assertion, String message) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessage(message);
    }

    @Test
    void aGoodPodPasses() {
        StorageConfig config = StorageConfig.builder()
                .dataClaim("files")
                .softwarePath("/opt/software")
                .build();

        assertThat(pod(ProjectLicenses.none()))
                .mountsHomeOf(PROJECT)
                .givesAccessToSoftware(Access.READ_ONLY)
                .offersSoftware()
                .runsAsTheProject()
                .keepsAllLawsOf(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none()));
        assertThat(pod(GRANT)).givesAccessToSoftware(Access.READ_WRITE);
        assertThat(Homes.pod(ProjectVolumes.forProject(OTHER, GRANT, config)))
                .in(config)
                .mountsHomeOf(OTHER)
                .givesAccessToSoftware(Access.READ_WRITE)
                .offersSoftware();
    }

    @Test
    void aFailureShowsTheLawThePlaceAndTheRemedy() {
        assertFails(() -> assertThat(pod(ProjectLicenses.none())).mountsHomeOf(OTHER), """
                expected the pod to mount the home of project c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90, but
                - at /spec/containers/0/volumeMounts/0/subPath
                    found:    "projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"
                    expected: "projects/c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90"
                    law:      home-is-resolved: the sub-path of a home is the projects schema with the lower-case id in \
                place of [project_id]
                    remedy:   mount projectsSchema.resolve(id)""");
    }

    @Test
    void aMountThatIsMissingIsToldWithThoseThatAreThereAndWithTheInstallationThatWasNotNamed() {
        StorageConfig config = StorageConfig.builder()
                .dataClaim("files")
                .softwarePath("/opt/software")
                .build();
        Pod pod = Homes.pod(ProjectVolumes.forProject(PROJECT, GRANT, config));
        String hint = "if it is of another installation, name that with assertThat(pod).in(config)";

        assertFails(() -> assertThat(pod).mountsHomeOf(PROJECT), """
                expected the pod to mount the home of project 6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11, but
                - at /spec/containers
                    found:    no such mount; mounted are "projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11" of files at \
                /home/user, read-write; the whole of projects-software at /opt/software, read-write
                    expected: "projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11" of projects-data at /home/user, read-write
                    law:      home-is-mounted: a container has the project's home at homePath and may write to it, and so \
                has every other one that mounts the data claim
                    remedy:   mount the data claim there, with the home's sub-path and without readOnly
                the pod mounts "projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11" of files at /home/user, read-write, which \
                the default configuration does not; if it is of another installation, name that with \
                assertThat(pod).in(config)""");
        assertThatThrownBy(() -> assertThat(pod).givesAccessToSoftware(Access.READ_WRITE))
                .hasMessageContaining("the whole of projects-software at /opt/software, read-write")
                .hasMessageEndingWith(hint);
        assertThatThrownBy(() -> assertThat(pod).in(StorageConfig.defaults()).mountsHomeOf(PROJECT))
                .hasMessageContaining("found:    no such mount; mounted are ")
                .hasMessageNotContaining(hint);
        assertThatThrownBy(() -> assertThat(pod(GRANT)).mountsHomeOf(OTHER)).hasMessageNotContaining(hint);
        assertThat(pod).in(config).mountsHomeOf(PROJECT).givesAccessToSoftware(Access.READ_WRITE);
    }

    @Test
    void anUncleanSubPathIsNoHome() {
        Pod pod = pod(GRANT);
        pod.getSpec().getContainers().get(0).getVolumeMounts().get(0).setSubPath("projects/./" + PROJECT);

        assertThatThrownBy(() -> assertThat(pod).mountsHomeOf(PROJECT))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sub-path-is-clean")
                .hasMessageNotContaining("home-is-");
    }

    @Test
    void aDescriptionStandsBeforeTheFailure() {
        assertFails(() -> assertThat(pod(GRANT)).as("after the licence").givesAccessToSoftware(Access.READ_ONLY), """
                [after the licence] expected the pod to give read-only access to /ext, but
                - at /spec/containers/0/volumeMounts/1/readOnly
                    found:    read-write
                    expected: read-only
                    law:      software-follows-the-decision: the software is writable exactly when SoftwareAccess.decide \
                says so
                    remedy:   take the access of ProjectVolumes.software(), for mount and source alike""");
    }

    @Test
    void softwareThatIsNotThereIsNotWritable() {
        assertFails(() -> assertThat(Homes.bare()).givesAccessToSoftware(Access.READ_WRITE), """
                expected the pod to give read-write access to /ext, but
                - at /spec/containers
                    found:    no such mount, nor one of any claim
                    expected: the whole of projects-software at /ext
                    law:      software-is-mounted: a container that has the home has the whole software claim at \
                softwarePath
                    remedy:   mount the software claim there, without a sub-path""");
        assertThat(Homes.bare()).givesAccessToSoftware(Access.READ_ONLY);
    }

    @Test
    void softwareThatIsNotThereIsNotOffered() {
        Pod bare = pod(ProjectLicenses.none());
        bare.getSpec().getContainers().get(0).getVolumeMounts().clear();

        assertFails(() -> assertThat(bare).offersSoftware(), """
                expected the pod to offer the software at /ext, but
                - at /spec/containers
                    found:    no such mount, nor one of any claim
                    expected: the whole of projects-software at /ext
                    law:      software-is-mounted: a container that has the home has the whole software claim at softwarePath
                    remedy:   mount the software claim there, without a sub-path""");
    }

    @Test
    void anotherClaimInThePlaceOfTheSoftwareIsNotReadOnlySoftware() {
        Pod elsewhere = Homes.pod(ProjectVolumes.forProject(
                PROJECT, GRANT, StorageConfig.builder().softwareClaim("tools").build()));

        assertThatThrownBy(() -> assertThat(elsewhere).givesAccessToSoftware(Access.READ_ONLY))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("expected the pod to give read-only access to /ext, but\n")
                .hasMessageContaining("the whole of tools at /ext, read-write")
                .hasMessageEndingWith("name that with assertThat(pod).in(config)");
        assertThatThrownBy(() -> assertThat(elsewhere).offersSoftware())
                .isInstanceOf(AssertionError.class)
                .hasMessageEndingWith("name that with assertThat(pod).in(config)");
    }

    @Test
    void aTreeThatCannotBeReadIsAFailureWithItsReason() {
        Path missing = RwxVolume.create().mount(Mount.as(0, 0)).getPath("/home");

        assertFails(
                () -> assertThat(missing).isOwnedBy(0, 0),
                "expected the tree /home to be readable, but reading it failed: java.nio.file.NoSuchFileException: /home"
                        + "\nremedy: create it first, or read it through a mount whose user may");
    }

    @Test
    void theOtherAssertionsOfAPodFailByTheirOwnLaws() {
        Pod pod = pod(ProjectLicenses.none());
        pod.getSpec().getContainers().get(0).getEnv().clear();
        pod.getSpec().getSecurityContext().setRunAsUser(0L);

        assertThatThrownBy(() -> assertThat(pod).offersSoftware())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("expected the pod to offer the software at /ext, but\n- at"
                        + " /spec/containers/0/env\n    found:    no EXT\n    expected: \"/ext\"\n");
        assertThatThrownBy(() -> assertThat(pod).runsAsTheProject())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("expected the pod to run as 2001:2001, but\n- at"
                        + " /spec/securityContext/runAsUser\n    found:    0\n    expected: 2001\n");
        assertThatThrownBy(() ->
                        assertThat(pod).keepsAllLawsOf(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none())))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("expected the pod to keep all laws for project " + PROJECT + ", but\n- at")
                .hasMessageContaining("ext-names-the-mount")
                .hasMessageContaining("runs-as-the-project");
        assertThatThrownBy(() -> assertThat((Pod) null).offersSoftware()).isInstanceOf(AssertionError.class);
    }

    @Test
    void aTreeIsJudgedEntryByEntry() {
        RwxVolume volume = RwxVolume.create();
        volume.populate("0755 2001:2001 - home/\n0666 0:2001 0 home/file\n0755 2001:2001 - good/\n");
        Path home = volume.mount(Mount.asRoot()).getPath("/home");

        assertThat(home.resolveSibling("good"))
                .isOwnedBy(2001, 2001)
                .isSafeHome()
                .isDirectory();
        assertFails(() -> assertThat(home).isOwnedBy(2001, 2001), """
                expected the tree /home to be owned by 2001:2001, but one entry is not:
                - file: 0:2001
                remedy: chown -h 2001:2001 each of them, or assert the owner that was meant""");
        assertFails(() -> assertThat(home).isSafeHome(), """
                expected the tree /home to be a safe home, but
                - at file
                    found:    mode 0666
                    expected: no write permission for others
                    law:      not-writable-for-all: nothing in a home is writable for all
                    remedy:   chmod o-w""");
    }

    @Test
    void aLargeTreeOfOthersIsToldByItsFirstTenEntries() {
        RwxVolume volume = RwxVolume.create();
        StringBuilder tree = new StringBuilder("0755 2001:2001 - home/\n");
        for (int i = 10; i < 30; i++) {
            tree.append("0666 2001:2001 \"\" home/f").append(i).append('\n');
        }
        volume.populate(tree.toString());
        Path home = volume.mount(Mount.asRoot()).getPath("/home");

        assertFails(() -> assertThat(home).isOwnedBy(0, 0), """
                expected the tree /home to be owned by 0:0, but 21 entries are not:
                - .: 2001:2001
                - f10: 2001:2001
                - f11: 2001:2001
                - f12: 2001:2001
                - f13: 2001:2001
                - f14: 2001:2001
                - f15: 2001:2001
                - f16: 2001:2001
                - f17: 2001:2001
                - f18: 2001:2001
                - and 11 more
                remedy: chown -h 0:0 each of them, or assert the owner that was meant""");
        assertThatThrownBy(() -> assertThat(home).isSafeHome()).hasMessageEndingWith("\n- and 10 more");
    }

    @Test
    void aDecisionIsJudgedWithItsExplanation() {
        assertThat(SoftwareAccess.decide(GRANT)).gives(Access.READ_WRITE).isTheHubsFor(GRANT);
        assertThatThrownBy(() -> assertThat(SoftwareAccess.decide(ProjectLicenses.none()))
                        .gives(Access.READ_WRITE))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "expected the software to be read-write, but\nThe shared software is read-only: the"
                                + " project has no licence.\n");
        assertThatThrownBy(() -> assertThat(SoftwareAccess.decide(ProjectLicenses.none()))
                        .isTheHubsFor(GRANT))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("expected the hub's own decision, but\n- at ")
                .hasMessageContaining(
                        "\n    found:    read-only\n    expected: read-write\n    law:      decision-is-the-hubs: ");
    }
}
