package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.cli.output.Screen;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Parses each command of the program in the README and the guides, without running it: no option there is stale. */
class GuideCommandsTest {

    /** The name of the program and its arguments, up to a comment or the next command of the shell. */
    private static final Pattern PROGRAM =
            Pattern.compile("(?<![\\w/.-])cocalc-storage +((?:\\\\\n|'[^'\n]*'|[^|>;)#\n'`])+)");

    private static final Pattern SHELL = Pattern.compile("(?m)^```sh\n(.*?)^```$", Pattern.DOTALL);
    private static final Pattern SPAN = Pattern.compile("(?<!`)`([^`\n]+)`(?!`)");

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("../docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("../README.md")),
                            docs.filter(file -> file.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theProgramTakesEachCommandOfThePage(Path page) throws IOException {
        for (String command : commands(Files.readString(page))) {
            assertThatCode(() -> parse(command)).as(command).doesNotThrowAnyException();
        }
    }

    @Test
    void theOperatorsGuideShowsEachCommandThatAnOperatorNeeds() throws IOException {
        List<String> commands = commands(operatorsGuide());

        assertThat(commands)
                .contains("audit --values my-values.yaml --cluster cluster.yaml --namespace cocalc")
                .contains("certify /mnt/nfs --second /mnt/nfs-again")
                .contains("volumes --project UUID --licenses site_license.json")
                .contains("completion");
        assertThat(commands)
                .extracting(command -> words(command)[0])
                .contains("objects", "services", "preflight", "audit", "diagnose", "certify", "recover", "diff");
    }

    @Test
    void eachOptionThatTheOperatorsGuideNamesInItsTextIsThere() throws IOException {
        List<String> named = spans(operatorsGuide())
                .filter(span -> span.startsWith("--"))
                .map(span -> words(span)[0])
                .toList();

        assertThat(named).contains("--node-range", "--fail-on", "--log");
        assertThat(Main.COMMANDS.stream()
                        .flatMap(command -> line(Main.nameOf(command))
                                .getSubcommands()
                                .get(Main.nameOf(command))
                                .getCommandSpec()
                                .optionsMap()
                                .keySet()
                                .stream()))
                .containsAll(named);
    }

    @Test
    void aStaleCommandOrOptionIsRefused() {
        assertThatThrownBy(() -> parse("audit --stale")).hasMessageContaining("--stale");
        assertThatThrownBy(() -> parse("stale --values my-values.yaml")).hasMessageContaining("stale");
    }

    /** The commands in the page's code, and those in its text, which may leave out the name of the program. */
    private static List<String> commands(String page) {
        Stream<String> code = Stream.concat(SHELL.matcher(page).results().map(found -> found.group(1)), spans(page));
        Stream<String> whole =
                code.flatMap(text -> PROGRAM.matcher(text).results()).map(GuideCommandsTest::command);
        Stream<String> inText = spans(page)
                .filter(span -> span.contains(" ")
                        && Main.COMMANDS.stream().anyMatch(command -> span.startsWith(Main.nameOf(command) + " ")));
        return Stream.concat(whole, inText).toList();
    }

    private static String command(MatchResult found) {
        return found.group(1).replace("\\\n", " ").replaceAll("\\s+", " ").strip();
    }

    private static Stream<String> spans(String page) {
        return SPAN.matcher(page).results().map(found -> found.group(1));
    }

    /** The name of a command alone is a mention of it. */
    private static void parse(String command) {
        String[] arguments = words(command.contains(" ") ? command : command + " --help");
        line(arguments[0]).parseArgs(arguments);
    }

    private static String[] words(String command) {
        return Arrays.stream(command.split(" "))
                .map(word -> word.replace("'", ""))
                .toArray(String[]::new);
    }

    private static CommandLine line(String name) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return Main.commandLine(new Screen(nowhere, nowhere, 80, Screen.Colours.OFF), name)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static String operatorsGuide() throws IOException {
        return Files.readString(Path.of("../docs/operators.md"));
    }
}
