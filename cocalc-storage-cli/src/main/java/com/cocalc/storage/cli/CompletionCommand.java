package com.cocalc.storage.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code completion}: prints what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        description = "Print what bash and zsh need to complete commands and options.",
        footer = {"", "Input: none.", "Example, in ~/.bashrc or ~/.zshrc:", "  source <(cocalc-storage completion)"},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:printed", "2:bad input", "3:cannot run"})
final class CompletionCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand() {}

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
    }
}
