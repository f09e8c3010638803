package com.cocalc.storage.cli;

import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.input.Inputs;
import com.cocalc.storage.cli.input.KubernetesObject;
import com.cocalc.storage.cli.input.KubernetesReader;
import com.cocalc.storage.cli.output.ExitCode;
import com.cocalc.storage.cli.output.FindingsReport;
import com.cocalc.storage.cli.output.Format;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.cli.output.Title;
import com.cocalc.storage.cli.output.Wrapping;
import com.cocalc.storage.kubernetes.preflight.Cause;
import com.cocalc.storage.kubernetes.preflight.CauseKind;
import com.cocalc.storage.kubernetes.preflight.Diagnosis;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code diagnose}: finds out from the cluster's objects why the storage of a pod does not work. */
@Command(
        name = "diagnose",
        description = "Say why the storage of a pod does not work.",
        footer = {
            "",
            "Input: what this prints, as YAML or JSON:",
            "  " + DiagnoseCommand.QUERY,
            "Example:",
            "  " + DiagnoseCommand.QUERY + " |",
            "    cocalc-storage diagnose --pod NAME",
            "With what its containers wrote:",
            "  kubectl logs -n cocalc NAME --all-containers > log.txt",
            "  " + DiagnoseCommand.QUERY + " |",
            "    cocalc-storage diagnose --pod NAME --log log.txt"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing points to the storage", "1:causes found", "2:bad input", "3:cannot run"})
final class DiagnoseCommand implements Callable<Integer> {

    static final String QUERY = "kubectl get pod,event -n cocalc -o yaml";

    /** No event has a longer message, but a line of a log may be of any length. */
    private static final int LONGEST_MESSAGE = 1024;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "YAML or JSON: files, or - for standard input (the default).")
    private List<String> files = List.of();

    @Option(
            names = "--pod",
            paramLabel = "NAME",
            description = "The pod: its name, or NAMESPACE/NAME. Without it: all pods of the input.")
    private @Nullable String name;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "What the pod's containers wrote, as kubectl logs prints it. Needs --pod.")
    private @Nullable String log;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DiagnoseCommand() {}

    /**
     * A cause as it is printed: its fields are those of the JSON, in this order.
     *
     * @param kind the kind of the object that suffers: Pod
     * @param namespace the pod's namespace, null where it names none
     * @param name the pod's name, null where it has none
     * @param code the kind of cause, which never changes
     * @param about what the cause is about: claim, volume, container, node or path; null where it is about none of them
     * @param subject the name of that, null where nobody gave it
     * @param seen the message that revealed the cause
     * @param what what is wrong
     * @param fix what to do
     */
    record CauseRow(
            String kind,
            @Nullable String namespace,
            @Nullable String name,
            String code,
            @Nullable String about,
            @Nullable String subject,
            String seen,
            String what,
            String fix) {

        static CauseRow of(Title pod, Cause cause) {
            CauseKind.About about = cause.kind().about();
            return new CauseRow(
                    pod.kind(),
                    pod.namespace(),
                    pod.name(),
                    cause.kind().code(),
                    about == CauseKind.About.NOTHING ? null : about.name().toLowerCase(Locale.ROOT),
                    cause.subject().orElse(null),
                    cause.symptom().seenIn() + ": " + inOneLine(cause.symptom().text()),
                    cause.explanation(),
                    cause.remedy());
        }

        /** What decides is often in the last line of a message. */
        private static String inOneLine(String message) {
            String words = message.strip().replaceAll("\\s+", " ");
            return words.length() <= LONGEST_MESSAGE
                    ? words
                    : words.substring(0, words.offsetByCodePoints(0, words.codePointCount(0, LONGEST_MESSAGE))) + "… ("
                            + message.length() + " characters)";
        }
    }

    @Override
    public Integer call() {
        if (log != null && name == null) {
            throw new BadInputException("--log needs --pod NAME; name the pod that wrote it");
        }
        List<String> lines = Optional.ofNullable(log)
                .map(file -> Inputs.log(file).lines().toList())
                .orElse(List.of());
        List<Pod> pods = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        read(pods, events);
        List<Pod> asked = pods.stream()
                .filter(pod -> name == null || name.equals(Title.of(pod).name()) || name.equals(nameOf(pod)))
                .toList();
        if (asked.isEmpty()) {
            throw new BadInputException(
                    name == null
                            ? "the input must hold a Pod, but holds none; give what " + QUERY + " prints"
                            : "--pod must name a pod of the input, but was \"" + Table.onTerminal(name) + "\"; it has "
                                    + names(pods));
        }
        return print(asked, events, lines);
    }

    private void read(List<Pod> pods, List<Event> events) {
        for (String file : Inputs.orStandardInput(files, log)) {
            KubernetesReader.readWhole(file, object -> {
                if (object.isPod()) {
                    pods.add(Inputs.as(object, Pod.class));
                } else if (object.kind().equals("Event")) {
                    switch (object.tree().path("apiVersion").asText()) {
                        case "v1" -> events.add(Inputs.as(object, Event.class));
                        case "events.k8s.io/v1" -> events.add(Inputs.as(withNamesOfCore(object), Event.class));
                        default -> {} // not an event of Kubernetes
                    }
                }
            });
        }
    }

    /** An event of the group events.k8s.io is the same object under other names of its fields. */
    private static KubernetesObject withNamesOfCore(KubernetesObject event) {
        ObjectNode tree = event.tree().deepCopy();
        if (tree.has("regarding")) {
            tree.set("involvedObject", tree.path("regarding"));
        }
        tree.put("message", tree.path("note").asText());
        return new KubernetesObject(event.source(), event.json(), tree);
    }

    private int print(List<Pod> pods, List<Event> events, List<String> lines) {
        Screen screen = Screen.of(spec);
        Format.Rows rows = new Format.Rows(screen, format);
        int found = 0;
        for (Pod pod : pods) {
            Title title = Title.of(pod);
            List<CauseRow> causes = Diagnosis.of(pod, events, lines).causes().stream()
                    .map(cause -> CauseRow.of(title, cause))
                    .toList();
            if (format != Format.text) {
                causes.forEach(rows::add);
            } else if (!causes.isEmpty()) {
                screen.out().print(heading(title, screen.width()));
                causes.forEach(row -> screen.out().print(text(row, screen.width())));
            }
            found += causes.size();
        }
        if (format == Format.text) {
            screen.out()
                    .println((found == 0 ? "nothing points to the storage" : FindingsReport.counted(found, "cause"))
                            + " in " + FindingsReport.counted(pods.size(), "pod"));
        } else {
            rows.end();
        }
        return found == 0 ? 0 : ExitCode.FINDINGS;
    }

    private static String heading(Title pod, int width) {
        return Wrapping.paragraph(Table.onTerminal(pod.toString()), width, 2) + "\n\n";
    }

    private static String text(CauseRow row, int width) {
        return row.code() + "\n" + line("seen", row.seen(), width) + line("what", row.what(), width)
                + line("fix", row.fix(), width) + "\n";
    }

    private static String line(String label, String text, int width) {
        String start = String.format("  %-6s", label);
        return start + Wrapping.paragraph(Table.onTerminal(text), width, start.length()) + "\n";
    }

    /** As the heading has it. */
    private static String nameOf(Pod pod) {
        return Title.of(pod).nameInNamespace();
    }

    private static String names(List<Pod> pods) {
        if (pods.isEmpty()) {
            return "no pod";
        }
        String first = String.join(
                ", ",
                pods.stream().limit(5).map(pod -> Table.onTerminal(nameOf(pod))).toList());
        return first + (pods.size() > 5 ? " and " + (pods.size() - 5) + " others" : "");
    }
}
