package com.cocalc.storage.cli;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.cli.input.ClusterReader;
import com.cocalc.storage.cli.input.Inputs;
import com.cocalc.storage.cli.input.InstallationOptions;
import com.cocalc.storage.cli.output.FindingOptions;
import com.cocalc.storage.cli.output.FindingRow;
import com.cocalc.storage.cli.output.FindingsReport;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.cli.output.Title;
import com.cocalc.storage.kubernetes.preflight.ClusterSnapshot;
import com.cocalc.storage.kubernetes.preflight.ObjectName;
import com.cocalc.storage.kubernetes.preflight.PreflightFinding;
import com.cocalc.storage.kubernetes.preflight.StoragePreflight;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code preflight}: checks whether a cluster is ready for the first user. */
@Command(
        name = "preflight",
        description = "Check a cluster's storage before the first user comes.",
        footer = {
            "",
            "Input: what this prints, as YAML or JSON:",
            "  kubectl get -n cocalc -o yaml \\",
            "    pvc,pv,sc,csidriver,namespace,quota,service,endpointslice,pod,job,event",
            "The NFS server can be in another namespace: -A instead of -n cocalc sees it.",
            "Example:",
            "  kubectl get -n cocalc -o yaml \\",
            "    pvc,pv,sc,csidriver,namespace,quota,service,endpointslice,pod,job,event |",
            "    cocalc-storage preflight --namespace cocalc --values my-values.yaml"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing found", "1:findings, see --fail-on", "2:bad input", "3:cannot run"})
final class PreflightCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "YAML or JSON: files, or - for standard input (the default).")
    private List<String> files = List.of();

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            required = true,
            description = "Where CoCalc is installed.")
    private String namespace = "";

    @Mixin
    private FindingOptions options = new FindingOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    PreflightCommand() {}

    @Override
    public Integer call() {
        Optional<StorageConfig> values = installation.config();
        StorageModel model = StorageModel.of(values.orElseGet(StorageConfig::defaults));
        List<HasMetadata> objects = ClusterReader.objects(Inputs.orStandardInput(files));
        ClusterSnapshot cluster = ClusterReader.snapshot(namespace, objects);
        Screen screen = Screen.of(spec);
        if (values.isEmpty()) {
            screen.note("without --values the cluster is checked for the chart's defaults: claims "
                    + model.claims().stream().map(ClaimName::value).collect(Collectors.joining(", ")));
        }
        FindingsReport report = options.report(screen);
        Map<Title, List<FindingRow>> byObject = new LinkedHashMap<>();
        for (PreflightFinding finding : StoragePreflight.check(model, cluster)) {
            ObjectName object = finding.object();
            Title title = Title.of(object.kind(), object.namespace().orElse(""), object.name());
            byObject.computeIfAbsent(title, first -> new ArrayList<>()).add(FindingRow.of(title, finding.finding()));
        }
        byObject.forEach((title, findings) -> report.add(title.toString(), findings));
        return report.end(FindingsReport.counted(objects.size(), "object"));
    }
}
