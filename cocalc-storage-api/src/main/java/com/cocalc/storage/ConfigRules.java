package com.cocalc.storage;

import java.nio.charset.StandardCharsets;

/** What settings must not mean together, each of them being fine alone. */
final class ConfigRules {

    private ConfigRules() {}

    static void check(StorageConfig config) {
        checkClaims(config);
        checkPaths(config);
        checkKernels(config);
        checkSchemas(config);
        if (config.identity().isRoot()) {
            throw new InvalidValueException(
                    "identity",
                    "not be root",
                    "uid 0",
                    "use the project's user, 2001:2001; root in a project may change every file of a shared volume");
        }
    }

    private static void checkClaims(StorageConfig config) {
        if (config.softwareClaim().equals(config.dataClaim())) {
            throw new InvalidValueException(
                    "softwareClaim",
                    "differ from dataClaim",
                    Quoted.of(config.softwareClaim().value()) + " for both",
                    "name another claim; every project mounts the software claim whole, and would see every home");
        }
        if (config.softwareClaim().equals(config.sharesClaim())) {
            throw new InvalidValueException(
                    "sharesClaim",
                    "differ from softwareClaim",
                    Quoted.of(config.softwareClaim().value()) + " for both",
                    "name another claim; every project mounts the software claim whole, and would see all shares");
        }
    }

    private static void checkPaths(StorageConfig config) {
        MountPath home = config.homePath();
        MountPath software = config.softwarePath();
        if (home.contains(software) || software.contains(home)) {
            throw new InvalidValueException(
                    "softwarePath",
                    "neither be nor hold nor lie in homePath",
                    Quoted.of(software.value()) + " beside " + Quoted.of(home.value()),
                    "mount them side by side; a nested mount leaves a directory of root in the outer one");
        }
    }

    /** The directory of the kernels is a path of its own, and a path can be too long. */
    private static void checkKernels(StorageConfig config) {
        String kernels = config.softwarePath() + "/" + ProjectVolumes.KERNELS;
        if (config.jupyterPath() == JupyterPath.WITH_SOFTWARE
                && kernels.getBytes(StandardCharsets.UTF_8).length > CleanPath.LONGEST_BYTES) {
            throw new InvalidValueException(
                    "softwarePath",
                    "be at most " + (CleanPath.LONGEST_BYTES - ProjectVolumes.KERNELS.length() - 1)
                            + " bytes long in UTF-8 where jupyterPath is WITH_SOFTWARE",
                    Quoted.of(config.softwarePath().value()),
                    "shorten it; the kernels are in its directory " + ProjectVolumes.KERNELS);
        }
    }

    private static void checkSchemas(StorageConfig config) {
        PathSchema projects = config.projectsSchema();
        PathSchema shares = config.sharesSchema();
        if (config.sharesOnDataClaim() && projects.meets(shares)) {
            throw new InvalidValueException(
                    "sharesSchema",
                    "start with a directory of its own beside that of projectsSchema, as both are on one claim",
                    Quoted.of(shares.toString()) + " beside " + Quoted.of(projects.toString()),
                    "change the elements before [project_id], or give the shares a claim of their own; "
                            + "who serves shares would see homes");
        }
    }
}
