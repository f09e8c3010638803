package com.cocalc.storage.testkit.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Random scripts, run on the fake and on the real kernel of this machine. */
class KernelComparisonTest {
    private static final int OPERATIONS = 20;
    private static final int BATCH = 500;

    @Test
    void theFakeAnswersEveryScriptAsTheKernelDoes() {
        Optional<String> obstacle = PosixOracle.findObstacle();
        assumeTrue(obstacle.isEmpty(), () -> "the real kernel cannot be asked here: " + obstacle.orElse(""));
        int count = Boolean.getBoolean("cocalc.deep") ? 200_000 : 3_000;

        for (long seed = 0; seed < count; seed += BATCH) {
            compare(seed);
        }
    }

    private static void compare(long firstSeed) {
        List<Map<String, Object>> scripts = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (long seed = firstSeed; seed < firstSeed + BATCH; seed++) {
            Map<String, Object> script = ScriptGenerator.script(seed, OPERATIONS);
            scripts.add(script);
            lines.add(Json.write(script));
        }
        List<String> answers = PosixOracle.answers(lines);
        for (int i = 0; i < BATCH; i++) {
            Optional<String> difference = ScriptComparison.findDifference(
                    scripts.get(i), answers.get(i), ScriptComparison.fake(lines.get(i)));
            if (difference.isPresent()) {
                explain(scripts.get(i), difference.get());
            }
        }
    }

    private static void explain(Map<String, Object> script, String difference) {
        String shortest = Json.write(ScriptComparison.shortest(script));
        fail("seed " + script.get("id") + ": " + difference + "\nshortest script that differs:\n" + shortest
                + "\n  kernel " + PosixOracle.answers(List.of(shortest)).get(0)
                + "\n  fake   " + ScriptComparison.fake(shortest));
    }

    @Test
    void aThirdOfTheOperationsSucceedAndEveryErrorIsMet() {
        Map<Object, Integer> outcomes = new java.util.TreeMap<>();
        for (long seed = 0; seed < BATCH; seed++) {
            Map<?, ?> answer = PosixScript.answer(Json.write(ScriptGenerator.script(seed, OPERATIONS)));
            List<?> results = (List<?>) answer.get("results");
            for (Object result : results == null ? List.of() : results) {
                Object errno = ((Map<?, ?>) result).get("errno");
                outcomes.merge(errno == null ? "ok" : errno, 1, Integer::sum);
            }
        }

        assertThat(outcomes.get("ok")).isGreaterThan(BATCH * OPERATIONS / 3);
        assertThat(outcomes)
                .containsKeys(
                        "EACCES",
                        "EBADF",
                        "EBUSY",
                        "EEXIST",
                        "EINVAL",
                        "EISDIR",
                        "ELOOP",
                        "ENAMETOOLONG",
                        "ENOENT",
                        "ENOSPC",
                        "ENOTDIR",
                        "ENOTEMPTY",
                        "EPERM",
                        "EROFS",
                        "EXDEV");
    }

    @Test
    void theSameSeedGivesTheSameScript() {
        assertThat(ScriptGenerator.script(7, OPERATIONS)).isEqualTo(ScriptGenerator.script(7, OPERATIONS));
        assertThat(ScriptGenerator.script(7, OPERATIONS)).isNotEqualTo(ScriptGenerator.script(8, OPERATIONS));
    }
}
