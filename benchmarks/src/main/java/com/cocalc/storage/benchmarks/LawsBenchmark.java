package com.cocalc.storage.benchmarks;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.Expected;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.cocalc.storage.testkit.law.PodLaws;
import com.cocalc.storage.testkit.law.Violation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long all laws over the pod of one project take, beside the audit of the same pod. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class LawsBenchmark {

    private final ProjectVolumes volumes = ProjectVolumes.forProject(
            ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"),
            ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build())),
            StorageConfig.builder()
                    .homeOwnership(HomeOwnership.fixPermissionsInit())
                    .build());
    private final Expected expected = Expected.forProject(volumes);
    private Pod pod = new Pod();

    /** Makes the pod of a project, with the init container that repairs its home. */
    @Setup
    public void makePod() {
        Pod bare = new PodBuilder()
                .withNewMetadata()
                .withName("project")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("project")
                .withImage("registry.example/project:1")
                .endContainer()
                .endSpec()
                .build();
        pod = PodStorage.of(volumes).applyTo(bare, "project");
        List<Violation> violations = PodLaws.check(pod, volumes);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("the pod must keep all laws, but has " + violations);
        }
    }

    /**
     * Judges the pod by all laws.
     *
     * @return the violations, of which there are none
     */
    @Benchmark
    public List<Violation> laws() {
        return PodLaws.check(pod, volumes);
    }

    /**
     * Audits the same pod.
     *
     * @return the findings
     */
    @Benchmark
    public List<Finding> audit() {
        return PodAudit.audit(pod, expected);
    }
}
