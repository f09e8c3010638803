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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** One program with a sub-command for each main job. */
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
        "  cocalc-storage objects --values my-values.yaml | kubectl apply -n cocalc -f -",
        "",
        "COMMAND --help has the input, the options and an example of each. Under the",
        "name kubectl-cocalc_storage on the PATH it is a plugin of kubectl:",
        "  kubectl get pods -n cocalc -o yaml | kubectl cocalc-storage audit",
        "",
        "Exit codes: 0 nothing found, 1 findings, 2 bad input, 3 cannot run.",
    };

    /** What other programs call differently, and the answer to it. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "help", "write --help behind the command",
            "version", "write --version",
            "-v", "write --version",
            "-f", "name the file without an option before it",
            "-o", "write --format",
            "--output", "write --format");

    private static final Pattern ONE_OF =
            Pattern.compile("Invalid value for [a-z ]+ '([^']+)'.*: expected one of \\[(.*)] .*but was '(.*)'");
    private static final Pattern IN_OUR_WORDS = Pattern.compile("Invalid value for [a-z ]+ '([^']+)'[^:]*: (must .*)");
    private static final Pattern NO_NUMBER =
            Pattern.compile("Invalid value for [a-z ]+ '([^']+)'.*: '(.*)' is not an? (?:int|long)", Pattern.DOTALL);
    private static final Pattern NO_VALUE =
            Pattern.compile("Missing required parameter for option '([^']+)' \\((.+)\\)");
    private static final Pattern MISSING =
            Pattern.compile("(?:Error: )?Missing required [^:]+: '?\\(?([^' ]+)(?: \\[.*\\]\\))?'?");
    private static final Pattern EXCLUSIVE = Pattern.compile("(?:Error: )?(.+) are mutually exclusive.*");

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
        commands.setParameterExceptionHandler((e, ignored) -> badInput(screen.err(), messageOf(e)));
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

    private static String messageOf(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            CommandLine command = e.getCommandLine();
            boolean isCommand = command.getParent() == null && !word.startsWith("-");
            List<String> names = isCommand
                    ? List.copyOf(command.getSubcommands().keySet())
                    : List.copyOf(command.getCommandSpec().optionsMap().keySet());
            return (isCommand ? "there is no command \"" : "there is no option or argument \"") + word + "\" here"
                    + Optional.ofNullable(ELSEWHERE.get(word))
                            .or(() -> Nearest.to(word, names).map(name -> "did you mean " + name + "?"))
                            .map(advice -> "; " + advice)
                            .orElse("; " + command.getCommandSpec().qualifiedName() + " --help lists what there is");
        }
        return inOurWords(
                String.valueOf(e.getMessage()),
                e.getCommandLine().getCommandSpec().qualifiedName());
    }

    private static String inOurWords(String message, String command) {
        Matcher oneOf = ONE_OF.matcher(message);
        if (oneOf.matches()) {
            return oneOf.group(1) + " must be one of " + oneOf.group(2) + ", but was \"" + oneOf.group(3)
                    + "\"; correct it";
        }
        Matcher ours = IN_OUR_WORDS.matcher(message);
        if (ours.matches()) {
            return ours.group(1) + " " + ours.group(2);
        }
        Matcher noNumber = NO_NUMBER.matcher(message);
        if (noNumber.matches()) {
            return noNumber.group(1) + " must be a whole number, but was \"" + Table.onTerminal(noNumber.group(2))
                    + "\"; correct it";
        }
        Matcher noValue = NO_VALUE.matcher(message);
        if (noValue.matches()) {
            return noValue.group(1) + " must have a value (" + noValue.group(2) + "), but has none; see " + command
                    + " --help";
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.matches()) {
            return missing.group(1) + " must be given; see " + command + " --help";
        }
        Matcher exclusive = EXCLUSIVE.matcher(message);
        if (exclusive.matches()) {
            return exclusive.group(1) + " must not be given together; leave out one";
        }
        return message.startsWith("Error: ") ? message.substring("Error: ".length()) : message;
    }

    private static int badInput(PrintWriter err, String message) {
        message.lines().forEach(line -> err.println("error: " + line));
        return ExitCode.BAD_INPUT;
    }
}
