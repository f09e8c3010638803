package com.cocalc.storage.cli;

import com.cocalc.storage.StorageModel;
import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.input.Inputs;
import com.cocalc.storage.cli.input.InstallationOptions;
import com.cocalc.storage.cli.input.KubernetesReader;
import com.cocalc.storage.cli.output.FindingOptions;
import com.cocalc.storage.cli.output.FindingRow;
import com.cocalc.storage.cli.output.FindingsReport;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.kubernetes.preflight.ClusterSnapshot;
import com.cocalc.storage.kubernetes.preflight.StoragePreflight;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Whether a cluster is ready for the first user. */
@Command(
        name = "preflight",
        description = "Check a cluster's storage before the first user comes.",
        footer = {
            "",
            "Input: what this prints, as YAML or JSON:",
            "  kubectl get -n cocalc -o yaml \\",
            "    pvc,pv,storageclass,csidriver,namespace,service,pod,event",
            "The NFS server can be in another namespace: -A instead of -n cocalc sees it.",
            "Example:",
            "  kubectl get -n cocalc -o yaml \\",
            "    pvc,pv,storageclass,csidriver,namespace,service,pod,event |",
            "    cocalc-storage preflight --namespace cocalc --values my-values.yaml"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing found", "1:findings, see --fail-on", "2:bad input", "3:cannot run"})
final class PreflightCommand implements Callable<Integer> {

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "PersistentVolumeClaim", PersistentVolumeClaim.class,
            "PersistentVolume", PersistentVolume.class,
            "Namespace", Namespace.class,
            "Pod", Pod.class,
            "Service", Service.class,
            "Event", Event.class,
            "StorageClass", StorageClass.class,
            "CSIDriver", CSIDriver.class);

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "YAML or JSON: files, or - for standard input (the default).")
    private List<String> files = List.of();

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    @Option(names = "--namespace", paramLabel = "NAME", required = true, description = "Where CoCalc is installed.")
    private String namespace = "";

    @Mixin
    private FindingOptions options = new FindingOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    PreflightCommand() {}

    @Override
    public Integer call() {
        StorageModel model = StorageModel.of(installation.configOrDefaults());
        List<HasMetadata> objects = new ArrayList<>();
        for (String file : files.isEmpty() ? List.of(Inputs.STANDARD_INPUT) : files) {
            KubernetesReader.readWhole(file, object -> {
                Class<? extends HasMetadata> kind = KINDS.get(object.kind());
                if (kind != null) {
                    objects.add(Inputs.as(object, kind));
                }
            });
        }
        ClusterSnapshot cluster;
        try {
            cluster = ClusterSnapshot.of(namespace, objects);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--namespace: " + e.getMessage(), e);
        }
        FindingsReport report = options.report(Screen.of(spec));
        report.add(
                "",
                StoragePreflight.check(model, cluster).stream()
                        .map(FindingRow::of)
                        .toList());
        return report.end(FindingsReport.counted(objects.size(), "object"));
    }
}
