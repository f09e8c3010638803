package com.cocalc.storage.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** One program with a sub-command for each main job. */
@Command(
        name = "cocalc-storage",
        description = "The storage of CoCalc OnPrem on Kubernetes: see, check and certify it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            VolumesCommand.class,
            PlayCommand.class,
            AuditCommand.class,
            ObjectsCommand.class,
            PreflightCommand.class,
            DiffCommand.class,
            CertifyCommand.class,
            DemoCommand.class
        })
public final class Main {

    /** A check found something. */
    static final int FINDINGS = 1;

    /** Bad input: nothing was checked. */
    static final int BAD_INPUT = 2;

    /** A mistake of this program, which must not look like a finding. */
    static final int BUG = 3;

    Main() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param arguments the sub-command with its options; none to print the usage
     */
    public static void main(String[] arguments) {
        int exitCode = run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments);
        System.exit(exitCode);
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commands = new CommandLine(new Main());
        commands.setOut(out);
        commands.setErr(err);
        commands.setParameterExceptionHandler((e, ignored) -> badInput(err, String.valueOf(e.getMessage())));
        commands.setExecutionExceptionHandler((e, command, ignored) -> {
            if (e instanceof BadInputException) {
                return badInput(err, String.valueOf(e.getMessage()));
            }
            e.printStackTrace(err);
            return BUG;
        });
        int exitCode = commands.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
        out.flush();
        err.flush();
        return exitCode;
    }

    private static int badInput(PrintWriter err, String message) {
        String own = message.startsWith("Error: ") ? message.substring("Error: ".length()) : message;
        own.lines().forEach(line -> err.println("error: " + line));
        return BAD_INPUT;
    }
}
