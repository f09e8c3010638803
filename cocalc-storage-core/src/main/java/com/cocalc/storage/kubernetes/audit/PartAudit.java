package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.SubPath;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.MountView;
import com.cocalc.storage.kubernetes.pod.PodView;
import com.cocalc.storage.kubernetes.pod.SubPathValue;
import com.cocalc.storage.kubernetes.pod.VolumeView;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks that a pod may see the parts of claims that its mounts show. */
final class PartAudit {

    private final Expected expected;
    private final Findings findings;

    PartAudit(Expected expected, Findings findings) {
        this.expected = expected;
        this.findings = findings;
    }

    void check(ContainerView container, PodView pod) {
        for (MountView mount : container.mounts()) {
            checkText(mount);
            if (expected.claims().contains(mount.claim())) {
                checkPart(container, mount);
            }
        }
        List<VolumeDevice> devices = Absent.asEmpty(container.container().getVolumeDevices());
        for (int i = 0; i < devices.size(); i++) {
            VolumeDevice device = devices.get(i);
            VolumeView volume = device == null ? null : pod.volumesByName().get(Absent.asEmpty(device.getName()));
            if (volume != null && expected.claims().contains(volume.claim())) {
                findings.add(
                        AuditRule.CLAIM_AS_DEVICE,
                        container.at().child("volumeDevices").index(i),
                        container.name() + " takes the claim " + MessageText.quoted(volume.claim()) + " as a device");
            }
        }
    }

    /** Checks the text of a sub-path, on any volume. */
    private void checkText(MountView mount) {
        SubPathValue part = mount.part();
        String subPath = Absent.asEmpty(mount.mount().getSubPath());
        if (part.isKnown() && CleanedPath.isTooLong(part.written())) {
            findings.add(
                    AuditRule.SUB_PATH_TOO_LONG,
                    mount.partAt(),
                    "the sub-path has a name of more than 255 bytes, or more than 4095 in all");
        }
        // A schema may have it: then the directory is really named so.
        if (subPath.contains("$(") && expected.findMount(mount.claim(), part.path()) == null) {
            findings.add(AuditRule.SUB_PATH_NOT_EXPANDED, mount.partAt(), "subPath is " + MessageText.quoted(subPath));
        }
        String expression = MessageText.quoted(Absent.asEmpty(mount.mount().getSubPathExpr()));
        if (part.state() == SubPathValue.State.UNDEFINED) {
            findings.add(
                    AuditRule.SUB_PATH_EXPR_UNDEFINED,
                    mount.partAt(),
                    "subPathExpr is " + expression + ", and a variable in it is missing or empty");
        } else if (part.state() == SubPathValue.State.ESCAPES) {
            findings.add(
                    AuditRule.SUB_PATH_EXPR_ESCAPES,
                    mount.partAt(),
                    "subPathExpr is " + expression + ", which becomes " + MessageText.quoted(part.written()));
        }
    }

    private void checkPart(ContainerView container, MountView mount) {
        SubPathValue part = mount.part();
        String expression = MessageText.quoted(Absent.asEmpty(mount.mount().getSubPathExpr()));
        if (part.state() == SubPathValue.State.UNKNOWN) {
            findings.add(
                    AuditRule.SUB_PATH_EXPR_UNKNOWN,
                    mount.partAt(),
                    "subPathExpr of the claim " + MessageText.quoted(mount.claim()) + " is " + expression
                            + ", with a value that the pod does not show");
        } else if (part.isKnown() && part.isExpression()) {
            findings.add(
                    AuditRule.SUB_PATH_EXPR,
                    mount.partAt(),
                    "subPathExpr of the claim " + MessageText.quoted(mount.claim()) + " is " + expression);
        }
        if (!part.isKnown()) {
            return;
        }
        StorageMount right = expected.findMount(mount.claim(), part.path());
        if (right == null) {
            report(container, mount);
        } else if (!part.written().equals(part.path())) {
            findings.add(
                    AuditRule.SUB_PATH_NOT_CLEAN,
                    mount.partAt(),
                    "the sub-path is " + MessageText.quoted(part.written()));
        }
    }

