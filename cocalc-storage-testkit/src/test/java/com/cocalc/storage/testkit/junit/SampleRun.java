package com.cocalc.storage.testkit.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs a sample class as a user's build would, and tells what came out. */
final class SampleRun {

    private final EngineExecutionResults results;

    private SampleRun(EngineExecutionResults results) {
        this.results = results;
    }

    static SampleRun of(Class<?> sample) {
        return of(sample, Map.of());
    }

    static SampleRun of(Class<?> sample, Map<String, String> configuration) {
        return new SampleRun(EngineTestKit.engine("junit-jupiter")
                .configurationParameters(configuration)
                .selectors(selectClass(sample))
                .execute());
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
