package com.cocalc.storage.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

/**
 * What {@link FakeClusterBenchmark} measures, as the time that the thread had a processor: it does not depend on what
 * else the machine does.
 */
public final class FakeClusterSpeed {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 8;
    private static final int CLUSTERS = 2_000;

    private FakeClusterSpeed() {}

    /**
     * Measures some rounds, the first of which warm up.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        for (boolean withInit : new boolean[] {false, true}) {
            FakeClusterBenchmark benchmark = new FakeClusterBenchmark();
            benchmark.fixPermissionsInit = withInit;
            benchmark.makePod();
            for (int round = 1; round <= ROUNDS; round++) {
                long start = THREADS.getCurrentThreadCpuTime();
                for (int i = 0; i < CLUSTERS; i++) {
                    benchmark.clusterAndPod();
                }
                double micros = (THREADS.getCurrentThreadCpuTime() - start) / 1_000.0 / CLUSTERS;
                print("fixPermissionsInit %b, round %d: %.0f µs of CPU%n", withInit, round, micros);
            }
        }
    }

    @SuppressWarnings("SystemOut") // it is what the program is for
    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
