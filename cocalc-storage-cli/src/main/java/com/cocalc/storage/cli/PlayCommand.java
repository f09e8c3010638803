package com.cocalc.storage.cli;

import com.cocalc.storage.cli.input.InstallationOptions;
import com.cocalc.storage.cli.output.ExitCode;
import com.cocalc.storage.cli.output.Format;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.KubernetesText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code play}: runs two projects on a fake cluster. */
@Command(
        name = "play",
        description =
                "Start the pods of two shipped projects on a fake cluster, and show what they can read and write.",
        footer = {
            "",
            "Input: none, or Helm values with --values.",
            "Example, on storage where no pod starts:",
            "  cocalc-storage play --back-end GANESHA_ROOT_SQUASH"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:both projects ran", "1:a pod did not start", "2:bad input", "3:cannot run"})
final class PlayCommand implements Callable<Integer> {

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    @Option(
            names = "--back-end",
            paramLabel = "NAME",
            description = "The storage under the claims: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private BackEnd backEnd = BackEnd.GANESHA;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    PlayCommand() {}

    @Override
    public Integer call() {
        Play.Story story = new Play(installation.config().orElseGet(Shipped::config), backEnd).story();
        PrintWriter out = Screen.of(spec).out();
        switch (format) {
            case text -> out.print(story.text());
            case json -> out.print(KubernetesText.json(story));
            case yaml -> out.print(KubernetesText.yaml(story));
        }
        return story.started() ? 0 : ExitCode.FINDINGS;
    }
}
