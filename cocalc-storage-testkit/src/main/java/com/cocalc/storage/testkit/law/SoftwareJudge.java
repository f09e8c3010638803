package com.cocalc.storage.testkit.law;

import com.cocalc.storage.Access;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.testkit.law.PodSeen.ClaimMount;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges whether the software is mounted, with which access, and whether programs find it. */
final class SoftwareJudge {

    private static final String EXT = "EXT";

    private final StorageConfig config;
    private final Access access;
    private final String softwarePath;
    private final Violations violations;

    SoftwareJudge(ProjectVolumes volumes, Violations violations) {
        config = volumes.config();
        access = volumes.softwareAccess().access();
        softwarePath = config.softwarePath().value();
        this.violations = violations;
    }

    void judge(PodSeen pod) {
        List<ClaimMount> mounts = pod.claimMounts();
        for (ContainerSeen container : pod.containers()) {
            List<ClaimMount> own =
                    mounts.stream().filter(mount -> mount.isOf(container)).toList();
            boolean isThere = own.stream().anyMatch(this::isSoftware);
            boolean isMissing = !isThere
                    && container.kind() == ContainerSeen.Kind.MAIN
                    && own.stream().anyMatch(this::isHome);
            if (isMissing) {
                violations.add(
                        PodLaws.SOFTWARE_IS_MOUNTED,
                        container.pointer() + "/volumeMounts",
                        PodSeen.noSuchMount(own),
                        "the whole of " + config.softwareClaim() + " at " + softwarePath);
            }
            own.forEach(this::judgeAccess);
            if (!isMissing) {
                judgeVariable(container, isThere);
            }
        }
    }

    private boolean isHome(ClaimMount mount) {
        return mount.claim().equals(config.dataClaim().value())
                && mount.cleanPath().equals(config.homePath().value());
    }

    private boolean isOfSoftware(ClaimMount mount) {
        return mount.claim().equals(config.softwareClaim().value());
    }

    private boolean isSoftware(ClaimMount mount) {
        return isOfSoftware(mount)
                && mount.cleanPath().equals(softwarePath)
                && mount.subPath() == null
                && !mount.hasExpression();
    }

    /** Judges the access of a mount. At other paths, or for a part, it may be read-only whatever the decision is. */
    private void judgeAccess(ClaimMount mount) {
        if (!isOfSoftware(mount) || mount.isReadOnly() == access.isReadOnly()) {
            return;
        }
        if (access.isReadOnly() || isSoftware(mount)) {
            violations.add(
                    PodLaws.SOFTWARE_FOLLOWS_THE_DECISION,
                    mount.pointer() + "/readOnly",
                    mount.isReadOnly() ? "read-only" : "read-write",
                    access.toString());
        }
    }

    private void judgeVariable(ContainerSeen container, boolean isThere) {
        boolean isSet = false;
        for (int i = 0; i < container.env().size(); i++) {
            EnvVar variable = container.env().get(i);
            if (EXT.equals(variable.getName())) {
                isSet = true;
                judgeValue(container.pointer() + "/env/" + i, variable, isThere);
            }
        }
        if (isThere && !isSet) {
            violations.add(
                    PodLaws.EXT_NAMES_THE_MOUNT, container.pointer() + "/env", "no EXT", Printed.of(softwarePath));
        }
    }

    private void judgeValue(String pointer, EnvVar variable, boolean isThere) {
        if (!isThere) {
            violations.add(PodLaws.EXT_NAMES_THE_MOUNT, pointer, "EXT without the mount", "no EXT");
        } else if (variable.getValueFrom() != null) {
            violations.add(PodLaws.EXT_NAMES_THE_MOUNT, pointer, "a value from elsewhere", Printed.of(softwarePath));
        } else if (!softwarePath.equals(expanded(variable.getValue()))) {
            violations.add(
                    PodLaws.EXT_NAMES_THE_MOUNT, pointer, Printed.of(variable.getValue()), Printed.of(softwarePath));
        }
    }

    /**
     * Returns a value without references as the kubelet reads it, with one dollar for two. A reference is kept, and
     * equals no path.
     */
    private static String expanded(@Nullable String value) {
        StringBuilder text = new StringBuilder();
        String from = value == null ? "" : value;
        for (int i = 0; i < from.length(); i++) {
            boolean isDouble = from.startsWith("$$", i);
            if (!isDouble && from.startsWith("$(", i)) {
                return "$(";
            }
            text.append(from.charAt(i));
            i += isDouble ? 1 : 0;
        }
        return text.toString();
    }
}
