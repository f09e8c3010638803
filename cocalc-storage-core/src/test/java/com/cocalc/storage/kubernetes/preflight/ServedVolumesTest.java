package com.cocalc.storage.kubernetes.preflight;

import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.CONFIG;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.DATA;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.SOFTWARE;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.check;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.claim;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.service;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.volume;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.withDefaults;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.StorageModel;
import com.cocalc.storage.kubernetes.audit.SameStorage;
import org.junit.jupiter.api.Test;

/** Servers that run in the cluster: their own claims and directories are the storage under what they export. */
class ServedVolumesTest {

    private static final String SERVICE =
            service("nfs", "clusterIP: 10.0.0.1, selector: { app: nfs }, ports: [{ port: 2049 }]");
    private static final String DISK = volume("disk", "csi: { driver: ebs.csi.aws.com, volumeHandle: vol-1 }");

    private static String server(String mounts, String source) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: { name: nfs-0, namespace: storage, labels: { app: nfs, role: server } }
                spec:
                  containers: [{ name: s, image: nfs, %s }]
                  volumes: [{ name: files, %s }]
                """.formatted(mounts, source);
    }

    /** One that exports a claim of its namespace. */
    private static String serverOf(String claim) {
        return server(
                "volumeMounts: [{ name: files, mountPath: /export }]",
                "persistentVolumeClaim: { claimName: " + claim + " }");
    }

    private static String claimOf(String namespace, String name, String volume) {
        return claim(name, "", volume, "Bound").replace("namespace: cocalc", "namespace: " + namespace);
    }

    @Test
    void theClaimOfAServerIsThereToBeServed() {
        String server = serverOf("data-nfs-0");

        assertThat(check(CONFIG, DATA, SOFTWARE, SERVICE, server, claimOf("storage", "data-nfs-0", "disk"), DISK))
                .isEmpty();
    }

    @Test
    void anotherClaimOnTheDiskOfAServerSeesWhatIsExported() {
        String server = serverOf("data-nfs-0");

        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        SERVICE,
                        server,
                        claimOf("storage", "data-nfs-0", "disk"),
                        DISK,
                        claimOf("backup", "copy", "disk-again"),
                        DISK.replace("name: disk", "name: disk-again")))
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding)
                        .contains(
                                "ERROR nested-storage",
                                "and claim \"copy\" of namespace \"backup\" have different volumes, and the second, handle"
                                        + " \"vol-1\" of driver \"ebs.csi.aws.com\", holds the first"));
    }

    /** Anybody who may create pods beside a server can give them its labels. */
    @Test
    void aPodWithTheLabelsOfAServerHidesNoClaim() {
        String hostile = serverOf("theirs").replace("name: nfs-0", "name: hostile");
        String server = serverOf("data-nfs-0");

        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        SERVICE,
                        hostile,
                        claimOf("storage", "theirs", "same"),
                        volume("same", "nfs: { server: 10.0.0.1, path: /export/pvc-1 }")))
                .filteredOn(finding -> finding.contains("and claim \"theirs\" of namespace \"storage\""))
                .singleElement()
                .asString()
                .contains("ERROR same-storage");
        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        SERVICE,
                        server,
                        hostile,
                        claimOf("storage", "data-nfs-0", "disk"),
                        DISK,
                        claimOf("storage", "theirs", "disk-again"),
                        DISK.replace("name: disk", "name: disk-again")))
                .as("the disk of the server by another claim")
                .filteredOn(finding -> finding.contains("and claim \"theirs\""))
                .hasSize(2)
                .allMatch(finding -> finding.contains("ERROR nested-storage"));
    }

    @Test
    void theServerOfAStrangerHidesNoClaimOfIts() {
        String service = SERVICE.replace("10.0.0.1", "10.0.0.9").replace("namespace: storage", "namespace: other");
        String server = serverOf("theirs").replace("namespace: storage", "namespace: other");

        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        service,
                        server,
                        claimOf("other", "exported", "export"),
                        volume("export", "nfs: { server: 10.0.0.9, path: /export/sub }"),
                        claimOf("other", "theirs", "same"),
                        volume("same", "nfs: { server: 10.0.0.1, path: /export/pvc-1 }")))
                .filteredOn(finding -> finding.contains("and claim \"theirs\""))
                .singleElement()
                .asString()
                .contains("ERROR same-storage");
    }

    @Test
    void aVolumeAndAClaimWithoutNamesAreNoServer() {
        String server = server(
                "volumeMounts: [{ name: files, mountPath: /export }]", "persistentVolumeClaim: { readOnly: true }");

        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        SERVICE,
                        server,
                        "apiVersion: v1\nkind: PersistentVolumeClaim\nspec: { volumeName: disk }\n",
                        DISK))
                .isEmpty();
    }

    @Test
    void aDirectoryOfTheNodesUnderAServerIsFollowed() {
        String server =
                server("volumeMounts: [{ name: files, mountPath: /export, subPath: nfs }]", "hostPath: { path: /srv }");
        String theirs = claimOf("other", "theirs", "srv");

        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        SERVICE,
                        server,
                        theirs,
                        volume("srv", "hostPath: { path: /srv/nfs/pvc-1 }")))
                .singleElement()
                .asString()
                .contains("ERROR same-storage", "both are directory \"/srv/nfs/pvc-1\" of the nodes");
        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        SERVICE,
                        server,
                        theirs,
                        volume("srv", "hostPath: { path: /srv/nfs/pvc-3 }")))
                .isEmpty();
        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        SERVICE.replace("app: nfs", "app: other"),
                        server,
                        theirs,
                        volume("srv", "hostPath: { path: /srv/nfs/pvc-1 }")))
                .as("other pods are behind the service")
                .isEmpty();
    }

    @Test
    void twoServersOfOneDirectoryOfTheNodesAreFollowed() {
        String server = server("volumeMounts: [{ name: files, mountPath: /export }]", "hostPath: { path: /srv }");

        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        SERVICE,
                        server,
                        SERVICE.replace("name: nfs", "name: more")
                                .replace("10.0.0.1", "10.0.0.2")
                                .replace("app: nfs", "app: more"),
                        server.replace("name: nfs-0", "name: more-0").replace("app: nfs", "app: more"),
                        claimOf("other", "theirs", "again"),
                        volume("again", "nfs: { server: 10.0.0.2, path: /export/pvc-1 }")))
                .singleElement()
                .asString()
                .contains("ERROR same-storage", "both are directory \"/srv/pvc-1\" of the nodes");
    }

    @Test
    void aServiceWithoutANamespaceIsNoServer() {
        assertThat(check(
                        CONFIG,
                        DATA,
                        volume("pvc-1", "nfs: { server: nfs.null.svc, path: /exports/data }"),
                        SOFTWARE,
                        SERVICE.replace(", namespace: storage", ""),
                        server("volumeMounts: [{ name: files, mountPath: /exports }]", "hostPath: { path: /srv }")))
                .isEmpty();
    }

    @Test
    void theSoftwareClaimUnderTheServerOfTheDataIsFound() {
        String server = server(
                        "volumeMounts: [{ name: files, mountPath: /exports }]",
                        "persistentVolumeClaim: { claimName: projects-software }")
                .replace("namespace: storage", "namespace: cocalc");

        assertThat(check(
                        CONFIG,
                        DATA,
                        volume("pvc-1", "nfs: { server: nfs.cocalc.svc.cluster.local, path: /exports/data }"),
                        SOFTWARE,
                        volume("pvc-2", "csi: { driver: d, volumeHandle: h }"),
                        SERVICE.replace("namespace: storage", "namespace: cocalc"),
                        server))
                .singleElement()
                .asString()
                .contains("ERROR nested-storage", "the second, handle \"h\" of driver \"d\", holds the first");
    }

    @Test
    void serversThatExportADirectoryAsTheirRootAreFollowedByItsName() {
        String server = server(
                "env: [{ name: SHARED_DIRECTORY, value: /nfsshare }], volumeMounts: [{ name: files, mountPath: /nfsshare }]",
                "hostPath: { path: /srv }");

        assertThat(check(
                        CONFIG,
                        DATA,
                        volume("pvc-1", "nfs: { server: 10.0.0.1, path: / }"),
                        SOFTWARE,
                        volume("pvc-2", "hostPath: { path: /srv/software }"),
                        SERVICE,
                        server))
                .singleElement()
                .asString()
                .contains("ERROR nested-storage", "the first, directory \"/srv\" of the nodes, holds the second");
    }

    @Test
    void aPodThatMountsTheClaimOfTheServerSeesOurFiles() {
        String server = serverOf("nfs-data").replace("namespace: storage", "namespace: cocalc");

        SameStorage known = StoragePreflight.sameStorage(
                StorageModel.of(CONFIG),
                withDefaults(
                        DATA,
                        SOFTWARE,
                        SERVICE.replace("namespace: storage", "namespace: cocalc"),
                        server,
                        claimOf("cocalc", "nfs-data", "disk"),
                        DISK));

        assertThat(known.claims())
                .extracting(Object::toString)
                .containsExactly(
                        "claim \"nfs-data\" with files of claim \"projects-data\" in \"pvc-1\"",
                        "claim \"nfs-data\" with files of claim \"projects-software\" in \"pvc-2\"");
    }

    /** The chart makes this volume where the options of the mount are given. */
    @Test
    void theRootOfTheSubdirectoryProvisionerIsThereForIt() {
        String root = volume("pv-nfs-subdir", "nfs: { server: 10.0.0.1, path: /export }");
        String claim = claimOf("nfs", "pvc-nfs-subdir", "pv-nfs-subdir");

        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        claim,
                        root.replace(
                                "{ name: pv-nfs-subdir }",
                                "{ name: pv-nfs-subdir, labels: { nfs-subdir-external-provisioner: x } }")))
                .isEmpty();
        assertThat(check(CONFIG, DATA, SOFTWARE, claim, root)).hasSize(2);
    }
}
