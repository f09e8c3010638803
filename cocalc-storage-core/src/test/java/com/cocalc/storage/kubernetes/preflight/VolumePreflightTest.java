package com.cocalc.storage.kubernetes.preflight;

import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.CLASS;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.CONFIG;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.DATA;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.DATA_VOLUME;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.JOB_DONE;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.SOFTWARE;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.SOFTWARE_VOLUME;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.check;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.claim;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.codes;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.service;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.snapshot;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.volume;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.withDefaults;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.StorageModel;
import com.cocalc.storage.kubernetes.audit.SameStorage;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumePreflightTest {

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
    void aVolumeAboveAnotherIsFoundOnceAndAcrossNamespaces() {
        String parent = SOFTWARE_VOLUME.replace("/export/pvc-2", "/export").replace("10.0.0.1", "::ffff:10.0.0.1");

        assertThat(check(CONFIG, DATA, SOFTWARE, DATA_VOLUME.replace("/export/pvc-1", "/export")))
                .containsExactly(
                        "ERROR nested-storage at /spec/volumeName: claim \"projects-data\" and claim \"projects-software\" have"
                                + " different volumes, and the first, directory \"/export\" of NFS server \"10.0.0.1\", holds the"
                                + " second, directory \"/export/pvc-2\" of NFS server \"10.0.0.1\"; everybody who sees the upper"
                                + " claim sees the files of the lower one, whatever its pods mount read-only; give each volume a"
                                + " directory of its own that is not below another's");
        assertThat(check(CONFIG, DATA, SOFTWARE, parent.replace("::ffff:10.0.0.1", "\"::ffff:10.0.0.1\"")))
                .containsExactly(
                        "ERROR nested-storage at /spec/volumeName: claim \"projects-data\" and claim \"projects-software\" have"
                                + " different volumes, and the second, directory \"/export\" of NFS server \"10.0.0.1\", holds the"
                                + " first, directory \"/export/pvc-1\" of NFS server \"10.0.0.1\"; everybody who sees the upper"
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
                    .hasSize(1)
                    .allMatch(finding -> finding.startsWith("ERROR same-storage at /spec/volumeName: "));
        }
        assertThat(codes(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        DATA_VOLUME.replace("10.0.0.1", "'[FD00:0::1]'"),
                        byName,
                        service("nfs", "clusterIPs: [ 10.0.0.1, 'fd00::1' ]")))
                .containsExactly("same-storage");
        assertThat(codes(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        byName.replace("cluster.local", "example.com"),
                        service("nfs", "clusterIP: 10.0.0.1")))
                .containsExactly("same-storage");
        assertThat(codes(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        byName.replace("/export/pvc-1", "/export"),
                        service("nfs", "clusterIP: 10.0.0.1")))
                .containsExactly("nested-storage");
    }

    @Test
    void anAddressOfAnotherServiceIsAnotherServer() {
        String byName = volume("pvc-2", "nfs: { server: nfs.storage.svc, path: /export/pvc-1 }");

        assertThat(codes(CONFIG, DATA, SOFTWARE, byName, service("nfs", "clusterIP: 10.0.0.2, selector: { app: nfs }")))
                .isEmpty();
        assertThat(codes(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        byName,
                        service("nfs", "clusterIP: 10.0.0.2, selector: { app: nfs }"),
                        service("other", "clusterIP: 10.0.0.1")))
                .isEmpty();
        assertThat(codes(CONFIG, DATA, SOFTWARE, byName, service("other", "clusterIP: 10.0.0.1")))
                .isEmpty();
    }

    @Test
    void aServiceWithoutSelectorIsTheServerOfItsEndpoints() {
        String byName = volume("pvc-2", "nfs: { server: nfs.storage.svc, path: /export/pvc-1 }");
        for (String address : List.of("clusterIP: None", "clusterIP: 10.96.0.9")) {
            String service = service("nfs", address + ", ports: [{ port: 2049 }]");
            assertThat(codes(CONFIG, DATA, SOFTWARE, byName, service)).containsExactly("servers-not-compared");
            assertThat(codes(CONFIG, DATA, SOFTWARE, byName, service, endpoints("nfs", "10.0.0.1")))
                    .containsExactly("same-storage");
            assertThat(codes(CONFIG, DATA, SOFTWARE, byName, service, endpoints("nfs", "10.0.0.2")))
                    .isEmpty();
            assertThat(codes(CONFIG, DATA, SOFTWARE, byName, service, slice("nfs", "10.0.0.1")))
                    .containsExactly("same-storage");
            assertThat(codes(CONFIG, DATA, SOFTWARE, byName, service, slice("nfs", "10.0.0.2")))
                    .isEmpty();
        }
    }

    @Test
    void anEndpointSliceThatAClientListedIsReadAsWell() {
        List<HasMetadata> objects = new ArrayList<>();
        ClusterSnapshot listed = withDefaults(
                DATA,
                SOFTWARE,
                volume("pvc-2", "nfs: { server: nfs.storage.svc, path: /export/pvc-1 }"),
                service("nfs", "clusterIP: None, ports: [{ port: 2049 }]"));
        objects.addAll(listed.all(HasMetadata.class));
        GenericKubernetesResource slice =
                snapshot(slice("nfs", "10.0.0.1")).endpointSlices().get(0);
        objects.add(slice);

        assertThat(StoragePreflight.check(StorageModel.of(CONFIG), ClusterSnapshot.of("cocalc", objects)))
                .extracting(finding -> finding.finding().rule().code())
                .containsExactly("same-storage");
        for (String odd :
                List.of("endpoints: x", "endpoints: [null, {}, { addresses: [null] }, { addresses: a }]", "x: y")) {
            assertThat(codes(CONFIG, DATA, SOFTWARE, slice("nfs", "1").replaceFirst("endpoints: .*", odd)))
                    .isEmpty();
        }
    }

    @Test
    void endpointsWithoutAnAddressAreNotOneServer() {
        assertThat(codes(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        volume("pvc-1", "nfs: { server: a.storage.svc, path: /export }"),
                        volume("pvc-2", "nfs: { server: b.storage.svc, path: /export }"),
                        service("a", "clusterIP: None, selector: { app: a }"),
                        service("b", "clusterIP: None, selector: { app: b }"),
                        slice("a", "null"),
                        slice("b", "null")))
                .isEmpty();
    }

    private static String slice(String service, String address) {
        return """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: { name: %s-x1, namespace: storage, labels: { kubernetes.io/service-name: %s } }
                addressType: IPv4
                endpoints: [{ addresses: [%s] }]
                ports: [{ port: 2049 }]
                """.formatted(service, service, address);
    }

    @Test
    void servicesThatLeadToOneAddressAreOneServer() {
        String[] cluster = {
            DATA,
            SOFTWARE,
            volume("pvc-1", "nfs: { server: a.storage.svc, path: /export }"),
            volume("pvc-2", "nfs: { server: b.storage.svc, path: /export }"),
            service("a", "clusterIP: None"),
            service("b", "clusterIP: None"),
            endpoints("a", "192.0.2.7"),
            endpoints("b", "192.0.2.7"),
        };

        assertThat(codes(CONFIG, cluster)).containsExactly("same-storage");
        cluster[7] = endpoints("b", "192.0.2.8");
        assertThat(codes(CONFIG, cluster)).isEmpty();
        assertThat(codes(CONFIG, Arrays.copyOf(cluster, 6))).containsExactly("servers-not-compared");
    }

    private static String endpoints(String name, String address) {
        return """
                apiVersion: v1
                kind: Endpoints
                metadata: { name: %s, namespace: storage }
                subsets: [{ addresses: [{ ip: %s }], ports: [{ port: 2049 }] }, null, { addresses: [null, {}] }, {}]
                """.formatted(name, address);
    }

    @Test
    void withoutTheServiceAHintSaysThatTheServersCouldNotBeCompared() {
        String byName = volume("pvc-2", "nfs: { server: nfs.storage.svc, path: /export }");
        String untold =
                ", and the snapshot does not tell what is behind the Service; if they are one server, everybody who"
                        + " sees one claim sees files of the other; list the Services and EndpointSlices of the server's namespace as"
                        + " well (kubectl get service,endpointslice -A), and check again";

        assertThat(check(CONFIG, DATA, SOFTWARE, byName))
                .containsExactly("HINT servers-not-compared at /spec/volumeName: claim \"projects-data\" and claim"
                        + " \"projects-software\" lie on the same path or one above the other, directory"
                        + " \"/export/pvc-1\" of NFS server \"10.0.0.1\" and directory \"/export\" of NFS server"
                        + " \"nfs.storage\"" + untold);
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
    void aClaimThatIsOnlyKnownFromItsVolumeIsComparedAsWell() {
        String above = volume("all", "nfs: { server: 10.0.0.1, path: /export }")
                .replace("spec: {", "spec: { claimRef: { namespace: other, name: theirs },");

        assertThat(check(CONFIG, DATA, SOFTWARE, above))
                .hasSize(2)
                .allMatch(finding -> finding.contains("nested-storage"))
                .element(0)
                .asString()
                .contains("claim \"projects-data\" and claim \"theirs\" of namespace \"other\" have different volumes");
        assertThat(check(CONFIG, DATA, SOFTWARE, above.replace("/export }", "/elsewhere }")))
                .isEmpty();
        assertThat(check(CONFIG, DATA, SOFTWARE, above + "status: { phase: Released }\n"))
                .isEmpty();
        assertThat(check(CONFIG, DATA, SOFTWARE, above.replaceAll("claimRef: \\{[^}]*},", "")))
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
        assertThat(codes(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        DATA_VOLUME.replace("accessModes", "mountOptions: [\"hard,ro\"], accessModes")))
                .contains("volume-read-only")
                .doesNotContain("mount-option-unknown");
        assertThat(
                        check(
                                CONFIG,
                                DATA,
                                SOFTWARE,
                                DATA_VOLUME.replace(
                                        "{ name: pvc-1 }",
                                        "{ name: pvc-1, annotations: { volume.beta.kubernetes.io/mount-options: \"ro,hard\" } }")))
                .anyMatch(finding -> finding.contains(
                        "volume-read-only at /metadata/annotations/volume.beta.kubernetes.io~1mount-options"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"flexVolume: { driver: a/b, ", "portworxVolume: { volumeID: p, ", "rbd: { image: i, "})
    void readOnlyIsToldOfASourceOfAnyKind(String source) {
        assertThat(check(CONFIG, DATA, SOFTWARE, volume("pvc-1", source + "readOnly: true }")))
                .singleElement()
                .asString()
                .contains("volume-read-only at /spec/" + source.substring(0, source.indexOf(':')) + "/readOnly");
        assertThat(codes(CONFIG, DATA, SOFTWARE, volume("pvc-1", source + "readOnly: false }")))
                .isEmpty();
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
    void aVolumeThatIsRecycledLosesItsFilesAsWell() {
        assertThat(check(CONFIG, DATA, SOFTWARE, DATA_VOLUME.replace("Retain", "Recycle")))
                .singleElement()
                .asString()
                .contains("reclaim-delete at", "has reclaim policy Recycle; deleting the claim");
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
                      image: registry.example/sig-storage/nfs-provisioner:v4.0.8
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

    /** Nodes know a volume by its handle. */
    @Test
    void twoVolumesOfOneHandleAreFoundWhateverTheirAttributesSay() {
        String data =
                volume("pvc-1", "csi: { driver: d, volumeHandle: nas, volumeAttributes: { server: n, share: /data } }");
        String software =
                volume("pvc-2", "csi: { driver: d, volumeHandle: nas, volumeAttributes: { server: n, share: /s } }");

        assertThat(check(CONFIG, DATA, SOFTWARE, data, software))
                .containsExactly(
                        "ERROR same-handle at /spec/volumeName: claim \"projects-data\" and claim \"projects-software\" have"
                                + " different volumes of driver \"d\" with one handle \"nas\"; a pod with both waits for ever, and a"
                                + " node may mount the one in place of the other; make a volume with a handle of its own for one"
                                + " of the claims");
        assertThat(codes(CONFIG, DATA, SOFTWARE, data, software.replace("/s }", "/data }")))
                .containsExactly("same-storage");
        assertThat(codes(CONFIG, DATA, SOFTWARE, data, software.replace("driver: d", "driver: e")))
                .isEmpty();
    }

    @Test
    void aVolumeThatCephExportsIsASubvolumeAsWell() {
        String exported = volume(
                "pvc-1",
                "csi: { driver: rook-ceph.nfs.csi.ceph.com, volumeHandle: h, volumeAttributes: { clusterID: c, fsName: f,"
                        + " server: s, share: /h, subvolumePath: /volumes/csi/v/x } }");

        assertThat(codes(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        exported,
                        volume(
                                "pvc-2",
                                "csi: { driver: rook-ceph.cephfs.csi.ceph.com, volumeHandle: r, volumeAttributes: { clusterID: c,"
                                        + " fsName: f, rootPath: /volumes/csi } }")))
                .containsExactly("nested-storage");
        assertThat(codes(CONFIG, DATA, SOFTWARE, exported, volume("pvc-2", "nfs: { server: s, path: /h }")))
                .containsExactly("same-storage");
        assertThat(codes(CONFIG, DATA, SOFTWARE, exported, volume("pvc-2", "nfs: { server: s, path: /i }")))
                .isEmpty();
    }

    /** Its volume has a handle of its own. */
    @Test
    void aClaimThatSharesOursByTridentIsFoundInAnyNamespace() {
        String theirs = claim("theirs", "", "pvc-9", "Bound")
                .replace(
                        "namespace: cocalc",
                        "namespace: x, annotations: { trident.netapp.io/shareFromPVC: cocalc/projects-data }");
        String[] volumes = new String[3];
        for (int i = 0; i < 3; i++) {
            String name = List.of("pvc-1", "pvc-2", "pvc-9").get(i);
            volumes[i] = volume(name, "csi: { driver: csi.trident.netapp.io, volumeHandle: " + name + " }");
        }

        assertThat(check(CONFIG, DATA, SOFTWARE, theirs, volumes[0], volumes[1], volumes[2]))
                .singleElement()
                .asString()
                .contains("ERROR same-storage", "claim \"theirs\" of namespace \"x\"", "handle \"pvc-1\" of driver");
        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        theirs.replace("cocalc/projects-data", "cocalc/theirs"),
                        volumes[0],
                        volumes[1],
                        volumes[2]))
                .isEmpty();
        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        theirs.replace("cocalc/projects-data", "x/theirs"),
                        volumes[0],
                        volumes[1],
                        volumes[2]))
                .as("a claim that shares itself")
                .isEmpty();
    }
}
