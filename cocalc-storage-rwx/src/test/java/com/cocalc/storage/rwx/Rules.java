package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Tables of {@link RuleScript}s as tests. */
final class Rules {
    private Rules() {}

    /** One test for each rule. */
    static Stream<DynamicTest> onTheFake(String table) {
        return RuleScript.parse(table).stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.name(),
                        () -> assertThat(rule.violations(ScriptComparison.fake(Json.write(rule.script()))))
                                .isEmpty()));
    }
}
