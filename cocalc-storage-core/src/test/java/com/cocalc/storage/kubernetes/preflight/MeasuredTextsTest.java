package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a kubelet with containerd 1.7 and runc 1.1.15 said of pods that it could not start. */
class MeasuredTextsTest {

    private static final String RUNC =
            "failed to create containerd task: failed to create shim task: OCI runtime create"
                    + " failed: runc create failed: ";
    private static final String INIT = RUNC + "unable to start container process: error during container init: ";
    private static final String ROOT = "/run/containerd/io.containerd.runtime.v2.task/k8s.io/"
            + "36bdfc9093b14bec8831c5bae9286c1036bdfc9093b14bec8831c5bae9286c10/rootfs";

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("project-1")
                .withNamespace("cocalc")
                .endMetadata()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build();
    }

    private static List<CauseKind> kinds(Diagnosis diagnosis) {
        return diagnosis.causes().stream().map(Cause::kind).toList();
    }

    private static List<CauseKind> ofEvents(String reason, String... messages) {
        List<Event> events = List.of(messages).stream()
                .map(message -> Symptomatic.event("Pod", "project-1", reason, message))
                .toList();
        return kinds(Diagnosis.of(pod(), events));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            CreateContainerConfigError | error SubPath `/abs` must not be an absolute path | SUB_PATH_NOT_ALLOWED
            CreateContainerConfigError | unable to provision SubPath `a/../b`: must not contain '..' | SUB_PATH_NOT_ALLOWED
            CreateContainerConfigError | stat /srv/none: no such file or directory | NODE_DIRECTORY_MISSING
            StartError | RUNC Cwd must be an absolute path: unknown | WORKING_DIRECTORY_REFUSED
            StartError | INIT mkdir /bin/busybox: not a directory: unknown | WORKING_DIRECTORY_REFUSED
            StartError | INIT mkdir /e/new: read-only file system: unknown | WORKING_DIRECTORY_REFUSED
            StartError | INIT mkdir /home/user/link: file exists: unknown | WORKING_DIRECTORY_REFUSED
            StartError | INIT mkdir /home/user/new: permission denied: unknown | DIRECTORY_DENIED
            StartError | INIT error mounting "/var/lib/kubelet/pods/1/volumes/kubernetes.io~empty-dir/e" to rootfs at "/proc": create mount destination for /proc mount: check proc-safety of /proc mount: "ROOT/proc" cannot be mounted because it is not of type proc: unknown | MOUNT_PATH_REFUSED
            StartError | INIT error mounting "/var/lib/kubelet/pods/1/volumes/kubernetes.io~empty-dir/e" to rootfs at "/proc/self": create mount destination for /proc/self mount: check proc-safety of /proc/self mount: "ROOT/proc/1" cannot be mounted because it is inside /proc: unknown | MOUNT_PATH_REFUSED
            RunContainerError | INIT can't mask paths: open /dev/null: no such file or directory: unknown | MOUNT_PATH_REFUSED
            StartError | INIT error setting up ptmx: unlinkat ROOT/dev/ptmx: device or resource busy: unknown | MOUNT_PATH_REFUSED
            StartError | INIT error reopening /dev/null inside container: open /dev/null: is a directory: unknown | MOUNT_PATH_REFUSED
            StartError | RUNC unable to start container process: error closing exec fds: open /proc/self/fd: no such file or directory: unknown | MOUNT_PATH_REFUSED
            StartError | INIT error mounting "/var/lib/kubelet/pods/1/volumes/kubernetes.io~empty-dir/e" to rootfs at "/dev/pts/0": create mount destination for /dev/pts/0 mount: mkdirat ROOT/dev/pts/0: operation not permitted: unknown | MOUNT_PATH_REFUSED
            StartError | INIT error mounting "/var/lib/kubelet/pods/1/volumes/kubernetes.io~empty-dir/e" to rootfs at "/aaa": create mount destination for /aaa mount: lstat ROOT/aaa: file name too long: unknown | MOUNT_PATH_REFUSED
            StartError | INIT error mounting "/var/lib/kubelet/pods/1/etc-hosts" to rootfs at "/etc/hosts": create mount destination for /etc/hosts mount: create target of file bind-mount: mknod regular file ROOT/etc/hosts: read-only file system: unknown | MOUNT_POINT_MISSING
            StartError | INIT error mounting "/var/lib/kubelet/pods/1/containers/c/6c653423" to rootfs at "/tmp": mount /var/lib/kubelet/pods/1/containers/c/6c653423:/tmp (via /proc/self/fd/6), flags: 0x5000: not a directory: unknown | NOT_A_DIRECTORY
            StartError | INIT error mounting "/var/lib/kubelet/pods/1/volume-subpaths/p/c/3" to rootfs at "/data/abs": create mount destination for /data/abs mount: cannot mkdir in ROOT/data/t: not a directory: unknown | NOT_A_DIRECTORY
            CreateContainerError | failed to create containerd container: cannot load seccomp profile "/var/lib/kubelet/seccomp/x.json": open /var/lib/kubelet/seccomp/x.json: no such file or directory | NOT_STORAGE
            RunContainerError | INIT error setting cgroup config for procHooks process: unable to set memory limit to 1048576 (current usage: 12988416, peak usage: 13135872): unknown | NOT_STORAGE
            StartError | RUNC unable to start container process: exec: "/etc": is a directory: unknown | NOT_STORAGE
            """)
    void aContainerThatDoesNotStart(String reason, String message, CauseKind cause) {
        String text = message.replace("RUNC ", RUNC).replace("INIT ", INIT).replace("ROOT", ROOT);

        assertThat(kinds(Diagnosis.of(Symptomatic.waiting(pod(), reason, text), List.of())))
                .containsExactly(cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[v]: volume v has volumeMode Filesystem, but is specified in volumeDevices | FILESYSTEM_AS_DEVICE
            Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[v]: failed to get Plugin from volumeSpec for volume "v" err=no volume plugin matched | NO_VOLUME_PLUGIN
            MountVolume.NewMounter initialization failed for volume "v" : volume mode "Ephemeral" not supported by driver nope.csi.io (no CSIDriver object) | NO_DRIVER
            MountVolume.NewMounter initialization failed for volume "v" : volume mode "Ephemeral" not supported by driver nope.csi.io (only supports ["Persistent"]) | VOLUME_REFUSED
            MountVolume.NewMounter initialization failed for volume "v" : path "/srv/none" does not exist | NODE_DIRECTORY_MISSING
            MountVolume.NodeAffinity check failed for volume "v" : no matching NodeSelectorTerms | OTHER_ZONE
            MountVolume.SetUp failed for volume "v" : CephFS: mount failed: mount failed: exit status 1 Mounting command: mount Mounting arguments: -t ceph -o <masked>,<masked> 127.0.0.1:6789:/ /var/lib/kubelet/pods/1/volumes/kubernetes.io~cephfs/v Output: unable to read secretfile: No such file or directory error reading secret file: -22 failed to parse ceph_options | VOLUME_SECRET_MISSING
            MountVolume.SetUp failed for volume "v" : mount failed: exit status 32 Mounting command: mount Mounting arguments: -t nfs 127.0.0.1:/x /var/lib/kubelet/pods/1/volumes/kubernetes.io~nfs/v Output: mount.nfs: failed to prepare mount: No such device | NO_NFS_CLIENT
            MountVolume.SetUp failed for volume "v" : medium HugePages: hugePages storage requested, but there is no resource request for huge pages | NOT_STORAGE
            MountVolume.SetUp failed for volume "v" : failed to exec 'git clone -- /nowhere': fatal: repository '/nowhere' does not exist : exit status 1 | NOT_STORAGE
            MountVolume.SetUp failed for volume "v" : somebody says something that nobody has heard before | UNKNOWN
            """)
    void aVolumeThatCannotBeMounted(String message, CauseKind cause) {
        String waiting =
                "Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[v]: timed out waiting for the"
                        + " condition";

        assertThat(ofEvents("FailedMount", message, waiting)).containsExactly(cause);
    }

    @Test
    void aSandboxFailsForAGroupWithoutAUser() {
        String message = "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to generate sandbox"
                + " container spec options: failed to generate user string: user group \"5\" is specified without user";

        assertThat(ofEvents("FailedCreatePodSandBox", message)).containsExactly(CauseKind.GROUP_WITHOUT_USER);
    }

    @Test
    void aSandboxWithoutANetworkIsNotLookedAt() {
        String message =
                "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox"
                        + " \"1\": plugin type=\"flannel\" failed (add): open /run/flannel/subnet.env: no such file or directory";

        assertThat(ofEvents("FailedCreatePodSandBox", message)).isEmpty();
    }
}
