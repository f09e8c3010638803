package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.kubernetes.audit.AuditRule;
import com.cocalc.storage.kubernetes.audit.Rule;
import com.cocalc.storage.kubernetes.preflight.PreflightRule;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTest {

    private static final Pattern OUR_CLASSES = Pattern.compile(
            "Storage(Claims|Preflight|Config|Model)|Pod(Storage|Audit|Patches)|Software(Access|Ownership)|Nfs(Server|Isolation)"
                    + "|homeOwnership|hardened form|server side");

    static Stream<String> commands() {
        return Main.COMMANDS.stream().map(Main::nameOf);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandSaysItsInputAnExampleAndItsExitCodes(String command) {
        Run help = Run.of(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .startsWith("Usage: cocalc-storage " + command)
                .contains("\nInput: ", "\nExample", "\nExit codes:\n  0   ", "\n  2   bad input\n  3   cannot run\n");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void textAndExamplesAreWholeInATerminalOfEightyColumns(String command) {
        String narrow = Run.of(command, "--help").out();
        String wide = Run.on(200, Screen.Colours.OFF, command, "--help").out();

        assertThat(narrow.lines()).allMatch(line -> line.length() <= 80);
        assertThat(behindTheOptions(narrow)).isEqualTo(behindTheOptions(wide));
    }

    private static String behindTheOptions(String help) {
        return help.substring(help.indexOf("\nExit codes:"));
    }

    @Test
    void noDefaultIsBrokenInATerminalOfEightyColumns() {
        assertThat(Main.COMMANDS.stream()
                        .map(Main::nameOf)
                        .flatMap(command -> Run.of(command, "--help").out().lines()))
                .noneMatch(line -> line.matches(".*\\(default: [^ )]+"));
    }

    @Test
    void theUsageHasExamplesAndTellsOfThePlugin() {
        assertThat(Run.of().out())
                .contains("\nExamples:\n  cocalc-storage demo\n")
                .contains("kubectl-cocalc_storage")
                .contains("Exit codes: 0 nothing found, 1 findings, 2 bad input, 3 cannot run.\n");
    }

    @Test
    void theHelpOfAuditHasTheQueryForTheLicences() {
        assertThat(Run.of("audit", "--help").out()).contains("""
                  psql -XAtc "SELECT json_build_object('project_id', project_id,
                    'site_license', site_license) FROM projects" > licenses.jsonl
                """);
    }

    @Test
    void preflightAndDiagnoseNameTheCommandThatGivesTheirInput() {
        assertThat(Run.of("preflight", "--help").out()).contains("kubectl get -n cocalc -o yaml \\\n");
        assertThat(Run.of("diagnose", "--help").out()).contains("kubectl get pod,event -n cocalc -o yaml\n");
    }

    @Test
    void whatMayBeLeftOutStandsInBrackets() {
        assertThat(Run.of("diff", "--help").out()).contains("[--licenses=FILE]) [POD]\n", "\n      [POD]");
    }

    @Test
    void noAdviceNamesAClassOrASettingOfJava() {
        Stream<Rule> rules = Stream.concat(Arrays.stream(AuditRule.values()), Arrays.stream(PreflightRule.values()));

        assertThat(rules.map(rule -> rule.atRunTime() + "; " + rule.remedy()))
                .noneMatch(text -> OUR_CLASSES.matcher(text).find());
    }

    @Test
    void theCompletionKnowsCommandsAndOptions() {
        assertThat(Run.of("completion").out())
                .startsWith("#!/usr/bin/env bash\n")
                .contains("preflight", "--project-label", "bashcompinit");
    }
}
