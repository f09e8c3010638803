package com.cocalc.storage.rwx;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Random scripts, run on the fake and on the real kernel of this machine. */
class KernelComparisonTest {
    private static final int OPERATIONS = 20;
    private static final int SCRIPTS = 500;
    private static final int DEEP_SCRIPTS = 200_000;
    private static final long FIRST = Long.getLong("kernel.cases.first", 0);
    private static final int BATCH = 100;
    private static final int SIDE_BY_SIDE = 8;
    /** All that the README of the oracle lists. */
    private static final List<String> EVERY_OPERATION = List.of(
            ("mkdir rmdir create open read write append truncate unlink rename link symlink readlink chmod chown stat"
                            + " lstat readdir access utimes hread hwrite htruncate hstat hreaddir hclose")
                    .split(" ", -1));

    @Test
    void theFakeAnswersEveryScriptAsTheKernelDoes() throws InterruptedException {
        Optional<String> obstacle = PosixOracle.findObstacle();
        assumeTrue(obstacle.isEmpty(), () -> "the real kernel cannot be asked here: " + obstacle.orElse(""));
        int count = Boolean.getBoolean("cocalc.deep") ? DEEP_SCRIPTS : SCRIPTS;

        // Mounting and unmounting wait in the kernel, so that several batches at once take little longer than one.
        ExecutorService pool = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            List<Future<?>> batches = new ArrayList<>();
            for (long seed = FIRST; seed < FIRST + count; seed += BATCH) {
                long first = seed;
                batches.add(pool.submit(() -> compare(first)));
            }
            for (Future<?> batch : batches) {
                batch.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        } finally {
            pool.shutdownNow();
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
            if (difference.isPresent() && isLasting(scripts.get(i), lines.get(i))) {
                explain(scripts.get(i), difference.get());
            }
        }
    }

    /** A busy kernel starts a walk again now and then, and then counts its links twice: it is asked once more. */
    private static boolean isLasting(Map<String, Object> script, String line) {
        String again = PosixOracle.answers(List.of(line)).get(0);
        return ScriptComparison.findDifference(script, again, ScriptComparison.fake(line))
                .isPresent();
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
        for (long seed = 0; seed < SCRIPTS; seed++) {
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
    void everyOperationOfTheProtocolSucceedsAndFails() {
        Map<String, Integer> worked = new java.util.TreeMap<>();
        Map<String, Integer> failed = new java.util.TreeMap<>();
        for (long seed = 0; seed < SCRIPTS; seed++) {
            Map<String, Object> script = ScriptGenerator.script(seed, OPERATIONS);
            List<?> ops = (List<?>) requireNonNull(script.get("ops"));
            List<?> results = (List<?>) PosixScript.answer(Json.write(script)).get("results");
            // A script that cannot be run has none: its sub-path leads through a link.
            for (int i = 0; results != null && i < results.size(); i++) {
                boolean isWorking = ((Map<?, ?>) results.get(i)).containsKey("ok");
                String op = String.valueOf(((Map<?, ?>) ops.get(i)).get("op"));
                (isWorking ? worked : failed).merge(op, 1, Integer::sum);
            }
        }

        assertThat(worked.keySet()).containsExactlyInAnyOrderElementsOf(EVERY_OPERATION);
        assertThat(failed.keySet()).containsExactlyInAnyOrderElementsOf(EVERY_OPERATION);
    }

    @Test
    void theSameSeedGivesTheSameScript() {
        assertThat(ScriptGenerator.script(7, OPERATIONS)).isEqualTo(ScriptGenerator.script(7, OPERATIONS));
        assertThat(ScriptGenerator.script(7, OPERATIONS)).isNotEqualTo(ScriptGenerator.script(8, OPERATIONS));
    }
}
