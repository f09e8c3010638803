package com.cocalc.storage.cli;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.input.Inputs;
import com.cocalc.storage.cli.input.InstallationOptions;
import com.cocalc.storage.cli.input.Licenses;
import com.cocalc.storage.cli.input.Project;
import com.cocalc.storage.cli.input.ProjectOptions;
import com.cocalc.storage.cli.output.Format;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.cli.output.Wrapping;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code volumes}: shows what the pods of projects mount, and why. */
@Command(
        name = "volumes",
        description = "Show what the pods of projects mount, and why the shared software is writable or not.",
        footer = {
            "",
            "Input: Helm values and licences; without --project two shipped projects are",
            "shown, by the shipped my-values.yaml where --values names none. --format yaml",
            "is a complete pod of each project.",
            "Example:",
            "  cocalc-storage volumes --values my-values.yaml --project UUID \\",
            "    --licenses site_license.json",
            Licenses.ONE_1,
            Licenses.ONE_2,
            Licenses.ONE_3
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:shown", "2:bad input", "3:cannot run"})
final class VolumesCommand implements Runnable {

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    @ArgGroup(exclusive = false, multiplicity = "0..*")
    private List<ProjectOptions> projects = new ArrayList<>();

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "The image of the pod's container, for --format yaml. Without it the pod has a placeholder, "
                    + "which no registry has.")
    private String image = "registry.example.com/cocalc/project-standard:latest";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    VolumesCommand() {}

    @Override
    public void run() {
        checkImage();
        StorageConfig config =
                projects.isEmpty() ? installation.config().orElseGet(Shipped::config) : installation.configOrDefaults();
        List<ProjectVolumes> volumes = projects().stream()
                .map(project -> ProjectVolumes.forProject(project.id(), project.licenses(), config))
                .toList();
        Screen screen = Screen.of(spec);
        switch (format) {
            case text -> screen.out().print(text(volumes, screen.width()));
            case yaml -> screen.out().print(yaml(volumes, image));
            case json ->
                screen.out()
                        .print(KubernetesText.json(
                                volumes.stream().map(ProjectRow::of).toList()));
        }
    }

    /** The server takes any text without blanks at its ends, but no node can run an image with one inside. */
    private void checkImage() {
        if (image.isEmpty() || image.chars().anyMatch(Character::isWhitespace)) {
            throw new BadInputException("--image must be the name of an image, without blanks, but was \""
                    + Table.onTerminal(image) + "\"; write for example busybox:1.37");
        }
        if (format != Format.yaml && spec.commandLine().getParseResult().hasMatchedOption("--image")) {
            Screen.of(spec).note("--image is not used: only --format yaml prints a pod");
        }
    }

    private List<Project> projects() {
        Inputs.requireOneReader(projects.stream().map(ProjectOptions::licenses).toArray(String[]::new));
        return projects.isEmpty()
                ? Shipped.projects()
                : projects.stream().map(ProjectOptions::read).toList();
    }

    /** A table and the explanation of each project. */
    static String text(List<ProjectVolumes> projects, int width) {
        return String.join(
                "\n",
                projects.stream()
                        .map(project -> "Project " + project.project() + ", running as " + project.identity() + "\n\n"
                                + MountRow.table(project.mounts(), width) + "\n"
                                + Wrapping.lines(project.softwareAccess().explain(), width) + "\n")
                        .toList());
    }

    /** A pod of each project, with nothing but its storage. */
    static String yaml(List<ProjectVolumes> projects, String image) {
        return KubernetesText.yamlStream(
                projects.stream().map(project -> pod(project, image)).toList());
    }

    private static Pod pod(ProjectVolumes project, String image) {
        Pod bare = new PodBuilder()
                .withNewMetadata()
                .withName("project-" + project.project())
                .addToLabels("project_id", project.project().toString())
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("project")
                .withImage(image)
                .endContainer()
                .endSpec()
                .build();
        return PodStorage.of(project).applyTo(bare, "project");
    }

    /**
     * A project as it is printed: its fields are those of the JSON, in this order.
     *
     * @param project the project's id
     * @param mounts what the pod mounts
     * @param softwareAccess what the pod may do with the shared software
     * @param explanation why
     * @param volumes the pod's volumes
     * @param volumeMounts the mounts of its container
     * @param env the variables of its container
     * @param initContainers what runs before
     * @param securityContext who runs in it
     */
    record ProjectRow(
            String project,
            List<MountRow> mounts,
            String softwareAccess,
            List<String> explanation,
            List<Volume> volumes,
            List<VolumeMount> volumeMounts,
            List<EnvVar> env,
            List<Container> initContainers,
            PodSecurityContext securityContext) {

        static ProjectRow of(ProjectVolumes project) {
            PodStorage storage = PodStorage.of(project);
            return new ProjectRow(
                    project.project().toString(),
                    project.mounts().stream().map(MountRow::of).toList(),
                    project.softwareAccess().access().toString(),
                    project.softwareAccess().explain().lines().toList(),
                    storage.volumes(),
                    storage.volumeMounts(),
                    storage.env(),
                    storage.initContainers(),
                    storage.securityContext());
        }
    }
}
