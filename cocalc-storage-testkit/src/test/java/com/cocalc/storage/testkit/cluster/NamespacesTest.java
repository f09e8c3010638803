package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.apiserver.PodSecurity;
import com.cocalc.storage.kubernetes.apiserver.PodSecurityLevel;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Namespaces: their Pod Security levels, and that each has claims and pods of its own. */
class NamespacesTest {

    private static FakeCluster cluster(PodSecurityLevel level) {
        FakeClusterBuilder builder = FakeCluster.builder()
                .namespace("projects", PodSecurity.of(level))
                .storageClass("nfs", BackEnd.GANESHA);
        for (String name : List.of("projects-data", "projects-software")) {
            PersistentVolumeClaim claim = UsualObjects.claim(name, "nfs");
            claim.getMetadata().setNamespace("projects");
            builder.claim(claim);
        }
        return builder.build();
    }

    private static Pod in(String namespace, Pod pod) {
        pod.getMetadata().setNamespace(namespace);
        return pod;
    }

    private static Pod hardened(StorageConfig config) {
        return PodStorage.of(ProjectVolumes.forProject(Pods.PROJECT, ProjectLicenses.none(), config))
                .hardened()
                .applyTo(Pods.bare("p"), "project");
    }

    /** The table of the measured answers for the project's pod. */
    @ParameterizedTest
    @CsvSource({
        "PRIVILEGED, false, false, 201",
        "PRIVILEGED, true,  false, 201",
        "BASELINE,   false, false, 201",
        "BASELINE,   true,  false, 201",
        "RESTRICTED, false, false, 403",
        "RESTRICTED, true,  false, 403",
        "RESTRICTED, false, true,  201"
    })
    void theProjectsPodIsAdmittedWhereTheMeasuredServerAdmitsIt(
            PodSecurityLevel level, boolean withRootInit, boolean hardened, int code) {
        StorageConfig config = withRootInit ? Pods.REPAIRED : Pods.AS_IS;
        Pod pod = hardened ? hardened(config) : Pods.project(config, ProjectLicenses.none());

        PodOutcome outcome = cluster(level).submit(in("projects", pod));

        assertThat(
                        outcome instanceof PodOutcome.Refused refused
                                ? refused.refusal().code()
                                : 201)
                .isEqualTo(code);
    }

    @Test
    void theRefusalNamesThePodTheLevelAndEveryBrokenRule() {
        Refusal refusal = refused(cluster(PodSecurityLevel.RESTRICTED)
                .submit(in("projects", Pods.project(Pods.AS_IS, ProjectLicenses.none()))));

        assertThat(refusal.reason())
                .startsWith("pods \"project-" + Pods.PROJECT
                        + "\" is forbidden: violates PodSecurity \"restricted:latest\": ")
                .contains(
                        "allowPrivilegeEscalation",
                        "capabilities_restricted",
                        "runAsNonRoot",
                        "seccompProfile_restricted");
        assertThat(refusal.fields()).isEmpty();
    }

    @Test
    void aPodWithFaultsOfBothKindsGetsTheServersOwnAnswerAlone() {
        Pod pod = in("projects", Pods.project(Pods.REPAIRED, ProjectLicenses.none()));
        pod.getSpec().getContainers().get(0).getVolumeMounts().get(0).setName("none");

        assertThat(refused(cluster(PodSecurityLevel.RESTRICTED).submit(pod)).code())
                .isEqualTo(422);
    }

    @Test
    void aNamespaceMustBeThere() {
        Refusal refusal = refused(FakeCluster.create().submit(in("elsewhere", Pods.bare("p"))));

        assertThat(refusal).hasToString("404: namespaces \"elsewhere\" not found");
    }

    @Test
    void claimsAndNamesAreOfOneNamespace() {
        FakeCluster cluster = cluster(PodSecurityLevel.BASELINE);
        Pod pod = Pods.project(Pods.AS_IS, ProjectLicenses.none());

        assertThat(cluster.submit(in("projects", Copy.of(pod)))).isInstanceOf(PodOutcome.Running.class);
        assertThat(cluster.submit(pod)).isInstanceOf(PodOutcome.NotStarted.class);
        cluster.stop("projects", pod.getMetadata().getName());
        cluster.deleteClaim("projects", "projects-data");
        assertThat(cluster.findClaim("projects", "projects-data")).isEmpty();
        assertThat(cluster.retry(pod.getMetadata().getName())).isInstanceOf(PodOutcome.NotStarted.class);
    }

    @Test
    void theDefaultNamespaceCanEnforceALevelToo() {
        FakeCluster cluster = FakeCluster.builder()
                .namespace("default", PodSecurity.of(PodSecurityLevel.RESTRICTED))
                .build();

        assertThat(refused(cluster.submit(Pods.bare("p"))).code()).isEqualTo(403);
    }
}
