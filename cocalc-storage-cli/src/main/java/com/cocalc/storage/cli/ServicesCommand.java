package com.cocalc.storage.cli;

import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.input.InstallationOptions;
import com.cocalc.storage.cli.output.Format;
import com.cocalc.storage.cli.output.Screen;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code services}: shows what the services of CoCalc mount. */
@Command(
        name = "services",
        description = "Show what each service of CoCalc mounts.",
        footer = {
            "",
            "Input: Helm values with --values.",
            "Example, the drawing for a page in Markdown:",
            "  cocalc-storage services --values my-values.yaml --drawing"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:shown", "2:bad input", "3:cannot run"})
final class ServicesCommand implements Runnable {

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    @Option(
            names = "--drawing",
            description = "Print a drawing of who mounts what, for Mermaid, instead of the mounts.")
    private boolean drawing;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ServicesCommand() {}

    /**
     * A service as it is printed: its fields are those of the JSON, in this order.
     *
     * @param service its name
     * @param mounts what it mounts
     * @param environment the variables that tell it where projects and shares are
     */
    record ServiceRow(String service, List<MountRow> mounts, Map<String, String> environment) {

        static ServiceRow of(ServiceVolumes service) {
            return new ServiceRow(
                    service.service().toString(),
                    service.mounts().stream().map(MountRow::of).toList(),
                    service.environment());
        }
    }

    @Override
    public void run() {
        if (drawing && spec.commandLine().getParseResult().hasMatchedOption("--format")) {
            throw new BadInputException(
                    "--format must not be given with --drawing, which prints the drawing alone; leave it out");
        }
        StorageModel model = StorageModel.of(installation.configOrDefaults());
        Screen screen = Screen.of(spec);
        if (drawing) {
            screen.out().println(model.toMermaid().strip());
        } else if (format == Format.text) {
            screen.out()
                    .print(model.services().stream()
                            .map(service -> text(service, screen.width()))
                            .collect(Collectors.joining("\n")));
        } else {
            Format.Rows rows = new Format.Rows(screen, format);
            model.services().forEach(service -> rows.add(ServiceRow.of(service)));
            rows.end();
        }
    }

    private static String text(ServiceVolumes service, int width) {
        return "Service " + service.service() + "\n\n" + MountRow.table(service.mounts(), width)
                + service.environment().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue() + "\n")
                        .collect(Collectors.joining());
    }
}
