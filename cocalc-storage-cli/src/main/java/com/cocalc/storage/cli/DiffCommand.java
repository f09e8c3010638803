package com.cocalc.storage.cli;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.input.Inputs;
import com.cocalc.storage.cli.input.InstallationOptions;
import com.cocalc.storage.cli.input.Licenses;
import com.cocalc.storage.cli.input.Project;
import com.cocalc.storage.cli.input.ProjectOptions;
import com.cocalc.storage.cli.output.ExitCode;
import com.cocalc.storage.cli.output.FindingsReport;
import com.cocalc.storage.cli.output.Format;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.cli.output.Wrapping;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.change.Difference;
import com.cocalc.storage.kubernetes.change.StorageDiff;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code diff}: shows what the next start of a project would change about its storage. */
@Command(
        name = "diff",
        description = "Show what the next start of a project would change about the storage of its running pod.",
        footer = {
            "",
            "Input: what kubectl get pod NAME -o yaml prints.",
            "Example:",
            "  kubectl get pod NAME -n cocalc -o yaml |",
            "    cocalc-storage diff --project UUID --licenses site_license.json",
            Licenses.ONE_1,
            Licenses.ONE_2,
            Licenses.ONE_3
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing changes", "1:something changes", "2:bad input", "3:cannot run"})
final class DiffCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "POD",
            arity = "0..1",
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
            description = "The pod that the next start builds, before its storage and the patches of its licences. "
                    + "Without it the patches are tried on the running pod. Needs --container.")
    private @Nullable String next;

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    @ArgGroup(exclusive = false, multiplicity = "1")
    private ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DiffCommand() {}

    @Override
    public Integer call() {
        Inputs.orStandardInput(List.of(pod), next, project.licenses());
        Project read = project.read();
        PodStorage desired =
                PodStorage.of(ProjectVolumes.forProject(read.id(), read.licenses(), installation.configOrDefaults()));
        StorageDiff diff = diff(desired);
        print(diff.differences());
        if (!diff.isEmpty()) {
            installation.noteDefaults(Screen.of(spec));
        }
        return diff.isEmpty() ? 0 : ExitCode.FINDINGS;
    }

    private void print(List<Difference> differences) {
        Screen screen = Screen.of(spec);
        if (format == Format.text) {
            differences.forEach(
                    difference -> screen.out().println(Wrapping.paragraph(difference.toString(), screen.width(), 2)));
            screen.out()
                    .println(
                            differences.isEmpty()
                                    ? "nothing changes"
                                    : FindingsReport.counted(differences.size(), "difference"));
        } else {
            Format.Rows rows = new Format.Rows(screen, format);
            differences.forEach(difference -> rows.add(DifferenceRow.of(difference)));
            rows.end();
        }
    }

    /**
     * A difference as it is printed: its fields are those of the JSON, in this order.
     *
     * @param aspect what kind of thing differs
     * @param where a JSON pointer into the running pod
     * @param running what the running pod has
     * @param next what the next start gives
     * @param impact what that means
     * @param because why, as far as licences decide
     */
    record DifferenceRow(String aspect, String where, String running, String next, String impact, String because) {

        static DifferenceRow of(Difference difference) {
            return new DifferenceRow(
                    difference.aspect().toString(),
                    difference.pointer().isEmpty() ? "/" : difference.pointer(),
                    difference.running(),
                    difference.desired(),
                    difference.impact().toString(),
                    difference.because());
        }
    }

    private StorageDiff diff(PodStorage desired) {
        Pod running = Inputs.pod(pod);
        try {
            if (next != null) {
                if (container == null) {
                    throw new BadInputException("--next needs --container NAME; name the container of the project");
                }
                return StorageDiff.between(running, Inputs.pod(next), container, desired);
            }
            return container == null
                    ? StorageDiff.between(running, desired)
                    : StorageDiff.between(running, container, desired);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(
                    String.valueOf(e.getMessage()).replaceFirst("^containerName ", "--container "), e);
        }
    }
}
