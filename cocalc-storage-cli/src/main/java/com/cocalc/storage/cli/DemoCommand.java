package com.cocalc.storage.cli;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.cli.output.ExitCode;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.kubernetes.BackEnd;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code demo}: runs {@code volumes} and {@code play} on the two shipped projects. */
@Command(
        name = "demo",
        description = "Show what two shipped projects mount and why, then start them on a fake cluster.",
        footer = {"", "Input: none.", "Example:", "  cocalc-storage demo"},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:both projects ran", "1:a pod did not start", "2:bad input", "3:cannot run"})
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DemoCommand() {}

    @Override
    public Integer call() {
        StorageConfig config = Shipped.config();
        List<ProjectVolumes> projects = Shipped.projects().stream()
                .map(project -> ProjectVolumes.forProject(project.id(), project.licenses(), config))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        out.println(VolumesCommand.text(projects, Screen.ENDLESS));
        out.println(VolumesCommand.yaml(projects, Play.IMAGE));
        Play.Story story = new Play(config, BackEnd.GANESHA).story();
        out.print(story.text());
        return story.started() ? 0 : ExitCode.FINDINGS;
    }
}
