package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the files of volumes are, compared as values. */
class VolumePlaceTest {

    @Test
    void aPlaceContainsItselfAndWhatIsBelowButNoNameThatOnlyStartsAlike() {
        VolumePlace export = VolumePlace.of("s", "/export/");

        assertThat(export.contains(VolumePlace.of("s", "/export"))).isTrue();
        assertThat(export.contains(VolumePlace.of("s", "//export/./projects"))).isTrue();
        assertThat(export.contains(VolumePlace.of("s", "/export-2"))).isFalse();
        assertThat(export.contains(VolumePlace.of("s", "/"))).isFalse();
        assertThat(export.overlaps(VolumePlace.of("s", "/"))).isTrue();
        assertThat(export.contains(VolumePlace.of("other", "/export/projects"))).isFalse();
    }

    @Test
    void aDirectoryOfOneNodeIsNoneOfAnother() {
        VolumePlace a = onNodes("a");

        assertThat(a.overlaps(onNodes("b"))).isFalse();
        assertThat(a.overlaps(onNodes("b", "a"))).isTrue();
        assertThat(a.overlaps(VolumePlace.of("the nodes", "/mnt/x"))).isTrue();
    }

    private static VolumePlace onNodes(String... names) {
        return new VolumePlace("the nodes", Map.of("kubernetes.io/hostname", Set.of(names)), "/mnt", null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            nfs: {server: NFS.Example.com., path: /e/}                 | nfs: {server: nfs.example.com, path: //e}
            nfs: {server: n.ns.svc.cluster.local, path: /e}            | nfs: {server: n.ns.svc, path: /e}
            nfs: {server: n.ns.svc, path: /e}                          | nfs: {server: n.ns, path: /e}
            nfs: {server: "[2001:DB8::1]", path: /e}                   | nfs: {server: "2001:db8:0:0:0:0:0:1", path: /e}
            nfs: {server: "::ffff:10.0.0.1", path: /e}                 | nfs: {server: 10.0.0.1, path: /e}
            nfs: {server: n, path: /e/p}       | csi: {driver: nfs.csi.k8s.io, volumeHandle: a, volumeAttributes: {server: N, share: /e, subdir: p}}
            nfs: {server: n, path: /e/p}       | csi: {driver: nfs.csi.k8s.io, volumeHandle: ^n#e#p##^}
            nfs: {server: n, path: /e}         | csi: {driver: org.democratic-csi.nfs, volumeHandle: a, volumeAttributes: {server: n, share: /e}}
            nfs: {server: 10.0.0.9, path: /vol1} | csi: {driver: filestore.csi.storage.gke.io, volumeHandle: m/z/i/vol1, volumeAttributes: {ip: 10.0.0.9, volume: vol1}}
            nfs: {server: fs-1.efs.us-east-1.amazonaws.com, path: /p} | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1:/p^}
            csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1^}      | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1:/^}
            csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1::fsap-2^} | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1:/:fsap-2^}
            csi: {driver: file.csi.azure.com, volumeHandle: a, volumeAttributes: {storageAccount: acc, shareName: S}} | csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s###ns^}
            csi: {driver: file.csi.azure.com, volumeHandle: a, volumeAttributes: {sharename: s}, nodeStageSecretRef: {name: azure-storage-account-acc-secret}} | azureFile: {secretName: azure-storage-account-acc-secret, shareName: s}
            csi: {driver: file.csi.azure.com, volumeHandle: a, volumeAttributes: {server: acc.file.core.windows.net, shareName: s}} | nfs: {server: acc.file.core.windows.net, path: /acc/s}
            csi: {driver: smb.csi.k8s.io, volumeHandle: a, volumeAttributes: {source: //H/s, subDir: d}} | csi: {driver: smb.csi.k8s.io, volumeHandle: b, volumeAttributes: {source: //h/s/d}}
            csi: {driver: smb.csi.k8s.io, volumeHandle: a, volumeAttributes: {source: //h/Projects/A}} | csi: {driver: smb.csi.k8s.io, volumeHandle: b, volumeAttributes: {source: //h/projects, subDir: a}}
            csi: {driver: cephfs.csi.ceph.com, volumeHandle: a, volumeAttributes: {clusterID: c, fsName: f, rootPath: /r}} | csi: {driver: rook-ceph.cephfs.csi.ceph.com, volumeHandle: b, volumeAttributes: {clusterID: c, fsName: f, rootPath: /r/}}
            cephfs: {monitors: [^b:6789^, ^A:6789^], path: /p}        | cephfs: {monitors: [^a:6789^, ^b:6789^], path: /p}
            hostPath: {path: /srv/}                                   | local: {path: /srv}
            portworxVolume: {volumeID: p1}                            | csi: {driver: pxd.portworx.com, volumeHandle: p1}
            csi: {driver: beegfs.csi.netapp.com, volumeHandle: ^beegfs://Mgmt/a/b^} | csi: {driver: beegfs.csi.netapp.com, volumeHandle: ^beegfs://mgmt/a/b/^}
            csi: {driver: blob.csi.azure.com, volumeHandle: ^rg#acc#c^} | csi: {driver: blob.csi.azure.com, volumeHandle: x, volumeAttributes: {containerName: c, storageAccount: acc}}
            csi: {driver: fsx.csi.aws.com, volumeHandle: fs-1, volumeAttributes: {dnsname: fs-1.fsx.us-east-1.amazonaws.com, mountname: m}} | csi: {driver: fsx.csi.aws.com, volumeHandle: other, volumeAttributes: {dnsname: FS-1.fsx.us-east-1.amazonaws.com, mountname: m}}
            csi: {driver: file.csi.azure.com, volumeHandle: a, volumeAttributes: {shareName: s, secretName: azure-storage-account-acc-secret}} | csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s#^}
            azureDisk: {diskName: a, diskURI: /subscriptions/S/disks/d} | csi: {driver: disk.csi.azure.com, volumeHandle: /Subscriptions/s/disks/D}
            flexVolume: {driver: e.com/nfs, options: {server: N, share: /e/}} | nfs: {server: n, path: /e}
            flexVolume: {driver: e.com/x, fsType: ext4, options: {b: 2, a: 1}} | flexVolume: {driver: e.com/x, options: {a: 1, b: 2}}
            """)
    void oneDirectoryIsOnePlaceHoweverItIsWritten(String one, String other) {
        assertThat(place(one)).isEqualTo(place(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            nfs: {server: n, path: /export}                           | nfs: {server: n, path: /export/projects}
            nfs: {server: n, path: /e}         | csi: {driver: nfs.csi.k8s.io, volumeHandle: a, volumeAttributes: {server: n, share: /e, subdir: pvc-1}}
            csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1^}      | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1::fsap-2^}
            csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1::fsap-2^} | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1:/d:fsap-2^}
            csi: {driver: cephfs.csi.ceph.com, volumeHandle: a, volumeAttributes: {clusterID: c, fsName: f, rootPath: /}} | csi: {driver: cephfs.csi.ceph.com, volumeHandle: b, volumeAttributes: {clusterID: c, fsName: f, subvolumePath: /volumes/csi/x}}
            csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s#^} | csi: {driver: file.csi.azure.com, volumeHandle: b, volumeAttributes: {storageAccount: acc, shareName: s, folderName: f}}
            hostPath: {path: /}                                       | local: {path: /mnt/disk}
            csi: {driver: beegfs.csi.netapp.com, volumeHandle: ^beegfs://m^} | csi: {driver: beegfs.csi.netapp.com, volumeHandle: ^beegfs://m/a^}
            csi: {driver: fsx.csi.aws.com, volumeHandle: h, volumeAttributes: {dnsname: d, mountname: m}} | csi: {driver: fsx.csi.aws.com, volumeHandle: i, volumeAttributes: {dnsname: d, mountname: m, subdir: x}}
            """)
    void theUpperDirectoryContainsTheLowerAndNotTheOtherWayRound(String upper, String lower) {
        assertThat(place(upper).contains(place(lower))).isTrue();
        assertThat(place(lower).contains(place(upper))).isFalse();
        assertThat(place(lower).overlaps(place(upper))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            nfs: {server: n, path: /e}                                | nfs: {server: m, path: /e}
            nfs: {server: n, path: /e}                                | hostPath: {path: /e}
            csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1::fsap-2^} | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1::fsap-3^}
            csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1^}      | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-2^}
            csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s#^} | csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#t#^}
            csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s#^} | csi: {driver: file.csi.azure.com, volumeHandle: ^rg#bcc#s#^}
            csi: {driver: d, volumeHandle: h}                         | csi: {driver: d, volumeHandle: i}
            csi: {driver: beegfs.csi.netapp.com, volumeHandle: ^beegfs://m/a^} | csi: {driver: beegfs.csi.netapp.com, volumeHandle: ^beegfs://n/a^}
            csi: {driver: blob.csi.azure.com, volumeHandle: ^rg#acc#c^} | csi: {driver: blob.csi.azure.com, volumeHandle: ^rg#acc#d^}
            portworxVolume: {volumeID: p1}                            | portworxVolume: {volumeID: p2}
            csi: {driver: d, volumeHandle: h}                         | csi: {driver: e, volumeHandle: h}
            csi: {driver: cephfs.csi.ceph.com, volumeHandle: a, volumeAttributes: {clusterID: c, fsName: f, rootPath: /r}} | csi: {driver: cephfs.csi.ceph.com, volumeHandle: a, volumeAttributes: {clusterID: c, fsName: g, rootPath: /r}}
            """)
    void differentStoragesAreApart(String one, String other) {
        assertThat(place(one).overlaps(place(other))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            nfs: {server: 10.0.0.1, path: /e} | nfs: {server: 10.0.0.1, path: ^/e/.^}
            nfs: {server: 10.0.0.1, path: /e/a/../b} | nfs: {server: 10.0.0.1, path: /e//b/}
            nfs: {server: ^fd00::1^, path: /e} | csi: {driver: nfs.csi.k8s.io, volumeHandle: x, volumeAttributes: {server: ^[fd00:0:0::0001]^, share: /e}}
            nfs: {server: ^ 10.0.0.1^, path: /e} | nfs: {server: 10.0.0.1, path: /e}
            csi: {driver: nfs.csi.k8s.io, volumeHandle: ^n#e#p#u#delete^} | csi: {driver: nfs.csi.k8s.io, volumeHandle: y, volumeAttributes: {Server: n, SHARE: /e, subDir: p}}
            csi: {driver: nfs.csi.k8s.io, volumeHandle: x, volumeAttributes: {server: n, share: /e, subdir: /a/}} | csi: {driver: nfs.csi.k8s.io, volumeHandle: y, volumeAttributes: {server: n, share: /e/a}}
            csi: {driver: smb.csi.k8s.io, volumeHandle: ^h/s#d#u#^, volumeAttributes: {source: //h/s/, subDir: D}} | csi: {driver: smb.csi.k8s.io, volumeHandle: b, volumeAttributes: {source: //H/S/d/}}
            csi: {driver: smb.csi.k8s.io, volumeHandle: a, volumeAttributes: {source: '\\\\h\\s'}} | csi: {driver: smb.csi.k8s.io, volumeHandle: b, volumeAttributes: {source: //h/s}}
            csi: {driver: smb.csi.k8s.io, volumeHandle: a, volumeAttributes: {source: //acc.file.core.windows.net/s}} | csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s#^}
            csi: {driver: smb.csi.k8s.io, volumeHandle: a, volumeAttributes: {source: //smb.storage.svc.cluster.local/s}} | csi: {driver: smb.csi.k8s.io, volumeHandle: b, volumeAttributes: {source: //smb.storage/s}}
            csi: {driver: file.csi.azure.com, volumeHandle: a, volumeAttributes: {server: acc.privatelink.file.core.windows.net, shareName: s, protocol: nfs}} | nfs: {server: acc.file.core.windows.net, path: /acc/s}
            nfs: {server: acc.privatelink.file.core.windows.net, path: /acc/s} | csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s##uuid#ns^}
            csi: {driver: file.csi.azure.com, volumeHandle: a, volumeAttributes: {storageAccount: Acc, shareName: s}} | csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s#^}
            csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1:/^} | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1:^}
            csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1:/a/^} | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1:a^}
            csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1^, volumeAttributes: {path: /a}} | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1:/a^}
            csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1^}, mountOptions: [^tls,accesspoint=fsap-1^] | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1::fsap-1^}
            nfs: {server: us-east-1a.fs-1.efs.us-east-1.amazonaws.com, path: /} | csi: {driver: efs.csi.aws.com, volumeHandle: fs-1}
            csi: {driver: cephfs.csi.ceph.com, volumeHandle: a, volumeAttributes: {clusterID: c, fsName: f, rootPath: /r/a/..}} | csi: {driver: cephfs.csi.ceph.com, volumeHandle: b, volumeAttributes: {clusterID: c, fsName: f, staticVolume: ^true^, rootPath: /r}}
            csi: {driver: cephfs.csi.ceph.com, volumeHandle: a, volumeAttributes: {clusterID: c, rootPath: /r}} | csi: {driver: cephfs.csi.ceph.com, volumeHandle: b, volumeAttributes: {clusterID: c, fsName: f, rootPath: /r}}
            cephfs: {monitors: [^a:6789^, ^b:6789^], path: /p} | cephfs: {monitors: [^b:6789^, ^c:6789^], path: /p}
            cephfs: {monitors: [^a:6789^], path: /p} | cephfs: {monitors: [^a^], path: /p}
            cephfs: {monitors: [^a:6789^]} | cephfs: {monitors: [^a:6789^], path: /}
            csi: {driver: filestore.csi.storage.gke.io, volumeHandle: modeInstance/z/i/vol1, volumeAttributes: {ip: 10.0.0.9, volume: vol1}} | nfs: {server: 10.0.0.9, path: /vol1}
            csi: {driver: csi.juicefs.com, volumeHandle: a, nodePublishSecretRef: {name: js, namespace: n}} | csi: {driver: csi.juicefs.com, volumeHandle: b, nodePublishSecretRef: {name: js, namespace: n}}
            csi: {driver: csi.juicefs.com, volumeHandle: a} | csi: {driver: csi.juicefs.com, volumeHandle: a}
            csi: {driver: driver.longhorn.io, volumeHandle: pvc-1} | csi: {driver: driver.longhorn.io, volumeHandle: pvc-1, volumeAttributes: {share: ^true^}}
            hostPath: {path: /srv/./a//} | hostPath: {path: /srv/a}
            local: {path: /d}, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [a, b]}]}]}} | local: {path: /d/}, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [b]}]}]}}
            iscsi: {targetPortal: ^10.0.0.1:3260^, iqn: iqn.a, lun: 0, fsType: ext4} | iscsi: {targetPortal: ^10.0.0.1:3260^, iqn: iqn.a, lun: 0, readOnly: true}
            rbd: {monitors: [a], image: i, pool: p} | rbd: {monitors: [a], image: i, pool: p, fsType: xfs}
            glusterfs: {endpoints: g, path: vol} | glusterfs: {endpoints: g, path: vol, readOnly: false}
            gcePersistentDisk: {pdName: d, fsType: ext4} | gcePersistentDisk: {pdName: d}
            awsElasticBlockStore: {volumeID: vol-1} | awsElasticBlockStore: {volumeID: vol-1, fsType: ext4}
            vsphereVolume: {volumePath: ^[ds] a.vmdk^} | vsphereVolume: {volumePath: ^[ds] a.vmdk^, fsType: ext4}
            csi: {driver: nasplugin.csi.alibabacloud.com, volumeHandle: a, volumeAttributes: {server: x.nas.aliyuncs.com, path: /a}} | csi: {driver: nasplugin.csi.alibabacloud.com, volumeHandle: b, volumeAttributes: {server: x.nas.aliyuncs.com, path: /a/}}
            csi: {driver: fss.csi.oraclecloud.com, volumeHandle: ^ocid1.fs.x:10.0.0.1:/a^} | nfs: {server: 10.0.0.1, path: /a}
            csi: {driver: org.democratic-csi.smb, volumeHandle: a, volumeAttributes: {server: h, share: s, node_attach_driver: smb}} | csi: {driver: smb.csi.k8s.io, volumeHandle: b, volumeAttributes: {source: //h/s}}
            portworxVolume: {volumeID: p1, readOnly: true} | csi: {driver: pxd.portworx.com, volumeHandle: p1}
            nfs: {server: n.ns.svc.cluster.local., path: /e} | nfs: {server: N.ns, path: /e}
            """)
    void theSpellingsOfDriversAreOnePlace(String one, String other) {
        assertThat(place(one).contains(place(other))).isTrue();
        assertThat(place(other).contains(place(one))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            nfs: {server: n, path: /} | nfs: {server: n, path: /e}
            csi: {driver: nfs.csi.k8s.io, volumeHandle: x, volumeAttributes: {server: n, share: /}} | csi: {driver: nfs.csi.k8s.io, volumeHandle: y, volumeAttributes: {server: n, share: /, subdir: pvc-1}}
            csi: {driver: smb.csi.k8s.io, volumeHandle: a, volumeAttributes: {source: //h/s}} | csi: {driver: smb.csi.k8s.io, volumeHandle: b, volumeAttributes: {source: //h/s, subDir: b}}
            csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1^} | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1:/a^}
            csi: {driver: cephfs.csi.ceph.com, volumeHandle: a, volumeAttributes: {clusterID: c, fsName: f, rootPath: /volumes}} | csi: {driver: cephfs.csi.ceph.com, volumeHandle: b, volumeAttributes: {clusterID: c, fsName: f, subvolumePath: /volumes/csi/csi-vol-2/a}}
            csi: {driver: csi.juicefs.com, volumeHandle: a, nodePublishSecretRef: {name: js, namespace: n}} | csi: {driver: csi.juicefs.com, volumeHandle: b, nodePublishSecretRef: {name: js, namespace: n}}, mountOptions: [subdir=/x]
            hostPath: {path: /srv} | local: {path: /srv/a}
            nfs: {server: x.nas.aliyuncs.com, path: /} | csi: {driver: nasplugin.csi.alibabacloud.com, volumeHandle: b, volumeAttributes: {server: x.nas.aliyuncs.com, path: /a/}}
            """)
    void aDriversDirectoryHoldsWhatIsBelow(String upper, String lower) {
        assertThat(place(upper).contains(place(lower))).isTrue();
        assertThat(place(lower).contains(place(upper))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            nfs: {server: 10.0.0.1, path: /E} | nfs: {server: 10.0.0.1, path: /e}
            nfs: {server: 10.0.0.1, path: /export} | nfs: {server: 10.0.0.1, path: /exports}
            csi: {driver: nfs.csi.k8s.io, volumeHandle: x, volumeAttributes: {server: n, share: /, subdir: a}} | csi: {driver: nfs.csi.k8s.io, volumeHandle: y, volumeAttributes: {server: n, share: /, subdir: b}}
            csi: {driver: nfs.csi.k8s.io, volumeHandle: x, volumeAttributes: {server: n, share: /e}} | csi: {driver: smb.csi.k8s.io, volumeHandle: y, volumeAttributes: {source: //n/e}}
            csi: {driver: smb.csi.k8s.io, volumeHandle: a, volumeAttributes: {source: //h/s, subDir: a}} | csi: {driver: smb.csi.k8s.io, volumeHandle: b, volumeAttributes: {source: //h/s, subDir: b}}
            csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s1#^} | csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s2#^}
            csi: {driver: file.csi.azure.com, volumeHandle: a, volumeAttributes: {storageAccount: acc, shareName: s, folderName: x}} | csi: {driver: file.csi.azure.com, volumeHandle: b, volumeAttributes: {storageAccount: acc, shareName: s, folderName: y}}
            csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1^, volumeAttributes: {path: /a}} | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1^, volumeAttributes: {path: /b}}
            csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1^}, mountOptions: [tls, accesspoint=fsap-1] | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1^}, mountOptions: [tls, accesspoint=fsap-2]
            csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1::fsap-1^} | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1:/a^}
            csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-12^} | csi: {driver: efs.csi.aws.com, volumeHandle: ^fs-1^}
            csi: {driver: cephfs.csi.ceph.com, volumeHandle: a, volumeAttributes: {clusterID: c, fsName: f, subvolumePath: /volumes/csi/csi-vol-1/a}} | csi: {driver: cephfs.csi.ceph.com, volumeHandle: b, volumeAttributes: {clusterID: c, fsName: f, subvolumePath: /volumes/csi/csi-vol-2/a}}
            csi: {driver: cephfs.csi.ceph.com, volumeHandle: a, volumeAttributes: {clusterID: c, fsName: f, rootPath: /r}} | csi: {driver: cephfs.csi.ceph.com, volumeHandle: b, volumeAttributes: {clusterID: d, fsName: f, rootPath: /r}}
            cephfs: {monitors: [^a:6789^], path: /p} | cephfs: {monitors: [^b:6789^], path: /p}
            csi: {driver: filestore.csi.storage.gke.io, volumeHandle: modeMultishare/p/l/i/s1, volumeAttributes: {ip: 10.0.0.9}} | csi: {driver: filestore.csi.storage.gke.io, volumeHandle: modeMultishare/p/l/i/s2, volumeAttributes: {ip: 10.0.0.9}}
            csi: {driver: csi.juicefs.com, volumeHandle: a, nodePublishSecretRef: {name: js, namespace: n}, volumeAttributes: {subPath: pvc-1}} | csi: {driver: csi.juicefs.com, volumeHandle: b, nodePublishSecretRef: {name: js, namespace: n}, volumeAttributes: {subPath: pvc-2}}
            csi: {driver: csi.juicefs.com, volumeHandle: a, nodePublishSecretRef: {name: js, namespace: n}} | csi: {driver: csi.juicefs.com, volumeHandle: b, nodePublishSecretRef: {name: kt, namespace: n}}
            csi: {driver: driver.longhorn.io, volumeHandle: pvc-1, volumeAttributes: {share: ^true^}} | csi: {driver: driver.longhorn.io, volumeHandle: pvc-2, volumeAttributes: {share: ^true^}}
            local: {path: /d}, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [a]}]}]}} | local: {path: /d}, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [b]}]}]}}
            local: {path: /d}, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [a]}]}]}} | local: {path: /d}, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [b]}]}]}}
            local: {path: /d}, nodeAffinity: {required: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [a]}]}]}} | local: {path: /d}, nodeAffinity: {required: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [b]}]}]}}
            iscsi: {targetPortal: ^10.0.0.1:3260^, iqn: iqn.a, lun: 0} | iscsi: {targetPortal: ^10.0.0.1:3260^, iqn: iqn.a, lun: 1}
            csi: {driver: csi.trident.netapp.io, volumeHandle: pvc-1, volumeAttributes: {protocol: file, internalName: a}} | csi: {driver: csi.trident.netapp.io, volumeHandle: pvc-2, volumeAttributes: {protocol: file, internalName: b}}
            csi: {driver: csi.vsphere.vmware.com, volumeHandle: ^file:1^} | csi: {driver: csi.vsphere.vmware.com, volumeHandle: ^file:2^}
            nfs: {server: n.ns1.svc, path: /e} | nfs: {server: n.ns2.svc, path: /e}
            """)
    void volumesOfADriverThatOnlyLookAlikeAreApart(String one, String other) {
        assertThat(place(one).overlaps(place(other))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            csi: {driver: fsx.openzfs.csi.aws.com, volumeHandle: fsvol-1, volumeAttributes: {ResourceType: volume, DNSName: fs-1.fsx.us-east-1.amazonaws.com, VolumePath: fsx/vol1}} | nfs: {server: fs-1.fsx.us-east-1.amazonaws.com, path: /fsx/vol1}
            csi: {driver: fsx.openzfs.csi.aws.com, volumeHandle: fs-1, volumeAttributes: {ResourceType: filesystem, DNSName: fs-1.fsx.us-east-1.amazonaws.com}} | nfs: {server: fs-1.fsx.us-east-1.amazonaws.com, path: /fsx/}
            csi: {driver: fsx.csi.aws.com, volumeHandle: fs-1, volumeAttributes: {dnsname: fs-1.fsx.us-east-1.amazonaws.com}} | csi: {driver: fsx.csi.aws.com, volumeHandle: x, volumeAttributes: {dnsname: fs-1.fsx.us-east-1.amazonaws.com, mountname: fsx}}
            csi: {driver: azurelustre.csi.azure.com, volumeHandle: ^a#lustrefs#10.0.0.4#^, volumeAttributes: {mgs-ip-address: 10.0.0.4, fs-name: lustrefs}} | csi: {driver: azurelustre.csi.azure.com, volumeHandle: b, volumeAttributes: {mgs-ip-address: 10.0.0.4}}
            csi: {driver: lustre.csi.storage.gke.io, volumeHandle: p/z/a, volumeAttributes: {ip: 10.0.0.4, filesystem: lfs}} | csi: {driver: lustre.csi.storage.gke.io, volumeHandle: b, volumeAttributes: {ip: 10.0.0.4, filesystem: lfs}}
            csi: {driver: com.tencent.cloud.csi.cfs, volumeHandle: a, volumeAttributes: {host: 10.0.0.4, path: /}} | nfs: {server: 10.0.0.4, path: /}
            csi: {driver: com.tencent.cloud.csi.cfsturbo, volumeHandle: a, volumeAttributes: {proto: nfs, host: 10.0.0.4, fsid: f1, path: /a}} | csi: {driver: com.tencent.cloud.csi.cfsturbo, volumeHandle: b, volumeAttributes: {proto: nfs, host: 10.0.0.4, fsid: f1, path: /a/}}
            csi: {driver: csi-isilon.dellemc.com, volumeHandle: ^v=_=_=652=_=_=System=_=_=c^, volumeAttributes: {Path: /ifs/data/csi/v, Name: v, AzServiceIP: 10.0.0.4}} | nfs: {server: 10.0.0.4, path: /ifs/data/csi/v}
            csi: {driver: nas.csi.everest.io, volumeHandle: a, volumeAttributes: {everest.io/share-export-location: ^sfs-nas01.example.com:/share-1^}} | nfs: {server: sfs-nas01.example.com, path: /share-1}
            csi: {driver: vpc.file.csi.ibm.io, volumeHandle: ^a#b^, volumeAttributes: {nfsServerPath: ^10.0.0.4:/f1^}} | nfs: {server: 10.0.0.4, path: /f1}
            csi: {driver: csi.weka.io, volumeHandle: dir/v1/fs/a/b} | csi: {driver: csi.weka.io, volumeHandle: weka/v2/fs/a/b/}
            csi: {driver: csi.weka.io, volumeHandle: fs/v1/fs} | csi: {driver: csi.weka.io, volumeHandle: weka/v2/fs}
            csi: {driver: seaweedfs-csi-driver, volumeHandle: /buckets/a} | csi: {driver: seaweedfs-csi-driver, volumeHandle: x, volumeAttributes: {path: /buckets/a/}}
            csi: {driver: seaweedfs-csi-driver, volumeHandle: a} | csi: {driver: seaweedfs-csi-driver, volumeHandle: /buckets/a}
            csi: {driver: csi.moosefs.com, volumeHandle: a, volumeAttributes: {mfsSubDir: /p}} | csi: {driver: csi.moosefs.com, volumeHandle: b, volumeAttributes: {mfsSubDir: p/}}
            csi: {driver: nfs.manila.csi.openstack.org, volumeHandle: a, volumeAttributes: {shareID: s1, shareAccessID: x}} | csi: {driver: nfs.manila.csi.openstack.org, volumeHandle: b, volumeAttributes: {shareID: s1, shareAccessID: y}}
            csi: {driver: csi.cubefs.com, volumeHandle: a, volumeAttributes: {masterAddr: ^m1:17010,m2:17010^, volName: v, owner: o}} | csi: {driver: csi.cubefs.com, volumeHandle: b, volumeAttributes: {masterAddr: ^m2:17010^, volName: v}}
            csi: {driver: csi.vastdata.com, volumeHandle: a, volumeAttributes: {root_export: /k8s, vip_pool_name: p}} | csi: {driver: csi.vastdata.com, volumeHandle: a, volumeAttributes: {root_export: /k8s/, vip_pool_name: q}}
            csi: {driver: spectrumscale.csi.ibm.com, volumeHandle: ^1;A:9;path=/ibm/fs/a^} | csi: {driver: spectrumscale.csi.ibm.com, volumeHandle: ^0;2;1;A:9;;f;/ibm/fs/a/^}
            csi: {driver: file.csi.azure.com, volumeHandle: a, volumeAttributes: {shareName: s, server: files.example.com}} | csi: {driver: file.csi.azure.com, volumeHandle: b, volumeAttributes: {shareName: S, server: Files.example.com.}}
            csi: {driver: blob.csi.azure.com, volumeHandle: a, volumeAttributes: {containerName: c}, nodeStageSecretRef: {name: azure-storage-account-acc-secret, namespace: n}} | csi: {driver: blob.csi.azure.com, volumeHandle: ^rg#acc#c^}
            csi: {driver: blob.csi.azure.com, volumeHandle: a, volumeAttributes: {containerName: c, storageAccount: acc, protocol: nfs}} | nfs: {server: acc.blob.core.windows.net, path: /acc/c}
            glusterfs: {endpoints: g, path: vol} | glusterfs: {endpoints: g, path: /vol/}
            iscsi: {targetPortal: ^p:3260^, iqn: i, lun: 0, portals: [^q:3260^], iscsiInterface: default} | iscsi: {targetPortal: ^p:3260^, iqn: i, lun: 0}
            flexVolume: {driver: fstab/cifs, options: {networkPath: //H/s, mountOptions: a}} | csi: {driver: smb.csi.k8s.io, volumeHandle: b, volumeAttributes: {source: //h/s}}
            quobyte: {registry: ^r:7861^, volume: v, user: a} | quobyte: {registry: ^r:7861^, volume: v, user: b, group: c}
            csi: {driver: nfs.csi.k8s.io, volumeHandle: x, volumeAttributes: {server: n, share: /e, subDir: ^${pvc.metadata.name}^, csi.storage.k8s.io/pvc/name: a}} | nfs: {server: n, path: /e/a}
            csi: {driver: nfs.csi.k8s.io, volumeHandle: x, volumeAttributes: {server: n, share: /e, subDir: ^${pvc.metadata.name}^}} | csi: {driver: nfs.csi.k8s.io, volumeHandle: y, volumeAttributes: {server: n, share: /e, subDir: ^${pvc.metadata.name}^}}
            csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s#^} | nfs: {server: acc.z13.file.storage.azure.net, path: /acc/s}
            csi: {driver: smb.csi.k8s.io, volumeHandle: a, volumeAttributes: {source: //h/s, subDir: a\\b}} | csi: {driver: smb.csi.k8s.io, volumeHandle: b, volumeAttributes: {source: //h/s/a/b}}
            csi: {driver: zfssa-csi-driver, volumeHandle: /nfs/z/p/local/s/a, volumeAttributes: {nfsServer: 10.0.0.3, share: /export/a}} | nfs: {server: 10.0.0.3, path: /export/a}
            csi: {driver: lustre.csi.example.com, volumeHandle: ^10.1.1.1@tcp:10.1.1.2@tcp:/fs/a^} | csi: {driver: lustre.csi.example.com, volumeHandle: ^10.1.1.1@tcp:10.1.1.2@tcp:/fs/a/^}
            csi: {driver: cephfs.csi.ceph.com, volumeHandle: a, volumeAttributes: {monitors: ^m1:6789,m2:6789^, rootPath: /r}} | csi: {driver: cephfs.csi.ceph.com, volumeHandle: b, volumeAttributes: {monitors: ^m2:6789^, rootPath: /r}}
            """)
    void eachDriversOwnNamesLeadToOnePlace(String one, String other) {
        assertThat(place(one).contains(place(other))).isTrue();
        assertThat(place(other).contains(place(one))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            csi: {driver: fsx.openzfs.csi.aws.com, volumeHandle: fs-1, volumeAttributes: {ResourceType: filesystem, DNSName: fs-1.fsx.us-east-1.amazonaws.com}} | csi: {driver: fsx.openzfs.csi.aws.com, volumeHandle: fsvol-1, volumeAttributes: {ResourceType: volume, DNSName: fs-1.fsx.us-east-1.amazonaws.com, VolumePath: fsx/vol1}}
            csi: {driver: azurelustre.csi.azure.com, volumeHandle: a, volumeAttributes: {mgs-ip-address: 10.0.0.4}} | csi: {driver: azurelustre.csi.azure.com, volumeHandle: b, volumeAttributes: {mgs-ip-address: 10.0.0.4, sub-dir: a}}
            csi: {driver: com.tencent.cloud.csi.cfs, volumeHandle: a, volumeAttributes: {host: 10.0.0.4, path: /}} | csi: {driver: com.tencent.cloud.csi.cfs, volumeHandle: b, volumeAttributes: {host: 10.0.0.4, path: /x}}
            csi: {driver: csi.weka.io, volumeHandle: weka/v2/fs} | csi: {driver: csi.weka.io, volumeHandle: dir/v1/fs/csi-volumes/a}
            csi: {driver: seaweedfs-csi-driver, volumeHandle: x, volumeAttributes: {path: /}} | csi: {driver: seaweedfs-csi-driver, volumeHandle: /buckets/a}
            csi: {driver: csi.moosefs.com, volumeHandle: a, volumeAttributes: {mfsSubDir: /}} | csi: {driver: csi.moosefs.com, volumeHandle: b, volumeAttributes: {mfsSubDir: /p}}
            csi: {driver: spectrumscale.csi.ibm.com, volumeHandle: ^1;A:9;path=/ibm/fs^} | csi: {driver: spectrumscale.csi.ibm.com, volumeHandle: ^1;A:9;fileset=2;path=/ibm/fs/a^}
            csi: {driver: csi.vastdata.com, volumeHandle: k8s, volumeAttributes: {root_export: /}} | csi: {driver: csi.vastdata.com, volumeHandle: a, volumeAttributes: {root_export: /k8s}}
            csi: {driver: sfsturbo.csi.everest.io, volumeHandle: a, volumeAttributes: {everest.io/share-export-location: ^10.0.0.4:/^}} | csi: {driver: sfsturbo.csi.everest.io, volumeHandle: b, volumeAttributes: {everest.io/share-export-location: ^10.0.0.4:/^, everest.io/path: /x}}
            csi: {driver: cephfs.csi.ceph.com, volumeHandle: a, volumeAttributes: {clusterID: c, fsName: f, rootPath: /}} | csi: {driver: cephfs.csi.ceph.com, volumeHandle: b, volumeAttributes: {clusterID: c, fsName: f, subvolumeName: csi-vol-1}}
            glusterfs: {endpoints: g, path: vol} | glusterfs: {endpoints: g, path: vol/a}
            csi: {driver: lustre.csi.example.com, volumeHandle: ^10.1.1.1@tcp:/fs/a^} | csi: {driver: lustre.csi.example.com, volumeHandle: ^10.1.1.1@tcp:/fs/a/b^}
            csi: {driver: blob.csi.azure.com, volumeHandle: ^rg#acc#c^} | csi: {driver: blob.csi.azure.com, volumeHandle: ^rg#acc#c^}, mountOptions: [--subdirectory=a]
            csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s#^} | csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s#a.vhd#^}
            """)
    void aDriversUpperDirectoryContainsTheLower(String upper, String lower) {
        assertThat(place(upper).contains(place(lower))).isTrue();
        assertThat(place(lower).contains(place(upper))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            csi: {driver: fsx.openzfs.csi.aws.com, volumeHandle: a, volumeAttributes: {DNSName: d, VolumePath: fsx/a}} | csi: {driver: fsx.openzfs.csi.aws.com, volumeHandle: b, volumeAttributes: {DNSName: d, VolumePath: fsx/b}}
            csi: {driver: com.tencent.cloud.csi.cfsturbo, volumeHandle: a, volumeAttributes: {host: 10.0.0.4, fsid: f1}} | csi: {driver: com.tencent.cloud.csi.cfsturbo, volumeHandle: b, volumeAttributes: {host: 10.0.0.4, fsid: f2}}
            csi: {driver: csi-isilon.dellemc.com, volumeHandle: ^a=_=_=1=_=_=System^, volumeAttributes: {Path: /ifs/data/csi/a, AzServiceIP: 10.0.0.4}} | csi: {driver: csi-isilon.dellemc.com, volumeHandle: ^b=_=_=2=_=_=System^, volumeAttributes: {Path: /ifs/data/csi/b, AzServiceIP: 10.0.0.4}}
            csi: {driver: csi.weka.io, volumeHandle: weka/v2/fs} | csi: {driver: csi.weka.io, volumeHandle: ^weka/v2/fs:snap^}
            csi: {driver: csi.weka.io, volumeHandle: dir/v1/fs/a} | csi: {driver: csi.weka.io, volumeHandle: dir/v1/fs/b}
            csi: {driver: csi.vastdata.com, volumeHandle: a, volumeAttributes: {root_export: /k8s}} | csi: {driver: csi.vastdata.com, volumeHandle: b, volumeAttributes: {root_export: /k8s}}
            csi: {driver: spectrumscale.csi.ibm.com, volumeHandle: ^0;2;1;A:9;;f;/ibm/fs/a^} | csi: {driver: spectrumscale.csi.ibm.com, volumeHandle: ^0;2;1;A:9;;g;/ibm/fs/b^}
            csi: {driver: nfs.manila.csi.openstack.org, volumeHandle: a, volumeAttributes: {shareID: s1}} | csi: {driver: nfs.manila.csi.openstack.org, volumeHandle: b, volumeAttributes: {shareID: s2}}
            csi: {driver: csi.cubefs.com, volumeHandle: a, volumeAttributes: {masterAddr: ^m1:17010^, volName: v}} | csi: {driver: csi.cubefs.com, volumeHandle: b, volumeAttributes: {masterAddr: ^m3:17010^, volName: v}}
            csi: {driver: file.csi.azure.com, volumeHandle: a, volumeAttributes: {shareName: s, server: a.example.com}} | csi: {driver: file.csi.azure.com, volumeHandle: b, volumeAttributes: {shareName: s, server: b.example.com}}
            csi: {driver: file.csi.azure.com, volumeHandle: a, volumeAttributes: {shareName: s}, nodeStageSecretRef: {name: azure-secret, namespace: a}} | csi: {driver: file.csi.azure.com, volumeHandle: b, volumeAttributes: {shareName: s}, nodeStageSecretRef: {name: azure-secret, namespace: b}}
            azureFile: {secretName: azure-secret, secretNamespace: a, shareName: s} | azureFile: {secretName: azure-secret, secretNamespace: b, shareName: s}
            csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s#a.vhd#^} | csi: {driver: file.csi.azure.com, volumeHandle: ^rg#acc#s#b.vhd#^}
            csi: {driver: nfs.csi.k8s.io, volumeHandle: x, volumeAttributes: {server: n, share: /e, subDir: ^${pvc.metadata.namespace}/${pvc.metadata.name}^, csi.storage.k8s.io/pvc/name: a, csi.storage.k8s.io/pvc/namespace: n}} | csi: {driver: nfs.csi.k8s.io, volumeHandle: y, volumeAttributes: {server: n, share: /e, subDir: ^${pvc.metadata.namespace}/${pvc.metadata.name}^, csi.storage.k8s.io/pvc/name: b, csi.storage.k8s.io/pvc/namespace: n}}
            csi: {driver: file.csi.azure.com, volumeHandle: a, volumeAttributes: {shareName: s, storageAccount: acc, folderName: ^${pvc.metadata.name}^, csi.storage.k8s.io/pvc/name: a}} | csi: {driver: file.csi.azure.com, volumeHandle: b, volumeAttributes: {shareName: s, storageAccount: acc, folderName: ^${pvc.metadata.name}^, csi.storage.k8s.io/pvc/name: b}}
            csi: {driver: cephfs.csi.ceph.com, volumeHandle: a, volumeAttributes: {monitors: ^m1:6789^, rootPath: /r}} | csi: {driver: cephfs.csi.ceph.com, volumeHandle: b, volumeAttributes: {monitors: ^m2:6789^, rootPath: /r}}
            csi: {driver: blob.csi.azure.com, volumeHandle: a, volumeAttributes: {containerName: c, storageAccount: acc}}, mountOptions: [--subdirectory=b] | csi: {driver: blob.csi.azure.com, volumeHandle: ^rg#acc#c^}, mountOptions: [--virtual-directory=true, --subdirectory=a]
            csi: {driver: lustre.csi.example.com, volumeHandle: ^10.1.1.1@tcp:/fs/a^} | csi: {driver: lustre.csi.example.com, volumeHandle: ^10.1.1.9@tcp:/fs/a^}
            glusterfs: {endpoints: g, endpointsNamespace: a, path: vol} | glusterfs: {endpoints: g, endpointsNamespace: b, path: vol}
            """)
    void volumesWithTheirOwnDirectoriesAreApart(String one, String other) {
        assertThat(place(one).overlaps(place(other))).isFalse();
    }

    @Test
    void aDirectoryOfAQuobyteVolumeStandsBehindItsName() {
        VolumePlace whole = place("csi: {driver: csi.quobyte.com, volumeHandle: ^t|v^}");

        assertThat(whole.contains(place("csi: {driver: csi.quobyte.com, volumeHandle: ^t|v|a^}")))
                .isTrue();
        assertThat(whole.overlaps(place("csi: {driver: csi.quobyte.com, volumeHandle: ^t|w^}")))
                .isFalse();
    }

    @Test
    void aLocalVolumeIsOnTheNodesOfItsAffinity() {
        String local = "local: {path: /d}, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions:"
                + " [{key: kubernetes.io/hostname, operator: In, values: [a]}]}]}}";

        assertThat(place(local)).hasToString("directory \"/d\" of the nodes with kubernetes.io/hostname \"a\"");
        assertThat(place(local.replace("operator: In", "operator: NotIn")))
                .hasToString("directory \"/d\" of the nodes");
    }

    @ParameterizedTest
    @CsvSource({
        "2001:DB8::1, 2001:db8:0:0:0:0:0:1",
        "::1, 0:0:0:0:0:0:0:1",
        "fe80::, fe80:0:0:0:0:0:0:0",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "::ffff:10.0.0.1, 10.0.0.1",
        "[64:ff9b::10.0.0.1], 64:ff9b:0:0:0:0:a00:1",
        "1:2, 1:2",
        "1:2:3, 1:2:3",
        "a:6789, a:6789",
        "::ffff:10.0.0.999, ::ffff:10.0.0.999",
        "NFS.Example.com., nfs.example.com",
        "nfs.storage.svc.cluster.local, nfs.storage",
        "nfs.storage.svc.example.com, nfs.storage.svc.example.com"
    })
    void aServerIsComparedInOneSpelling(String written, String compared) {
        assertThat(ServerName.of(written).value()).isEqualTo(compared);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iscsi: {}", "csi: {driver: d}", "cephfs: {}"})
    void aVolumeThatDoesNotTellHasNoPlace(String source) {
        assertThat(VolumePlace.of(volume(source), ServerNames.of(List.of()))).isEmpty();
    }

    @Test
    void aPlaceIsToldInWords() {
        assertThat(place("nfs: {server: N, path: /e}")).hasToString("directory \"/e\" of NFS server \"n\"");
        assertThat(place("csi: {driver: d, volumeHandle: h}")).hasToString("handle \"h\" of driver \"d\"");
        assertThat(place("local: {path: /e}")).hasToString("directory \"/e\" of the nodes");
    }

    private static VolumePlace place(String source) {
        return VolumePlace.of(volume(source), ServerNames.of(List.of())).orElseThrow();
    }

    private static PersistentVolume volume(String source) {
        return ClusterSnapshot.parse(
                        "cocalc",
                        "---\n{apiVersion: v1, kind: PersistentVolume, metadata: {name: v}, spec: {"
                                + source.replace('^', '"') + "}}\n")
                .all(PersistentVolume.class)
                .get(0);
    }
}
