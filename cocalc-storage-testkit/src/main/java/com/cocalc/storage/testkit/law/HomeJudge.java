package com.cocalc.storage.testkit.law;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.testkit.law.PodSeen.ClaimMount;
import java.util.List;
import java.util.Objects;

/** Judges which parts of the claims with files a project's pod sees. */
final class HomeJudge {

    private final StorageConfig config;
    private final String home;
    private final String homePath;
    private final Violations violations;

    HomeJudge(ProjectVolumes volumes, Violations violations) {
        config = volumes.config();
        home = PathLaws.homeOf(config.projectsSchema(), volumes.project());
        homePath = config.homePath().value();
        this.violations = violations;
    }

    void judge(PodSeen pod) {
        List<ClaimMount> mounts = pod.claimMounts();
        for (ClaimMount mount : mounts) {
            if (isOfData(mount)) {
                judgePart(mount);
            } else if (mount.claim().equals(config.sharesClaim().value())) {
                judgeWhole(mount);
            }
        }
        List<ClaimMount> ofMain = mounts.stream()
                .filter(mount -> mount.container().kind() == ContainerSeen.Kind.MAIN)
                .toList();
        if (ofMain.stream().noneMatch(this::isOfData)) {
            addNotMounted("/spec/containers", PodSeen.noSuchMount(ofMain));
        }
        for (ContainerSeen container : pod.containers()) {
            List<ClaimMount> own =
                    ofMain.stream().filter(mount -> mount.isOf(container)).toList();
            if (own.stream().anyMatch(this::isOfData) && own.stream().noneMatch(this::isWritableAtItsPlace)) {
                judgeMissing(container, own);
            }
        }
    }

    /**
     * Returns whether a mount is writable at its path. Another law judges the mounted part, so that one fault is
     * reported once.
     */
    private boolean isWritableAtItsPlace(ClaimMount mount) {
        return isAtItsPlace(mount) && !mount.isReadOnly();
    }

    private boolean isAtItsPlace(ClaimMount mount) {
        return isOfData(mount) && mount.cleanPath().equals(homePath);
    }

    private void judgeMissing(ContainerSeen container, List<ClaimMount> own) {
        ClaimMount readOnly =
                own.stream().filter(this::isAtItsPlace).findFirst().orElse(null);
        if (readOnly == null) {
            addNotMounted(container.pointer(), PodSeen.noSuchMount(own));
        } else {
            addNotMounted(readOnly.pointer(), readOnly.mounted().toString());
        }
    }

    private boolean isOfData(ClaimMount mount) {
        return mount.claim().equals(config.dataClaim().value());
    }

    private void addNotMounted(String where, String found) {
        violations.add(
                PodLaws.HOME_IS_MOUNTED,
                where,
                found,
                Printed.of(home) + " of " + config.dataClaim() + " at " + homePath + ", read-write");
    }

    private void judgePart(ClaimMount mount) {
        if (judgeWhole(mount)) {
            return;
        }
        String subPath = Objects.requireNonNullElse(mount.subPath(), "");
        if (mount.hasExpression() || !isHomeBehindDots(subPath)) {
            violations.add(
                    PathLaws.HOME_IS_RESOLVED,
                    mount.pointer() + (mount.hasExpression() ? "/subPathExpr" : "/subPath"),
                    Printed.of(mount.hasExpression() ? mount.mount().getSubPathExpr() : subPath),
                    Printed.of(home));
        } else {
            violations.addAll(PathLaws.checkSubPath(mount.pointer() + "/subPath", subPath));
        }
    }

    /** Returns whether a sub-path leads to the home, written cleanly or not. */
    private boolean isHomeBehindDots(String subPath) {
        return PodSeen.clean(subPath).equals("/" + home);
    }

    /** Judges a mount of the whole claim, and returns whether it is one. */
    private boolean judgeWhole(ClaimMount mount) {
        if (mount.subPath() != null || mount.hasExpression()) {
            return false;
        }
        violations.add(
                PodLaws.DATA_CLAIM_IN_PART,
                mount.pointer(),
                "the whole of " + mount.claim(),
                mount.claim().equals(config.dataClaim().value()) ? "subPath " + Printed.of(home) : "no such mount");
        return true;
    }
}
