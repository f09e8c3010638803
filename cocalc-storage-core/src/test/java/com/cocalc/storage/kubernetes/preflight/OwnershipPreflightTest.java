package com.cocalc.storage.kubernetes.preflight;

import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.CLASS;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.CONFIG;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.DATA;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.DATA_VOLUME;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.JOB_DONE;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.NAMESPACE;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.SOFTWARE;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.SOFTWARE_VOLUME;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.check;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.claim;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.codes;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.snapshot;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.volume;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnershipPreflightTest {

    private static final String NOT_PREPARED = JOB_DONE.replace("Succeeded", "Failed");

    private static final String AZURE_DRIVER = """
            apiVersion: storage.k8s.io/v1
            kind: CSIDriver
            metadata: { name: file.csi.azure.com }
            spec: { fsGroupPolicy: ReadWriteOnceWithFSType }
            """;

    @Test
    void repairsByRootNeedAServerThatTrustsRoot() {
        String squashed = CLASS + "parameters: { rootSquash: \"true\" }\n";
        String finding = "ERROR root-squashed at /parameters/rootSquash: class \"nfs\" of claim \"projects-data\" has"
                + " rootSquash \"true\", and fixPermissionsInit is on; the init container's chown fails, and no project"
                + " starts; use a class with rootSquash \"false\"; or set manage.project.fixPermissionsInit:"
                + " false, and let the server map everybody to the project's user";

        assertThat(check(CONFIG, DATA, SOFTWARE, squashed)).containsExactly(finding);
        assertThat(check(
                        CONFIG.toBuilder()
                                .homeOwnership(HomeOwnership.serverSide())
                                .build(),
                        DATA,
                        SOFTWARE,
                        squashed))
                .isEmpty();
    }

    @Test
    void aRestrictedNamespaceAdmitsNoRootAndNeedsTheHardenedForm() {
        String restricted = NAMESPACE.replace("baseline", "restricted");

        assertThat(check(CONFIG, DATA, SOFTWARE, restricted))
                .containsExactly(
                        "ERROR restricted-namespace at /metadata/labels/pod-security.kubernetes.io~1enforce: namespace \"cocalc\""
                                + " enforces restricted, and fixPermissionsInit adds an init container that runs as root; the API"
                                + " server refuses every project's pod with 403; let the namespace enforce baseline; or set"
                                + " manage.project.fixPermissionsInit: false, and let the server map everybody to the"
                                + " project's user");
        assertThat(check(
                        CONFIG.toBuilder()
                                .homeOwnership(HomeOwnership.serverSide())
                                .build(),
                        DATA,
                        SOFTWARE,
                        restricted))
                .containsExactly("WARNING restricted-needs-hardened at"
                        + " /metadata/labels/pod-security.kubernetes.io~1enforce: namespace \"cocalc\" enforces restricted;"
                        + " the API server answers 403 to pods that do not set all that restricted asks for; let the namespace"
                        + " enforce baseline; or have the hub set all of it (runAsNonRoot, no privilege escalation, no"
                        + " capabilities, seccomp RuntimeDefault), which breaks set-uid tools in users' images");
    }

    @Test
    void aHomeThatNobodyHandsOverIsToldByTheKindOfVolume() {
        StorageConfig asIs =
                CONFIG.toBuilder().homeOwnership(HomeOwnership.asIs()).build();
        String csi = volume("pvc-1", "csi: { driver: d, volumeHandle: h }");
        String driver = """
                apiVersion: storage.k8s.io/v1
                kind: CSIDriver
                metadata: { name: d }
                spec: { attachRequired: false }
                """;

        assertThat(check(asIs, DATA, SOFTWARE))
                .containsExactly(
                        "WARNING home-stays-roots at /spec: claim \"projects-data\" is on an NFS volume, to which fsGroup is never"
                                + " applied, and fixPermissionsInit is off; the kubelet makes a new home as root: Permission denied,"
                                + " unless the volume's root is writable for all; set manage.project.fixPermissionsInit: true, or let"
                                + " the server map everybody to the project's user");
        assertThat(check(asIs, DATA, SOFTWARE, csi, driver))
                .singleElement()
                .asString()
                .contains(
                        "is on a volume of driver \"d\" with fsGroupPolicy \"ReadWriteOnceWithFSType\", which does nothing"
                                + " for ReadWriteMany, and");
        assertThat(check(asIs, DATA, SOFTWARE, csi, driver.replace("false", "false, fsGroupPolicy: File")))
                .isEmpty();
        assertThat(check(asIs, DATA, SOFTWARE, csi)).isEmpty();
        assertThat(check(asIs, DATA, SOFTWARE, volume("pvc-1", "hostPath: { path: /x }")))
                .singleElement()
                .asString()
                .contains("is on a directory of a node, to which fsGroup is never applied, and");
        assertThat(check(asIs, DATA, SOFTWARE, volume("pvc-1", "local: { path: /x }")))
                .isEmpty();
        assertThat(check(asIs, DATA, SOFTWARE, volume("pvc-1", "iscsi: {}"))).isEmpty();
    }

    @Test
    void anAccessPointMapsEverybodyAlsoRoot() {
        String efs = volume("pvc-1", "csi: { driver: efs.csi.aws.com, volumeHandle: \"fs-1::fsap-2\" }");

        assertThat(check(CONFIG, DATA, SOFTWARE, efs))
                .singleElement()
                .asString()
                .startsWith(
                        "ERROR root-squashed at /spec/csi/volumeHandle: claim \"projects-data\" is behind an EFS access point, which"
                                + " maps root as well, and fixPermissionsInit is on;");
        assertThat(check(CONFIG.toBuilder().homeOwnership(HomeOwnership.asIs()).build(), DATA, SOFTWARE, efs))
                .isEmpty();
        String byOption = efs.replace("fs-1::fsap-2", "fs-1")
                .replace("spec: {", "spec: { mountOptions: [tls, accesspoint=fsap-2],");
        assertThat(codes(CONFIG, DATA, SOFTWARE, byOption)).containsExactly("root-squashed");
    }

    @Test
    void serverSideNeedsAServerThatMaps() {
        StorageConfig serverSide =
                CONFIG.toBuilder().homeOwnership(HomeOwnership.serverSide()).build();
        String ceph = volume("pvc-1", "csi: { driver: rook-ceph.cephfs.csi.ceph.com, volumeHandle: h }");
        String driver = """
                apiVersion: storage.k8s.io/v1
                kind: CSIDriver
                metadata: { name: rook-ceph.cephfs.csi.ceph.com }
                spec: { fsGroupPolicy: File }
                """;

        assertThat(check(serverSide, DATA, SOFTWARE, ceph, driver))
                .containsExactly(
                        "WARNING nobody-is-mapped at /spec: claim \"projects-data\" is on CephFS, which maps nobody, and"
                                + " the server is to map everybody to the project's user; the kubelet makes a new home as root, and nobody hands it to the"
                                + " project's user; set manage.project.fixPermissionsInit: true");
        assertThat(check(serverSide, DATA, SOFTWARE, volume("pvc-1", "local: { path: /x }")))
                .singleElement()
                .asString()
                .contains("is on a local volume, which maps nobody, and");
        assertThat(check(serverSide, DATA, SOFTWARE)).isEmpty();
    }

    @Test
    void thePreparationOfTheClaimsIsAskedForUntilItHasRun() {
        assertThat(StoragePreflight.check(
                        StorageModel.of(CONFIG),
                        snapshot(DATA, SOFTWARE, DATA_VOLUME, SOFTWARE_VOLUME, CLASS, NAMESPACE)))
                .extracting(finding -> finding.finding().toString())
                .containsExactly(
                        "HINT claim-preparation at /: claim \"projects-software\" may have a root directory that"
                                + " belongs to root; Permission denied on a read-write mount: for projects with ext_rw in"
                                + " the software, for manage-copy in the directory of homes, for manage-share in that of"
                                + " shares; run the Job cocalc-claim-preparation once (cocalc-storage objects --software-owner-image IMAGE prints it)",
                        "HINT claim-preparation at /: claim \"projects-data\" may have directories of homes and shares"
                                + " that belong to root; Permission denied on a read-write mount: for projects with ext_rw in"
                                + " the software, for manage-copy in the directory of homes, for manage-share in that of"
                                + " shares; run the Job cocalc-claim-preparation once (cocalc-storage objects --software-owner-image IMAGE prints it)");
        assertThat(check(
                                CONFIG.toBuilder().sharesClaim("shares").build(),
                                DATA,
                                SOFTWARE,
                                claim("shares", "nfs", "", "Bound"),
                                JOB_DONE.replace("Succeeded", "Failed"))
                        .stream()
                        .map(finding -> finding.substring(0, finding.indexOf(';'))))
                .contains(
                        "HINT claim-preparation at /: claim \"projects-data\" may have a directory of homes that belongs to"
                                + " root",
                        "HINT claim-preparation at /: claim \"shares\" may have a directory of shares that belongs to"
                                + " root");
        assertThat(codes(CONFIG, DATA, SOFTWARE, JOB_DONE.replace("Succeeded", "Failed")))
                .containsExactly("claim-preparation", "claim-preparation");
    }

    @Test
    void aJobThatIsDonePreparedTheClaimsThatItMounts() {
        String job = """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: cocalc-claim-preparation, namespace: cocalc }
                spec: { template: { spec: { volumes: [{ name: ext, persistentVolumeClaim: { claimName: projects-software } }] } } }
                status: { succeeded: 1 }
                """;
        String both = job.replace(
                "volumes: [", "volumes: [{ name: data, persistentVolumeClaim: { claimName: projects-data } }, ");

        assertThat(codes(CONFIG, DATA, SOFTWARE, NOT_PREPARED, both)).isEmpty();
        assertThat(check(CONFIG, DATA, SOFTWARE, NOT_PREPARED, job))
                .singleElement()
                .asString()
                .contains("claim \"projects-data\" may have directories of homes and shares");
        for (String status : List.of("succeeded: 0", "failed: 3", "active: 1")) {
            assertThat(codes(CONFIG, DATA, SOFTWARE, NOT_PREPARED, both.replace("succeeded: 1", status)))
                    .containsExactly("claim-preparation", "claim-preparation");
        }
        assertThat(codes(CONFIG, DATA, SOFTWARE, NOT_PREPARED, both.replace("namespace: cocalc", "namespace: other")))
                .containsExactly("claim-preparation", "claim-preparation");
    }

    @Test
    void inARestrictedNamespaceThePreparationNeedsAnotherLevelWhileItRuns() {
        String restricted = NAMESPACE.replace("baseline", "restricted");
        String undone = JOB_DONE.replace("Succeeded", "Failed");

        assertThat(check(StorageConfig.defaults(), DATA, SOFTWARE, restricted, undone))
                .filteredOn(finding -> finding.contains("claim-preparation"))
                .hasSize(2)
                .allMatch(finding -> finding.contains("; let the namespace enforce baseline while the Job"
                        + " cocalc-claim-preparation runs once, as root"));
    }

    @Test
    void aShareOfAzureFilesThatMapsRootIsTold() {
        for (String squash : new String[] {"RootSquash", "AllSquash", "NoRootSquash"}) {
            List<String> found =
                    check(CONFIG, DATA, SOFTWARE, azure("protocol: nfs, rootsquashtype: " + squash), AZURE_DRIVER);

            if (squash.equals("NoRootSquash")) {
                assertThat(found).isEmpty();
            } else {
                assertThat(found)
                        .containsExactly(
                                "ERROR root-squashed at /spec/csi/volumeAttributes: claim \"projects-data\" is on a"
                                        + " share of Azure Files with rootSquashType \"" + squash
                                        + "\", and fixPermissionsInit is on;"
                                        + " the init container's chown fails, and no project starts; use a class with rootSquashType"
                                        + " NoRootSquash; or set manage.project.fixPermissionsInit: false, and let the server map"
                                        + " everybody to the project's user");
            }
        }
    }

    @Test
    void theMountOptionsOfSmbSayWhoseTheFilesAre() {
        StorageConfig asIs = StorageConfig.defaults();

        assertThat(codes(asIs, DATA, SOFTWARE, azure("shareName: a"), AZURE_DRIVER))
                .isEmpty();
        assertThat(codes(
                        asIs,
                        DATA,
                        SOFTWARE,
                        azure("source: //server/share").replace("file.csi.azure.com", "smb.csi.k8s.io"),
                        AZURE_DRIVER.replace("file.csi.azure.com", "smb.csi.k8s.io")))
                .isEmpty();
        assertThat(codes(asIs, DATA, SOFTWARE, azure("protocol: nfs"), AZURE_DRIVER))
                .containsExactly("home-stays-roots");
    }

    @Test
    void thePreparationIsNotAskedForWhereItCannotWorkOrHasNothingToDo() {
        String squashing = CLASS + "parameters: { rootSquash: \"true\" }\n";
        String remedy = "; make the directories on the server itself, and change their owner there";

        assertThat(check(StorageConfig.defaults(), DATA, SOFTWARE, squashing, NOT_PREPARED))
                .filteredOn(finding -> finding.contains("claim-preparation"))
                .hasSize(2)
                .allMatch(finding -> finding.contains("its server takes root for nobody") && finding.endsWith(remedy));
        assertThat(codes(
                        StorageConfig.defaults(),
                        DATA,
                        SOFTWARE,
                        volume("pvc-1", "csi: { driver: efs.csi.aws.com, volumeHandle: \"fs-1::fsap-1\" }"),
                        volume("pvc-2", "csi: { driver: efs.csi.aws.com, volumeHandle: \"fs-1::fsap-2\" }"),
                        NOT_PREPARED))
                .isEmpty();
    }

    private static String azure(String attributes) {
        return volume(
                "pvc-1",
                "csi: { driver: file.csi.azure.com, volumeHandle: a, volumeAttributes: { " + attributes + " } }");
    }
}
