package com.cocalc.storage.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.cocalc.storage.ContainerPath;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.ClaimPreparation;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.preflight.Cause;
import com.cocalc.storage.kubernetes.preflight.CauseKind;
import com.cocalc.storage.kubernetes.preflight.Diagnosis;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Whether the services can write, before and after the job that prepares the claims. */
class ClaimPreparationTest {

    private static final StorageConfig OWN_SHARES =
            StorageConfig.builder().sharesClaim("shares").build();

    private static FakeCluster cluster(BackEnd backEnd, StorageConfig config) {
        return FakeCluster.builder()
                .storageClass("nfs", Provisioner.of(backEnd))
                .claimsOf(config, "nfs")
                .build();
    }

    private static Job job(StorageConfig config) {
        return ClaimPreparation.of(StorageModel.of(config)).job("busybox:1.37");
    }

    /** Without an fsGroup: its deployment has user and group alone. */
    private static Pod pod(StorageService service, StorageConfig config) {
        Pod pod = Pods.bare(service.toString());
        PodSecurityContext security = new PodSecurityContext();
        security.setRunAsUser(config.identity().uid());
        security.setRunAsGroup(config.identity().gid());
        pod.getSpec().setSecurityContext(security);
        return PodStorage.of(ServiceVolumes.forService(service, config)).applyTo(pod, "project");
    }

    private static String create(RunningPod pod, String file) {
        return Attempt.tryToCreate(pod.container("project").path(file));
    }

