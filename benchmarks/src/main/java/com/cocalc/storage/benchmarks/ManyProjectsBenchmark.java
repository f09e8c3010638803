package com.cocalc.storage.benchmarks;

import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.PodStorage;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** One million projects, one after the other, and what the heap holds afterwards. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class ManyProjectsBenchmark {

    private static final int PROJECTS = 1_000_000;

    /** Made by JMH. */
    public ManyProjectsBenchmark() {}

    /** What a run left on the heap. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Heap {

        /** Bytes on the heap after the run less those before, both after a collection. */
        public long grownBytes;

        /** Made by JMH. */
        public Heap() {}
    }

    /**
     * Runs through the projects.
     *
     * @param heap what is measured
     * @param blackhole takes the results
     */
    @Benchmark
    public void millionProjects(Heap heap, Blackhole blackhole) {
        ProjectLicenses licenses =
                ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build()));
        long before = usedBytes();
        for (int i = 0; i < PROJECTS; i++) {
            PodStorage storage = PodStorage.of(ProjectVolumes.forProject(new UUID(i, ~i), licenses));
            blackhole.consume(storage.volumes());
            blackhole.consume(storage.volumeMounts());
        }
        heap.grownBytes = usedBytes() - before;
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
