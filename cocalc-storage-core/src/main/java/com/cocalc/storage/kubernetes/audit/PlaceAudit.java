package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.MountView;
import com.cocalc.storage.kubernetes.pod.NameRules;
import com.cocalc.storage.kubernetes.pod.PlacedContainer.Kind;
import com.cocalc.storage.kubernetes.pod.PodView;
import com.cocalc.storage.kubernetes.pod.VolumeSourceKind;
import com.cocalc.storage.kubernetes.pod.VolumeView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that the storage that a pod needs is where programs look for it, and that nothing else is there. */
final class PlaceAudit {

    private final Expected expected;
    private final Findings findings;

    PlaceAudit(Expected expected, Findings findings) {
        this.expected = expected;
        this.findings = findings;
    }

    void check(PodView pod) {
        Map<String, StorageMount> byPath = new HashMap<>();
        expected.mounts().forEach(mount -> byPath.put(mount.mountPath().value(), mount));
        for (ContainerView container : pod.containers()) {
            for (MountView mount : container.mounts()) {
                StorageMount belongs = byPath.get(mount.path());
                if (belongs != null && !container.isOverAtStart()) {
                    checkOver(container, mount, belongs);
                }
            }
            if (!container.isOverAtStart()) {
                checkDevices(container, byPath);
            }
        }
        for (StorageMount mount : expected.mounts()) {
            checkPresent(mount, pod.containers());
        }
        if (!expected.mounts().isEmpty()) {
            checkContainer(expected.mounts().get(0), pod.containers());
        }
    }

    /** Checks that the container that works with the storage is the one that has it. */
    private void checkContainer(StorageMount needed, List<ContainerView> containers) {
        ContainerView worker = expected.findWorker(containers);
        if (worker == null && expected.container() != null) {
            findings.add(
                    AuditRule.NOT_MOUNTED,
                    PodView.SPEC.child("containers"),
                    "there is no container " + MessageText.quoted(expected.container()) + ", in which "
                            + expected.subject() + " needs " + needed);
        }
        if (worker == null || has(worker, needed)) {
            return;
        }
        boolean elsewhere =
                containers.stream().anyMatch(container -> container.kind() == Kind.REGULAR && has(container, needed));
        if (elsewhere) {
            findings.add(
                    expected.container() == null ? AuditRule.MOUNTED_IN_SIDECAR : AuditRule.NOT_MOUNTED,
                    worker.at(),
                    worker.name() + " has nothing at " + needed.mountPath() + ", and another container has " + needed
                            + " there");
        }
    }

    private static boolean has(ContainerView container, StorageMount needed) {
        return container.mounts().stream()
                .anyMatch(mount -> mount.path().equals(needed.mountPath().value()));
    }

    private void checkOver(ContainerView container, MountView mount, StorageMount belongs) {
        VolumeView volume = mount.volume();
        VolumeSourceKind kind = volume == null ? null : volume.kind();
        if (volume == null
                || kind == null
                || volume.claim().equals(belongs.claim().value())
                || isReportedAlready(mount, volume)) {
            return;
        }
        boolean isClaim = !volume.claim().isEmpty();
        FieldPath at = expected.claims().contains(volume.claim())
                ? mount.at().child("name")
                : isClaim ? volume.claimNameAt() : volume.sourceAt();
        findings.add(
                AuditRule.OVER_OUR_PATH,
                at,
                container.name() + " has "
                        + (isClaim
                                ? "the claim " + MessageText.quoted(volume.claim())
                                : "a volume of the kind " + kind.field())
                        + " at " + belongs.mountPath() + ", where the claim " + belongs.claim() + " belongs");
    }

    private void checkDevices(ContainerView container, Map<String, StorageMount> byPath) {
        container.devicePaths().forEach((at, path) -> {
            StorageMount belongs = byPath.get(path);
            if (belongs != null) {
                findings.add(
                        AuditRule.OVER_OUR_PATH,
                        at,
                        container.name() + " has a device at " + belongs.mountPath() + ", where the claim "
                                + belongs.claim() + " belongs");
            }
        });
    }

    /**
     * Returns whether the mistake is reported already, as a refusal of the server or as an impossible name of a claim.
     */
    private boolean isReportedAlready(MountView mount, VolumeView volume) {
        return findings.isRefused(mount.at().child("name"))
                || findings.isRefused(mount.at().child("mountPath"))
                || (!volume.claim().isEmpty() && !NameRules.isClaimName(volume.claim()));
    }

    private void checkPresent(StorageMount needed, List<ContainerView> containers) {
        MountView elsewhere = null;
        for (ContainerView container : containers) {
            if (container.kind() != Kind.REGULAR) {
                continue;
            }
            for (MountView mount : container.mounts()) {
                boolean atPlace = mount.path().equals(needed.mountPath().value());
                if (atPlace && !showsAnother(mount, needed)) {
                    return; // the right one, or another rule says what is wrong with it
                }
                if (elsewhere == null && shows(mount, needed)) {
                    elsewhere = mount;
                }
            }
        }
        report(needed, elsewhere);
    }

    /** Returns whether a mount shows what belongs at another place of the pod. */
    private boolean showsAnother(MountView mount, StorageMount needed) {
        return expected.mounts().stream()
                .anyMatch(other -> !other.equals(needed) && shows(mount, other) && !shows(mount, needed));
    }

    private static boolean shows(MountView mount, StorageMount needed) {
        return mount.claim().equals(needed.claim().value())
                && mount.part().isKnown()
                && mount.part().path().equals(Expected.partOf(needed));
    }

    private void report(StorageMount needed, @Nullable MountView elsewhere) {
        if (elsewhere != null) {
            findings.add(
                    AuditRule.MOUNTED_ELSEWHERE,
                    elsewhere.at().child("mountPath"),
                    "mounted at "
                            + MessageText.quoted(
                                    Absent.asEmpty(elsewhere.mount().getMountPath())) + ", but "
                            + expected.subject() + " looks for it at " + needed.mountPath());
        } else {
            findings.add(
                    AuditRule.NOT_MOUNTED,
                    PodView.SPEC.child("containers"),
                    "no container has at " + needed.mountPath() + " what " + expected.subject() + " needs there: "
                            + needed);
        }
    }
}
