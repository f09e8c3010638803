package com.cocalc.storage.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One benchmark in a JVM of its own, as its annotations say. Each iteration starts after a collection, so that it does
 * not pay for the garbage of another.
 */
final class BenchmarkRun {
    private final Class<?> type;
    private final String method;
    private final int threads;
    private final Map<String, String> parameters;

    private BenchmarkRun(Class<?> type, String method, int threads, Map<String, String> parameters) {
        this.type = type;
        this.method = method;
        this.threads = threads;
        this.parameters = parameters;
    }

    static BenchmarkRun of(Class<?> type, String method) {
        return new BenchmarkRun(type, method, 1, Map.of());
    }

    BenchmarkRun threads(int count) {
        return new BenchmarkRun(type, method, count, parameters);
    }

    BenchmarkRun with(String parameter, String value) {
        Map<String, String> more = new HashMap<>(parameters);
        more.put(parameter, value);
        return new BenchmarkRun(type, method, threads, more);
    }

    /** Runs it: one result, or none if the benchmark failed. */
    Collection<RunResult> run() {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\Q" + type.getName() + "." + method + "\\E$")
                .threads(threads)
                .forks(1)
                .shouldDoGC(true)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach((name, value) -> options.param(name, value));
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("benchmark " + method + " must run, but did not", e);
        }
    }
}
