package com.cocalc.storage.cli;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What projects' pods mount, and why. */
@Command(
        name = "volumes",
        description = "Show what the pods of projects mount, and why /ext is writable or not.",
        footer = {
            "",
            "Without --project two shipped projects are shown, without --values a shipped my-values.yaml is read, and",
            "without --format both text and YAML are printed."
        })
final class VolumesCommand implements Runnable {

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    @ArgGroup(exclusive = false, multiplicity = "0..*")
    private List<ProjectOptions> projects = new ArrayList<>();

    @Option(names = "--format", paramLabel = "FORMAT", description = "One of: ${COMPLETION-CANDIDATES}.")
    private List<VolumesFormat> formats = List.of(VolumesFormat.text, VolumesFormat.yaml);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    VolumesCommand() {}

    @Override
    public void run() {
        StorageConfig config = installation.config().orElseGet(Shipped::config);
        List<ProjectVolumes> volumes = new ArrayList<>();
        for (Project project : projects()) {
            volumes.add(ProjectVolumes.forProject(project.id(), project.licenses(), config));
        }
        PrintWriter out = spec.commandLine().getOut();
        String separator = "";
        for (VolumesFormat format : formats) {
            out.print(separator + format.print(volumes));
            separator = "\n";
        }
    }

    private List<Project> projects() {
        if (projects.isEmpty()) {
            return List.of(
                    new Project(Shipped.WITHOUT_GRANT, Shipped.licensesWithoutGrant()),
                    new Project(Shipped.WITH_GRANT, Shipped.licensesWithGrant()));
        }
        return projects.stream().map(ProjectOptions::read).toList();
    }
}
