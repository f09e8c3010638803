package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tables of rules hold for the real kernel too: a wrong expectation cannot hide a wrong fake. */
class RulesOnTheKernelTest {
    private static final List<String> TABLES = List.of(
            Section1PermissionClassesTest.RULES,
            Section2WalkingTest.RULES,
            Section3CreatingTest.RULES,
            Section3RemovingTest.RULES,
            Section3AttributesTest.RULES,
            Section4ReadOnlyTest.RULES);

    @Test
    void theKernelAnswersEveryRuleAsItIsWrittenDown() {
        Optional<String> obstacle = PosixOracle.findObstacle();
        assumeTrue(obstacle.isEmpty(), () -> "the real kernel cannot be asked here: " + obstacle.orElse(""));
        List<RuleScript> rules = TABLES.stream()
                .flatMap(table -> RuleScript.parse(table).stream())
                .toList();

        List<String> answers = PosixOracle.answers(
                rules.stream().map(rule -> Json.write(rule.script())).toList());

        List<String> violations = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            for (String violation : rules.get(i).violations(answers.get(i))) {
                violations.add(rules.get(i).name() + ": " + violation);
            }
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void noTwoRulesHaveOneName() {
        List<String> names = TABLES.stream()
                .flatMap(table -> RuleScript.parse(table).stream())
                .map(RuleScript::name)
                .toList();

        assertThat(names).doesNotHaveDuplicates();
        assertThat(names).hasSizeGreaterThan(100);
    }
}
