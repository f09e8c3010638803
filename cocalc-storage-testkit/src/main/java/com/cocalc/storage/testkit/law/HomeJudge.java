package com.cocalc.storage.testkit.law;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.testkit.law.PodSeen.ClaimMount;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** Which part of the claims with files a project's pod sees. */
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
        Set<String> withFiles = new LinkedHashSet<>();
        Set<String> withHome = new LinkedHashSet<>();
        for (ClaimMount mount : pod.claimMounts()) {
            if (mount.claim().equals(config.dataClaim().value())) {
                judgePart(mount);
                if (mount.container().kind() == ContainerSeen.Kind.MAIN) {
                    withFiles.add(mount.container().pointer());
                    if (isHome(mount)) {
                        withHome.add(mount.container().pointer());
                    }
                }
            } else if (mount.claim().equals(config.sharesClaim().value())) {
                judgeWhole(mount);
            }
        }
        if (withFiles.isEmpty()) {
            addNotMounted("/spec/containers");
        }
        withFiles.removeAll(withHome);
        withFiles.forEach(this::addNotMounted);
    }

    private void addNotMounted(String where) {
        violations.add(
                PodLaws.HOME_IS_MOUNTED,
                where,
                "no such mount",
                Printed.of(home) + " of " + config.dataClaim() + " at " + homePath + ", read-write");
    }

    private boolean isHome(ClaimMount mount) {
        return home.equals(mount.subPath())
                && mount.cleanPath().equals(homePath)
                && !mount.isReadOnly()
                && !mount.hasExpression();
    }

    private void judgePart(ClaimMount mount) {
        if (judgeWhole(mount)) {
            return;
        }
        String subPath = Objects.requireNonNullElse(mount.subPath(), "");
        if (mount.hasExpression() || !subPath.equals(home)) {
            violations.add(
                    PathLaws.HOME_IS_RESOLVED,
                    mount.pointer() + (mount.hasExpression() ? "/subPathExpr" : "/subPath"),
                    Printed.of(mount.hasExpression() ? mount.mount().getSubPathExpr() : subPath),
                    Printed.of(home));
        }
        if (!mount.hasExpression()) {
            violations.addAll(PathLaws.checkSubPath(mount.pointer() + "/subPath", subPath));
        }
    }

    /** Whether it is the whole claim. */
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
