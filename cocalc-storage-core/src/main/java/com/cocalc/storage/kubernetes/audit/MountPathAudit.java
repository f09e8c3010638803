package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.ServiceAccountToken;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.MountView;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
import com.cocalc.storage.kubernetes.pod.RuntimePaths;
import com.cocalc.storage.kubernetes.pod.VolumeSourceKind;
import com.cocalc.storage.kubernetes.pod.VolumeView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Checks the mount paths of a container, each alone and together. */
final class MountPathAudit {

    private static final Set<String> OF_KUBELET = Set.of("/etc/hosts", "/etc/hostname", "/etc/resolv.conf");

    /**
     * What a container needs to start, and no volume may replace. runc leaves a volume at any other device as it is, so
     * the container starts without that device.
     */
    private static final Set<String> OF_RUNTIME = Set.of("/dev", "/dev/null", "/dev/ptmx");

    /** Files of the image in which the runtime looks for the user and the groups of a container. */
    private static final Set<String> ACCOUNTS = Set.of("/etc/passwd", "/etc/group");

    private final Expected expected;
    private final Findings findings;

    MountPathAudit(Expected expected, Findings findings) {
        this.expected = expected;
        this.findings = findings;
    }

    void check(ContainerView container) {
        List<MountView> mounts = container.mounts();
        PathIndex index = new PathIndex(mounts.size());
        for (int i = 0; i < mounts.size(); i++) {
            MountView mount = mounts.get(i);
            if (mount.path().isEmpty()) {
                continue; // the server refuses it
            }
            checkAlone(container, mount);
            int same = index.add(i, mount.path());
            if (same >= 0) {
                findings.add(
                        AuditRule.SAME_PLACE,
                        mount.at().child("mountPath"),
                        container.name() + " mounts " + written(mounts.get(same)) + " and " + written(mount)
                                + " at the same place");
            }
        }
        for (MountView mount : mounts) {
            if (mount.path().equals(ServiceAccountToken.PLACE) && mount.claim().isEmpty()) {
                continue; // the server puts it there, whatever is mounted above
            }
            int above = mount.path().isEmpty() ? -1 : index.findAbove(mount.path());
            if (above >= 0 && !isMadeByKubelet(mount, mounts.get(above))) {
                checkNested(container, mount.at().child("mountPath"), written(mount), mounts.get(above));
            }
        }
        checkOther(container, index);
    }

    /** Checks what is made inside a mount without being a mount of a volume. */
    private void checkOther(ContainerView container, PathIndex index) {
        List<MountView> mounts = container.mounts();
        container.devicePaths().forEach((at, path) -> {
            int above = index.findAbove(path);
            if (above >= 0) {
                checkNested(container, at, MessageText.quoted(path), mounts.get(above));
            }
        });
        String message = container.terminationMessagePath();
        int aboveMessage = index.findAbove(message);
        if (aboveMessage >= 0 && !message.equals(PlacedContainer.TERMINATION_MESSAGE_PATH)) {
            FieldPath at = container.at().child("terminationMessagePath");
            String file = "the file of its termination message, " + MessageText.quoted(message) + ",";
            checkNested(container, at, file, mounts.get(aboveMessage));
        }
        checkWorkingDirectory(container, index);
    }

    private void checkWorkingDirectory(ContainerView container, PathIndex index) {
        String directory = container.workingDirectory();
        if (directory.isEmpty()) {
            return; // the image says it
        }
        FieldPath at = container.at().child("workingDir");
        if (!directory.startsWith("/")) {
            findings.add(
                    AuditRule.WORKING_DIRECTORY_RELATIVE,
                    at,
                    "workingDir of " + container.name() + " is " + MessageText.quoted(directory));
            return;
        }
        List<MountView> mounts = container.mounts();
        String clean = CleanedPath.absolute(directory);
        int above = index.findAbove(clean);
        if (above >= 0
                && !isMountPath(clean, mounts)
                && expected.claims().contains(mounts.get(above).claim())) {
            findings.add(
                    AuditRule.WORKING_DIRECTORY,
                    at,
                    container.name() + " starts in " + MessageText.quoted(clean) + ", inside "
                            + written(mounts.get(above)));
        }
    }

    private static boolean isMountPath(String path, List<MountView> mounts) {
        return mounts.stream().anyMatch(mount -> mount.path().equals(path));
    }

    private void checkNested(ContainerView container, FieldPath at, String nested, MountView parent) {
        boolean ours = expected.claims().contains(parent.claim());
        AuditRule rule = !parent.isReadOnly()
                ? (ours ? AuditRule.NESTED_IN_CLAIM : null)
                : !ours && isFilledByOthers(parent) ? AuditRule.DIRECTORY_MUST_EXIST : AuditRule.NESTED_IN_READ_ONLY;
        if (rule != null) {
            findings.add(rule, at, container.name() + " mounts " + nested + " inside " + written(parent));
        }
    }

