package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.SameStorage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoragePreflightTest {

    private static final String CLASS = """
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: { name: nfs }
            provisioner: cluster.local/nfs
            """;
    private static final String DATA = claim("projects-data", "nfs", "pvc-1", "Bound");
    private static final String SOFTWARE = claim("projects-software", "nfs", "pvc-2", "Bound");
    private static final String DATA_VOLUME = volume("pvc-1", "nfs: { server: 10.0.0.1, path: /export/pvc-1 }");
    private static final String SOFTWARE_VOLUME = volume("pvc-2", "nfs: { server: 10.0.0.1, path: /export/pvc-2 }");
    private static final String NAMESPACE = """
            apiVersion: v1
            kind: Namespace
            metadata: { name: cocalc, labels: { pod-security.kubernetes.io/enforce: baseline } }
            """;
    private static final String JOB_DONE = """
            apiVersion: v1
            kind: Pod
            metadata: { name: cocalc-claim-preparation-x1, namespace: cocalc }
            status: { phase: Succeeded }
            """;
    private static final StorageConfig CONFIG = StorageConfig.builder()
            .homeOwnership(HomeOwnership.fixPermissionsInit())
            .build();

    @Test
    void aGoodClusterHasNoFindings() {
        assertThat(check(CONFIG, DATA, SOFTWARE)).isEmpty();
    }

    @Test
    void eachMissingClaimIsNamedWithThoseThatAreThere() {
        StorageConfig config = CONFIG.toBuilder().sharesClaim("shares").build();

        assertThat(check(config, claim("project-data", "nfs", "pvc-1", "Bound")))
                .containsExactly(
                        "ERROR claim-missing at /: claim \"projects-data\" is not in namespace \"cocalc\", which has"
                                + " \"project-data\"; pods that mount it wait for ever; create the claim \"projects-data\" there",
                        "ERROR claim-missing at /: claim \"projects-software\" is not in namespace \"cocalc\", which has"
                                + " \"project-data\"; pods that mount it wait for ever; create the claim \"projects-software\" there",
                        "ERROR claim-missing at /: claim \"shares\" is not in namespace \"cocalc\", which has"
                                + " \"project-data\"; pods that mount it wait for ever; create the claim \"shares\" there");
        assertThat(check(config)).anyMatch(finding -> finding.contains("\"cocalc\", which has no claim;"));
    }

    @Test
    void aClaimOfAnotherNamespaceIsNotOurs() {
        assertThat(codes(CONFIG, DATA.replace("namespace: cocalc", "namespace: other"), SOFTWARE))
                .contains("claim-missing");
    }

    @Test
    void aPendingClaimWithoutAClassWaitsForADefault() {
        String pending = claim("projects-data", "nfs", "", "Pending").replace("storageClassName: nfs", "x: 1");

        assertThat(check(CONFIG, pending, SOFTWARE))
                .containsExactly(
                        "ERROR no-default-class at /spec/storageClassName: claim \"projects-data\" is Pending, it names no class,"
                                + " and none of the classes \"nfs\" is the default; the claim stays Pending, and takes the default"
                                + " class as soon as there is one; name a class in the claim (a new one), or make one the default");
        assertThat(
                        check(
                                CONFIG,
                                pending,
                                SOFTWARE,
                                CLASS.replace(
                                        "{ name: nfs }",
                                        "{ name: std, annotations: { storageclass.kubernetes.io/is-default-class: \"true\" } }")))
                .singleElement()
                .asString()
                .startsWith(
                        "ERROR provisioner-silent at /status/phase: claim \"projects-data\" is Pending, and its class"
                                + " \"std\" has provisioner \"cluster.local/nfs\", which has made no volume;");
    }

    @Test
    void aPendingClaimOfAMissingClassIsToldSo() {
        assertThat(check(CONFIG, claim("projects-data", "standard", "", "Pending"), SOFTWARE))
                .containsExactly(
                        "ERROR class-missing at /spec/storageClassName: claim \"projects-data\" is Pending, as class \"standard\" is"
                                + " missing; there are \"nfs\"; the claim stays Pending; install the class, or create the claim again"
                                + " with another one");
    }

    @Test
    void aPendingClaimWithTheEmptyClassWaitsForAVolume() {
        assertThat(check(CONFIG, claim("projects-data", "\"\"", "nfs-data", "Pending"), SOFTWARE))
                .containsExactly(
                        "ERROR claim-without-class at /spec/storageClassName: claim \"projects-data\" is Pending,"
                                + " and its class is \"\", so nothing is provisioned; it waits for volume \"nfs-data\"; the claim"
                                + " stays Pending until somebody makes a volume for it by hand; create a volume that fits, or create"
                                + " the claim again with a class");
    }

    @Test
    void aClassWithoutProvisionerMakesNoVolumes() {
        assertThat(check(
                        CONFIG,
                        claim("projects-data", "local", "", "Pending"),
                        SOFTWARE,
                        CLASS.replace("name: nfs", "name: local")
                                .replace("cluster.local/nfs", "kubernetes.io/no-provisioner")))
                .containsExactly(
                        "ERROR class-without-provisioner at /spec/storageClassName: claim \"projects-data\" is"
                                + " Pending, and its class \"local\" has no provisioner; the claim stays Pending until somebody"
                                + " makes a volume for it by hand; create a volume that fits, or use a class with a provisioner");
    }

    @Test
    void waitingForTheFirstConsumerIsAHint() {
        assertThat(check(
                        CONFIG,
                        claim("projects-data", "late", "", "Pending"),
                        SOFTWARE,
                        CLASS.replace("name: nfs", "name: late") + "volumeBindingMode: WaitForFirstConsumer\n"))
                .containsExactly(
                        "HINT waits-for-first-consumer at /status/phase: claim \"projects-data\" is Pending, and its"
                                + " class \"late\" has volumeBindingMode WaitForFirstConsumer; it is bound when the first pod is"
                                + " scheduled, so a mistake shows only then; start a pod that mounts it once, or use"
                                + " volumeBindingMode Immediate");
    }

    @Test
    void theProvisionersLastWordIsTold() {
        String event = """
                apiVersion: v1
                kind: Event
                metadata: { name: e1, namespace: cocalc }
                reason: ProvisioningFailed
                message: "no space left\\non device"
                involvedObject: { kind: PersistentVolumeClaim, name: projects-data, namespace: cocalc }
                """;

        assertThat(check(CONFIG, claim("projects-data", "nfs", "", "Pending"), SOFTWARE, event))
                .containsExactly(
                        "ERROR provisioning-failed at /status/phase: claim \"projects-data\" is Pending, and its"
                                + " provisioner says \"no space left\\u000aon device\"; the claim stays Pending; fix what the"
                                + " provisioner names; a full disk under it is common");
        assertThat(codes(
                        CONFIG,
                        claim("projects-data", "nfs", "", "Pending"),
                        SOFTWARE,
                        event.replace("name: projects-data", "name: other")))
                .containsExactly("provisioner-silent");
    }

    @Test
    void aLostClaimIsToldWithItsVolume() {
        assertThat(check(CONFIG, DATA.replace("phase: Bound", "phase: Lost"), SOFTWARE))
                .containsExactly(
                        "ERROR claim-lost at /status/phase: claim \"projects-data\" has lost volume \"pvc-1\"; pods that mount it do"
                                + " not start, and its files are out of reach; find the volume and its files first; then create a"
                                + " claim that names it in volumeName");
    }

    @Test
    void aClaimThatIsDeletedWhileInUseIsToldWithItsUsers() {
        String deleted = DATA.replace("{ name: projects-data,", "{ name: projects-data, deletionTimestamp: \"x\",");
        String pods = "";
        for (int i = 1; i <= 6; i++) {
            pods += "---\n" + pod("project-" + i, "cocalc", "projects-data");
        }
        String[] users = pods.substring(4).split("---\n");

        assertThat(check(CONFIG, deleted, SOFTWARE))
                .containsExactly(
                        "ERROR claim-terminating at /metadata/deletionTimestamp: claim \"projects-data\" is being deleted, and no pod"
                                + " of the snapshot uses it; running pods keep it alive; with the last of them it goes away, and new"
                                + " pods do not start; set the volume's reclaim policy to Retain now, then create the claim again"
                                + " and bind it to that volume");
        assertThat(check(CONFIG, deleted, SOFTWARE, users[0], pod("x", "other", "projects-data")))
                .anyMatch(finding -> finding.contains("is being deleted, while 1 pod uses it: \"project-1\";"));
        String[] all = Arrays.copyOf(users, 8);
        all[6] = deleted;
        all[7] = SOFTWARE;
        assertThat(check(CONFIG, all))
                .anyMatch(
                        finding -> finding.contains(
                                "while 6 pods use it: \"project-1\", \"project-2\", \"project-3\", \"project-4\", \"project-5\", …;"));
    }

    @Test
    void accessForOneNodeIsRefusedOnClaimAndVolume() {
        assertThat(check(
                        CONFIG,
                        DATA.replace("ReadWriteMany", "ReadWriteOnce"),
                        SOFTWARE,
                        DATA_VOLUME.replace("ReadWriteMany", "ReadWriteOnce")))
                .containsExactly(
                        "ERROR not-read-write-many at /spec/accessModes: claim \"projects-data\" has access modes"
                                + " \"[ReadWriteOnce]\"; a second node's pods wait with a Multi-Attach error; create a claim"
                                + " of access mode ReadWriteMany on a storage that has it; the mode cannot be changed",
                        "ERROR not-read-write-many at /spec/accessModes: volume \"pvc-1\" behind claim \"projects-data\" has"
                                + " access modes \"[ReadWriteOnce]\"; a second node's pods wait with a Multi-Attach error;"
                                + " create a claim of access mode ReadWriteMany on a storage that has it; the mode cannot be"
                                + " changed");
    }

    @Test
    void rawDevicesAreRefusedOnClaimAndVolume() {
        assertThat(check(
                        CONFIG,
                        DATA.replace("accessModes", "volumeMode: Block, accessModes"),
                        SOFTWARE,
                        DATA_VOLUME.replace("accessModes", "volumeMode: Block, accessModes")))
                .containsExactly(
                        "ERROR block-volume at /spec/volumeMode: claim \"projects-data\" has volumeMode Block; it cannot be"
                                + " mounted; create a claim of volumeMode Filesystem; the mode cannot be changed",
                        "ERROR block-volume at /spec/volumeMode: volume \"pvc-1\" behind claim \"projects-data\" has"
                                + " volumeMode Block; it cannot be mounted; create a claim of volumeMode Filesystem; the mode"
                                + " cannot be changed");
    }

    @Test
    void oneVolumeBehindTwoClaimsIsFoundAlsoAcrossNamespaces() {
        assertThat(check(CONFIG, DATA, claim("projects-software", "nfs", "pvc-1", "Bound")))
                .contains(
                        "ERROR same-volume at /spec/volumeName: claim \"projects-data\" and claim \"projects-software\" are bound to"
                                + " volume \"pvc-1\"; everybody who sees one claim sees the other's files, and a pod with both waits"
                                + " for ever; bind each claim to a volume of its own");
        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        claim("theirs", "nfs", "pvc-1", "Bound").replace("namespace: cocalc", "namespace: other")))
                .singleElement()
                .asString()
                .contains("claim \"projects-data\" and claim \"theirs\" of namespace \"other\" are bound to volume");
    }

    @Test
    void volumesThatShareADirectoryOrAHandleAreFound() {
        assertThat(check(CONFIG, DATA, SOFTWARE, SOFTWARE_VOLUME.replace("/export/pvc-2", "/export//pvc-1/")))
                .contains(
                        "ERROR same-storage at /spec/volumeName: claim \"projects-data\" and claim \"projects-software\" have"
                                + " different volumes, and both are directory \"/export/pvc-1\" of NFS server \"10.0.0.1\";"
                                + " everybody who sees one claim sees the other's files, and a pod with both waits for ever; give"
                                + " each volume a directory or handle of its own");
        String csi = "csi: { driver: nfs.csi.k8s.io, volumeHandle: same }";
        assertThat(check(CONFIG, DATA, SOFTWARE, volume("pvc-1", csi), volume("pvc-2", csi)))
                .anyMatch(finding -> finding.contains("both are handle \"same\" of driver \"nfs.csi.k8s.io\""));
        assertThat(codes(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        volume("pvc-1", csi),
                        volume("pvc-2", csi.replace("nfs.csi.k8s.io", "other"))))
                .isEmpty();
    }

    @Test
    void aVolumeAboveAnotherIsFoundInBothDirectionsAndAcrossNamespaces() {
        String parent = SOFTWARE_VOLUME.replace("/export/pvc-2", "/export").replace("10.0.0.1", "::ffff:10.0.0.1");

        assertThat(check(CONFIG, DATA, SOFTWARE, parent.replace("::ffff:10.0.0.1", "\"::ffff:10.0.0.1\"")))
                .containsExactly(
                        "ERROR nested-storage at /spec/volumeName: claim \"projects-data\" and claim \"projects-software\" have"
                                + " different volumes, and the second, directory \"/export\" of NFS server \"10.0.0.1\", holds the"
                                + " first, directory \"/export/pvc-1\" of NFS server \"10.0.0.1\"; everybody who sees the upper"
                                + " claim sees the files of the lower one, whatever its pods mount read-only; give each volume a"
                                + " directory of its own that is not below another's",
                        "ERROR nested-storage at /spec/volumeName: claim \"projects-software\" and claim \"projects-data\" have"
                                + " different volumes, and the first, directory \"/export\" of NFS server \"10.0.0.1\", holds the"
                                + " second, directory \"/export/pvc-1\" of NFS server \"10.0.0.1\"; everybody who sees the upper"
                                + " claim sees the files of the lower one, whatever its pods mount read-only; give each volume a"
                                + " directory of its own that is not below another's");
        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        claim("theirs", "nfs", "all", "Bound").replace("namespace: cocalc", "namespace: other"),
                        volume(
                                "all",
                                "csi: { driver: nfs.csi.k8s.io, volumeHandle: x,"
                                        + " volumeAttributes: { server: 10.0.0.1, share: / } }")))
                .hasSize(2)
                .anyMatch(finding -> finding.startsWith(
                        "ERROR nested-storage at /spec/volumeName: claim \"projects-data\" and claim \"theirs\" of namespace"
                                + " \"other\" have different volumes, and the second, directory \"/\" of NFS server"
                                + " \"10.0.0.1\", holds the first,"));
    }

    @Test
    void anAddressAndTheServiceThatHasItAreOneServer() {
        String byName = volume("pvc-2", "nfs: { server: nfs.storage.svc.cluster.local, path: /export/pvc-1 }");

        for (String spec : List.of(
                "clusterIP: 10.0.0.1",
                "clusterIP: None, clusterIPs: [ 'fd00::1', 10.0.0.1 ]",
                "externalIPs: [ 10.0.0.1 ]",
                "type: ExternalName, externalName: 10.0.0.1")) {
            assertThat(check(CONFIG, DATA, SOFTWARE, byName, service("nfs", spec)))
                    .as(spec)
                    .hasSize(2)
                    .allMatch(finding -> finding.startsWith("ERROR same-storage at /spec/volumeName: "));
        }
        assertThat(codes(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        DATA_VOLUME.replace("10.0.0.1", "'[FD00:0::1]'"),
                        byName,
                        service("nfs", "clusterIPs: [ 10.0.0.1, 'fd00::1' ]")))
                .containsExactly("same-storage", "same-storage");
        assertThat(codes(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        byName.replace("cluster.local", "example.com"),
                        service("nfs", "clusterIP: 10.0.0.1")))
                .containsExactly("same-storage", "same-storage");
        assertThat(codes(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        byName.replace("/export/pvc-1", "/export"),
                        service("nfs", "clusterIP: 10.0.0.1")))
                .containsExactly("nested-storage", "nested-storage");
    }

    @Test
    void anAddressOfAnotherServiceIsAnotherServer() {
        String byName = volume("pvc-2", "nfs: { server: nfs.storage.svc, path: /export/pvc-1 }");

        assertThat(codes(CONFIG, DATA, SOFTWARE, byName, service("nfs", "clusterIP: 10.0.0.2")))
                .isEmpty();
        assertThat(codes(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        byName,
                        service("nfs", "clusterIP: 10.0.0.2"),
                        service("other", "clusterIP: 10.0.0.1")))
                .isEmpty();
        assertThat(codes(CONFIG, DATA, SOFTWARE, byName, service("other", "clusterIP: 10.0.0.1")))
                .isEmpty();
    }

    @Test
    void withoutTheServiceAHintSaysThatTheServersCouldNotBeCompared() {
        String byName = volume("pvc-2", "nfs: { server: nfs.storage.svc, path: /export }");

        assertThat(check(CONFIG, DATA, SOFTWARE, byName))
                .containsExactly(
                        "HINT servers-not-compared at /spec/volumeName: claim \"projects-data\" and claim"
                                + " \"projects-software\" lie on the same path or one above the other, directory"
                                + " \"/export/pvc-1\" of NFS server \"10.0.0.1\" and directory \"/export\" of NFS server"
                                + " \"nfs.storage\", and the snapshot does not have the Service; if the address is that of"
                                + " the Service, everybody who sees one claim sees files of the other; list the Services of the"
                                + " server's namespace as well (kubectl get service -A), and check again",
                        "HINT servers-not-compared at /spec/volumeName: claim \"projects-software\" and claim"
                                + " \"projects-data\" lie on the same path or one above the other, directory \"/export\" of"
                                + " NFS server \"nfs.storage\" and directory \"/export/pvc-1\" of NFS server \"10.0.0.1\", and"
                                + " the snapshot does not have the Service; if the address is that of the Service, everybody who"
                                + " sees one claim sees files of the other; list the Services of the server's namespace as well"
                                + " (kubectl get service -A), and check again");
        assertThat(codes(CONFIG, DATA, SOFTWARE, byName.replace("path: /export", "path: /other")))
                .isEmpty();
        assertThat(codes(CONFIG, DATA, SOFTWARE, byName.replace("nfs.storage.svc", "nfs.example.com")))
                .isEmpty();
    }

    @Test
    void anAuditIsToldTheClaimsThatHaveFilesOfTheInstallation() {
        ClusterSnapshot snapshot = withDefaults(
                DATA,
                SOFTWARE,
                claim("backup", "nfs", "all", "Bound"),
                volume("all", "nfs: { server: 10.0.0.1, path: / }"),
                claim("twin", "nfs", "pvc-1", "Bound"),
                claim("one-home", "nfs", "below", "Bound"),
                volume("below", "nfs: { server: 10.0.0.1, path: /export/pvc-1/projects }"),
                claim("beside", "nfs", "other", "Bound"),
                volume("other", "nfs: { server: 10.0.0.1, path: /export/other }"),
                claim("elsewhere", "nfs", "all", "Bound").replace("namespace: cocalc", "namespace: other"));

        assertThat(StoragePreflight.sameStorage(StorageModel.of(CONFIG), snapshot)
                        .claims())
                .containsExactly(
                        new SameStorage.Claim("backup", "export/pvc-1", "files of claim \"projects-data\""),
                        new SameStorage.Claim("twin", "", "files of claim \"projects-data\""),
                        new SameStorage.Claim("one-home", "", "files of claim \"projects-data\""),
                        new SameStorage.Claim("backup", "export/pvc-2", "files of claim \"projects-software\""));
        assertThat(StoragePreflight.sameStorage(StorageModel.of(CONFIG), withDefaults(DATA, SOFTWARE))
                        .claims())
                .isEmpty();
    }

    @Test
    void aVolumeThatIsGoneIsToldWhereVolumesAreListed() {
        String gone = DATA.replace("pvc-1", "pvc-9");

        assertThat(check(CONFIG, gone, SOFTWARE))
                .containsExactly(
                        "ERROR volume-missing at /spec/volumeName: claim \"projects-data\" is bound to volume \"pvc-9\", which does"
                                + " not exist; pods that mount the claim do not start, and its files are out of reach; find the"
                                + " storage first; then create a volume of this name that leads to it, with reclaim policy Retain");
        assertThat(StoragePreflight.check(StorageModel.of(CONFIG), snapshot(gone, SOFTWARE, CLASS, JOB_DONE)))
                .isEmpty();
    }

    @Test
    void aVolumeThatFailedOrWasReleasedIsToldWithItsMessage() {
        assertThat(check(CONFIG, DATA, SOFTWARE, DATA_VOLUME + "status: { phase: Failed, message: cannot recycle }\n"))
                .containsExactly(
                        "ERROR volume-failed at /status/phase: volume \"pvc-1\" behind claim \"projects-data\" is Failed: \"cannot"
                                + " recycle\"; pods that mount the claim do not start; read the volume's status.message; set its"
                                + " reclaim policy to Retain before anything else");
        assertThat(check(CONFIG, DATA, SOFTWARE, DATA_VOLUME + "status: { phase: Released }\n"))
                .singleElement()
                .asString()
                .contains("volume-failed at /status/phase", "is Released; pods");
        assertThat(check(CONFIG, DATA, SOFTWARE, DATA_VOLUME + "status: { phase: Bound }\n"))
                .isEmpty();
    }

    @Test
    void aVolumeThatIsBeingDeletedIsTold() {
        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        DATA_VOLUME.replace("{ name: pvc-1 }", "{ name: pvc-1, deletionTimestamp: \"x\" }")))
                .containsExactly(
                        "ERROR volume-terminating at /metadata/deletionTimestamp: volume \"pvc-1\" behind claim \"projects-data\" is"
                                + " being deleted; it goes away with the claim, and with reclaim policy Delete its files do as well;"
                                + " set its reclaim policy to Retain now; then make a volume of another name for the same storage");
    }

    @Test
    void aVolumeOfAnotherClaimIsTold() {
        String owned = DATA_VOLUME.replace("spec: {", "spec: { claimRef: { namespace: cocalc, name: old },");

        assertThat(check(CONFIG, DATA, SOFTWARE, owned))
                .containsExactly(
                        "ERROR volume-of-another-claim at /spec/claimRef: volume \"pvc-1\" behind claim \"projects-data\" belongs to"
                                + " claim \"old\" of namespace \"cocalc\"; the claim is misbound: pods that mount it do not start;"
                                + " create the claim again with another volume, or correct the volume's claimRef");
        assertThat(codes(CONFIG, DATA, SOFTWARE, owned.replace("cocalc, name: old", "other, name: projects-data")))
                .containsExactly("volume-of-another-claim");
        String ours = owned.replace("name: old", "name: projects-data, uid: a");
        String claim = DATA.replace("{ name: projects-data,", "{ name: projects-data, uid: b,");
        assertThat(check(CONFIG, claim, SOFTWARE, ours))
                .singleElement()
                .asString()
                .contains("volume-of-another-claim at /spec/claimRef/uid", "belongs to an earlier claim of this name;");
        assertThat(check(CONFIG, claim.replace("uid: b", "uid: a"), SOFTWARE, ours))
                .isEmpty();
    }

    @Test
    void aReadOnlyVolumeIsToldByItsSourceOrMountOption() {
        assertThat(check(CONFIG, DATA, SOFTWARE, DATA_VOLUME.replace("server:", "readOnly: true, server:")))
                .containsExactly(
                        "ERROR volume-read-only at /spec/nfs/readOnly: volume \"pvc-1\" behind claim \"projects-data\" is readOnly;"
                                + " writing fails with: Read-only file system, whatever licences say; remove readOnly from the"
                                + " volume's source and ro from its mount options, in a new volume");
        assertThat(check(
                        CONFIG, DATA, SOFTWARE, volume("pvc-1", "csi: { driver: d, volumeHandle: h, readOnly: true }")))
                .singleElement()
                .asString()
                .contains("volume-read-only at /spec/csi/readOnly");
        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        volume("pvc-1", "csi: { driver: d, volumeHandle: h }, mountOptions: [hard, ro]")))
                .singleElement()
                .asString()
                .contains("volume-read-only at /spec/mountOptions", "has mount option \"ro\";");
    }

    @Test
    void theBetaAnnotationMakesAClassTheDefault() {
        String pending = claim("projects-data", "nfs", "", "Pending").replace("storageClassName: nfs", "x: 1");
        String annotated = CLASS.replace(
                "{ name: nfs }",
                "{ name: std, annotations: { storageclass.beta.kubernetes.io/is-default-class: \"true\" } }");

        assertThat(codes(CONFIG, pending, SOFTWARE, annotated)).containsExactly("provisioner-silent");
    }

    @Test
    void deletingAClaimMustNotDeleteAllProjects() {
        assertThat(check(CONFIG, DATA, SOFTWARE, DATA_VOLUME.replace("Retain", "Delete")))
                .containsExactly(
                        "WARNING reclaim-delete at /spec/persistentVolumeReclaimPolicy: volume \"pvc-1\" behind claim"
                                + " \"projects-data\" has reclaim policy Delete; deleting the claim, or the release that made it,"
                                + " deletes all files on it; kubectl patch pv pvc-1 -p"
                                + " '{\"spec\":{\"persistentVolumeReclaimPolicy\":\"Retain\"}}'");
    }

    @Test
    void anNfsServerWithoutPersistenceIsFoundInAnyNamespace() {
        String server = """
                apiVersion: v1
                kind: Pod
                metadata: { name: nfs-server-0, namespace: nfs }
                spec:
                  containers:
                    - name: nfs
                      image: registry.k8s.io/sig-storage/nfs-provisioner:v4.0.8
                      volumeMounts: [{ name: data, mountPath: /export/ }]
                  volumes: [{ name: other, emptyDir: {} }, { name: data, emptyDir: {} }]
                """;

        assertThat(check(CONFIG, DATA, SOFTWARE, server))
                .containsExactly(
                        "ERROR persistence-off at /spec/volumes/1/emptyDir: NFS server \"nfs-server-0\" exports an emptyDir (its chart"
                                + " has persistence.enabled: false); all files of all projects are lost with that pod; install the"
                                + " server with persistence.enabled: true, before there are files");
        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        server.replace(
                                "{ name: data, emptyDir: {} }",
                                "{ name: data, persistentVolumeClaim: { claimName: d } }")))
                .isEmpty();
    }

    @Test
    void repairsByRootNeedAServerThatTrustsRoot() {
        String squashed = CLASS + "parameters: { rootSquash: \"true\" }\n";
        String finding = "ERROR root-squashed at /parameters/rootSquash: class \"nfs\" of claim \"projects-data\" has"
                + " rootSquash \"true\", and fixPermissionsInit is on; the init container's chown fails, and no project"
                + " starts; use a class with rootSquash \"false\", or homeOwnership server side on a storage that maps"
                + " everybody";

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
                                + " server refuses every project's pod with 403; let the namespace enforce baseline, or use"
                                + " homeOwnership server side");
        assertThat(check(
                        CONFIG.toBuilder()
                                .homeOwnership(HomeOwnership.serverSide())
                                .build(),
                        DATA,
                        SOFTWARE,
                        restricted))
                .containsExactly("WARNING restricted-needs-hardened at"
                        + " /metadata/labels/pod-security.kubernetes.io~1enforce: namespace \"cocalc\" enforces restricted;"
                        + " the API server refuses pods without the hardened form with 403; use the hardened form of the pods, which"
                        + " breaks set-uid tools in users' images");
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
                                + " homeOwnership is server side; the kubelet makes a new home as root, and nobody hands it to the"
                                + " project's user; set manage.project.fixPermissionsInit: true");
        assertThat(check(serverSide, DATA, SOFTWARE, volume("pvc-1", "local: { path: /x }")))
                .singleElement()
                .asString()
                .contains("is on a local volume, which maps nobody, and");
        assertThat(check(serverSide, DATA, SOFTWARE)).isEmpty();
    }

    @Test
    void mountOptionsAreComparedWithThoseThatExistOnClassAndVolume() {
        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        CLASS + "mountOptions: [vers=3, no-such-option, null]\n",
                        DATA_VOLUME.replace("accessModes", "mountOptions: [soft], accessModes")))
                .satisfiesExactly(
                        volume -> assertThat(volume)
                                .startsWith(
                                        "WARNING mount-option-risky at /spec/mountOptions: volume \"pvc-1\" behind claim"
                                                + " \"projects-data\" has a mount option: mountOptions is soft: ")
                                .endsWith("; it works until it does not; change it; volumes that exist keep theirs"),
                        storageClass -> assertThat(storageClass)
                                .startsWith(
                                        "ERROR mount-option-unknown at /mountOptions: class \"nfs\": mount option must"
                                                + " be an option of nfs(5) or mount(8), but was \"no-such-option\";")
                                .endsWith(
                                        "; nodes cannot mount the volume; correct it; volumes that exist keep theirs"));
        assertThat(check(CONFIG, DATA, SOFTWARE, CLASS + "mountOptions: [vers=3, retrans=2, timeo=30]\n"))
                .isEmpty();
        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        volume("pvc-1", "hostPath: { path: /x }")
                                .replace("accessModes", "mountOptions: [x], accessModes")))
                .isEmpty();
    }

    @Test
    void thePreparationOfTheClaimsIsAskedForUntilItHasRun() {
        assertThat(StoragePreflight.check(
                        StorageModel.of(CONFIG),
                        snapshot(DATA, SOFTWARE, DATA_VOLUME, SOFTWARE_VOLUME, CLASS, NAMESPACE)))
                .extracting(Finding::toString)
                .containsExactly(
                        "HINT claim-preparation at /: claim \"projects-software\" may have a root directory that"
                                + " belongs to root; Permission denied on a read-write mount: for projects with ext_rw in"
                                + " the software, for manage-copy in the directory of homes, for manage-share in that of"
                                + " shares; run the Job once that hands these directories over",
                        "HINT claim-preparation at /: claim \"projects-data\" may have directories of homes and shares"
                                + " that belong to root; Permission denied on a read-write mount: for projects with ext_rw in"
                                + " the software, for manage-copy in the directory of homes, for manage-share in that of"
                                + " shares; run the Job once that hands these directories over");
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
    void aClaimThatIsSmallerThanPlannedIsToldWithBothSizes() {
        assertThat(check(CONFIG, DATA.replace("10Gi", "9000Mi"), SOFTWARE))
                .containsExactly(
                        "WARNING size-too-small at /status/capacity/storage: claim \"projects-data\" holds 9000Mi, but values.yaml"
                                + " asks for 10Gi; it is full sooner than planned; let the claim grow, if its class allows expansion");
        assertThat(check(CONFIG, DATA.replace("10Gi", "10240Mi"), SOFTWARE.replace("10Gi", "odd")))
                .isEmpty();
        assertThat(check(CONFIG.toBuilder().bringYourOwnClaims().build(), DATA.replace("10Gi", "1Gi"), SOFTWARE))
                .isEmpty();
    }

    private static List<String> check(StorageConfig config, String... objects) {
        return StoragePreflight.check(StorageModel.of(config), withDefaults(objects)).stream()
                .map(Finding::toString)
                .toList();
    }

    private static List<String> codes(StorageConfig config, String... objects) {
        return StoragePreflight.check(StorageModel.of(config), withDefaults(objects)).stream()
                .map(finding -> finding.rule().code())
                .toList();
    }

    /** The objects, and those of a good cluster whose kind and name are not among them. */
    private static ClusterSnapshot withDefaults(String... objects) {
        String all = String.join("", objects);
        List<String> good = List.of(DATA_VOLUME, SOFTWARE_VOLUME, CLASS, NAMESPACE, JOB_DONE);
        List<String> kept = new ArrayList<>(List.of(objects));
        for (String one : good) {
            String name = one.substring(one.indexOf("name: ") + 6).split("[ ,}]", -1)[0];
            String kind = one.lines()
                    .filter(line -> line.startsWith("kind: "))
                    .findFirst()
                    .orElseThrow();
            boolean there = Arrays.stream(objects)
                    .anyMatch(object -> object.contains(kind + "\n")
                            && (object.contains("{ name: " + name + " }") || object.contains("{ name: " + name + ",")));
            if (!there || all.isEmpty()) {
                kept.add(one);
            }
        }
        return snapshot(kept.toArray(String[]::new));
    }

    private static ClusterSnapshot snapshot(String... objects) {
        String items = Arrays.stream(objects)
                .map(object -> "- " + object.strip().replace("\n", "\n  ") + "\n")
                .reduce("kind: List\nitems:\n", String::concat);
        return ClusterSnapshot.parse("cocalc", objects.length == 0 ? "items: []" : items);
    }

    private static String claim(String name, String storageClass, String volume, String phase) {
        return """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: { name: %s, namespace: cocalc }
                spec: { storageClassName: %s, volumeName: "%s", accessModes: [ReadWriteMany] }
                status: { phase: %s, capacity: { storage: 10Gi } }
                """.formatted(name, storageClass, volume, phase);
    }

    private static String volume(String name, String source) {
        return """
                apiVersion: v1
                kind: PersistentVolume
                metadata: { name: %s }
                spec: { %s, accessModes: [ReadWriteMany], persistentVolumeReclaimPolicy: Retain }
                """.formatted(name, source);
    }

    private static String service(String name, String spec) {
        return """
                apiVersion: v1
                kind: Service
                metadata: { name: %s, namespace: storage }
                spec: { %s }
                """.formatted(name, spec);
    }

    private static String pod(String name, String namespace, String claim) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: { name: %s, namespace: %s }
                spec: { volumes: [{ name: home, persistentVolumeClaim: { claimName: %s } }] }
                """.formatted(name, namespace, claim);
    }
}
