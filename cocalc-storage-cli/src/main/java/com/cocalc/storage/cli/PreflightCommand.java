package com.cocalc.storage.cli;

import com.cocalc.storage.StorageModel;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.preflight.ClusterSnapshot;
import com.cocalc.storage.kubernetes.preflight.StoragePreflight;
import java.util.List;
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
            "The snapshot is what kubectl prints, for example:",
            "  kubectl get -n cocalc -o json pvc,pv,storageclass,csidriver,namespace,pod,event"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing found", "1:findings", "2:bad input"})
final class PreflightCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "SNAPSHOT",
            defaultValue = "-",
            description = {
                "Lists of objects as JSON or YAML, one or several behind each other: a file, or - for standard",
                "input (the default)."
            })
    private String snapshot = "-";

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    @Option(names = "--namespace", paramLabel = "NAME", required = true, description = "Where CoCalc is installed.")
    private String namespace = "";

    @Option(names = "--format", paramLabel = "FORMAT", description = "One of: ${COMPLETION-CANDIDATES}.")
    private FindingsFormat format = FindingsFormat.table;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    PreflightCommand() {}

    @Override
    public Integer call() {
        StorageModel model = StorageModel.of(installation.configOrDefaults());
        ClusterSnapshot cluster;
        try {
            cluster = ClusterSnapshot.parse(namespace, Inputs.stream(snapshot));
        } catch (IllegalArgumentException e) {
            throw new BadInputException(Inputs.nameOf(snapshot) + ": " + e.getMessage(), e);
        }
        List<Finding> findings = StoragePreflight.check(model, cluster);
        spec.commandLine().getOut().print(format.print(findings));
        return findings.isEmpty() ? 0 : Main.FINDINGS;
    }
}
