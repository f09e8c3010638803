package com.cocalc.storage;

import com.cocalc.storage.text.PathText;
import java.nio.charset.StandardCharsets;

/** The rules that settings must follow together, after each of them was accepted alone. */
final class ConfigRules {

    private ConfigRules() {}

    static void check(StorageConfig config) {
        checkClaims(config);
        checkPaths(config);
        checkKernels(config);
        checkSchemas(config);
        if (config.identity().isRoot()) {
            throw InvalidValueException.of(
                    "identity",
                    "not be root",
                    "uid 0",
                    "use the project's user, 2001:2001; root in a project may change every file of a shared volume");
        }
    }

    private static void checkClaims(StorageConfig config) {
        if (config.softwareClaim().equals(config.dataClaim())) {
            throw InvalidValueException.of(
                    "softwareClaim",
                    "differ from dataClaim",
                    MessageText.quoted(config.softwareClaim().value()) + " for both",
                    "name another claim; every project mounts the software claim whole, and would see every home");
        }
        if (config.softwareClaim().equals(config.sharesClaim())) {
            throw InvalidValueException.of(
                    "sharesClaim",
                    "differ from softwareClaim",
                    MessageText.quoted(config.softwareClaim().value()) + " for both",
                    "name another claim; every project mounts the software claim whole, and would see all shares");
        }
    }

    private static void checkPaths(StorageConfig config) {
        MountPath home = config.homePath();
        MountPath software = config.softwarePath();
        if (home.contains(software) || software.contains(home)) {
            throw InvalidValueException.of(
                    "softwarePath",
                    "not equal, contain or be inside homePath",
                    MessageText.quoted(software.value()) + " beside " + MessageText.quoted(home.value()),
                    "mount them side by side; a nested mount leaves a directory of root in the outer one");
        }
    }

    /** Checks the length of the path of the kernels' directory, which lies below the software. */
    private static void checkKernels(StorageConfig config) {
        String kernels = config.softwarePath() + "/" + ProjectVolumes.KERNELS;
        if (config.jupyterPath() == JupyterPath.WITH_SOFTWARE
                && kernels.getBytes(StandardCharsets.UTF_8).length > PathText.LONGEST_BYTES) {
            throw InvalidValueException.of(
                    "softwarePath",
                    "be at most " + (PathText.LONGEST_BYTES - ProjectVolumes.KERNELS.length() - 1)
                            + " bytes long in UTF-8 where jupyterPath is WITH_SOFTWARE",
                    MessageText.quoted(config.softwarePath().value()),
                    "shorten it; the kernels are in its directory " + ProjectVolumes.KERNELS);
        }
    }

    private static void checkSchemas(StorageConfig config) {
        PathSchema projects = config.projectsSchema();
        PathSchema shares = config.sharesSchema();
        if (config.sharesOnDataClaim() && projects.meets(shares)) {
            throw InvalidValueException.of(
                    "sharesSchema",
                    "start with a directory of its own beside that of projectsSchema, as both are on one claim",
                    MessageText.quoted(shares.toString()) + " beside " + MessageText.quoted(projects.toString()),
                    "change the elements before [project_id], or give the shares a claim of their own; "
                            + "a service that serves shares would see homes");
        }
    }
}
