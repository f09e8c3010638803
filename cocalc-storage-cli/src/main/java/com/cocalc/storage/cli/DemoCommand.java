package com.cocalc.storage.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the library is about, in one run: {@code volumes} and {@code play} on the two shipped projects. */
@Command(
        name = "demo",
        description = "Show what two shipped projects mount and why, then start them on a fake cluster.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:both projects ran", "1:a pod did not start", "2:bad input"})
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DemoCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int volumes = spec.parent().commandLine().execute("volumes");
        out.println();
        return Math.max(volumes, spec.parent().commandLine().execute("play"));
    }
}
