package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Manifests;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages in the wordings of real clusters (issues of kubernetes, csi-driver-nfs, csi-driver-smb, aws-efs-csi-driver,
 * efs-utils, azurefile-csi-driver, ceph-csi, rook, longhorn, the NFS provisioners, k3s and containerd; names and
 * addresses are changed). Each is known for what it is, or honestly unknown. A {@code ;;} stands for a line end.
 */
class RealTextsTest {

    private static final String SET_UP = "MountVolume.SetUp failed for volume \"pvc-1\" : ";
    private static final String DEVICE = "MountVolume.MountDevice failed for volume \"pvc-1\" : ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            rpc error: code = Internal desc = rpc error: code = Internal desc = mount failed: exit status 32;;Mounting command: mount;;Mounting arguments: -t nfs files.example.com://share/pvc-1 /var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount;;Output: mount.nfs: access denied by server while mounting files.example.com://share/pvc-1 | ACCESS_DENIED
            mount failed: exit status 32 Mounting command: systemd-run Mounting arguments: --description=Kubernetes transient mount for /var/lib/kubelet/pods/1/volumes/kubernetes.io~nfs/pvc-1 --scope -- mount -t nfs 192.168.1.2:/nfs/data /var/lib/kubelet/pods/1/volumes/kubernetes.io~nfs/pvc-1 Output: Running scope as unit run-1.scope. mount.nfs: mounting 192.168.1.2:/nfs/data failed, reason given by server: No such file or directory | EXPORT_MISSING
            rpc error: code = Internal desc = mount failed: exit status 32;;Mounting arguments: -t nfs -o vers=3,tcp 10.0.0.1:/nfs/pvc-1 /var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount;;Output: mount.nfs: rpc.statd is not running but is required for remote locking.;;mount.nfs: Either use '-o nolock' to keep locks local, or start statd.;;mount.nfs: an incorrect mount option was specified | STATD_MISSING
            rpc error: code = Internal desc = error mounting NFS volume 10.0.0.1:/vol on mountpoint /var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount: exit status 32 | UNKNOWN
            rpc error: code = Internal desc = [object Object] | UNKNOWN
            rpc error: code = Aborted desc = An operation with the given Volume ID nfs0.example.com#vol/nfs#pvc-1## already exists | BUSY
            rpc error: code = DeadlineExceeded desc = context deadline exceeded | TIMED_OUT
            mount failed: exit status 32;;Mounting arguments: -t nfs -o retrans=2,timeo=30,vers=3 10.43.0.1:/export/pvc-1 /var/lib/kubelet/pods/1/volumes/kubernetes.io~nfs/pvc-1;;Output: mount.nfs: Operation not permitted for 10.43.0.1:/export/pvc-1 on /var/lib/kubelet/pods/1/volumes/kubernetes.io~nfs/pvc-1 | NOT_PERMITTED
            rpc error: code = Internal desc = mount failed: exit status 32;;Mounting arguments: -t nfs -o nfsvers=4.1 files.example.net:/vol /tmp/pvc-1;;Output: mount.nfs: Resource temporarily unavailable | UNKNOWN
            rpc error: code = Internal desc = mount failed: exit status 32 Output: mount.nfs: Protocol not supported for 10.43.0.1:/pvc-1 on /var/lib/kubelet/plugins/kubernetes.io/csi/driver.longhorn.io/1/globalmount | PROTOCOL_UNAVAILABLE
            rpc error: code = Internal desc = mount failed: exit status 32;;Output: mount.nfs: an incorrect mount option was specified | BAD_OPTION
            mount failed: exit status 32;;Output: Running scope as unit run-1.scope.;;mount.nfs: Connection refused | SERVER_UNREACHABLE
            mount failed: exit status 32;;Output: mount.nfs: Connection timed out | SERVER_UNREACHABLE
            rpc error: code = Internal desc = mount failed: exit status 32;;Mounting arguments: -t nfs -o vers=4.1,noresvport,soft,intr 172.16.0.1:/pvc-1 /var/lib/kubelet/plugins/kubernetes.io/csi/pv/pvc-1/globalmount;;Output: Running scope as unit run-1.scope.;;mount: wrong fs type, bad option, bad superblock on 172.16.0.1:/pvc-1,;;       missing codepage or helper program, or other error;;       (for several filesystems (e.g. nfs, cifs) you might;;       need a /sbin/mount.<type> helper program) | NO_NFS_CLIENT
            mount failed: exit status 32;;Mounting arguments: --scope -- mount -t nfs fs-1.efs.us-east-1.amazonaws.com:/ /var/lib/kubelet/pods/1/volumes/kubernetes.io~nfs/pvc-1;;Output: mount: /var/lib/kubelet/pods/1/volumes/kubernetes.io~nfs/pvc-1: bad option; for several filesystems (e.g. nfs, cifs) you might need a /sbin/mount.<type> helper program. | NO_NFS_CLIENT
            rpc error: code = Internal desc = Could not mount "fs-1:/" at "/var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount": mount failed: exit status 32;;Mounting arguments: -t efs -o accesspoint=fsap-1,tls fs-1:/ /var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount;;Output: Could not start amazon-efs-mount-watchdog, unrecognized init system "aws-efs-csi-dri";;b'mount.nfs4: mount system call failed' | UNKNOWN
            rpc error: code = Internal desc = Could not mount "fs-1:/" at "/x": mount failed: exit status 32;;Mounting arguments: -t efs -o tls fs-1:/ /x;;Output: Could not start amazon-efs-mount-watchdog, unrecognized init system "aws-efs-csi-dri";;b'mount.nfs4: access denied by server while mounting 127.0.0.1:/' | ACCESS_DENIED
            rpc error: code = Internal desc = Could not mount "fs-1:/" at "/x": mount failed: exit status 32;;Mounting arguments: -t efs -o tls fs-1:/ /x;;Output: b'mount.nfs4: Connection reset by peer' | SERVER_UNREACHABLE
            rpc error: code = Internal desc = Could not mount "fs-1:/" at "/x": mount failed: exit status 1;;Mounting arguments: -t efs -o tls fs-1:/ /x;;Output: Failed to resolve "fs-1.efs.us-east-1.amazonaws.com" - check that your file system ID is correct, and ensure that the VPC has an EFS mount target for this file system ID. | SERVER_UNREACHABLE
            rpc error: code = Internal desc = Could not mount "fs-1:/" at "/x": Output: Failed to resolve "fs-1.efs.eu-west-1.amazonaws.com". The file system mount target ip address cannot be found, please pass mount target ip address via mount options. | SERVER_UNREACHABLE
            rpc error: code = Internal desc = Could not mount "fs-1:/" at "/x": Output: Mount attempt 1/3 failed due to timeout after 15 sec, wait 0 sec before next attempt. | SERVER_UNREACHABLE
            rpc error: code = Internal desc = Could not mount "" at "/x": mount failed: exit status 1;;Mounting arguments: -t efs /x;;Output: mount: /x: can't find in /etc/fstab. | UNKNOWN
            rpc error: code = Unknown desc = error parsing volume id: "some-id", should at least contain two # | UNKNOWN
            mount failed: exit status 32;;Mounting arguments: -t cifs -o file_mode=0777,<masked> //acc.file.core.windows.net/share /var/lib/kubelet/pods/1/volumes/kubernetes.io~azure-file/pvc-1;;Output: mount error(13): Permission denied;;Refer to the mount.cifs(8) manual page (e.g. man mount.cifs) | PERMISSION_DENIED
            rpc error: code = Internal desc = volume(rg#acc#share#) mount "//acc.file.core.windows.net/share" on "/x" failed with mount failed: exit status 32;;Mounting arguments: -t cifs -o mfsymlinks,<masked> //acc.file.core.windows.net/share /x;;Output: mount error(2): No such file or directory;;Refer to the mount.cifs(8) manual page (e.g. man mount.cifs) | EXPORT_MISSING
            rpc error: code = Internal desc = volume(rg#acc#share#) mount failed: exit status 32;;Mounting arguments: -t cifs -o <masked> //acc.file.core.windows.net/share /x;;Output: mount error(115): Operation now in progress;;Refer to the mount.cifs(8) manual page | SERVER_UNREACHABLE
            rpc error: code = Internal desc = volume(rg#acc#share#) mount failed: exit status 32;;Mounting arguments: -t cifs -o <masked> //acc.file.core.windows.net/share /x;;Output: mount error(112): Host is down;;Refer to the mount.cifs(8) manual page | SERVER_UNREACHABLE
            rpc error: code = Internal desc = volume(rg#acc#share#) mount failed: exit status 1;;Mounting arguments: -t cifs -o <masked> //acc.file.core.windows.net/share /x;;Output: mount error: could not resolve address for acc.file.core.windows.net: Unknown error | SERVER_UNREACHABLE
            rpc error: code = Internal desc = volume(rg#acc#share#) mount failed: exit status 32;;Mounting arguments: -t cifs -o <masked> //acc.file.core.windows.net/share /x;;Output: mount error(22): Invalid argument;;Refer to the mount.cifs(8) manual page | BAD_OPTION
            rpc error: code = Internal desc = volume(rg#acc#share#) mount failed: exit status 32;;Mounting arguments: -t cifs -o <masked> //acc.file.core.windows.net/share /x;;Output: mount: /x: bad option; for several filesystems (e.g. nfs, cifs) you might need a /sbin/mount.cifs helper program. | NO_MOUNT_PROGRAM
            fetching NodeStageSecretRef cocalc/azure-secret failed: kubernetes.io/csi: failed to find the secret azure-secret in the namespace cocalc with error: secrets "azure-secret" not found | VOLUME_SECRET_MISSING
            Couldn't get secret default/azure-secret | VOLUME_SECRET_MISSING
            rpc error: code = Internal desc = an error (exit status 32) occurred while running mount args: [-t ceph 10.0.0.1:6789:/volumes/csi/csi-vol-1 /var/lib/kubelet/plugins/kubernetes.io/csi/cephfs.csi.ceph.com/1/globalmount -o name=csi-cephfs-node,secretfile=/tmp/csi/keys/keyfile-1,mds_namespace=fs,_netdev] stderr: mount error: no mds server is up or the cluster is laggy | NO_METADATA_SERVER
            rpc error: code = Internal desc = an error (exit status 32) occurred while running mount args: [-t ceph 10.0.0.1:6789:/ /x] stderr: mount error 110 = Connection timed out | SERVER_UNREACHABLE
            rpc error: code = Internal desc = an error (exit status 32) occurred while running mount args: [-t ceph 10.0.0.1:6789:/ /x] stderr: mount error 13 = Permission denied | PERMISSION_DENIED
            rpc error: code = Internal desc = an error (exit status 32) occurred while running mount args: [-t ceph 10.0.0.1:6789:/x /x] stderr: mount error 2 = No such file or directory | EXPORT_MISSING
            rpc error: code = Internal desc = an error (exit status 1) occurred while running modprobe args: [ceph] stderr: modprobe: FATAL: Module ceph not found in directory /lib/modules/5.4.0 | NO_MOUNT_PROGRAM
            rpc error: code = InvalidArgument desc = failed to get connection: connecting failed: rados: ret=-13, Permission denied | PERMISSION_DENIED
            rpc error: code = InvalidArgument desc = failed to get connection: connecting failed: rados: ret=-1, Operation not permitted | PERMISSION_DENIED
            rpc error: code = Internal desc = failed to establish the connection: connecting failed: rados: ret=-110, Connection timed out | SERVER_UNREACHABLE
            rpc error: code = Aborted desc = an operation with the given Volume ID 0001-0009-rook-ceph-0000000000000001-1 already exists | BUSY
            stat /var/lib/kubelet/plugins/kubernetes.io/csi/pv/pvc-1/globalmount: transport endpoint is not connected | MOUNT_BROKEN
            rpc error: code = Internal desc = stat /var/lib/kubelet/plugins/kubernetes.io/csi/pv/pvc-1/globalmount: permission denied | UNKNOWN
            rpc error: code = Internal desc = stat /var/lib/kubelet/plugins/kubernetes.io/csi/smb.csi.k8s.io/1/globalmount: host is down | SERVER_UNREACHABLE
            rpc error: code = NotFound desc = volume pvc-1 not found | STORAGE_NOT_FOUND
            rpc error: code = NotFound desc = node n1 not found | UNKNOWN
            rpc error: code = InvalidArgument desc = Volume ID missing in request | VOLUME_REFUSED
            mount failed: exit status 32;;Mounting arguments: -t ext4 -o defaults /dev/longhorn/pvc-1 /x;;Output: mount: wrong fs type, bad option, bad superblock on /dev/longhorn/pvc-1, missing codepage or helper program, or other error (for several filesystems (e.g. nfs, cifs) you might need a /sbin/mount.<type> helper program) | UNKNOWN
            applyFSGroup failed for vol nfs.example.com#mnt/default#pvc-1##: open /var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount/raft: permission denied | FS_GROUP_REFUSED
            applyFSGroup failed for vol pvc-1: lstat /var/snap/microk8s/common/var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount: no such file or directory | FILES_WENT_AWAY
            applyFSGroup failed for vol fs-1::fsap-1: chown /x: operation not permitted | FS_GROUP_REFUSED
            kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: driver name nfs.csi.k8s.io not found in the list of registered CSI drivers | NO_DRIVER
            kubernetes.io/csi: mounter.SetUpAt failed to check for STAGE_UNSTAGE_VOLUME capability: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing dial unix /var/lib/kubelet/plugins/csi-nfsplugin/csi.sock: connect: no such file or directory" | DRIVER_SILENT
            rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /var/lib/kubelet/plugins/efs.csi.aws.com/csi.sock: connect: connection refused" | DRIVER_SILENT
            mount failed: exit status 32;;Output: mount.nfs: /var/lib/kubelet/pods/1/volumes/kubernetes.io~nfs/pvc-1 is busy or already mounted or sharecache fail | BUSY
            hostPath type check failed: /mnt/data is not a directory | NODE_DIRECTORY_MISSING
            mount failed: exit status 32;;Mounting arguments: -t nfs 10.0.0.1:/x /x;;Output: mount.nfs: No such device | NO_NFS_CLIENT
            mount failed: exit status 255;;Mounting arguments: -t nfs 10.0.0.1:/x /x;;Output: mount: mounting 10.0.0.1:/x on /x failed: No such device | NO_NFS_CLIENT
            mount failed: exit status 32;;Mounting arguments: -t cifs -o x //h/s /x;;Output: mount error(19): No such device;;Refer to the mount.cifs(8) manual page | NO_MOUNT_PROGRAM
            mount failed: exit status 32;;Mounting arguments: -t cifs -o x //h/s /x;;Output: mount error(6): No such device or address;;Refer to the mount.cifs(8) manual page | EXPORT_MISSING
            mount failed: exit status 32;;Mounting arguments: -t nfs -o vers=4.1 10.0.0.1:/x /x;;Output: mount: /x: wrong fs type, bad option, bad superblock on 10.0.0.1:/x, missing codepage or helper program, or other error. dmesg(1) may have more information after failed mount system call. | NO_NFS_CLIENT
            mount failed: exit status 32;;Mounting arguments: -t beegfs beegfs_nodev /x;;Output: mount: /x: unknown filesystem type 'beegfs'. | NO_MOUNT_PROGRAM
            mount failed: exit status 32;;Mounting arguments: -t fuse.juicefs a /x;;Output: mount: /x: unknown filesystem type 'fuse.juicefs'. | NO_MOUNT_PROGRAM
            mount failed: exit status 32;;Mounting arguments: -t nfs 10.0.0.1:/x /x;;Output: mount.nfs: Cannot allocate memory | UNKNOWN
            mount failed: exit status 32;;Mounting arguments: -t nfs 10.0.0.1:/x /x;;Output: mount: mount to NFS server '10.0.0.1' failed: RPC Error: Program not registered. | PROTOCOL_UNAVAILABLE
            mount failed: exit status 32;;Mounting arguments: -t nfs 10.0.0.1:/x /x;;Output: mount.nfs: mount to NFS server '10.0.0.1:/x' failed: timed out, giving up | SERVER_UNREACHABLE
            mount failed: exit status 32;;Mounting arguments: -t nfs -o vers=9 10.0.0.1:/x /x;;Output: mount.nfs: parsing error on 'vers=' option | BAD_OPTION
            mount failed: exit status 32;;Mounting arguments: -t ceph 10.0.0.1:/ /x;;Output: mount: /x: fsconfig system call failed: ceph: Unknown parameter 'foo'. | BAD_OPTION
            rpc error: code = InvalidArgument desc = failed to get user credentials from node stage secrets: missing ID field 'userID' in secrets | VOLUME_SECRET_MISSING
            rpc error: code = InvalidArgument desc = stage secrets cannot be nil or empty | VOLUME_SECRET_MISSING
            rpc error: code = InvalidArgument desc = GetAccountInfo(vol) failed with error: could not get secret(azure-secret): secrets "azure-secret" not found | VOLUME_SECRET_MISSING
            rpc error: code = Internal desc = failed to retrieve credentials: secrets "smbcreds" not found | VOLUME_SECRET_MISSING
            rpc error: code = InvalidArgument desc = volume pvc-1 hasn't been attached yet | UNKNOWN
            rpc error: code = Aborted desc = An operation with the given volume key modeInstance/us-central1-c/x/vol1 already exists. | BUSY
            rpc error: code = Unavailable desc = error reading from server: EOF | DRIVER_SILENT
            rpc error: code = Unavailable desc = transport is closing | DRIVER_SILENT
            rpc error: code = Unavailable desc = volume server is not ready | UNKNOWN
            rpc error: code = NotFound desc = Access Point fsap-1 not found | STORAGE_NOT_FOUND
            mount failed: exit status 32;;Mounting arguments: -t nfs 10.0.0.1:/x /x;;Output: mount.nfs: Transport endpoint is not connected | SERVER_UNREACHABLE
            mount failed: exit status 32;;Output: mount: /x: mount(2) system call failed: Transport endpoint is not connected. | MOUNT_BROKEN
            mount failed: exit status 1;;Mounting arguments: -t glusterfs 10.0.0.1:vol /x;;Output: [2026-01-01 10:00:00.1 +0000] E [glusterfsd-mgmt.c:1925:mgmt_rpc_notify] 0-glusterfsd-mgmt: failed to connect with remote-host: 10.0.0.1 (Transport endpoint is not connected) | SERVER_UNREACHABLE
            mount failed: exit status 1;;Mounting arguments: -t glusterfs 10.0.0.1:vol /x;;Output: [2026-01-01 10:00:00.1 +0000] E [socket.c:3363:socket_connect] 0-glusterfs: connection attempt on 10.0.0.1:24007 failed, (Connection refused) | SERVER_UNREACHABLE
            rpc error: code = Internal desc = Could not mount "fs-1@tcp:/abc" at "/var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount": mount failed: exit status 5;;Mounting arguments: -t lustre fs-1@tcp:/abc /var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount;;Output: mount.lustre: mount fs-1@tcp:/abc at /var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount failed: Input/output error;;Is the MGS running? | SERVER_UNREACHABLE
            rpc error: code = Internal desc = an error (exit status 1) occurred while running ceph-fuse args: [/var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount -m 10.0.0.1:6789] stderr: ceph-fuse[1]: ceph mount failed with (13) Permission denied | PERMISSION_DENIED
            """)
    void aMessageOfAMountMeansThis(String message, CauseKind kind) {
        String text = message.replace(";;", "\n");

        assertThat(kinds("FailedMount", SET_UP + text)).containsExactly(kind);
        assertThat(kinds("FailedMount", DEVICE + text.replace('\n', ' '))).containsExactly(kind);
        assertThat(kinds("FailedMount", "(combined from similar events): " + DEVICE + text))
                .containsExactly(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            FailedMount        | Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[default-token-1 home]: timed out waiting for the condition | TIMED_OUT
            FailedMount        | Unable to mount volumes for pod "project-1_cocalc(1)": timeout expired waiting for volumes to attach or mount for pod "cocalc"/"project-1". list of unmounted volumes=[home]. list of unattached volumes=[home default-token-1] | TIMED_OUT
            FailedMount        | MountVolume.WaitForAttach failed for volume "pvc-1" : volume attachment is being deleted | ATTACHMENT_BEING_DELETED
            FailedMount        | MountVolume.NodeAffinity check failed for volume "pvc-1" : no matching NodeSelectorTerms | OTHER_ZONE
            FailedMount        | MountVolume.NewMounter initialization failed for volume "pvc-1" : path "/mnt/disks/1" does not exist | NODE_DIRECTORY_MISSING
            FailedMount        | MountVolume.SetUp failed for volume "kube-api-access-1" : failed to fetch token: Post "https://10.0.0.1:6443/api/v1/namespaces/cocalc/serviceaccounts/default/token": dial tcp 10.0.0.1:6443: connect: connection refused | NOT_STORAGE
            FailedMount        | MountVolume.SetUp failed for volume "kube-api-access-1" : failed to sync configmap cache: timed out waiting for the condition | NOT_STORAGE
            FailedMount        | MountVolume.SetUp failed for volume "kube-api-access-1" : object "cocalc"/"kube-root-ca.crt" not registered | NOT_STORAGE
            FailedMount        | MountVolume.SetUp failed for volume "settings" : failed to sync secret cache: timed out waiting for the condition | NOT_STORAGE
            FailedMount        | MountVolume.SetUp failed for volume "secrets-store-inline" : rpc error: code = Unknown desc = failed to mount secrets store objects for pod cocalc/project-1, err: rpc error | NOT_STORAGE
            FailedMount        | MountVolume.SetUp failed for volume "certs" : references non-existent secret key: tls.crt | NOT_STORAGE
            FailedAttachVolume | AttachVolume.Attach failed for volume "pvc-1" : rpc error: code = DeadlineExceeded desc = Failed to attach volume pvc-1 to node n1 | TIMED_OUT
            FailedAttachVolume | AttachVolume.Attach failed for volume "pvc-1" : timed out waiting for external-attacher of driver.longhorn.io CSI driver to attach volume pvc-1 | TIMED_OUT
            FailedAttachVolume | AttachVolume.Attach failed for volume "pvc-1" : rpc error: code = FailedPrecondition desc = volume pvc-1 cannot be attached to node n2 since it is already attached to node n1 | MULTI_ATTACH
            FailedAttachVolume | AttachVolume.Attach failed for volume "pvc-1" : rpc error: code = Aborted desc = volume pvc-1 is not ready for workloads | UNKNOWN
            FailedAttachVolume | AttachVolume.Attach failed for volume "pvc-1" : Post "http://longhorn-backend:9500/v1/volumes/pvc-1": dial tcp 10.43.0.1:9500: connect: connection refused | UNKNOWN
            FailedAttachVolume | Multi-Attach error for volume "pvc-1" Volume is already used by 1 pod(s) in different namespaces | MULTI_ATTACH
            FailedMount        | Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[], failed to process volumes=[home]: error processing PVC cocalc/projects-data: failed to fetch PVC from API server: Get "https://10.0.0.1:443/api/v1/namespaces/cocalc/persistentvolumeclaims/projects-data": dial tcp 10.0.0.1:443: connect: connection refused | NOT_STORAGE
            FailedMount        | Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[], failed to process volumes=[home]: error processing PVC cocalc/projects-data: found PV object "pvc-1" but its pv.Spec.ClaimRef.UID "a" does not point to claim.UID "b" | CLAIM_MISBOUND
            FailedMount        | Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[], failed to process volumes=[home]: error processing PVC cocalc/projects-data: found PV object "pvc-1" with nil pv.Spec.ClaimRef indicating it is not yet bound to the claim | CLAIM_PENDING
            FailedMount        | Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[], failed to process volumes=[home]: failed to get Plugin from volumeSpec for volume "home" err=no volume plugin matched | NO_VOLUME_PLUGIN
            FailedMount        | Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[], failed to process volumes=[home]: context deadline exceeded | TIMED_OUT
            FailedMount        | Unable to attach or mount volumes: unmounted volumes=[settings], unattached volumes=[home settings]: timed out waiting for the condition | NOT_STORAGE
            FailedMount        | Unable to attach or mount volumes: unmounted volumes=[settings home], unattached volumes=[home settings]: timed out waiting for the condition | TIMED_OUT
            FailedAttachVolume | AttachVolume.Attach failed for volume "pvc-1" : attachment timeout for volume vol-1 | TIMED_OUT
            FailedAttachVolume | AttachVolume.Attach failed for volume "pvc-1" : rpc error: code = Internal desc = volume pvc-1 failed to attach to node n1 with attachmentID csi-1: the volume is currently attached to different node n2 | MULTI_ATTACH
            FailedAttachVolume | AttachVolume.Attach failed for volume "pvc-1" : googleapi: Error 400: RESOURCE_IN_USE_BY_ANOTHER_RESOURCE - The disk resource 'projects/p/zones/z/disks/pvc-1' is already being used by 'projects/p/zones/z/instances/n2' | MULTI_ATTACH
            FailedAttachVolume | AttachVolume.Attach failed for volume "pvc-1" : rpc error: code = Internal desc = Could not attach volume "vol-1" to node "i-1": VolumeInUse: vol-1 is already attached to an instance | MULTI_ATTACH
            FailedAttachVolume | AttachVolume.Attach failed for volume "pvc-1" : disk 1 path  is attached to a different instance (2) | MULTI_ATTACH
            FailedAttachVolume | AttachVolume.Attach failed for volume "pvc-1" : rpc error: code = Internal desc = failed to attach volume: Volume (pvc-1) is attached on another node | MULTI_ATTACH
            FailedAttachVolume | AttachVolume.Attach failed for volume "pvc-1" : rpc error: code = Internal desc = volume attached to the node, but the device is not there | UNKNOWN
            FailedMount        | MountVolume.Setup failed while expanding volume for volume "pvc-1" : Expander.NodeExpand failed to expand the volume : rpc error: code = Internal desc = could not resize | RESIZE_FAILED
            FailedScheduling   | 0/3 nodes are available: 3 nfs.csi.k8s.io CSI driver is not installed on the node. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling. | NO_DRIVER
            FailedScheduling   | running PreBind plugin "VolumeBinding": binding volumes: selectedNode annotation reset for PVC "projects-data" | PROVISIONING_FAILED
            FailedScheduling   | running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded | CLAIM_PENDING
            FailedScheduling   | running PreBind plugin "VolumeBinding": binding volumes: timed out waiting for the condition | CLAIM_PENDING
            FailedScheduling   | running PreBind plugin "VolumeBinding": binding volumes: provisioning failed for PVC "projects-data" | PROVISIONING_FAILED
            FailedScheduling   | 0/1 nodes are available: 1 node(s) had untolerated taint {efs.csi.aws.com/agent-not-ready: }. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling. | NO_DRIVER
            FailedScheduling   | 0/2 nodes are available: 2 node(s) didn't satisfy plugin(s) [VolumeBinding]. | UNKNOWN
            FailedScheduling   | pod has unbound PersistentVolumeClaims (repeated 4 times) | CLAIM_PENDING
            FailedScheduling   | 0/3 nodes are available: 3 node(s) didn't find available persistent volumes to bind. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling. | CLAIM_PENDING
            FailedScheduling   | 0/3 nodes are available: 3 node(s) unavailable due to PersistentVolumeClaim(s) bound to non-existent PV(s) | VOLUME_MISSING
            FailedScheduling   | 0/3 nodes are available: persistentvolumeclaim "data" bound to non-existent persistentvolume "pvc-1". preemption: not eligible | VOLUME_MISSING
            FailedScheduling   | 0/1 nodes are available: 1 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode. | ONE_POD_ONLY
            FailedScheduling   | 0/4 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 3 node(s) had no available volume zone. | OTHER_ZONE
            FailedScheduling   | 0/3 nodes are available: 3 node(s) didn't match PersistentVolume's node affinity. | OTHER_ZONE
            Failed             | Error: failed to prepare subPath for volumeMount "home" of container "project" | SUB_PATH_REFUSED
            Failed             | Error: failed to create subPath directory for volumeMount "home" of container "project" | SUB_PATH_REFUSED
            Failed             | Error: failed to generate container "1" spec: failed to apply OCI options: failed to stat "/var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount": stat /var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount: stale NFS file handle | STALE_HANDLE
            Failed             | Error: failed to generate container "1" spec: failed to generate spec: failed to stat "/var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount": stat /var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount: host is down | SERVER_UNREACHABLE
            Failed             | Error: couldn't find key token in ConfigMap cocalc/settings | NOT_STORAGE
            """)
    void anEventOfAPodMeansThis(String reason, String message, CauseKind kind) {
        assertThat(kinds(reason, message)).containsExactly(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            CreateContainerError  | failed to generate container "1" spec: failed to generate spec: failed to stat "/var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount": stat /var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount: transport endpoint is not connected | MOUNT_BROKEN
            CreateContainerError  | failed to mkdir log: mkdir log: read-only file system | UNKNOWN
            CreateContainerError  | failed to create containerd container: failed to create snapshot: failed to create prepare snapshot dir: failed to create temp dir: mkdir /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/new-1: input/output error | UNKNOWN
            CreateContainerError  | container create failed: mount `overlay` to `/var/lib/containers/storage/overlay/1/merged`: Stale file handle | UNKNOWN
            CreateContainerError  | container create failed: chdir to `/home/user`: Input/output error | INPUT_OUTPUT_ERROR
            RunContainerError     | failed to create containerd task: failed to create shim task: failed to mount rootfs component: mount source: "overlay", target: "/run/containerd/io.containerd.runtime.v2.task/k8s.io/1/rootfs", fstype: overlay, flags: 0, data: "lowerdir=/var/lib/containerd/a", err: stale file handle: unknown | UNKNOWN
            RunContainerError     | failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount" to rootfs at "/home/user": mount src=/var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount, dst=/run/containerd/io.containerd.runtime.v2.task/k8s.io/1/rootfs/home/user: stale NFS file handle: unknown | STALE_HANDLE
            RunContainerError     | failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: unable to apply cgroup configuration: mkdir /sys/fs/cgroup/memory/kubepods: read-only file system: unknown | NOT_STORAGE
            RunContainerError     | failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount" to rootfs at "/ext/cgroup": mkdirat cgroup: read-only file system: unknown | MOUNT_POINT_MISSING
            CreateContainerError  | container create failed: mkdir `/ext`: Not a directory | NOT_A_DIRECTORY
            CreateContainerError  | container create failed: creating `/etc/x.json`: openat2 `etc/x.json`: Not a directory | NOT_A_DIRECTORY
            CreateContainerError  | container create failed: mkdir `/home/user/ext`: Read-only file system | MOUNT_POINT_MISSING
            CreateContainerError  | container create failed: chdir to `/home/user`: Permission denied | DIRECTORY_DENIED
            CreateContainerError  | container create failed: mount `/var/lib/kubelet/pods/1/volumes/kubernetes.io~nfs/pvc-1` to `home/user`: Permission denied | DIRECTORY_DENIED
            CreateContainerError  | container create failed: mount_setattr `/home/user`: Invalid argument | ID_MAP_REFUSED
            CreateContainerError  | container create failed: executable file `start.sh` not found in $PATH: No such file or directory | NOT_STORAGE
            CreateContainerError  | container create failed: open executable: Permission denied | NOT_STORAGE
            CreateContainerError  | failed to generate container "1" spec: failed to generate spec: failed to stat "/var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount": stat /var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount: connection timed out | SERVER_UNREACHABLE
            CreateContainerError  | failed to generate container "1" spec: failed to generate spec: failed to mkdir "/var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount": mkdir /var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount: file exists | MOUNT_BROKEN
            CreateContainerError  | container create failed: container_linux.go:344: starting container process caused "process_linux.go:424: container init caused \\"rootfs_linux.go:58: mounting \\"/var/lib/kubelet/pods/1/volumes/kubernetes.io~secret/token\\" to rootfs \\"/run/crio/1/root\\" at \\"/run/secrets\\" caused \\"mkdir /run/crio/1/root/run/secrets: permission denied\\"\"" | UNKNOWN
            RunContainerError     | failed to start container "1": Error response from daemon: error while creating mount source path '/mnt/x': mkdir /mnt/x: read-only file system | UNKNOWN
            StartError            | failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: mkdir /ext: not a directory: unknown | WORKING_DIRECTORY_REFUSED
            StartError            | failed to create containerd task: failed to create shim task: OCI runtime create failed: container_linux.go:380: starting container process caused: mkdir /ext: not a directory: unknown | NOT_A_DIRECTORY
            StartError            | failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/var/lib/kubelet/pods/1/volume-subpaths/pvc-1/project/0" to rootfs at "/home/user": mount src=/var/lib/kubelet/pods/1/volume-subpaths/pvc-1/project/0, dst=/home/user, dstFd=/proc/thread-self/fd/8, flags=MS_BIND: permission denied: unknown | DIRECTORY_DENIED
            StartError            | failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/var/lib/kubelet/pods/1/volumes/x" to rootfs at "/home/user/ext": create mountpoint for /home/user/ext mount: mkdirat /run/containerd/1/rootfs/home/user/ext: permission denied: unknown | DIRECTORY_DENIED
            StartError            | failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/start.sh/x": stat /start.sh/x: not a directory: unknown | NOT_STORAGE
            CreateContainerError  | context deadline exceeded | UNKNOWN
            CreateContainerError  | failed to reserve container name "project_project-1_cocalc_1_0": name is reserved for "2" | UNKNOWN
            ContainerCannotRun    | OCI runtime create failed: container_linux.go:370: starting container process caused: process_linux.go:459: container init caused: rootfs_linux.go:59: mounting "/var/lib/kubelet/pods/1/volume-subpaths/config/a/1" to rootfs at "/var/lib/docker/overlay2/1/merged/etc/x.json" caused: no such file or directory: unknown | UNKNOWN
            ContainerCannotRun    | container_linux.go:247: starting container process caused "process_linux.go:359: container init caused \\"rootfs_linux.go:54: mounting \\\\"/var/lib/kubelet/pods/1/volume-subpaths/config/a/0\\\\" to rootfs \\\\"/var/lib/docker/overlay2/1/merged\\\\" at \\\\"/etc/a.yml\\\\" caused \\\\"not a directory\\\\"\\"" | NOT_A_DIRECTORY
            RunContainerError     | failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/var/lib/kubelet/pods/1/volume-subpaths/home/project/0" to rootfs at "/home/user/x": create mountpoint for /home/user/x mount: mkdirat /run/containerd/1/rootfs/home/user/x: read-only file system: unknown | MOUNT_POINT_MISSING
            StartError            | failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/start.sh": permission denied: unknown | NOT_STORAGE
            StartError            | failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "bash": executable file not found in $PATH: unknown | NOT_STORAGE
            StartError            | failed to create shim task: OCI runtime create failed: runc create failed: container init was OOM-killed (memory limit too low?): unknown | NOT_STORAGE
            InvalidImageName      | Failed to apply default image tag "a b": couldn't parse image reference "a b": invalid reference format | NOT_STORAGE
            ImagePullBackOff      | Back-off pulling image "busybox:none": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "registry.example/library/busybox:none": not found | NOT_STORAGE
            """)
    void aStatusOfAContainerMeansThis(String reason, String message, CauseKind kind) {
        Pod pod = Symptomatic.waiting(pod(), reason, message);

        assertThat(Diagnosis.of(pod, List.of()).causes())
                .extracting(Cause::kind)
                .containsExactly(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            ProvisioningFailed | failed to provision volume with StorageClass "nfs-csi": rpc error: code = Internal desc = failed to mount nfs server: rpc error: code = Internal desc = mount failed: exit status 32 | PROVISIONING_FAILED
            ProvisioningFailed | failed to provision volume with StorageClass "green": error getting NFS server IP for volume: service SERVICE_NAME=x is not valid; check that it has for ports map[{111 TCP}:true] exactly one endpoint | PROVISIONING_FAILED
            ProvisioningFailed | failed to provision volume with StorageClass "nfs": error creating export for volume: error exporting export block | PROVISIONING_FAILED
            ProvisioningFailed | failed to provision volume with StorageClass "cephfs": rpc error: code = InvalidArgument desc = an error (exit status 13) occurred while running ceph args: [fs get cephfs --format=json] | PROVISIONING_FAILED
            ProvisioningFailed | storageclass.storage.k8s.io "nfs-client" not found | CLASS_MISSING
            ProvisioningFailed | failed to get storageclass: storageclasses.storage.k8s.io "nfs-client" not found | CLASS_MISSING
            FailedBinding      | no persistent volumes available for this claim and no storage class is set | NO_DEFAULT_CLASS
            """)
    void anEventOfAClaimMeansThis(String reason, String message, CauseKind kind) {
        Event event = event(reason, message);
        event.getInvolvedObject().setKind("PersistentVolumeClaim");
        event.getInvolvedObject().setName("projects-data");

        assertThat(Diagnosis.of(pod(), List.of(event)).causes())
                .extracting(Cause::kind)
                .containsExactly(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rpc error: code = Unknown desc = failed to mount secrets store objects for pod cocalc/project-1, err: rpc"
                        + " error: code = Unavailable desc = connection error: desc = \"transport: Error while dialing: dial"
                        + " unix /etc/kubernetes/secrets-store-csi-providers/vault.sock: connect: connection refused\"",
                "rpc error: code = Unknown desc = failed to get secret x",
                "stat /var/lib/kubelet/pods/1/volumes/x: input/output error",
                "timed out waiting for the condition"
            })
    void whatFailsOnAVolumeOfSettingsIsNotOfTheStorage(String message) {
        for (String volume : List.of("settings", "token", "vault")) {
            assertThat(kinds("FailedMount", "MountVolume.SetUp failed for volume \"" + volume + "\" : " + message))
                    .containsExactly(CauseKind.NOT_STORAGE);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            FailedScheduling    | 0/3 nodes are available: 3 Insufficient memory. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.
            FailedScheduling    | 0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.
            FailedScheduling    | 0/3 nodes are available: 3 node(s) had untolerated taint {dedicated: volumes}.
            FailedScheduling    | 0/3 nodes are available: 3 node(s) had untolerated taint {node.cilium.io/agent-not-ready: }.
            FailedCreatePodSandBox | Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox
            BackOff             | Back-off restarting failed container project in pod project-1_cocalc(1)
            Unhealthy           | Readiness probe failed: HTTP probe failed with statuscode: 503
            """)
    void anOrdinaryTroubleIsNoneOfTheStorage(String reason, String message) {
        assertThat(kinds(reason, message)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "-t cifs //h/s /x Output: mount error(112): Host is down, SMB",
        "mount error 110 = Connection timed out, CephFS",
        "-t nfs h:/smb /x Output: mount.nfs: Connection refused, NFS",
        "-t lustre fs-1@tcp:/abc /x Output: mount.lustre: mount fs-1@tcp:/abc at /x failed: Connection timed out, Lustre",
        "-t glusterfs h:vol /x Output: 0-glusterfs: connection attempt on h:24007 failed (Connection refused), GlusterFS",
        "stat /var/lib/kubelet/plugins/kubernetes.io/csi/smb.csi.k8s.io/1/globalmount: host is down, SMB",
        "stat /var/lib/kubelet/plugins/kubernetes.io/csi/cephfs.csi.ceph.com/1: connection timed out, CephFS",
        "stat /var/lib/kubelet/pods/1/volumes/kubernetes.io~nfs/pvc-1: connection timed out, NFS",
        "-t efs fs-1:/ /x Output: mount.nfs4: Connection reset by peer, NFS",
        "-t nfs a.file.core.windows.net:/a/b /var/lib/kubelet/plugins/kubernetes.io/csi/file.csi.azure.com/1/globalmount Output: mount.nfs: Connection timed out, NFS",
        "stat /var/lib/kubelet/plugins/kubernetes.io/csi/file.csi.azure.com/1/globalmount: host is down, SMB",
        "stat /var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pvc-1/mount: connection timed out, storage"
    })
    void theServerIsNamedByItsProtocol(String message, String protocol) {
        assertThat(Diagnosis.of(pod(), List.of(event("FailedMount", SET_UP + message)))
                        .causes()
                        .get(0)
                        .explanation())
                .isEqualTo("the node cannot reach the " + protocol + " server");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-t nfs h:/e /x Output: mount.nfs: Connection refused | port 2049 (for NFS 3 also 111, 20048, 662, 875 and 32803)",
                "-t cifs //h/s /x Output: mount error(112): Host is down | port 445",
                "mount error 110 = Connection timed out | ports 3300 and 6789 of its monitors and 6800 to 7568 of its other daemons",
                "-t lustre h:/a /x Output: mount.lustre: mount h:/a at /x failed: Connection timed out | port 988",
                "-t glusterfs h:v /x Output: 0-glusterfs: connection failed (Connection refused) | port 24007 and those of its bricks",
                "stat /var/lib/kubelet/pods/1/volumes/x: host is unreachable | its ports (2049 for NFS, 445 for SMB, 3300 and 6789 for CephFS)"
            })
    void theAdviceNamesThePortsOfTheServersKind(String message, String ports) {
        assertThat(Diagnosis.of(pod(), List.of(event("FailedMount", SET_UP + message)))
                        .causes()
                        .get(0)
                        .remedy())
                .isEqualTo("see that the server runs, that nodes may reach " + ports
                        + ", and that its name resolves on the node, which does not use the cluster's DNS");
    }

    @ParameterizedTest
    @CsvSource({
        "-t beegfs beegfs_nodev /x Output: mount: /x: unknown filesystem type 'beegfs'., beegfs",
        "-t fuse.juicefs a /x Output: mount: /x: unknown filesystem type 'fuse.juicefs'., fuse.juicefs",
        "-t cifs //h/s /x Output: mount error(19): No such device, cifs"
    })
    void theMissingHelperIsNamedByItsFileSystem(String message, String fileSystem) {
        assertThat(Diagnosis.of(pod(), List.of(event("FailedMount", SET_UP + message)))
                        .causes()
                        .get(0)
                        .detail())
                .contains(fileSystem);
    }

    private static List<CauseKind> kinds(String reason, String message) {
        return Diagnosis.of(pod(), List.of(event(reason, message))).causes().stream()
                .map(Cause::kind)
                .toList();
    }

    private static Event event(String reason, String message) {
        return Symptomatic.event("Pod", "project-1", reason, message);
    }

    private static Pod pod() {
        return Manifests.pod("""
                metadata: { name: project-1, namespace: cocalc }
                spec:
                  nodeName: n1
                  containers:
                    - name: project
                      volumeMounts: [{ name: home, mountPath: /home/user, subPath: projects/1 }]
                  volumes:
                    - { name: home, persistentVolumeClaim: { claimName: projects-data } }
                    - { name: settings, configMap: { name: settings } }
                    - { name: token, projected: { sources: [] } }
                    - { name: vault, csi: { driver: secrets-store.csi.k8s.io } }
                status: {}
                """);
    }
}