    private void report(ContainerView container, MountView mount) {
        String path = mount.part().path();
        StorageMount nearest = nearest(mount.claim(), path);
        AuditRule rule;
        String seen = path.isEmpty()
                ? "all of the claim " + MessageText.quoted(mount.claim())
                : MessageText.quoted(mount.part().written()) + " of the claim " + MessageText.quoted(mount.claim());
        if (nearest == null) {
            rule = AuditRule.CLAIM_NOT_EXPECTED;
        } else {
            String needed = Expected.partOf(nearest);
            boolean within = needed.isEmpty() || CleanedPath.isAtOrBelow(path, needed);
            boolean turnable = within && isBelowAProject(mount.claim(), path);
            if (within && !turnable && !mount.path().equals(nearest.mountPath().value())) {
                return; // a directory within what the pod may see anyway
            }
            rule = turnable ? AuditRule.SUB_PATH_IN_HOME : judge(mount.claim(), path, needed);
            seen += ", but " + expected.subject() + " has " + nearest;
        }
        findings.add(rule, mount.partAt(), container.name() + " mounts " + seen);
    }

    private @Nullable StorageMount nearest(String claim, String path) {
        StorageMount nearest = null;
        for (StorageMount mount : expected.mounts()) {
            if (mount.claim().value().equals(claim)) {
                if (nearest == null || CleanedPath.isAtOrBelow(path, Expected.partOf(mount))) {
                    nearest = mount;
                }
            }
        }
        return nearest;
    }

    private AuditRule judge(String claim, String path, String needed) {
        if (path.isEmpty()) {
            return AuditRule.WHOLE_CLAIM;
        }
        if (!needed.isEmpty() && CleanedPath.isAtOrBelow(needed, path)) {
            return AuditRule.PARENT_DIRECTORY;
        }
        ProjectId project = expected.project();
        if (project == null) {
            return AuditRule.OTHER_DIRECTORY;
        }
        for (PathSchema schema : expected.schemasOf(claim)) {
            Optional<ProjectId> owner = findOwner(schema, path);
            if (owner.isPresent() && !owner.get().equals(project)) {
                return AuditRule.OTHER_PROJECT;
            }
        }
        boolean looksRight = !needed.isEmpty()
                && !CleanedPath.isAtOrBelow(path, needed)
                && skeleton(path).contains(project.toString())
                && expected.schemasOf(claim).stream()
                        .noneMatch(schema -> findOwner(schema, path).isPresent());
        return looksRight ? AuditRule.LOOK_ALIKE_DIRECTORY : AuditRule.OTHER_DIRECTORY;
    }

    /**
     * Returns whether a path is inside the home or the share of a project, where users decide what a name leads to; the
     * directory itself is in a place where only services write.
     */
    private boolean isBelowAProject(String claim, String path) {
        return expected.schemasOf(claim).stream()
                .anyMatch(schema -> findOwner(schema, path)
                        .filter(owner -> !schema.resolve(owner).toString().equals(path))
                        .isPresent());
    }

    /** Returns the project whose directory equals or contains a path. */
    private static Optional<ProjectId> findOwner(PathSchema schema, String path) {
        int elements = elements(schema.toString());
        int end = -1;
        for (int i = 0; i < elements; i++) {
            int next = path.indexOf('/', end + 1);
            if (next < 0) {
                return i == elements - 1 ? match(schema, path) : Optional.empty();
            }
            end = next;
        }
        return match(schema, path.substring(0, end));
    }

    private static Optional<ProjectId> match(PathSchema schema, String path) {
        try {
            return schema.match(SubPath.parse(path));
        } catch (InvalidValueException e) {
            return Optional.empty(); // a schema gives no such path
        }
    }

    private static int elements(String path) {
        return (int) path.chars().filter(c -> c == '/').count() + 1;
    }

    /**
     * Returns the text without differences that a reader overlooks: case, blanks, characters of other alphabets that
     * look alike.
     */
    private static String skeleton(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFKC)
                .replaceAll("[\\p{Pd}\u2212]", "-")
                .replace('\\', '/')
                .replaceAll("[\\s\\p{C}]", "")
                .toLowerCase(Locale.ROOT);
    }
}
