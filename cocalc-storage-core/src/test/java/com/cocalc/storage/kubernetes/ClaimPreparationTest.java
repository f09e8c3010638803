package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import org.junit.jupiter.api.Test;

class ClaimPreparationTest {

    private static final ClaimPreparation PREPARATION = of(StorageConfig.defaults());

    private static ClaimPreparation of(StorageConfig config) {
        return ClaimPreparation.of(StorageModel.of(config));
    }

    private static PodSpec pod(StorageConfig config) {
        return of(config).job("busybox:1.37").getSpec().getTemplate().getSpec();
    }

    @Test
    void theJobMountsTheDirectoriesThatItChangesAndNothingElseOfTheClaims() {
        Golden.assertEqual("job-claim-preparation.yaml", KubernetesText.yaml(PREPARATION.job("busybox:1.37")));
    }

    @Test
    void sharesOnAClaimOfTheirOwnAreAVolumeOfTheirOwn() {
        PodSpec pod = pod(StorageConfig.builder()
                .sharesClaim("shares")
                .projectsSchema("[project_id]")
                .sharesSchema("public/all/[project_id]")
                .build());

        assertThat(pod.getVolumes())
                .extracting(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .containsExactly("projects-software", "projects-data", "shares");
        assertThat(pod.getContainers().get(0).getVolumeMounts())
                .extracting(VolumeMount::getSubPath)
                .containsExactly(null, null, "public/all");
    }

    @Test
    void whereProjectsSeeTheSoftwareIsNoMatterHere() {
        PodSpec pod =
                pod(StorageConfig.builder().softwarePath("/projects/software").build());

        assertThat(pod.getContainers().get(0).getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/ext", "/projects", "/shares");
    }

    @Test
    void aJobWithoutAnImageIsRefused() {
        assertThatThrownBy(() -> PREPARATION.job(" "))
                .hasMessage(
                        "image must be the name of an image, without blanks, but was \" \"; write for example \"busybox:1.37\"");
    }

    @Test
    void whereRootIsNotRootOrNotAdmittedTheJobCannotWork() {
        assertThat(PREPARATION.check(BackEnd.GANESHA, RootContainers.ADMITTED)).isEmpty();
        assertThat(PREPARATION.check(BackEnd.EFS_ACCESS_POINT, RootContainers.ADMITTED))
                .extracting(Caution::toString)
                .containsExactly(
                        "job cocalc-claim-preparation is on EFS_ACCESS_POINT: the server gives every directory to"
                                + " the project's user, so there is nothing to prepare, and does not take root for root; do not run"
                                + " it");
        assertThat(PREPARATION.check(BackEnd.GANESHA_ROOT_SQUASH, RootContainers.REFUSED))
                .extracting(Caution::toString)
                .containsExactly(
                        "job cocalc-claim-preparation is on GANESHA_ROOT_SQUASH: the server does not take root for root,"
                                + " and chown fails with \"Operation not permitted\"; make the directories"
                                + " on the server itself, and change their owner there",
                        "job cocalc-claim-preparation is in a restricted namespace: it runs as root, and its pod is"
                                + " refused with 403; let the namespace enforce baseline while it runs");
    }
}
