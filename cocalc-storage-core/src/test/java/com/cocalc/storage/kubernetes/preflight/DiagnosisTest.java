package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Manifests;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {

    private static final String MOUNT_FAILED = """
            MountVolume.SetUp failed for volume "pvc-1" : mount failed: exit status 32
            Mounting command: mount
            Mounting arguments: -t nfs -o vers=3 10.0.0.1:/export/pvc-1 /var/lib/kubelet/pods/1/volumes/kubernetes.io~nfs/pvc-1
            Output:\s""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mount.nfs: access denied by server while mounting 10.0.0.1:/export/pvc-1            | ACCESS_DENIED
            mount.nfs: Stale file handle                                                        | STALE_HANDLE
            stat /var/lib/kubelet/pods/1/volumes/x: stale NFS file handle                       | STALE_HANDLE
            mount.nfs: Connection timed out                                                     | SERVER_UNREACHABLE
            mount.nfs: Connection refused                                                       | SERVER_UNREACHABLE
            mount.nfs: No route to host                                                         | SERVER_UNREACHABLE
            mount.nfs: Failed to resolve server nfs.local: Name or service not known            | SERVER_UNREACHABLE
            mount.nfs: mounting 10.0.0.1:/x failed, reason given by server: No such file or directory | EXPORT_MISSING
            mount.nfs: an incorrect mount option was specified                                  | BAD_OPTION
            mount.nfs: requested NFS version or transport protocol is not supported             | PROTOCOL_UNAVAILABLE
            mount: bad option; for several filesystems (e.g. nfs, cifs) you might need a /sbin/mount.<type> helper program. | NO_NFS_CLIENT
            applyFSGroup failed for vol pvc-1: lchown /var/lib/kubelet/x: operation not permitted | FS_GROUP_REFUSED
            applyFSGroup failed for vol pvc-1: lstat /var/lib/kubelet/x/tmp: no such file or directory | FILES_WENT_AWAY
            applyFSGroup failed for vol pvc-1: something else                                   | UNKNOWN
            mount.nfs: rpc.statd is not running but is required for remote locking.            | STATD_MISSING
            mount.nfs: Permission denied                                                        | PERMISSION_DENIED
            mount error(13): Permission denied                                                  | PERMISSION_DENIED
            mount error 13 = Permission denied                                                  | PERMISSION_DENIED
            mount.nfs4: Operation not permitted                                                 | NOT_PERMITTED
            mount: /var/lib/kubelet/x: mount(2) system call failed: Operation not permitted.    | NOT_PERMITTED
            mount.nfs: Protocol not available                                                   | PROTOCOL_UNAVAILABLE
            mount.nfs: Host is down                                                             | SERVER_UNREACHABLE
            mount error(112): Host is down                                                      | SERVER_UNREACHABLE
            mount.nfs: /var/lib/kubelet/x is busy or already mounted                            | BUSY
            mount error(16): Device or resource busy                                            | BUSY
            mount error(2): No such file or directory                                           | EXPORT_MISSING
            mount error: cifs filesystem not supported by the system                            | NO_MOUNT_PROGRAM
            mount: /var/lib/kubelet/x: unknown filesystem type 'efs'.                           | NO_MOUNT_PROGRAM
            Failed to resolve "fs-1.efs.us-east-1.amazonaws.com" - check that your file system ID is correct, and ensure that the VPC has an EFS mount target for this file system ID. | SERVER_UNREACHABLE
            mount error: no mds server is up or the cluster is laggy                            | NO_METADATA_SERVER
            mount.nfs: Input/output error                                                       | INPUT_OUTPUT_ERROR
            mount.nfs: No locks available                                                       | NO_LOCKS
            mkdir /var/lib/kubelet/x: permission denied                                         | UNKNOWN
            something that nobody has seen before                                               | UNKNOWN
            """)
    void aFailedMountIsKnownByTheWordsOfTheServer(String output, CauseKind cause) {
        assertThat(causes(of("FailedMount", MOUNT_FAILED + output))).containsExactly(cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            FailedAttachVolume | Multi-Attach error for volume "pvc-1" Volume is already exclusively attached to one node and can't be attached to another | MULTI_ATTACH
            FailedAttachVolume | Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) project-2 | MULTI_ATTACH
            FailedMount | MountVolume.MountDevice failed for volume "pvc-1" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name nfs.csi.k8s.io not found in the list of registered CSI drivers | NO_DRIVER
            FailedMount | Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[home ext]: timed out waiting for the condition | TIMED_OUT
            FailedMount | Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[], failed to process volumes=[]: context deadline exceeded | TIMED_OUT
            FailedMount | MountVolume.SetUp failed for volume "pvc-1" : rpc error: code = DeadlineExceeded desc = context deadline exceeded | TIMED_OUT
            FailedMount | Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[home]: volume home has volumeMode Block, but is specified in volumeMounts | BLOCK_VOLUME
            FailedMount | Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[], failed to process volumes=[home]: error processing PVC cocalc/projects-data: failed to fetch PVC from API server: persistentvolumeclaims "projects-data" not found | CLAIM_MISSING
            FailedMount | Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[], failed to process volumes=[home]: error processing PVC cocalc/projects-data: PVC is not bound | CLAIM_PENDING
            FailedScheduling | 0/3 nodes are available: persistentvolumeclaim "projects-data" not found. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling. | CLAIM_MISSING
            FailedScheduling | 0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. | CLAIM_PENDING
            FailedScheduling | 0/3 nodes are available: persistentvolumeclaim "projects-data" is being deleted. | CLAIM_BEING_DELETED
            FailedScheduling | 0/3 nodes are available: 3 node(s) had volume node affinity conflict. | OTHER_ZONE
            FailedMount | Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[], failed to process volumes=[home]: error processing PVC cocalc/projects-data: failed to fetch PVC from API server: persistentvolumeclaims "projects-data" is forbidden: User "system:node:n1" cannot get resource "persistentvolumeclaims" in API group "" in the namespace "cocalc": no relationship found between node 'n1' and this object | CLAIM_FORBIDDEN
            FailedMount | Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[], failed to process volumes=[home]: error processing PVC cocalc/projects-data: PVC is being deleted | CLAIM_BEING_DELETED
            FailedMount | Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[], failed to process volumes=[home]: error processing PVC cocalc/projects-data: failed to fetch PV "pvc-1" from API server: persistentvolumes "pvc-1" not found | VOLUME_MISSING
            FailedMount | MountVolume.MountDevice failed for volume "pvc-1" : rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /var/lib/kubelet/plugins/csi-nfsplugin/csi.sock: connect: connection refused" | DRIVER_SILENT
            FailedMount | MountVolume.SetUp failed for volume "pvc-1" : mount failed: exit status 32 Mounting arguments: -t cifs //h/s /x Output: mount: bad option; for several filesystems (e.g. nfs, cifs) you might need a /sbin/mount.<type> helper program. | NO_MOUNT_PROGRAM
            FailedMount | MountVolume.SetUp failed for volume "settings" : configmap "settings" not found | NOT_STORAGE
            FailedMount | MountVolume.SetUp failed for volume "settings" : references non-existent config key: a | NOT_STORAGE
            FailedMount | MountVolume.SetUp failed for volume "kube-api-access-x" : failed to fetch token: serviceaccounts "x" not found | NOT_STORAGE
            FailedMount | MountVolume.SetUp failed for volume "t" : object "cocalc"/"tls" not registered | NOT_STORAGE
            FailedAttachVolume | AttachVolume.Attach failed for volume "pvc-1" : CSINode n1 does not contain driver nfs.csi.k8s.io | NO_DRIVER
            FailedAttachVolume | AttachVolume.Attach failed for volume "pvc-1" : volume attachment is being deleted | ATTACHMENT_BEING_DELETED
            FileSystemResizeFailed | MountVolume.NodeExpandVolume failed for volume "pvc-1" : rpc error: code = Internal desc = x | RESIZE_FAILED
            FailedScheduling | 0/3 nodes are available: persistentvolume "pvc-1" not found. | VOLUME_MISSING
            FailedScheduling | 0/3 nodes are available: 3 node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s). | VOLUME_MISSING
            FailedScheduling | 0/3 nodes are available: 3 node(s) did not have enough free storage. | NO_SPACE_ON_NODES
            FailedScheduling | waiting for ephemeral volume controller to create the persistentvolumeclaim "project-1-data" | CLAIM_PENDING
            FailedScheduling | PVC cocalc/project-1-data was not created for pod cocalc/project-1 (pod is not owner) | EPHEMERAL_CLAIM_OF_ANOTHER
            Failed | Failed to pull image "x:1": rpc error: code = NotFound desc = not found | NOT_STORAGE
            FailedScheduling | 0/3 nodes are available: 3 node(s) exceed max volume count. | TOO_MANY_VOLUMES
            Failed | Error: failed to prepare subPath for volumeMount "home" of container "project" | SUB_PATH_REFUSED
            """)
    void anEventOfThePodIsKnownByItsWords(String reason, String message, CauseKind cause) {
        assertThat(causes(of(reason, message))).containsExactly(cause);
    }

    /** A message may have any length; the first 4,096 characters are searched. */
    @Test
    void theMessageOfAnImageIsSearchedAtItsStart() {
        String start = "Failed to pull image \"x\": write /var/lib/containerd/x";

        assertThat(of("Failed", start + ": no space left on device " + "x".repeat(1_000_000)))
                .hasToString(
                        "the disk of the node itself is full, which is not a problem of the storage; correct the pod or"
                                + " what it names; the storage need not be looked at");
        assertThat(of("Failed", start + " x".repeat(500_000) + "/docker/x: no space left on device"))
                .hasToString(
                        "the image cannot be pulled, which is not a problem of the storage; correct the pod or what it"
                                + " names; the storage need not be looked at");
    }

    @Test
    void aTroubleThatIsNotOfStorageSaysSo() {
        assertThat(of("FailedMount", "MountVolume.SetUp failed for volume \"c\" : configmap \"c\" not found"))
                .hasToString(
                        "a config map or one of its keys is missing, which is not a problem of the storage; correct the pod or"
                                + " what it names; the storage need not be looked at");
    }

    @Test
    void whatKeepsAPodFromANodeIsReadFromThePodWhereNoEventSaysIt() {
        Pod pod = pod("readOnly: true");
        pod.getStatus()
                .setConditions(List.of(new PodConditionBuilder()
                        .withType("PodScheduled")
                        .withStatus("False")
                        .withReason("Unschedulable")
                        .withMessage("0/3 nodes are available: persistentvolumeclaim \"projects-data\" not found.")
                        .build()));

        assertThat(Diagnosis.of(pod, List.of()).causes())
                .extracting(cause -> cause.kind() + " " + cause.symptom())
                .containsExactly("CLAIM_MISSING condition PodScheduled: \"0/3 nodes are available:"
                        + " persistentvolumeclaim \\\"projects-data\\\" not found.\"");
        assertThat(causes(Diagnosis.of(pod, List.of(event("FailedScheduling", "0/3 nodes are available: volumes.")))))
                .containsExactly(CauseKind.UNKNOWN);

        pod.getStatus().getConditions().get(0).setStatus("True");
        assertThat(causes(Diagnosis.of(pod, List.of()))).isEmpty();
    }

    @Test
    void whatAPodMetThatHasSucceededIsOver() {
        Pod pod = pod("readOnly: true");
        List<Event> events = List.of(event("FailedMount", MOUNT_FAILED + "mount.nfs: Connection refused"));
        assertThat(causes(Diagnosis.of(pod, events))).containsExactly(CauseKind.SERVER_UNREACHABLE);

        pod.getStatus().setPhase("Succeeded");

        assertThat(causes(Diagnosis.of(pod, events))).isEmpty();
    }

    @Test
    void aKubeletThatWalksThroughAllFilesSaysSo() {
        assertThat(of(
                        "VolumePermissionChangeInProgress",
                        "Setting volume ownership for 1/volumes/kubernetes.io~csi/pvc-1/mount is taking longer than"
                                + " expected, consider using OnRootMismatch"))
                .hasToString(
                        "the kubelet gives every file of a volume to the pod's group (fsGroup), and there are many;"
                                + " wait; then set fsGroupChangePolicy: OnRootMismatch, so that it does not walk through all homes"
                                + " at each start");
    }

    @Test
    void aSilentDriverIsNotTakenForTheServer() {
        assertThat(of(
                        "FailedMount",
                        "MountVolume.SetUp failed for volume \"pvc-1\" : rpc error: code = Unavailable desc = connection error:"
                                + " desc = \"transport: Error while dialing: dial unix /csi/csi.sock: connect: connection"
                                + " refused\""))
                .hasToString(
                        "a CSI driver on the pod's node does not answer on its socket; see whether the driver's pod runs on"
                                + " this node, and read its log; the storage itself was not asked");
    }

    @Test
    void schedulingThatHasNothingToDoWithVolumesIsNoTroubleOfStorage() {
        Diagnosis diagnosis = of("FailedScheduling", "0/3 nodes are available: 3 Insufficient cpu.");

        assertThat(diagnosis.causes()).isEmpty();
        assertThat(diagnosis).hasToString("nothing points to the storage");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            CreateContainerConfigError | failed to prepare subPath for volumeMount "home" of container "project" | SUB_PATH_REFUSED
            CreateContainerConfigError | failed to create subPath directory for volumeMount "home" of container "project" | SUB_PATH_REFUSED
            CreateContainerConfigError | failed to create subPath directory for volumeMount "ext" of container "project" | READ_ONLY_SOURCE
            CreateContainerConfigError | container's runAsUser breaks non-root policy (pod: "project-1(1)", container: init) | NON_ROOT_POLICY
            CreateContainerConfigError | container has runAsNonRoot and image will run as root | NON_ROOT_POLICY
            CreateContainerConfigError | missing value for ID | MISSING_VARIABLE
            CreateContainerConfigError | recursive read-only mount is not supported by the runtime | RECURSIVE_READ_ONLY_UNSUPPORTED
            CreateContainerConfigError | secret "x" not found | NOT_STORAGE
            CreateContainerConfigError | configmap "settings" not found | NOT_STORAGE
            CreateContainerConfigError | couldn't find key token in Secret cocalc/hub | NOT_STORAGE
            CreateContainerConfigError | nobody has seen this before | UNKNOWN
            ErrImagePull | rpc error: code = NotFound desc = failed to pull and unpack image "registry.example/x:1": not found | NOT_STORAGE
            ImagePullBackOff | Back-off pulling image "x:1" | NOT_STORAGE
            StartError | failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/var/lib/kubelet/pods/1/volumes/kubernetes.io~nfs/home" to rootfs at "/home/user": failed to set MOUNT_ATTR_IDMAP on /var/lib/kubelet/pods/1/volumes/kubernetes.io~nfs/home: invalid argument (maybe the filesystem used doesn't support idmap mounts on this kernel?): unknown | ID_MAP_REFUSED
            StartError | failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: chdir to cwd ("/home/user") set in config.json failed: permission denied: unknown | DIRECTORY_DENIED
            RunContainerError | failed to create containerd task: OCI runtime create failed: error mounting "/var/lib/kubelet/pods/1/volumes/x" to rootfs at "/ext": stat /var/lib/kubelet/pods/1/volumes/x: permission denied: unknown | DIRECTORY_DENIED
            CreateContainerError | failed to generate container "a" spec: failed to generate spec: failed to stat "/var/lib/kubelet/pods/1/volumes/x": stat /var/lib/kubelet/pods/1/volumes/x: permission denied | DIRECTORY_DENIED
            CreateContainerError | failed to generate spec: failed to stat "/var/lib/kubelet/pods/1/volumes/x": stat /var/lib/kubelet/pods/1/volumes/x: input/output error | INPUT_OUTPUT_ERROR
            StartError | failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/var/lib/kubelet/pods/1/volumes/x" to rootfs at "/home/user/ext": mkdirat /run/containerd/x: read-only file system: unknown | MOUNT_POINT_MISSING
            StartError | failed to create containerd task: OCI runtime create failed: error mounting "/var/lib/kubelet/pods/1/volume-subpaths/home/project/0" to rootfs at "/home/user": not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)? | NOT_A_DIRECTORY
            StartError | error mounting "/var/lib/kubelet/pods/1/volumes/x" to rootfs at "/ext": stat /var/lib/kubelet/pods/1: stale NFS file handle: unknown | STALE_HANDLE
            StartError | exec: "no-such-program": executable file not found in $PATH | NOT_STORAGE
            StartError | OCI runtime create failed: unable to start container process: exec: "/usr/bin/x": stat /usr/bin/x: no such file or directory: unknown | NOT_STORAGE
            """)
    void aContainerThatCannotBeMadeIsKnownByItsMessage(String reason, String message, CauseKind cause) {
        assertThat(causes(Diagnosis.of(waiting(reason, message), List.of()))).containsExactly(cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            cp: cannot create regular file '/home/user/.bashrc': Permission denied           | WRONG_OWNER_OF_HOME
            Error: EIO: i/o error, open '/home/user/x'                                        | INPUT_OUTPUT_ERROR
            OSError: [Errno 121] Remote I/O error: '/home/user/x'                              | INPUT_OUTPUT_ERROR
            Error: EPERM: operation not permitted, chown '/home/user/x'                        | CHOWN_REFUSED
            Error: ENOTCONN: socket is not connected, scandir '/home/user'                    | MOUNT_BROKEN
            Error: Unknown system error -116: Unknown system error -116, open '/home/user/x'  | STALE_HANDLE
            Error: Unknown system error -122: Unknown system error -122, open '/home/user/x'  | STORAGE_FULL
            bash: /home/user/x: Permission denied                                            | WRONG_OWNER_OF_HOME
            mkdir: cannot create directory ‘/home/user/a b’: Permission denied               | WRONG_OWNER_OF_HOME
            PermissionError: [Errno 13] Permission denied: '/home/user/x'                    | WRONG_OWNER_OF_HOME
            Error: EACCES: permission denied, open '/home/user/x'                             | WRONG_OWNER_OF_HOME
            java.nio.file.AccessDeniedException: /home/user/x                                | WRONG_OWNER_OF_HOME
            chown: changing ownership of '/home/user': Invalid argument                      | CHOWN_REFUSED
            touch: cannot touch '/home/user/x': Disk quota exceeded                          | STORAGE_FULL
            touch: cannot touch '/home/user/x': No space left on device                      | STORAGE_FULL
            cat: /home/user/x: Input/output error                                            | INPUT_OUTPUT_ERROR
            error: could not lock config file .git/config: No locks available                | NO_LOCKS
            ls: cannot access '/home/user': Stale file handle                                | STALE_HANDLE
            touch: cannot touch '/ext/x': Read-only file system                              | READ_ONLY_MOUNT
            ls: cannot open directory '/ext/jupyter': Permission denied                      | SOFTWARE_NOT_READABLE
            chown: changing ownership of '/home/user': Operation not permitted               | CHOWN_REFUSED
            chown: /home/user: Operation not permitted                                       | CHOWN_REFUSED
            chown: changing ownership of '/home/user': Permission denied                     | CHOWN_REFUSED
            setfattr: /home/user/x: Operation not permitted                                  | UNKNOWN
            /home/user/run.sh: line 3: /home/user/out.txt: Permission denied                 | WRONG_OWNER_OF_HOME
            /home/user/run.sh: 3: cannot create /ext/x: Permission denied                    | SOFTWARE_NOT_READABLE
            File "/home/user/a.py", line 3: PermissionError: [Errno 13] Permission denied: '/ext/x' | SOFTWARE_NOT_READABLE
            """)
    void aLineOfALogIsKnownByItsWordsAndItsPath(String line, CauseKind cause) {
        assertThat(causes(Diagnosis.of(pod("readOnly: true"), List.of(), List.of("hello", line))))
                .containsExactly(cause);
    }

    @Test
    void deniedOnAReadWriteMountOfTheSoftwareIsAMatterOfItsOwner() {
        Diagnosis diagnosis = Diagnosis.of(
                pod("readOnly: false"), List.of(), List.of("touch: cannot touch '/ext/x': Permission denied"));

        assertThat(diagnosis)
                .hasToString(
                        "the mount of the software is read-write, but its files are not (at \"/ext/x\"):"
                                + " the root of a fresh claim is root's; run the Job cocalc-claim-preparation once, which gives the root"
                                + " of the software claim to 2001 (cocalc-storage objects --software-owner-image IMAGE prints it)");
    }

    @Test
    void sharesOfRootAreExplainedWithTheirCure() {
        Pod service = Manifests.pod("""
                metadata: { name: manage-share, namespace: cocalc, uid: "1" }
                spec:
                  containers:
                    - name: manage-share
                      volumeMounts:
                        - { name: data, mountPath: /projects, subPath: projects, readOnly: true }
                        - { name: data, mountPath: /shares, subPath: shares }
                  volumes:
                    - { name: data, persistentVolumeClaim: { claimName: projects-data } }
                status: {}
                """);

        assertThat(Diagnosis.of(service, List.of(), List.of("java.nio.file.AccessDeniedException: /shares/1")))
                .hasToString("the service may not write to the shares (at \"/shares/1\"): the kubelet makes their"
                        + " directory as root; run the Job cocalc-claim-preparation once, which gives the directory of all shares"
                        + " to 2001 (cocalc-storage objects --software-owner-image IMAGE prints it)");
    }

    @Test
    void homesThatAServiceMayNotMakeAreAMatterOfTheirDirectory() {
        Pod service = Manifests.pod("""
                metadata: { name: manage-copy, namespace: cocalc }
                spec:
                  containers:
                    - name: manage-copy
                      volumeMounts: [{ name: data, mountPath: /projects, subPath: projects }]
                  volumes:
                    - { name: data, persistentVolumeClaim: { claimName: projects-data } }
                status: {}
                """);

        assertThat(Diagnosis.of(service, List.of(), List.of("java.nio.file.AccessDeniedException: /projects/1")))
                .hasToString(
                        "the service may not make homes (at \"/projects/1\"): the kubelet makes the directory of all"
                                + " homes as root; run the Job cocalc-claim-preparation once, which gives the directory of all"
                                + " homes to 2001 (cocalc-storage objects --software-owner-image IMAGE prints it)");
        assertThat(causes(Diagnosis.of(
                        service, List.of(), List.of("java.nio.file.AccessDeniedException: /projects/1/x"))))
                .containsExactly(CauseKind.WRONG_OWNER_OF_HOME);
    }

    @Test
    void aCauseNamesWhatItIsAboutAsTheClusterWroteIt() {
        Pod pod = pod("readOnly: true");
        pod.getSpec().setNodeName("n1");
        List<Event> events = List.of(
                event(
                        "FailedScheduling",
                        "persistentvolumeclaim \"a\\b\" not found, persistentvolumeclaim \"c\" not found"),
                event("FailedMount", "driver name nfs.csi.k8s.io not found in the list of registered CSI drivers"),
                event("Failed", "Error: failed to prepare subPath for volumeMount \"home\" of container \"project\""));

        List<Cause> causes = Diagnosis.of(pod, events, List.of("touch: '/home/user/ä': No space left on device"))
                .causes();

        assertThat(causes)
                .extracting(cause -> cause.kind() + " " + cause.kind().about() + " "
                        + cause.subject().orElse("-") + " " + cause.detail().orElse("-"))
                .containsExactly(
                        "CLAIM_MISSING CLAIM c -",
                        "NO_DRIVER NODE n1 nfs.csi.k8s.io",
                        "SUB_PATH_REFUSED VOLUME home -",
                        "STORAGE_FULL PATH /home/user/ä -");
    }

    @Test
    void aFreshHomeOfRootIsExplainedWithItsCure() {
        Diagnosis diagnosis = Diagnosis.of(
                pod("readOnly: true"),
                List.of(),
                List.of("cp: cannot create regular file '/home/user/.bashrc': Permission denied"));

        assertThat(diagnosis)
                .hasToString("the project's user may not write to its home (at \"/home/user/.bashrc\"): the"
                        + " kubelet makes a missing home as root; set manage.project.fixPermissionsInit: true, which needs a"
                        + " storage that trusts root (no_root_squash), or let the server map everybody to 2001");
    }

    @Test
    void whatIsDeniedElsewhereIsNoTroubleOfStorage() {
        assertThat(causes(Diagnosis.of(
                        pod("readOnly: true"),
                        List.of(),
                        List.of(
                                "cat: /etc/shadow: Permission denied",
                                "[I 10:00] 403 GET /ext/x (10.0.0.1) Permission denied",
                                "cat: /home/username/x: Permission denied",
                                "Permission denied (publickey).",
                                "/home/user/run.sh: line 3: ./x: Permission denied",
                                "/home/user/a.py:12: permission denied for table x",
                                "File \"/home/user/a.py\", line 3: PermissionError: [Errno 13] Permission denied: '/etc/x'",
                                "cp: '/home/user/x': Invalid argument",
                                "x: Permission denied"))))
                .isEmpty();
    }

    @Test
    void twoVolumesOnOneClaimAreToldFromASlowServer() {
        Pod pod = pod("readOnly: true");
        pod.getSpec().getVolumes().get(1).getPersistentVolumeClaim().setClaimName("projects-data");

        Diagnosis diagnosis = Diagnosis.of(
                pod,
                List.of(event(
                        "FailedMount",
                        "Unable to attach or mount volumes: unmounted volumes=[ext], unattached volumes=[]: timed out"
                                + " waiting for the condition")));

        assertThat(diagnosis)
                .hasToString("volumes \"home, ext\" of the pod are on one claim, \"projects-data\"; kubelets"
                        + " before 1.35.6 and 1.36.3 then wait for ever; use one volume for a claim, with readOnly and subPath on"
                        + " its mounts");
    }

    @Test
    void waitingSaysNothingNewBesideAReason() {
        Diagnosis diagnosis = Diagnosis.of(
                pod("readOnly: true"),
                List.of(
                        event("FailedMount", "Unable to attach or mount volumes: unmounted volumes=[home]: timed out"),
                        event("FailedMount", MOUNT_FAILED + "mount.nfs: access denied by server while mounting x"),
                        event("FailedMount", MOUNT_FAILED + "mount.nfs: access denied by server while mounting y")));

        assertThat(causes(diagnosis)).containsExactly(CauseKind.ACCESS_DENIED);
    }

    @Test
    void aClaimThatNoClusterCanHaveIsMissingForAnotherReason() {
        assertThat(of(
                        "FailedScheduling",
                        "0/1 nodes are available: persistentvolumeclaim \"Projects_DATA\" not found."))
                .hasToString(
                        "claim \"Projects_DATA\" does not exist in the pod's namespace; no claim can have this name"
                                + " (a DNS-1123 subdomain in lower case); correct the name in values.yaml");
        assertThat(of("FailedScheduling", "0/1 nodes are available: persistentvolumeclaim \"missing\" not found."))
                .hasToString("claim \"missing\" does not exist in the pod's namespace; create the claim, or correct the"
                        + " name in values.yaml; the pod then starts by itself");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            FailedBinding        | no persistent volumes available for this claim and no storage class is set | NO_DEFAULT_CLASS
            ProvisioningFailed   | storageclass.storage.k8s.io "nfs" not found | CLASS_MISSING
            ProvisioningFailed   | failed to provision volume with StorageClass "nfs": error creating export: no space left on device | PROVISIONING_FAILED
            ExternalProvisioning | Waiting for a volume to be created either by the external provisioner 'cluster.local/nfs' or manually by the system administrator. | WAITING_FOR_PROVISIONER
            FailedBinding        | no persistent volumes available | CLAIM_PENDING
            FailedBinding        | volume "pvc-1" already bound to a different claim. | VOLUME_MISMATCH
            ClaimLost            | Bound claim has lost its PersistentVolume. Data on the volume is lost! | CLAIM_LOST
            ClaimLost            | Bound claim has lost reference to PersistentVolume. Data on the volume is lost! | CLAIM_LOST
            ClaimMisbound        | Two claims are bound to the same volume, this one is bound incorrectly | CLAIM_MISBOUND
            VolumeMismatch       | Cannot bind to requested volume "pvc-1": requested PV is too small | VOLUME_MISMATCH
            VolumeResizeFailed   | resize volume "pvc-1" by resizer "nfs" failed: rpc error: code = Internal desc = x | RESIZE_FAILED
            """)
    void anEventOfThePodsClaimIsReadToo(String reason, String message, CauseKind cause) {
        Event event = event(reason, message);
        event.getInvolvedObject().setKind("PersistentVolumeClaim");
        event.getInvolvedObject().setName("projects-data");

        assertThat(causes(Diagnosis.of(pod("readOnly: true"), List.of(event)))).containsExactly(cause);

        event.getInvolvedObject().setName("claim-of-others");
        assertThat(Diagnosis.of(pod("readOnly: true"), List.of(event)).causes()).isEmpty();
    }

    @Test
    void eventsOfOtherPodsAndNamespacesArePassedOver() {
        Event otherPod = event("FailedMount", "stale NFS file handle");
        otherPod.getInvolvedObject().setName("project-2");
        Event earlierPod = event("FailedMount", "stale NFS file handle");
        earlierPod.getInvolvedObject().setUid("another");
        Event otherNamespace = event("FailedMount", "stale NFS file handle");
        otherNamespace.getInvolvedObject().setNamespace("another");
        Event node = event("FailedMount", "stale NFS file handle");
        node.getInvolvedObject().setKind("Node");

        assertThat(Diagnosis.of(pod("readOnly: true"), List.of(otherPod, earlierPod, otherNamespace, node))
                        .causes())
                .isEmpty();
    }

    @Test
    void eventsFromBeforeEverythingRanAreOver() {
        Pod pod = pod("readOnly: true");
        pod.getStatus()
                .setContainerStatuses(List.of(new ContainerStatusBuilder()
                        .withName("project")
                        .withNewState()
                        .withNewRunning()
                        .endRunning()
                        .endState()
                        .build()));

        assertThat(Diagnosis.of(pod, List.of(event("FailedMount", "stale NFS file handle")))
                        .causes())
                .isEmpty();
    }

    @Test
    void theLastWordsOfAnInitContainerAreRead() {
        Pod pod = pod("readOnly: true");
        pod.getStatus()
                .setInitContainerStatuses(List.of(new ContainerStatusBuilder()
                        .withName("fix-permissions")
                        .withNewState()
                        .withNewWaiting()
                        .withReason("CrashLoopBackOff")
                        .withMessage("back-off 10s restarting failed container")
                        .endWaiting()
                        .endState()
                        .withNewLastState()
                        .withNewTerminated()
                        .withReason("Error")
                        .withExitCode(1)
                        .withMessage("looking at the home\nchown: /home/user: Operation not permitted")
                        .endTerminated()
                        .endLastState()
                        .build()));

        assertThat(Diagnosis.of(pod, List.of()))
                .hasToString(
                        "root may not change the owner of"
                                + " \"/home/user\": the server squashes root; export with no_root_squash (StorageClass parameter"
                                + " rootSquash: \"false\"), or set fixPermissionsInit: false and let the server map everybody to 2001");
    }

    @Test
    void theEventsOfAClaimThatIsMadeForThePodAreRead() {
        Pod pod = Manifests.pod("""
                metadata: { name: project-1, namespace: cocalc }
                spec:
                  containers: [{ name: project, volumeMounts: [{ name: scratch, mountPath: /scratch }] }]
                  volumes: [{ name: scratch, ephemeral: { volumeClaimTemplate: { spec: {} } } }]
                status: {}
                """);

        assertThat(Diagnosis.of(
                                pod,
                                List.of(
                                        Symptomatic.event(
                                                "PersistentVolumeClaim",
                                                "project-1-scratch",
                                                "ProvisioningFailed",
                                                "storageclass.storage.k8s.io \"fast\" not found"),
                                        Symptomatic.event(
                                                "PersistentVolumeClaim", "other", "ClaimLost", "Bound claim has lost")))
                        .causes())
                .extracting(cause -> cause.kind() + " " + cause.subject().orElse(""))
                .containsExactly("CLASS_MISSING project-1-scratch");
    }

    @Test
    void anUnknownTextSaysSoAndIsShownInOneLine() {
        assertThat(of("FailedMount", "what\nis \u202ethis"))
                .hasToString("this is not a storage problem that is known"
                        + " here: event \"FailedMount\": \"what\\u000ais \\u202ethis\"; read the message, and the log of the"
                        + " kubelet on the pod's node");
    }

    private static Diagnosis of(String reason, String message) {
        return Diagnosis.of(pod("readOnly: true"), List.of(event(reason, message)));
    }

    private static List<CauseKind> causes(Diagnosis diagnosis) {
        return diagnosis.causes().stream().map(Cause::kind).toList();
    }

    private static Event event(String reason, String message) {
        return new EventBuilder()
                .withReason(reason)
                .withMessage(message)
                .withType("Warning")
                .withNewInvolvedObject()
                .withKind("Pod")
                .withNamespace("cocalc")
                .withName("project-1")
                .withUid("1")
                .endInvolvedObject()
                .build();
    }

    private static Pod waiting(String reason, String message) {
        return Symptomatic.waiting(pod("readOnly: true"), reason, message);
    }

    private static Pod pod(String readOnly) {
        return Manifests.pod("""
                metadata: { name: project-1, namespace: cocalc, uid: "1" }
                spec:
                  containers:
                    - name: project
                      env: [{ name: EXT, value: /ext/ }]
                      volumeMounts:
                        - { name: home, mountPath: /home/user, subPath: projects/1 }
                        - { name: ext, mountPath: /ext, %s }
                        - { name: tmp, mountPath: /tmp }
                  volumes:
                    - { name: home, persistentVolumeClaim: { claimName: projects-data } }
                    - { name: ext, persistentVolumeClaim: { claimName: projects-software, %s } }
                    - { name: tmp, emptyDir: {} }
                status: {}
                """.formatted(readOnly, readOnly));
    }
}
