package com.cocalc.storage.cli;

import com.cocalc.storage.cli.files.CopyCommand;
import com.cocalc.storage.cli.files.PublishCommand;
import com.cocalc.storage.cli.files.RecoverCommand;
import com.cocalc.storage.cli.files.UnpublishCommand;
import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.output.ExitCode;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.cli.output.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The program, with a sub-command for each job. */
@Command(
        name = "cocalc-storage",
        description = "The storage of CoCalc OnPrem on Kubernetes: see it, check it, certify it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Screen.Owner {

    /** In the order of the help. */
    static final List<Class<?>> COMMANDS = List.of(
            VolumesCommand.class,
            ObjectsCommand.class,
            AuditCommand.class,
            PreflightCommand.class,
            DiagnoseCommand.class,
            DiffCommand.class,
            PatchesCommand.class,
            ServicesCommand.class,
            WhereCommand.class,
            PlayCommand.class,
            CertifyCommand.class,
            CopyCommand.class,
            PublishCommand.class,
            UnpublishCommand.class,
            RecoverCommand.class,
            DemoCommand.class,
            CompletionCommand.class);

    private static final String[] EXAMPLES = {
        "",
        "Examples:",
        "  cocalc-storage demo",
        "  cocalc-storage volumes --values my-values.yaml --project UUID",
        "  kubectl get pods -n cocalc -o yaml |",
        "    cocalc-storage audit --values my-values.yaml",
        "  cocalc-storage objects -n cocalc --values my-values.yaml | kubectl apply -f -",
        "",
        "COMMAND --help has the input, the options and an example of each. Under the",
        "name kubectl-cocalc_storage on the PATH it is a plugin of kubectl:",
        "  kubectl get pods -n cocalc -o yaml | kubectl cocalc-storage audit",
        "",
        "Exit codes: 0 nothing found, 1 findings, 2 bad input, 3 cannot run.",
    };

    private final Screen screen;

    Main(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Screen screen() {
        return screen;
    }

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param arguments the sub-command with its options; none to print the usage
     */
    public static void main(String[] arguments) {
        System.exit(run(Screen.ofProcess(System.getenv()), arguments));
    }

    static int run(Screen screen, String... arguments) {
        CommandLine commands = commandLine(screen, arguments.length == 0 ? "" : arguments[0]);
        commands.setOut(screen.out());
        commands.setErr(screen.err());
        commands.setUsageHelpWidth(Math.min(Math.max(screen.width(), 55), 100));
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setExpandAtFiles(false);
        commands.getCommandSpec().usageMessage().footer(EXAMPLES);
        commands.setParameterExceptionHandler((e, ignored) -> badInput(screen.err(), ArgumentMessage.of(e)));
        commands.setExecutionExceptionHandler((e, command, ignored) -> failed(screen.err(), e));
        int exitCode;
        try {
            exitCode = commands.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
        } catch (OutOfMemoryError e) {
            screen.err()
                    .println("error: the input needs more memory than this process has (" + e.getMessage()
                            + "); give more with COCALC_STORAGE_JAVA_OPTS=-Xmx4g");
            exitCode = ExitCode.CANNOT_RUN;
        }
        screen.err().flush();
        if (screen.out().checkError()) {
            screen.err().println("error: standard output must be writable, but not all could be written to it");
            exitCode = ExitCode.CANNOT_RUN;
        }
        return exitCode;
    }

    /** Only the command that is run, as reading the options of all costs a quarter of a second; all to show them. */
    static CommandLine commandLine(Screen screen, String name) {
        CommandLine line = new CommandLine(new Main(screen));
        Stream<Class<?>> asked =
                COMMANDS.stream().filter(command -> nameOf(command).equals(name));
        List<Class<?>> needed = name.equals("completion") ? COMMANDS : asked.toList();
        (needed.isEmpty() ? COMMANDS : needed).forEach(command -> line.addSubcommand(command));
        return line;
    }

    static String nameOf(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    private static int failed(PrintWriter err, Exception e) {
        if (e instanceof BadInputException) {
            return badInput(err, String.valueOf(e.getMessage()));
        }
        err.println("error: this is a mistake of the program, please report it with its input: " + e);
        for (StackTraceElement place : e.getStackTrace()) {
            err.println("  " + place);
        }
        return ExitCode.CANNOT_RUN;
    }

    private static int badInput(PrintWriter err, String message) {
        message.lines().forEach(line -> err.println("error: " + Table.onTerminal(line)));
        return ExitCode.BAD_INPUT;
    }
}
