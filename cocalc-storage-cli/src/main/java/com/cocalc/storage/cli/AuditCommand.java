package com.cocalc.storage.cli;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.kubernetes.audit.Expected;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import java.util.Arrays;
import java.util.List;
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

/** What is wrong with the storage of a finished pod, whoever made it. */
@Command(
        name = "audit",
        description = "Audit the storage of a finished pod.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing found", "1:findings", "2:bad input"})
final class AuditCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "POD",
            defaultValue = "-",
            description = "The pod as YAML or JSON: a file, or - for standard input (the default).")
    private String pod = "-";

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    @Option(names = "--format", paramLabel = "FORMAT", description = "One of: ${COMPLETION-CANDIDATES}.")
    private FindingsFormat format = FindingsFormat.table;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    AuditCommand() {}

    /** What the pod is meant to be. */
    static final class Whose {

        @ArgGroup(exclusive = false)
        private @Nullable ProjectOptions project;

        @Option(
                names = "--service",
                paramLabel = "NAME",
                description = "The service whose pod it is: hub-next, manage-share, manage-copy or hub-proxy.")
        private @Nullable String service;

        Whose() {}

        Expected expected(StorageConfig config) {
            if (project != null) {
                Project read = project.read();
                return Expected.project(ProjectVolumes.forProject(read.id(), read.licenses(), config));
            }
            return Expected.service(ServiceVolumes.forService(service(), config));
        }

        private StorageService service() {
            return Arrays.stream(StorageService.values())
                    .filter(candidate -> candidate.toString().equals(service))
                    .findFirst()
                    .orElseThrow(() -> new BadInputException("--service must be one of "
                            + Arrays.stream(StorageService.values())
                                    .map(StorageService::toString)
                                    .collect(Collectors.joining(", "))
                            + ", but was \"" + service + "\"; correct the name"));
        }
    }

    @Override
    public Integer call() {
        Expected expected = whose.expected(installation.configOrDefaults());
        List<Finding> findings;
        try {
            findings = PodAudit.auditJson(Inputs.podAsJson(pod), expected);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(Inputs.nameOf(pod) + ": " + e.getMessage(), e);
        }
        spec.commandLine().getOut().print(format.print(findings));
        return findings.isEmpty() ? 0 : Main.FINDINGS;
    }
}
