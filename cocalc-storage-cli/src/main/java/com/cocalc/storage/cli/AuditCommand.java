package com.cocalc.storage.cli;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.input.Inputs;
import com.cocalc.storage.cli.input.InstallationOptions;
import com.cocalc.storage.cli.input.KubernetesObject;
import com.cocalc.storage.cli.input.KubernetesReader;
import com.cocalc.storage.cli.input.Licenses;
import com.cocalc.storage.cli.output.FindingOptions;
import com.cocalc.storage.cli.output.FindingRow;
import com.cocalc.storage.cli.output.FindingsReport;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.cli.repair.PodAtPlace;
import com.cocalc.storage.cli.repair.Repair;
import com.cocalc.storage.cli.repair.Wanted;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.SameStorage;
import com.cocalc.storage.kubernetes.audit.Severity;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code audit}: reports what is wrong with the storage of finished pods. */
@Command(
        name = "audit",
        description = "Audit the storage of finished pods, or of whatever holds a pod template.",
        footer = {
            "",
            "Input: what kubectl prints: one object, several, or a List. Each pod is judged",
            "as its own project's; pods that are no project's and mount no storage of CoCalc",
            "are passed over.",
            "Example:",
            "  kubectl get pods -n cocalc -o yaml |",
            "    cocalc-storage audit --values my-values.yaml",
            "With the licences out of the hub's database:",
            Licenses.QUERY_1,
            Licenses.QUERY_2,
            "  kubectl get pods -n cocalc -o yaml |",
            "    cocalc-storage audit --values my-values.yaml --licenses licenses.jsonl",
            "With what the cluster has, see the command preflight:",
            "  kubectl get pods -n cocalc -o yaml |",
            "    cocalc-storage audit --cluster cluster.yaml --namespace cocalc"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing found", "1:findings, see --fail-on", "2:bad input", "3:cannot run"})
final class AuditCommand implements Callable<Integer> {

    private static final JsonMapper TREES = new JsonMapper();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "YAML or JSON: files, or - for standard input (the default).")
    private List<String> files = List.of();

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    @Mixin
    private OwnerOptions owner = new OwnerOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private FindingOptions options = new FindingOptions();

    @Option(
            names = "--patch",
            description = "Print a JSON Patch that fixes what is certain, for kubectl patch --type=json; for "
                    + "several objects a line each with kind, namespace, name and patch. What it leaves is told "
                    + "on standard error.")
    private boolean patch;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Set<String> passedOver = new TreeSet<>();
    private int pods;
    private int others;

    /** The patch of the only pod so far: whether it stands alone shows when the next pod or the end comes. */
    private @Nullable ObjectNode onlyPatch;

    AuditCommand() {}

    @Override
    public Integer call() {
        if (patch && spec.commandLine().getParseResult().hasMatchedOption("--format")) {
            throw new BadInputException(
                    "--format must not be given with --patch, which prints JSON alone; leave it out");
        }
        List<String> inputs = Inputs.orStandardInput(files, owner.licenses());
        owner.check();
        cluster.check(files);
        Screen screen = Screen.of(spec);
        StorageConfig config = installation.configOrDefaults();
        FindingsReport report = options.report(screen);
        for (String file : inputs) {
            int before = pods + others;
            int objects = KubernetesReader.read(file, object -> audit(object, config, screen, report));
            if (objects == 0) {
                screen.note(Inputs.nameOf(file) + " is an empty list");
            } else if (pods + others == before) {
                throw new BadInputException(Inputs.nameOf(file) + " must hold a Pod or what has a pod template with"
                        + " containers, but holds only " + String.join(", ", passedOver) + "; "
                        + (passedOver.contains("pod")
                                ? "write kind: Pod, capitals count"
                                : "give what kubectl get pods -o yaml prints"));
            }
        }
        if (others > 0) {
            screen.note(
                    others == 1
                            ? "1 pod that mounts no storage of CoCalc and is not a project's was passed over"
                            : others
                                    + " pods that mount no storage of CoCalc and are not a project's were passed over");
        }
        owner.end(screen, config);
        cluster.end(screen);
        if (report.exitCode() != 0) {
            installation.noteDefaults(screen);
        }
        if (!patch) {
            return report.end(FindingsReport.counted(pods, "pod"));
        }
        if (pods < 2) {
            screen.out().print(onlyPatch == null ? "[ ]\n" : KubernetesText.json(onlyPatch.get("patch")));
        }
        return report.exitCode();
    }

    private void audit(KubernetesObject object, StorageConfig config, Screen screen, FindingsReport report) {
        List<String> places = object.podsAt();
        if (places.isEmpty()) {
            passedOver.add(Table.onTerminal(object.kind()));
        }
        Set<String> claims = config.claims().stream().map(ClaimName::value).collect(Collectors.toUnmodifiableSet());
        places.forEach(place -> audit(object, PodAtPlace.of(object, place, claims), config, screen, report));
    }

    private void audit(
            KubernetesObject object, PodAtPlace pod, StorageConfig config, Screen screen, FindingsReport report) {
        SameStorage known = cluster.known(config, object.namespace());
        Optional<Wanted> wanted = owner.wanted(object.tree(), pod.tree(), config);
        if (wanted.isEmpty() && !mountsStorage(pod.tree(), config, known)) {
            requireSpec(object, pod);
            others++;
            return;
        }
        pods++;
        if (patch) {
            printFirstOfMany(screen);
        }
        if (wanted.isPresent()) {
            judge(object, pod, wanted.get().knowing(known), screen, report);
        } else if (patch) {
            report.count(Severity.WARNING);
            left(screen, object, unknown(object, pod, config).inOneLine());
        } else {
            report.add(object.title().toString(), List.of(unknown(object, pod, config)));
        }
    }

    private void judge(KubernetesObject object, PodAtPlace pod, Wanted wanted, Screen screen, FindingsReport report) {
        List<Finding> findings = findings(object, pod, wanted);
        if (!patch) {
            report.add(
                    object.title() + ", judged as " + wanted.subject() + " (" + wanted.from() + ")",
                    findings.stream()
                            .map(finding -> row(object, pod, wanted, finding, findings))
                            .toList());
        } else if (!findings.isEmpty()) {
            findings.forEach(finding -> report.count(finding.severity()));
            Repair repair = Repair.ofAll(pod, wanted);
            printPatch(screen, patchOf(object, repair));
            PodAtPlace result = repair.result();
            result.audit(wanted)
                    .forEach(finding ->
                            left(screen, object, inObject(result, finding).toString()));
        }
    }

    private static void left(Screen screen, KubernetesObject object, String finding) {
        screen.note("the patch leaves in " + Table.onTerminal(object.title().toString()) + ": " + finding);
    }

    private static Finding inObject(PodAtPlace pod, Finding finding) {
        return new Finding(
                finding.rule(), pod.place(finding.pointer()), finding.what(), finding.serverFields(), finding.remedy());
    }

    private static List<Finding> findings(KubernetesObject object, PodAtPlace pod, Wanted wanted) {
        try {
            return pod.audit(wanted);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(
                    object.source() + ", " + Table.onTerminal(object.title().toString()) + ": " + e.getMessage(), e);
        }
    }

    private static FindingRow row(
            KubernetesObject object, PodAtPlace pod, Wanted wanted, Finding finding, List<Finding> all) {
        Optional<Repair> repair = Repair.of(finding, pod, wanted, all);
        return new FindingRow(
                object.kind(),
                object.title().namespace(),
                object.title().name(),
                wanted.subject(),
                wanted.from(),
                finding.severity().toString(),
                finding.rule().code(),
                pod.place(finding.pointer()),
                finding.what(),
                finding.rule().atRunTime(),
                repair.map(Repair::inWords).orElse(finding.remedy()),
                repair.map(change -> (JsonNode) change.patch()).orElse(null),
                finding.serverFields());
    }

    /** It sees files of projects, and nobody can say whether it may. */
    private FindingRow unknown(KubernetesObject object, PodAtPlace pod, StorageConfig config) {
        return new FindingRow(
                object.kind(),
                object.title().namespace(),
                object.title().name(),
                null,
                null,
                "WARNING",
                "owner-unknown",
                pod.place("/metadata/labels"),
                "it mounts storage of CoCalc, but has no label with a project's id and no project's directory at "
                        + config.homePath(),
                "it is not judged, and may see files of any project",
                remedy(pod, config),
                null,
                List.of());
    }

    /** Whoever wants to see all homes can look like a service, so that is for the operator to say. */
    private static String remedy(PodAtPlace pod, StorageConfig config) {
        String services = Arrays.stream(StorageService.values())
                .filter(service -> isRight(pod, Wanted.of(ServiceVolumes.forService(service, config), "--service")))
                .map(StorageService::toString)
                .collect(Collectors.joining(" or "));
        return services.isEmpty()
                ? "add the label, or judge it by itself with --project or --service"
                : "it mounts what " + services + " needs: if it is that service, judge it by itself with --service;"
                        + " if it is a project's, add the label";
    }

    private static boolean isRight(PodAtPlace pod, Wanted wanted) {
        try {
            return pod.audit(wanted).stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
        } catch (IllegalArgumentException e) {
            return false; // nobody can read it as a pod
        }
    }

    /** A pod that is not written as one must not go for one without storage. */
    private static void requireSpec(KubernetesObject object, PodAtPlace pod) {
        JsonNode spec = pod.tree().path("spec");
        if (!spec.isObject() && !spec.isMissingNode()) {
            throw new BadInputException(
                    object.source() + ", " + Table.onTerminal(object.title().toString()) + ": " + pod.place("/spec")
                            + " must be an object, but is not one; give what kubectl get -o yaml prints");
        }
    }

    private static boolean mountsStorage(JsonNode pod, StorageConfig config, SameStorage known) {
        for (JsonNode volume : pod.path("spec").path("volumes")) {
            String claim =
                    volume.path("persistentVolumeClaim").path("claimName").asText();
            if (config.claims().stream().anyMatch(ours -> ours.value().equals(claim)) || hasOurFiles(volume, known)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasOurFiles(JsonNode volume, SameStorage known) {
        try {
            return volume.isObject()
                    && !known.filesIn(TREES.treeToValue(volume, Volume.class)).isEmpty();
        } catch (JsonProcessingException e) {
            return false; // the server does not take such a volume
        }
    }

    private static ObjectNode patchOf(KubernetesObject object, Repair repair) {
        ObjectNode line = TREES.createObjectNode().put("kind", object.kind());
        if (object.title().namespace() != null) {
            line.put("namespace", object.title().namespace());
        }
        if (object.title().name() != null) {
            line.put("name", object.title().name());
        }
        line.set("patch", repair.patch());
        return line;
    }

    /** The patch of one pod is printed by itself at the end, those of several as they come. */
    private void printPatch(Screen screen, ObjectNode line) {
        if (pods == 1) {
            onlyPatch = line;
        } else {
            screen.out().println(oneLine(line));
        }
    }

    private void printFirstOfMany(Screen screen) {
        if (pods == 2 && onlyPatch != null) {
            screen.out().println(oneLine(onlyPatch));
        }
    }

    private static String oneLine(ObjectNode tree) {
        try {
            return TREES.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree is JSON", e);
        }
    }
}