    /**
     * Returns whether the kubelet makes the mount point: a directory in the root of a volume that it writes. A part of
     * another such volume is a file, which cannot be mounted there.
     */
    private static boolean isMadeByKubelet(MountView mount, MountView parent) {
        boolean isFile = isWrittenByKubelet(mount) && !mount.part().written().isEmpty();
        return isWrittenByKubelet(parent) && parent.part().isWhole() && !isFile;
    }

    /**
     * Returns whether a read-only volume may have a directory that the kubelet does not make: one that outlives the
     * pod, an image, or a directory of the pod that another mount writes to.
     */
    private static boolean isFilledByOthers(MountView mount) {
        VolumeView volume = mount.volume();
        return volume != null
                && !isWrittenByKubelet(mount)
                && (volume.kind() != VolumeSourceKind.EMPTY_DIR || volume.isUsedWritable());
    }

    private static boolean isWrittenByKubelet(MountView mount) {
        VolumeView volume = mount.volume();
        VolumeSourceKind kind = volume == null ? null : volume.kind();
        return kind != null && kind.isWrittenByKubelet();
    }

    private static String written(MountView mount) {
        return MessageText.quoted(Absent.asEmpty(mount.mount().getMountPath()));
    }

    private void checkAlone(ContainerView container, MountView mount) {
        String text = Absent.asEmpty(mount.mount().getMountPath());
        String clean = mount.path();
        if (clean.equals("/")) {
            report(AuditRule.MOUNT_PATH_ROOT, mount);
        } else if (CleanedPath.isAtOrBelow(clean, "/proc") && !isFileOfProc(mount)) {
            report(AuditRule.MOUNT_PATH_IN_PROC, mount);
        } else if (RuntimePaths.isInTreeOfKernel(clean) || OF_RUNTIME.contains(clean)) {
            report(AuditRule.MOUNT_PATH_OF_RUNTIME, mount);
        } else if (CleanedPath.isAtOrBelow(clean, container.terminationMessagePath())) {
            findings.add(
                    AuditRule.MOUNT_PATH_OF_RUNTIME,
                    mount.at().child("mountPath"),
                    "mountPath is " + written(mount)
                            + ", and the kubelet mounts the file of the termination message at "
                            + MessageText.quoted(container.terminationMessagePath()));
        } else if (clean.equals("/etc") && !mount.claim().isEmpty()) {
            report(AuditRule.MOUNT_PATH_ETC, mount);
        } else if (OF_KUBELET.contains(clean)) {
            report(AuditRule.MOUNT_PATH_OF_KUBELET, mount);
        } else if (ACCOUNTS.contains(clean) && isDirectory(mount)) {
            report(AuditRule.MOUNT_PATH_OF_ACCOUNTS, mount);
        }
        if (!text.startsWith("/")) {
            report(AuditRule.MOUNT_PATH_RELATIVE, mount);
        }
        if (CleanedPath.isTooLong(text)
                || text.getBytes(StandardCharsets.UTF_8).length > RuntimePaths.LONGEST_MOUNT_PATH) {
            report(AuditRule.MOUNT_PATH_TOO_LONG, mount);
        }
        if (CleanedPath.hasBackstep(text)) {
            report(AuditRule.MOUNT_PATH_DOT_DOT, mount);
        }
        checkCharacters(text, mount);
    }

    /** Returns whether a file may be mounted there; claims are directories, and their parts usually are. */
    private static boolean isFileOfProc(MountView mount) {
        return RuntimePaths.isReplaceableInProc(mount.path()) && mount.claim().isEmpty();
    }

    /** Returns whether a mount is a directory for certain; a part of a volume and a hostPath can be files. */
    private static boolean isDirectory(MountView mount) {
        VolumeView volume = mount.volume();
        return volume != null
                && volume.kind() != VolumeSourceKind.HOST_PATH
                && mount.part().isWhole();
    }

    private void checkCharacters(String text, MountView mount) {
        boolean odd = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                report(AuditRule.MOUNT_PATH_COLON, mount);
            } else if (c == 0) {
                report(AuditRule.MOUNT_PATH_NUL, mount);
            } else {
                odd |= c <= ' ' || (c >= 0x7f && (Character.isWhitespace(c) || Character.isISOControl(c)));
            }
        }
        if (odd) {
            report(AuditRule.MOUNT_PATH_BLANK, mount);
        }
    }

    private void report(AuditRule rule, MountView mount) {
        findings.add(rule, mount.at().child("mountPath"), "mountPath is " + written(mount));
    }
}
