package com.cocalc.storage.cli.files;

import com.cocalc.storage.MountPath;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.input.InstallationOptions;
import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.files.ProjectFiles;
import com.cocalc.storage.files.Shares;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for the mounts of projects and shares. */
final class FilesOptions {

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "The directory that stands for the root of the service's pod: DIR/projects holds the "
                    + "projects, DIR/shares the shares (default: /, as in the pod itself).")
    private Path root = Path.of("/");

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    FilesOptions() {}

    ProjectFiles projects() {
        require(ServiceVolumes.PROJECTS_PATH, "projects");
        return ProjectFiles.below(service(StorageService.MANAGE_COPY), root);
    }

    Shares shares() {
        require(ServiceVolumes.PROJECTS_PATH, "projects");
        require(ServiceVolumes.SHARES_PATH, "shares");
        return Shares.below(service(StorageService.MANAGE_SHARE), root);
    }

    private ServiceVolumes service(StorageService service) {
        return ServiceVolumes.forService(service, installation.configOrDefaults());
    }

    private void require(MountPath mount, String what) {
        Path directory = root.resolve(mount.toString().substring(1));
        if (!Files.isDirectory(directory)) {
            throw new BadInputException("--root must be a directory below which the " + what + " are mounted, but "
                    + Table.onTerminal(directory.toString())
                    + " is not a directory; mount them there, or name another directory");
        }
    }
}
