package com.cocalc.storage.cli;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.change.StorageDiff;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the next start of a project would change about its storage. */
@Command(
        name = "diff",
        description = "Show what the next start of a project would change about the storage of its running pod.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing changes", "1:something changes", "2:bad input"})
final class DiffCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "POD",
            defaultValue = "-",
            description = "The running pod as YAML or JSON: a file, or - for standard input (the default).")
    private String pod = "-";

    @Option(
            names = "--container",
            paramLabel = "NAME",
            description = "The container that sees the storage. Without it: the one that mounts most of it.")
    private @Nullable String container;

    @Option(
            names = "--next",
            paramLabel = "FILE",
            description = {
                "The pod that the next start builds, before its storage and the patches of its licences.",
                "Without it the patches are tried on the running pod. Needs --container."
            })
    private @Nullable String next;

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    @ArgGroup(exclusive = false, multiplicity = "1")
    private ProjectOptions project = new ProjectOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DiffCommand() {}

    @Override
    public Integer call() {
        Project read = project.read();
        PodStorage desired =
                PodStorage.of(ProjectVolumes.forProject(read.id(), read.licenses(), installation.configOrDefaults()));
        StorageDiff diff = diff(desired);
        spec.commandLine().getOut().print(diff.isEmpty() ? "nothing changes\n" : diff + "\n");
        return diff.isEmpty() ? 0 : Main.FINDINGS;
    }

    private StorageDiff diff(PodStorage desired) {
        Pod running = podFrom(pod);
        try {
            if (next != null) {
                if (container == null) {
                    throw new BadInputException("--next needs --container NAME; name the container of the project");
                }
                return StorageDiff.between(running, podFrom(next), container, desired);
            }
            return container == null
                    ? StorageDiff.between(running, desired)
                    : StorageDiff.between(running, container, desired);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Pod podFrom(String file) {
        try {
            return new ObjectMapper().readValue(Inputs.podAsJson(file), Pod.class);
        } catch (JsonProcessingException e) {
            throw new BadInputException(
                    Inputs.nameOf(file) + " must be a Pod, but does not read as one ("
                            + e.getOriginalMessage().lines().findFirst().orElse("")
                            + "); give what kubectl get pod -o json prints",
                    e);
        }
    }
}
