package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.cocalc.storage.kubernetes.audit.SameStorage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes that a pod names itself, compared with the volumes behind the claims of a cluster. */
class InlineVolumesTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String NFS = "nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1}";
    private static final String SERVICE = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: nfs, namespace: storage}
            spec: {clusterIP: 10.0.0.1, externalIPs: [192.0.2.7]}
            status: {loadBalancer: {ingress: [{ip: 198.51.100.4}, {hostname: lb.example.com}]}}
            """;

    /** What is known of a cluster whose data claim has a volume with this source. */
    private static SameStorage known(String source) {
        String snapshot = """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: projects-data, namespace: cocalc}
                spec: {volumeName: v}
                ---
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: v}
                spec: {%s}
                ---
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: spare}
                spec: {%s}
                """.formatted(source, source) + SERVICE;
        return StoragePreflight.sameStorage(
                StorageModel.of(StorageConfig.defaults()), ClusterSnapshot.parse("cocalc", snapshot));
    }

    private static Volume volume(String source) {
        try {
            return YAML.readValue("{name: n, " + source + "}", Volume.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | nfs: {server: NFS.storage.svc., path: /export/pvc-1/} |
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | nfs: {server: 10.0.0.1, path: /export/pvc-1, readOnly: true} |
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | nfs: {server: 10.0.0.1, path: /} | export/pvc-1
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | nfs: {server: 192.0.2.7, path: /export} | pvc-1
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | nfs: {server: 198.51.100.4, path: /export/pvc-1} |
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | nfs: {server: LB.example.com, path: /export/pvc-1/projects} |
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | csi: {driver: nfs.csi.k8s.io, volumeAttributes: {server: 10.0.0.1, share: /export}} | pvc-1
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | flexVolume: {driver: e.com/nfs, options: {server: 10.0.0.1, share: /export/pvc-1}} |
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | ephemeral: {volumeClaimTemplate: {spec: {volumeName: spare}}} |
            csi: {driver: smb.csi.k8s.io, volumeHandle: h, volumeAttributes: {source: //h/s}} | csi: {driver: smb.csi.k8s.io, volumeAttributes: {source: //H/s/sub}} |
            csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s#^} | azureFile: {secretName: azure-storage-account-acc-secret, shareName: S} |
            csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s#^} | csi: {driver: file.csi.azure.com, volumeAttributes: {shareName: s, secretName: azure-storage-account-acc-secret}} |
            csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s#^} | csi: {driver: file.csi.azure.com, nodePublishSecretRef: {name: azure-storage-account-acc-secret}, volumeAttributes: {shareName: s}} |
            csi: {driver: efs.csi.aws.com, volumeHandle: fs-1} | nfs: {server: fs-1.efs.us-east-1.amazonaws.com, path: /} |
            cephfs: {monitors: [^a:6789^, ^b:6789^], path: /p} | cephfs: {monitors: [^b:6789^, ^a:6789^]} | p
            hostPath: {path: /srv/cocalc} | hostPath: {path: /srv} | cocalc
            local: {path: /srv/cocalc} | hostPath: {path: /srv/cocalc/projects} |
            """)
    void aVolumeWithoutAClaimOnTheSameStorageHasItsFiles(String behind, String inline, String part) {
        assertThat(known(behind.replace('^', '"')).filesIn(volume(inline.replace('^', '"'))))
                .extracting(SameStorage.Files::part)
                .containsExactly(part == null ? "" : part);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | nfs: {server: 10.0.0.2, path: /export/pvc-1}
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | nfs: {server: 10.0.0.1, path: /export/pvc-10}
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | hostPath: {path: /export/pvc-1}
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | csi: {driver: d}
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | emptyDir: {}
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | ephemeral: {volumeClaimTemplate: {spec: {volumeName: absent}}}
            nfs: {server: nfs.storage.svc.cluster.local, path: /export/pvc-1} | ephemeral: {}
            csi: {driver: d, volumeHandle: h} | csi: {driver: d, volumeAttributes: {a: b}}
            csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s#^} | azureFile: {secretName: mine, shareName: s}
            """)
    void whatTheObjectsDoNotProveIsNotTold(String behind, String inline) {
        assertThat(known(behind.replace('^', '"')).filesIn(volume(inline.replace('^', '"'))))
                .isEmpty();
    }

    @Test
    void theAuditTellsInPlaceOfWhatItSupposes() {
        String add = "[{'op':'add','path':'/spec/volumes/-','value':{'name':'n','nfs':{'server':'10.0.0.1',"
                + "'path':'/export','readOnly':true}}},"
                + "{'op':'add','path':'/spec/containers/0/volumeMounts/-','value':{'name':'n','mountPath':'/n'}}]";
        List<Finding> findings =
                PodAudit.auditJson(Audited.patched(add), Audited.project().knowing(known(NFS)));

        assertThat(findings)
                .hasToString(
                        "[ERROR volume-of-same-storage at /spec/volumes/2/nfs: volume \"n\" has files of claim"
                                + " \"projects-data\", which is directory \"/export/pvc-1\" of NFS server \"nfs.storage\"; the"
                                + " container reaches files of the installation past the sub-paths and read-only flags of its claims;"
                                + " remove the volume, and mount the claim of the installation with the sub-path that is meant]");
        assertThat(Audited.places(PodAudit.auditJson(Audited.patched(add), Audited.project())))
                .containsExactly("inline-storage@/spec/volumes/2/nfs");
    }

    @Test
    void aMountThatShowsOtherFilesOfTheServerIsOtherStorage() {
        String add = "[{'op':'add','path':'/spec/volumes/-','value':{'name':'n','nfs':{'server':'10.0.0.1',"
                + "'path':'/export'}}},{'op':'add','path':'/spec/containers/0/volumeMounts/-','value':"
                + "{'name':'n','mountPath':'/n','subPath':'%s'}}]";

        assertThat(Audited.places(PodAudit.auditJson(
                        Audited.patched(add.formatted("pvc-1/projects")),
                        Audited.project().knowing(known(NFS)))))
                .containsExactly("volume-of-same-storage@/spec/volumes/2/nfs");
        assertThat(Audited.places(PodAudit.auditJson(
                        Audited.patched(add.formatted("music")),
                        Audited.project().knowing(known(NFS)))))
                .containsExactly("inline-storage-writable@/spec/volumes/2/nfs");
    }

    @Test
    void aNewClaimThatAsksForAVolumeOfTheSameStorageIsTold() {
        String add = "[{'op':'add','path':'/spec/volumes/-','value':{'name':'n','ephemeral':{'volumeClaimTemplate':"
                + "{'spec':{'accessModes':['ReadWriteMany'],'volumeName':'spare','resources':{'requests':"
                + "{'storage':'1Gi'}}}}}}}]";

        assertThat(Audited.places(PodAudit.auditJson(
                        Audited.patched(add), Audited.project().knowing(known(NFS)))))
                .containsExactly(
                        "volume-of-same-storage@/spec/volumes/2/ephemeral/volumeClaimTemplate/spec/volumeName");
    }

    /** A source has the same fields in a pod as in a volume of the cluster. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            glusterfs: {endpoints: g, path: v} | glusterfs: {endpoints: g, path: v}
            quobyte: {registry: 'r:7861', volume: v} | quobyte: {registry: 'r:7861', volume: v, user: u}
            rbd: {monitors: ['m:1'], image: i, pool: p, secretRef: {name: s, namespace: n}} | rbd: {monitors: ['m:1'], image: i, pool: p, secretRef: {name: s}}
            iscsi: {targetPortal: '10.0.0.1:3260', iqn: iqn.a, lun: 0} | iscsi: {targetPortal: '10.0.0.1:3260', iqn: iqn.a, lun: 0, fsType: ext4}
            csi: {driver: pxd.portworx.com, volumeHandle: v1} | portworxVolume: {volumeID: v1}
            awsElasticBlockStore: {volumeID: vol-1} | awsElasticBlockStore: {volumeID: vol-1}
            gcePersistentDisk: {pdName: d} | gcePersistentDisk: {pdName: d, readOnly: true}
            cinder: {volumeID: v} | cinder: {volumeID: v, secretRef: {name: s}}
            fc: {targetWWNs: ['500a'], lun: 2} | fc: {targetWWNs: ['500a'], lun: 2}
            vsphereVolume: {volumePath: '[d] a'} | vsphereVolume: {volumePath: '[d] a'}
            scaleIO: {gateway: g, system: s, volumeName: v} | scaleIO: {gateway: g, system: s, volumeName: v, secretRef: {name: t}}
            """)
    void everyKindOfSourceIsCompared(String ours, String inline) {
        assertThat(known(ours).filesIn(volume(inline))).hasSize(1);
        assertThat(known("nfs: {server: n, path: /e}").filesIn(volume(inline))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"emptyDir: {}", "configMap: {name: c}", "secret: {secretName: s}", "image: {reference: i}"})
    void whatHasNoFilesOfAStorageIsNotCompared(String inline) {
        assertThat(known("nfs: {server: n, path: /}").filesIn(volume(inline))).isEmpty();
    }
}