    private static String publish(FakeCluster cluster, StorageConfig config) {
        return create(cluster.restart(pod(StorageService.MANAGE_SHARE, config)), "/shares/" + Pods.PROJECT);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"GANESHA_ROOT_SQUASH", "NFS_ALL_SQUASH", "EFS_ACCESS_POINT"})
    void manageShareCannotPublishBeforeTheJobAndCanAfterIt(BackEnd backEnd) {
        FakeCluster cluster = cluster(backEnd, StorageConfig.defaults());

        assertThat(publish(cluster, StorageConfig.defaults())).isEqualTo("Permission denied");
        assertThat(cluster.run(job(StorageConfig.defaults()))).isInstanceOf(PodOutcome.Completed.class);
        assertThat(publish(cluster, StorageConfig.defaults())).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"GANESHA_ROOT_SQUASH", "NFS_ALL_SQUASH", "EFS_ACCESS_POINT"})
    void theSameWithSharesOnAClaimOfTheirOwn(BackEnd backEnd) {
        FakeCluster cluster = cluster(backEnd, OWN_SHARES);

        assertThat(publish(cluster, OWN_SHARES)).isEqualTo("Permission denied");
        assertThat(cluster.run(job(OWN_SHARES))).isInstanceOf(PodOutcome.Completed.class);
        assertThat(publish(cluster, OWN_SHARES)).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource(names = {"NFS_ALL_SQUASH", "EFS_ACCESS_POINT"})
    void whereTheServerMapsEverybodyThereIsNothingToPrepare(BackEnd backEnd) {
        assertThat(publish(cluster(backEnd, StorageConfig.defaults()), StorageConfig.defaults()))
                .isEqualTo("ok");
    }

    @Test
    void whereRootIsSquashedNeitherTheJobNorManageShareStarts() {
        FakeCluster cluster = cluster(BackEnd.GANESHA_ROOT_SQUASH, StorageConfig.defaults());

        assertThat(cluster.run(job(StorageConfig.defaults())))
                .isInstanceOfSatisfying(
                        PodOutcome.NotStarted.class,
                        stuck -> assertThat(stuck.message())
                                .isEqualTo(
                                        "failed to create subPath directory for volumeMount \"data\" of container \"chown\""));
        assertThat(cluster.submit(pod(StorageService.MANAGE_SHARE, StorageConfig.defaults())))
                .isInstanceOf(PodOutcome.NotStarted.class);
    }

    @Test
    void aFreshClaimHasItsDirectoriesAfterTheJobAndWhatLiesThereStays() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, StorageConfig.defaults());
        cluster.claim("projects-data").volume().populate("0700 0:0 - shares/\n0600 0:0 \"x\" shares/file");

        cluster.run(job(StorageConfig.defaults()));

        assertThat(cluster.claim("projects-data").volume().tree()).isEqualTo("""
                0755 0:0 - /
                0755 2001:2001 - projects/
                0755 2001:2001 - shares/
                0600 0:0 1 shares/file
                """);
        assertThat(cluster.claim("projects-software").volume().tree()).isEqualTo("0755 2001:2001 - /\n");
    }

    @Test
    void aDiagnosisOfWhatManageShareSaysNamesTheJob() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, StorageConfig.defaults());
        RunningPod pod = cluster.start(pod(StorageService.MANAGE_SHARE, StorageConfig.defaults()));
        Path share = pod.container("project").path("/shares/" + Pods.PROJECT);

        Throwable thrown = catchThrowable(() -> Files.createDirectory(share));

        assertThat(Diagnosis.of(pod.pod(), pod.events(), List.of(thrown.toString()))
                        .causes())
                .singleElement()
                .extracting(Cause::kind)
                .isEqualTo(CauseKind.WRONG_OWNER_OF_SHARES);
    }

    @Test
    void manageCopyCanMakeTheHomeOfAProjectThatNeverRan() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, StorageConfig.defaults());
        Pod pod = pod(StorageService.MANAGE_COPY, StorageConfig.defaults());

        assertThat(create(cluster.restart(pod), "/projects/new")).isEqualTo("Permission denied");
        cluster.run(job(StorageConfig.defaults()));
        assertThat(create(cluster.restart(pod), "/projects/new")).isEqualTo("ok");
    }

    private static StorageConfig config(String projects, String shares, String sharesClaim, String identity) {
        String[] ids = identity.split(":", 2);
        StorageConfig.Builder builder = StorageConfig.builder()
                .projectsSchema(PathSchema.parse(projects))
                .sharesSchema(PathSchema.parse(shares))
                .identity(PosixIdentity.of(Integer.parseInt(ids[0]), Integer.parseInt(ids[1])));
        return (sharesClaim.isEmpty() ? builder : builder.sharesClaim(sharesClaim)).build();
    }

    /** With prefixes of several levels, equal ones, one below the other, none, and another identity. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            a/b/c/[project_id]/home, a/b/d/e/[project_id]/files, "", 2001:2001
            projects/[project_id], public/of/all/[project_id], "", 3000:4000
            a/b/[project_id], a/b/[project_id], shares, 2001:2001
            projects/[project_id], projects/x/shares/[project_id], shares, 2001:2001
            projects/x/y/[project_id], projects/[project_id], shares, 3000:3000
            projects/[project_id], [project_id], shares, 2001:4000
            """)
    void whateverThePrefixesAreTheServicesWriteOnlyAfterTheJob(
            String projects, String shares, String sharesClaim, String identity) {
        StorageConfig config = config(projects, shares, sharesClaim, identity);
        for (BackEnd backEnd : BackEnd.values()) {
            if (!backEnd.rootMayChown()) {
                continue;
            }
            FakeCluster cluster = cluster(backEnd, config);
            ServiceVolumes share = ServiceVolumes.forService(StorageService.MANAGE_SHARE, config);
            ServiceVolumes copy = ServiceVolumes.forService(StorageService.MANAGE_COPY, config);

            assertThat(make(cluster, share, share.share(Pods.PROJECT)))
                    .as("%s", backEnd)
                    .isEqualTo("Permission denied");
            assertThat(make(cluster, copy, copy.home(Pods.PROJECT)))
                    .as("%s", backEnd)
                    .isEqualTo("Permission denied");
            assertThat(cluster.run(job(config))).as("%s", backEnd).isInstanceOf(PodOutcome.Completed.class);
            String once = trees(cluster, config);
            assertThat(cluster.run(job(config))).as("%s", backEnd).isInstanceOf(PodOutcome.Completed.class);
            assertThat(trees(cluster, config)).as("again on %s", backEnd).isEqualTo(once);
            assertThat(make(cluster, share, share.share(Pods.PROJECT)))
                    .as("%s", backEnd)
                    .isEqualTo("ok");
            assertThat(make(cluster, copy, copy.home(Pods.PROJECT)))
                    .as("%s", backEnd)
                    .isEqualTo("ok");
        }
    }

    private static String make(FakeCluster cluster, ServiceVolumes volumes, ContainerPath directory) {
        RunningPod pod = cluster.restart(pod(volumes.service(), volumes.config()));
        try {
            Files.createDirectories(pod.container("project").path(directory.toString()));
            return "ok";
        } catch (AccessDeniedException e) {
            return "Permission denied";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String trees(FakeCluster cluster, StorageConfig config) {
        return StorageModel.of(config).claims().stream()
                .map(claim -> cluster.claim(claim.value()).volume().tree())
                .collect(Collectors.joining("---\n"));
    }

    /** The kubelet resolves links within the claim, and the job changes only what it mounts. */
    @Test
    void linksThatSomebodyPlantedLeadTheJobNowhere() {
        FakeCluster cluster = cluster(BackEnd.GANESHA, StorageConfig.defaults());
        cluster.claim("projects-data").volume().populate("""
                0755 0:0 - shares/
                0777 2001:2001 - shares/etc -> /etc
                0755 0:0 - private/
                0600 0:0 "x" private/key
                0777 0:0 - projects -> private
                """);
        cluster.claim("projects-software")
                .volume()
                .populate("0777 2001:2001 - bin -> ../../../etc\n0600 0:0 \"x\" secret");

        cluster.run(job(StorageConfig.defaults()));

        assertThat(cluster.claim("projects-data").volume().tree()).contains("0600 0:0 1 private/key\n");
        assertThat(cluster.claim("projects-software").volume().tree())
                .contains("0600 0:0 1 secret\n", "0755 2001:2001 - /");
    }
}
