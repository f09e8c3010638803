package com.cocalc.storage.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.ClaimPreparation;
import com.cocalc.storage.kubernetes.preflight.Cause;
import com.cocalc.storage.kubernetes.preflight.CauseKind;
import com.cocalc.storage.kubernetes.preflight.Diagnosis;
import com.cocalc.storage.rwx.RwxVolume;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The recipe from the field for homes that nobody can write to, in four cases, and the same four for the root of the
 * software: what the user sees, and that a diagnosis tells them apart.
 */
class RecipeTest {

    private static final Job JOB =
            ClaimPreparation.of(StorageModel.of(StorageConfig.defaults())).job("busybox:1.37");

    private static FakeCluster cluster(BackEnd backEnd, int rootMode) {
        return FakeCluster.builder()
                .storageClass("nfs", Provisioner.of(backEnd).withRootMode(rootMode))
                .claimsOf(StorageConfig.defaults(), "nfs")
                .build();
    }

    private static RwxVolume data(FakeCluster cluster) {
        return cluster.claim("projects-data").volume();
    }

    private static RwxVolume software(FakeCluster cluster) {
        return cluster.claim("projects-software").volume();
    }

    private static PodOutcome.NotStarted stuck(PodOutcome outcome) {
        assertThat(outcome).as(outcome.toString()).isInstanceOf(PodOutcome.NotStarted.class);
        return (PodOutcome.NotStarted) outcome;
    }

    private static Diagnosis diagnosis(PodOutcome.NotStarted stuck) {
        return Diagnosis.of(stuck.pod(), stuck.events(), stuck.logLines());
    }

    private static Diagnosis diagnosis(RunningPod pod, String line) {
        return Diagnosis.of(pod.pod(), pod.events(), List.of(line));
    }

    private static String bashrc(RunningPod pod) {
        return Attempt.cp(pod.container("project").path("/home/user/.bashrc"));
    }

    private static String kernel(RunningPod pod) {
        return Attempt.cp(pod.container("project").path("/ext/kernel"));
    }

    // (a) The root of the volume is 0755 of root, and root is root.

