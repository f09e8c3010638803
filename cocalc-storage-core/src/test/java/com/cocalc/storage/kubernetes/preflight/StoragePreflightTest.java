package com.cocalc.storage.kubernetes.preflight;

import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.CLASS;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.CONFIG;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.DATA;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.DATA_VOLUME;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.JOB_DONE;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.NAMESPACE;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.SOFTWARE;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.check;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.claim;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.objects;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.snapshot;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.volume;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import org.junit.jupiter.api.Test;

class StoragePreflightTest {

    private static final String SERVER = """
            apiVersion: v1
            kind: Pod
            metadata: { name: nfs-server-0, namespace: storage }
            spec:
              containers:
                - name: nfs
                  image: registry.example/sig-storage/nfs-provisioner:v4.0.8
                  volumeMounts: [{ name: data, mountPath: /export }]
              volumes: [{ name: data, emptyDir: {} }]
            """;

    @Test
    void aGoodClusterHasNoFindings() {
        assertThat(check(CONFIG, DATA, SOFTWARE)).isEmpty();
    }

    @Test
    void eachFindingNamesTheObjectIntoWhichItsPointerLeads() {
        assertThat(objects(
                        StorageConfig.builder()
                                .homeOwnership(HomeOwnership.asIs())
                                .build(),
                        DATA.replace("ReadWriteMany", "ReadWriteOnce"),
                        DATA_VOLUME
                                .replace("Retain", "Delete")
                                .replace("accessModes", "mountOptions: [soft], accessModes"),
                        CLASS + "mountOptions: [soft]\n",
                        NAMESPACE.replace("baseline", "restricted"),
                        SERVER))
                .containsExactly(
                        "PersistentVolumeClaim cocalc/projects-data not-read-write-many",
                        "PersistentVolumeClaim cocalc/projects-data home-stays-roots",
                        "PersistentVolumeClaim cocalc/projects-software claim-missing",
                        "PersistentVolume pvc-1 reclaim-delete",
                        "PersistentVolume pvc-1 mount-option-risky",
                        "StorageClass nfs mount-option-risky",
                        "Pod storage/nfs-server-0 persistence-off",
                        "Namespace cocalc restricted-needs-hardened");
    }

    @Test
    void theClassThatSquashesRootIsTheObjectAndNotItsClaim() {
        assertThat(objects(CONFIG, DATA, SOFTWARE, CLASS + "parameters: { rootSquash: \"true\" }\n"))
                .contains("StorageClass nfs root-squashed");
        assertThat(objects(CONFIG, DATA, SOFTWARE, volume("pvc-1", """
                        csi: { driver: efs.csi.aws.com, volumeHandle: "fs-1::fsap-1" }""")))
                .contains("PersistentVolume pvc-1 root-squashed");
    }

    @Test
    void anObjectWithoutNamespaceIsInThatOfTheSnapshotAndOneWithoutNameSaysSo() {
        ObjectName here = StoragePreflight.check(
                        StorageModel.of(CONFIG),
                        snapshot(SERVER.replace("namespace: storage", "x: y").replace("name: nfs-server-0", "z: z")))
                .stream()
                .filter(finding -> finding.finding().rule() == PreflightRule.PERSISTENCE_OFF)
                .map(PreflightFinding::object)
                .findFirst()
                .orElseThrow();

        assertThat(here.kind()).isEqualTo("Pod");
        assertThat(here.namespace()).contains("cocalc");
        assertThat(here.name()).isEmpty();
        assertThat(here).hasToString("Pod cocalc/(no name)");
    }

    @Test
    void twoClaimsOnOneVolumeHaveItsFaultsOnce() {
        assertThat(objects(
                        CONFIG,
                        DATA,
                        claim("projects-software", "nfs", "pvc-1", "Bound"),
                        DATA_VOLUME
                                .replace("Retain", "Delete")
                                .replace("spec: {", "spec: { claimRef: { namespace: cocalc, name: projects-data },")))
                .containsExactly(
                        "PersistentVolumeClaim cocalc/projects-data same-volume",
                        "PersistentVolume pvc-1 reclaim-delete",
                        "PersistentVolume pvc-1 volume-of-another-claim");
    }

    @Test
    void aFindingIsOneLineThatStartsWithItsObject() {
        assertThat(StoragePreflight.check(StorageModel.of(CONFIG), snapshot(DATA, DATA_VOLUME, NAMESPACE, JOB_DONE)))
                .singleElement()
                .hasToString("PersistentVolumeClaim cocalc/projects-software: ERROR claim-missing at /: claim"
                        + " \"projects-software\" is not in namespace \"cocalc\", which has \"projects-data\"; pods that mount it"
                        + " wait for ever; create the claim \"projects-software\" there");
    }
}
