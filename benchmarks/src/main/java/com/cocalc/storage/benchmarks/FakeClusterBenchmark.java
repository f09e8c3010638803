package com.cocalc.storage.benchmarks;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import com.cocalc.storage.testkit.cluster.RunningPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a test pays for a cluster of its own: claims on fresh volumes, and a project's pod that starts and stops. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 12, time = 1)
@Measurement(iterations = 5, time = 1)
public class FakeClusterBenchmark {

    private static final UUID PROJECT = UUID.fromString("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");

    /** Whether the pod has the init container that hands the home to its user. */
    @Param({"false", "true"})
    public boolean fixPermissionsInit;

    private Pod pod(boolean withInit) {
        StorageConfig config = withInit
                ? StorageConfig.builder()
                        .homeOwnership(HomeOwnership.fixPermissionsInit())
                        .build()
                : StorageConfig.defaults();
        Pod bare = new PodBuilder()
                .withNewMetadata()
                .withName("project")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("project")
                .withImage("registry.example.com/project:1")
                .endContainer()
                .endSpec()
                .build();
        return PodStorage.of(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), config))
                .applyTo(bare, "project");
    }

    private Pod pod = new Pod();

    /** Makes the pod once: it is what the test is about. */
    @Setup
    public void makePod() {
        pod = pod(fixPermissionsInit);
    }

    /**
     * A test's whole life.
     *
     * @return the pod, stopped
     */
    @Benchmark
    public RunningPod clusterAndPod() {
        try (FakeCluster cluster = FakeCluster.create()) {
            RunningPod running = cluster.start(pod);
            running.stop();
            return running;
        }
    }
}
