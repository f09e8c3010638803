package com.cocalc.storage.testkit.law;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.testkit.law.PodSeen.ClaimMount;
import java.util.List;
import java.util.Set;

/** Judges an init container that reaches a home. */
final class InitJudge {

    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "dash", "ash", "ksh", "mksh", "zsh", "fish", "csh", "tcsh", "busybox");

    private final StorageConfig config;
    private final String home;
    private final Violations violations;

    InitJudge(ProjectVolumes volumes, Violations violations) {
        config = volumes.config();
        home = PathLaws.homeOf(config.projectsSchema(), volumes.project());
        this.violations = violations;
    }

    void judge(PodSeen pod) {
        List<ClaimMount> mounts = pod.claimMounts();
        for (ContainerSeen container : pod.containers()) {
            if (container.kind() == ContainerSeen.Kind.INIT
                    && mounts.stream().anyMatch(mount -> mount.isOf(container) && isOfHomes(mount))) {
                judgeMounts(container, mounts);
                judgeProgram(container);
            }
        }
    }

    private boolean isOfHomes(ClaimMount mount) {
        return mount.claim().equals(config.dataClaim().value());
    }

    private void judgeMounts(ContainerSeen container, List<ClaimMount> mounts) {
        for (int i = 0; i < container.mounts().size(); i++) {
            String pointer = container.pointer() + "/volumeMounts/" + i;
            boolean isHome = mounts.stream()
                    .anyMatch(mount ->
                            mount.pointer().equals(pointer) && isOfHomes(mount) && home.equals(mount.subPath()));
            if (!isHome) {
                violations.add(
                        PodLaws.INIT_SEES_ITS_HOME_ALONE,
                        pointer,
                        "volume " + Printed.of(container.mounts().get(i).getName()) + " at "
                                + container.mounts().get(i).getMountPath(),
                        "the home alone");
            }
        }
    }

    /** Judges the program, also if another program starts it: {@code env sh}, {@code find -exec sh}. */
    private void judgeProgram(ContainerSeen container) {
        if (container.argv().isEmpty()) {
            violations.add(
                    PodLaws.INIT_RUNS_NO_SHELL,
                    container.pointer() + "/command",
                    "no command, so whatever the image starts",
                    "a program and its arguments");
        }
        for (String argument : container.argv()) {
            if (SHELLS.contains(argument.substring(argument.lastIndexOf('/') + 1))) {
                violations.add(
                        PodLaws.INIT_RUNS_NO_SHELL,
                        container.pointer() + "/command",
                        Printed.of(argument),
                        "a program and its arguments");
            }
        }
    }
}
