package com.cocalc.storage.testkit.law;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.ProjectVolumes;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/**
 * Laws about the finished pod of a project, however it was built.
 *
 * <p>They take only the project, the installation and the decision about the software from the {@link ProjectVolumes},
 * and compute everything else again.
 */
public final class PodLaws {

    /** The home must be mounted at its path, writable. */
    public static final Law HOME_IS_MOUNTED = new Law(
            "home-is-mounted",
            "a container has the project's home at homePath and may write to it, and so has every other one that mounts the"
                    + " data claim",
            "mount the data claim there, with the home's sub-path and without readOnly");

    /** A project must never see the files of all projects. */
    public static final Law DATA_CLAIM_IN_PART = new Law(
            "data-claim-in-part",
            "a project never mounts the claim of homes or shares without a sub-path",
            "set subPath; without it the container sees the files of all projects");

    /** A claim must have one volume. */
    public static final Law CLAIM_HAS_ONE_VOLUME = new Law(
            "claim-has-one-volume",
            "a pod has one volume for a claim of the installation",
            "keep one entry in volumes, and put subPath and readOnly on its mounts");

    /** Every mount must name a volume. */
    public static final Law MOUNT_NAMES_A_VOLUME =
            new Law("mount-names-a-volume", "every mount names a volume of the pod", "correct the mount's name");

    /** Every volume of the installation must be mounted. */
    public static final Law VOLUME_IS_USED = new Law(
            "volume-is-used",
            "every volume of the installation's claims is mounted by a container",
            "remove the volume");

    /** No mount may hide another one. */
    public static final Law MOUNT_PATHS_DIFFER = new Law(
            "mount-paths-differ",
            "the mount paths of a container differ after they are cleaned",
            "give each mount a path of its own");

    /** The software must be mounted at its path. */
    public static final Law SOFTWARE_IS_MOUNTED = new Law(
            "software-is-mounted",
            "a container that has the home has the whole software claim at softwarePath",
            "mount the software claim there, without a sub-path");

    /** The access of the mount must be that of the decision. */
    public static final Law SOFTWARE_FOLLOWS_THE_DECISION = new Law(
            "software-follows-the-decision",
            "the software is writable exactly when SoftwareAccess.decide says so",
            "take the access of ProjectVolumes.software(), for mount and source alike");

    /** The read-only flags of a source and its mounts must agree. */
    public static final Law READ_ONLY_SOURCE_READ_ONLY_MOUNTS = new Law(
            "read-only-source-read-only-mounts",
            "a read-only volume of the installation's claims has only read-only mounts",
            "set readOnly on all of its mounts, or remove it from the volume");

    /** The variable {@code EXT} must have the path of the software. */
    public static final Law EXT_NAMES_THE_MOUNT = new Law(
            "ext-names-the-mount",
            "a container has the variable EXT exactly when it mounts the software at softwarePath, with that path",
            "set EXT beside the mount, or remove it");

    /** An init container must see only its home. */
    public static final Law INIT_SEES_ITS_HOME_ALONE = new Law(
            "init-sees-its-home-alone",
            "an init container that mounts the home mounts nothing else",
            "remove its other mounts; it runs as root");

    /** An init container must not run a shell, which interprets names of files. */
    public static final Law INIT_RUNS_NO_SHELL = new Law(
            "init-runs-no-shell",
            "an init container that mounts the home runs a program by its arguments, and no shell",
            "name the program and each argument in command");

    /** Containers must run as the project's user. */
    public static final Law RUNS_AS_THE_PROJECT = new Law(
            "runs-as-the-project",
            "containers with the home run as the installation's identity, and fsGroup is its group",
            "set runAsUser, runAsGroup, fsGroup and fsGroupChangePolicy of the pod as PodStorage.securityContext() does");

    private PodLaws() {}

    /** {@return the laws that {@link #check} judges by, in the order of {@code docs/laws.md}} */
    public static List<Law> all() {
        return List.of(
                HOME_IS_MOUNTED,
                PathLaws.HOME_IS_RESOLVED,
                PathLaws.SUB_PATH_IS_CLEAN,
                DATA_CLAIM_IN_PART,
                CLAIM_HAS_ONE_VOLUME,
                MOUNT_NAMES_A_VOLUME,
                VOLUME_IS_USED,
                MOUNT_PATHS_DIFFER,
                SOFTWARE_IS_MOUNTED,
                SOFTWARE_FOLLOWS_THE_DECISION,
                READ_ONLY_SOURCE_READ_ONLY_MOUNTS,
                EXT_NAMES_THE_MOUNT,
                INIT_SEES_ITS_HOME_ALONE,
                INIT_RUNS_NO_SHELL,
                RUNS_AS_THE_PROJECT);
    }

    /**
     * Judges the pod of a project.
     *
     * @param pod the finished pod
     * @param volumes the view of the pod's project, with its licences and its installation
     * @return the violations
     */
    public static List<Violation> check(Pod pod, ProjectVolumes volumes) {
        requireNonNull(pod, "pod");
        requireNonNull(volumes, "volumes");
        PodSeen seen = PodSeen.of(pod);
        Violations violations = new Violations();
        new HomeJudge(volumes, violations).judge(seen);
        new VolumeJudge(volumes, violations).judge(seen);
        new SoftwareJudge(volumes, violations).judge(seen);
        new InitJudge(volumes, violations).judge(seen);
        new IdentityJudge(volumes.config(), violations).judge(seen);
        return violations.list();
    }
}
