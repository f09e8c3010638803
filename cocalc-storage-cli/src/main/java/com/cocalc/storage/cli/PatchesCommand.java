package com.cocalc.storage.cli;

import com.cocalc.storage.LicenseName;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.cli.input.Inputs;
import com.cocalc.storage.cli.input.InstallationOptions;
import com.cocalc.storage.cli.input.Licenses;
import com.cocalc.storage.cli.input.Project;
import com.cocalc.storage.cli.input.ProjectOptions;
import com.cocalc.storage.cli.output.ExitCode;
import com.cocalc.storage.cli.output.FindingRow;
import com.cocalc.storage.cli.output.FindingsReport;
import com.cocalc.storage.cli.output.Format;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.cli.output.Title;
import com.cocalc.storage.cli.output.Wrapping;
import com.cocalc.storage.kubernetes.change.OmittedPatch;
import com.cocalc.storage.kubernetes.change.PatchFailedException;
import com.cocalc.storage.kubernetes.change.PatchFinding;
import com.cocalc.storage.kubernetes.change.PatchGuard;
import com.cocalc.storage.kubernetes.change.PatchOperation;
import com.cocalc.storage.kubernetes.change.PatchedPod;
import com.cocalc.storage.kubernetes.change.PodPatches;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code patches}: shows the patches of a project's licences and their effect on its storage. */
@Command(
        name = "patches",
        description = "Show the patches that a project's licences carry, and what they do to a pod's storage.",
        footer = {
            "",
            "Input: the licences, and with POD the pod without the patches, as kubectl prints",
            "it.",
            "Example:",
            "  cocalc-storage patches --project UUID --licenses site_license.json pod.yaml",
            Licenses.ONE_1,
            Licenses.ONE_2,
            Licenses.ONE_3
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:no patch changes the storage",
            "1:findings, or a patch that cannot be applied",
            "2:bad input",
            "3:cannot run"
        })
final class PatchesCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "POD",
            arity = "0..1",
            description = "The pod as YAML or JSON, to say what the patches do to it: a file, or -.")
    private @Nullable String pod;

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    @ArgGroup(exclusive = false, multiplicity = "1")
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). json and yaml print the "
                    + "operations with their licences.")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    PatchesCommand() {}

    /**
     * An operation as it is printed: its fields are those of the JSON, in this order.
     *
     * @param license the key of the licence that carries it, null where the licences have no keys
     * @param position the position of that licence among those of the project, from 1
     * @param op what is done
     * @param path to which field of the pod
     * @param findings what it does to the storage that no licence may do
     */
    record OperationRow(@Nullable String license, int position, String op, String path, List<FindingRow> findings) {

        static OperationRow of(PatchOperation operation, List<FindingRow> findings) {
            LicenseName license = operation.license();
            return new OperationRow(
                    license.key().orElse(null), license.position(), operation.op(), operation.path(), findings);
        }
    }

    @Override
    public Integer call() {
        Inputs.requireOneReader(pod, project.licenses());
        Project read = project.read();
        PodPatches patches = PodPatches.of(read.licenses());
        Screen screen = Screen.of(spec);
        patches.omitted().stream().map(OmittedPatch::toString).forEach(screen::note);
        Map<PatchOperation, List<FindingRow>> findings = Map.of();
        if (pod != null) {
            cluster.check(List.of(pod));
            Pod unpatched = Inputs.pod(pod);
            StorageConfig config = installation.configOrDefaults();
            PatchGuard guard = PatchGuard.reporting(ProjectVolumes.forProject(read.id(), read.licenses(), config))
                    .knowing(cluster.known(config, namespaceOf(unpatched)));
            try {
                PatchedPod judged = guard.apply(patches, unpatched);
                findings = byOperation(Title.of(unpatched), judged.findings());
                if (judged.omitted() > 0) {
                    screen.note("the patches have " + judged.omitted() + " more findings, which are not listed");
                }
            } catch (PatchFailedException e) {
                screen.out().println(Wrapping.paragraph(String.valueOf(e.getMessage()), screen.width(), 2));
                return ExitCode.FINDINGS;
            }
        }
        cluster.end(screen);
        print(screen, patches.operations(), findings);
        if (!findings.isEmpty()) {
            installation.noteDefaults(screen);
        }
        return findings.isEmpty() ? 0 : ExitCode.FINDINGS;
    }

    private static Map<PatchOperation, List<FindingRow>> byOperation(Title pod, List<PatchFinding> findings) {
        return findings.stream()
                .collect(Collectors.groupingBy(
                        PatchFinding::operation,
                        Collectors.mapping(finding -> FindingRow.of(pod, finding.finding()), Collectors.toList())));
    }

    private static String namespaceOf(Pod pod) {
        String namespace = pod.getMetadata() == null ? null : pod.getMetadata().getNamespace();
        return namespace == null ? "" : namespace;
    }

    private void print(Screen screen, List<PatchOperation> operations, Map<PatchOperation, List<FindingRow>> findings) {
        List<OperationRow> rows = operations.stream()
                .map(operation -> OperationRow.of(operation, findings.getOrDefault(operation, List.of())))
                .toList();
        if (format != Format.text) {
            Format.Rows printed = new Format.Rows(screen, format);
            rows.forEach(printed::add);
            printed.end();
            return;
        }
        for (PatchOperation operation : operations) {
            screen.print(
                    Table.onTerminal(operation.op() + " " + operation.path() + ", of " + operation.license()) + "\n"
                            + findings.getOrDefault(operation, List.of()).stream()
                                    .map(finding -> finding.text(screen.width()))
                                    .collect(Collectors.joining()));
        }
        screen.out()
                .println(FindingsReport.counted(operations.size(), "operation")
                        + (pod == null
                                ? ""
                                : ", "
                                        + FindingsReport.counted(
                                                rows.stream()
                                                        .mapToInt(row ->
                                                                row.findings().size())
                                                        .sum(),
                                                "finding")));
    }
}
