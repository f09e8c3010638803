package com.cocalc.storage.testkit.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs a sample class as a user's build would, and tells what came out. */
final class SampleRun {

    private final EngineExecutionResults results;
    private final String errorOutput;

    private SampleRun(EngineExecutionResults results, String errorOutput) {
        this.results = results;
        this.errorOutput = errorOutput;
    }

    static SampleRun of(Class<?> sample) {
        return of(sample, Map.of());
    }

    static SampleRun of(Class<?> sample, Map<String, String> configuration) {
        PrintStream before = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(written, true, UTF_8));
            EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                    .configurationParameters(configuration)
                    .selectors(selectClass(sample))
                    .execute();
            return new SampleRun(results, written.toString(UTF_8));
        } finally {
            System.setErr(before);
        }
    }

    /** What a build shows of the standard error stream. */
    String errorOutput() {
        return errorOutput;
    }

    long succeeded() {
        return results.testEvents().succeeded().count();
    }

    long aborted() {
        return results.testEvents().aborted().count();
    }

    /** What failed, tests before classes. */
    List<Throwable> failures() {
        return results.allEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .toList();
    }

    /** The one failure. */
    Throwable failure() {
        List<Throwable> failures = failures();
        if (failures.size() != 1) {
            throw new AssertionError("one failure expected, but there are " + failures);
        }
        return failures.get(0);
    }
}
