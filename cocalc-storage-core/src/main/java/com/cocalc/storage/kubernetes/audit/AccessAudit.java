package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.MountView;
import com.cocalc.storage.kubernetes.pod.PlacedContainer.Kind;
import com.cocalc.storage.kubernetes.pod.PodView;
import com.cocalc.storage.kubernetes.pod.VolumeView;
import io.fabric8.kubernetes.api.model.VolumeMount;
import org.jspecify.annotations.Nullable;

/** Checks that mounts of the installation's storage are writable exactly where they may be. */
final class AccessAudit {

    private final Expected expected;
    private final Findings findings;

    AccessAudit(Expected expected, Findings findings) {
        this.expected = expected;
        this.findings = findings;
    }

    void check(ContainerView container, PodView pod) {
        for (MountView mount : container.mounts()) {
            if (!mount.claim().isEmpty()) {
                StorageMount allowed = findAllowed(mount);
                if (allowed != null) {
                    checkAccess(container, mount, allowed, pod);
                }
            }
            checkOptions(container, mount);
        }
    }

    /** Returns the expected mount of that part of the claim, or of the claim if no such part is expected. */
    private @Nullable StorageMount findAllowed(MountView mount) {
        StorageMount allowed = null;
        String path = mount.part().isKnown() ? mount.part().path() : "";
        for (StorageMount candidate : expected.mounts()) {
            if (candidate.claim().value().equals(mount.claim())) {
                boolean within = CleanedPath.isAtOrBelow(path, Expected.partOf(candidate))
                        || Expected.partOf(candidate).isEmpty();
                if (allowed == null || within) {
                    allowed = candidate;
                }
            }
        }
        return allowed;
    }

    private void checkAccess(ContainerView container, MountView mount, StorageMount allowed, PodView pod) {
        boolean readOnly = mount.isReadOnly();
        boolean toBeReadOnly = Expected.isReadOnly(allowed);
        if (toBeReadOnly && !readOnly) {
            findings.add(
                    AuditRule.WRITABLE,
                    mount.at("readOnly", mount.mount().getReadOnly()),
                    container.name() + " can write to " + shown(mount, allowed) + expected.because(allowed));
        } else if (!toBeReadOnly
                && readOnly
                && container.kind() == Kind.REGULAR
                && isInPlace(mount, allowed)
                && !isWrittenElsewhere(container, mount, allowed, pod)) {
            reportReadOnly(container, mount, allowed);
        }
    }

    /**
     * Returns whether another mount has the access: one of the container that works with the storage, or of this one
     * where this mount is not at the place of the storage.
     */
    private boolean isWrittenElsewhere(ContainerView container, MountView readOnly, StorageMount allowed, PodView pod) {
        ContainerView worker = expected.findWorker(pod.containers());
        return worker != null
                && (worker != container || !isAt(readOnly, allowed))
                && worker.mounts().stream()
                        .anyMatch(mount -> mount.claim().equals(allowed.claim().value())
                                && isInPlace(mount, allowed)
                                && !mount.isReadOnly());
    }

    private static boolean isInPlace(MountView mount, StorageMount allowed) {
        return isAt(mount, allowed)
                || (mount.part().isKnown() && mount.part().path().equals(Expected.partOf(allowed)));
    }

    private static boolean isAt(MountView mount, StorageMount allowed) {
        return mount.path().equals(allowed.mountPath().value());
    }

    private void reportReadOnly(ContainerView container, MountView mount, StorageMount allowed) {
        VolumeView volume = mount.volume();
        boolean onMount = Boolean.TRUE.equals(mount.mount().getReadOnly());
        FieldPath at = onMount || volume == null
                ? mount.at().child("readOnly")
                : volume.sourceAt().child("readOnly");
        if (findings.has(AuditRule.READ_ONLY_SOURCE_WITH_SUB_PATH, at)) {
            return; // it says this, and more
        }
        findings.add(
                AuditRule.READ_ONLY,
                at,
                container.name() + " can only read " + shown(mount, allowed) + expected.because(allowed));
    }

    private static String shown(MountView mount, StorageMount allowed) {
        return "the claim " + MessageText.quoted(allowed.claim().value()) + " at " + MessageText.quoted(mount.path());
    }

    private void checkOptions(ContainerView container, MountView view) {
        VolumeMount mount = view.mount();
        String propagation = Absent.asEmpty(mount.getMountPropagation());
        boolean ours = expected.claims().contains(view.claim());
        if (propagation.equals("Bidirectional") || (ours && propagation.equals("HostToContainer"))) {
            findings.add(
                    AuditRule.MOUNT_PROPAGATION,
                    view.at().child("mountPropagation"),
                    container.name() + " has mountPropagation " + propagation + " at "
                            + MessageText.quoted(view.path()));
        }
        if ("Enabled".equals(mount.getRecursiveReadOnly())) {
            findings.add(
                    AuditRule.RECURSIVE_READ_ONLY,
                    view.at().child("recursiveReadOnly"),
                    container.name() + " has recursiveReadOnly: Enabled at " + MessageText.quoted(view.path()));
        }
    }
}