    @Test
    void aFreshHomeIsOfRootAndItsUserMayNotWrite() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, 0755);

        RunningPod pod = cluster.start(Pods.project(Pods.AS_IS, ProjectLicenses.none()));

        String said = bashrc(pod);
        assertThat(said).isEqualTo("cp: cannot create regular file '/home/user/.bashrc': Permission denied");
        assertThat(data(cluster).tree()).contains("0755 0:0 - " + Pods.HOME + "/");
        assertThat(diagnosis(pod, said).causes())
                .singleElement()
                .extracting(Cause::kind)
                .isEqualTo(CauseKind.WRONG_OWNER_OF_HOME);
    }

    @Test
    void theInitContainerHandsTheHomeToItsUser() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, 0755);

        RunningPod pod = cluster.start(Pods.project(Pods.REPAIRED, ProjectLicenses.none()));

        assertThat(bashrc(pod)).isEqualTo("ok");
        assertThat(data(cluster).tree()).contains("0755 2001:2001 - " + Pods.HOME + "/");
        assertThat(diagnosis(pod, "").causes()).isEmpty();
    }

    // (b) The same, and the server squashes root.

    @Test
    void aSquashedKubeletCannotMakeTheHome() {
        FakeCluster cluster = cluster(BackEnd.GANESHA_ROOT_SQUASH, 0755);

        PodOutcome.NotStarted stuck = stuck(cluster.submit(Pods.project(Pods.AS_IS, ProjectLicenses.none())));

        assertThat(stuck.reason()).isEqualTo("CreateContainerConfigError");
        assertThat(stuck.message())
                .isEqualTo("failed to create subPath directory for volumeMount \"home\" of container \"project\"");
        assertThat(data(cluster).tree()).isEqualTo("0755 0:0 - /\n");
        assertThat(diagnosis(stuck).causes())
                .singleElement()
                .extracting(Cause::kind)
                .isEqualTo(CauseKind.SUB_PATH_REFUSED);
    }

    // (c) Root is squashed after the home was made.

    @Test
    void anInitContainerThatIsSquashedCannotHandAnOldHomeOver() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, 0755);
        cluster.start(Pods.project(Pods.AS_IS, ProjectLicenses.none())).stop();
        cluster.claim("projects-data").reexport(BackEnd.GANESHA_ROOT_SQUASH);

        PodOutcome.NotStarted stuck = stuck(cluster.submit(Pods.project(Pods.REPAIRED, ProjectLicenses.none())));

        assertThat(stuck.container()).isEqualTo("fix-permissions");
        assertThat(stuck.reason()).isEqualTo("Error");
        assertThat(stuck.message()).isEqualTo("chown: changing ownership of '/home/user/.': Operation not permitted");
        assertThat(stuck.events()).last().extracting("reason").isEqualTo("BackOff");
        assertThat(diagnosis(stuck).causes())
                .singleElement()
                .extracting(Cause::kind)
                .isEqualTo(CauseKind.CHOWN_REFUSED);
        assertThat(data(cluster).tree()).contains("0755 0:0 - " + Pods.HOME + "/");
    }

    // (d) Root is squashed, and everybody may write to the root of the volume.

    @Test
    void onAVolumeForEverybodyASquashedKubeletMakesAHomeForEverybody() {
        FakeCluster cluster = cluster(BackEnd.GANESHA_ROOT_SQUASH, 0777);

        RunningPod pod = cluster.start(Pods.project(Pods.AS_IS, ProjectLicenses.none()));

        assertThat(bashrc(pod)).isEqualTo("ok");
        assertThat(data(cluster).tree()).contains("0777 65534:65534 - " + Pods.HOME + "/");
        assertThat(diagnosis(pod, "").causes()).isEmpty();
    }

    @Test
    void onAVolumeForEverybodyTheSquashedInitContainerFailsAllTheSame() {
        FakeCluster cluster = cluster(BackEnd.GANESHA_ROOT_SQUASH, 0777);

        PodOutcome.NotStarted stuck = stuck(cluster.submit(Pods.project(Pods.REPAIRED, ProjectLicenses.none())));

        assertThat(stuck.message()).isEqualTo("chown: changing ownership of '/home/user/.': Operation not permitted");
        assertThat(diagnosis(stuck).causes())
                .singleElement()
                .extracting(Cause::kind)
                .isEqualTo(CauseKind.CHOWN_REFUSED);
    }

    // The root of the software, with a licence that grants writing.

    @Test
    void aGrantIsNoUseWhereTheSoftwareIsOfRoot() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, 0755);

        RunningPod pod = cluster.start(Pods.project(Pods.REPAIRED, Pods.GRANT));

        String said = kernel(pod);
        assertThat(said).isEqualTo("cp: cannot create regular file '/ext/kernel': Permission denied");
        assertThat(diagnosis(pod, said).causes())
                .singleElement()
                .extracting(Cause::kind)
                .isEqualTo(CauseKind.WRONG_OWNER_OF_SOFTWARE);
    }

    @Test
    void theJobHandsTheSoftwareOverOnceForAll() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, 0755);
        software(cluster).populate("0644 0:0 \"left alone\" notes");

        PodOutcome job = cluster.run(JOB);

        assertThat(job).isInstanceOf(PodOutcome.Completed.class);
        assertThat(software(cluster).tree()).isEqualTo("0755 2001:2001 - /\n0644 0:0 10 notes\n");
        assertThat(kernel(cluster.start(Pods.project(Pods.REPAIRED, Pods.GRANT))))
                .isEqualTo("ok");
    }

    @Test
    void withoutAGrantTheSoftwareIsReadOnlyWhoeverOwnsIt() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, 0755);
        cluster.run(JOB);

        RunningPod pod = cluster.start(Pods.project(Pods.REPAIRED, ProjectLicenses.none()));

        String said = kernel(pod);
        assertThat(said).isEqualTo("cp: cannot create regular file '/ext/kernel': Read-only file system");
        assertThat(diagnosis(pod, said).causes())
                .singleElement()
                .extracting(Cause::kind)
                .isEqualTo(CauseKind.READ_ONLY_MOUNT);
    }

    @Test
    void aSquashedJobCannotHandTheSoftwareOver() {
        FakeCluster cluster = cluster(BackEnd.GANESHA_ROOT_SQUASH, 0755);
        data(cluster).populate("0755 0:0 - projects/\n0755 0:0 - shares/");

        PodOutcome.NotStarted job = stuck(cluster.run(JOB));

        assertThat(job.message()).startsWith("chown: changing ownership of '/ext': Operation not permitted");
        assertThat(diagnosis(job).causes()).first().extracting(Cause::kind).isEqualTo(CauseKind.CHOWN_REFUSED);
        assertThat(software(cluster).tree()).isEqualTo("0755 0:0 - /\n");
    }

    @Test
    void squashAfterTheJobLeavesTheSoftwareWritable() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, 0755);
        cluster.run(JOB);
        cluster.claim("projects-software").reexport(BackEnd.GANESHA_ROOT_SQUASH);

        RunningPod pod = cluster.start(Pods.project(Pods.REPAIRED, Pods.GRANT));

        assertThat(kernel(pod)).isEqualTo("ok");
    }

    @Test
    void softwareForEverybodyIsWritableWithAGrantAndTheSquashedJobFailsAllTheSame() {
        FakeCluster cluster = cluster(BackEnd.GANESHA_ROOT_SQUASH, 0777);

        RunningPod pod = cluster.start(Pods.project(Pods.AS_IS, Pods.GRANT));

        assertThat(kernel(pod)).isEqualTo("ok");
        assertThat(stuck(cluster.run(JOB)).message())
                .startsWith("chown: changing ownership of '/ext': Operation not permitted");
    }
}
