package com.cocalc.storage.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What the rounds of one benchmark gave. None of it is a number where the benchmark failed. */
final class Measured {
    private final List<RunResult> rounds = new ArrayList<>();
    private String unit = "";

    void add(BenchmarkRun run) {
        for (RunResult result : run.run()) {
            rounds.add(result);
            unit = result.getPrimaryResult().getScoreUnit();
        }
    }

    /**
     * The median of the rounds, each the median of its samples or iterations: what others do meanwhile does not count.
     */
    double score() {
        double[] sorted = rounds.stream()
                .mapToDouble(round -> round.getPrimaryResult().getStatistics().getPercentile(50))
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** The shorter time of two peers, one of which may have failed. */
    static double fasterOf(Measured one, Measured other) {
        return one.rounds.isEmpty() || other.score() < one.score() ? other.score() : one.score();
    }

    /** Bytes allocated by an operation, the least of the rounds: what is allocated beside it is not its own. */
    double bytes() {
        return rounds.stream()
                .map(round -> round.getSecondaryResults().get("gc.alloc.rate.norm"))
                .filter(Result.class::isInstance)
                .mapToDouble(result -> result.getScore())
                .min()
                .orElse(Double.NaN);
    }

    /** The median with its unit, or a word that says that there is none. */
    @Override
    public String toString() {
        return rounds.isEmpty() ? "fails" : String.format(Locale.ROOT, "%,.0f %s", score(), unit);
    }
}
