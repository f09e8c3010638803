package com.cocalc.storage.benchmarks;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.audit.Expected;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
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

/** How long the audit of a pod with ten containers takes, and how it grows with their mounts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PodAuditBenchmark {

    private static final UUID PROJECT = UUID.fromString("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    private static final int CONTAINERS = 10;

    /** How many mounts each container has. */
    @Param({"20", "40", "80"})
    public int mounts;

    private Pod pod = new Pod();
    private Expected expected = Expected.forProject(ProjectVolumes.forProject(PROJECT, List.of()));

    /** Makes a pod without a finding: a home and the software in each container, and volumes of the user's own. */
    @Setup
    public void makePod() {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(new VolumeBuilder()
                .withName("home")
                .withNewPersistentVolumeClaim("projects-data", null)
                .build());
        volumes.add(new VolumeBuilder()
                .withName("ext")
                .withNewPersistentVolumeClaim("projects-software", true)
                .build());
        for (int i = 2; i < mounts; i++) {
            volumes.add(new VolumeBuilder()
                    .withName("own-" + i)
                    .withNewEmptyDir()
                    .endEmptyDir()
                    .build());
        }
        List<Container> containers = new ArrayList<>();
        for (int i = 0; i < CONTAINERS; i++) {
            containers.add(container(i));
        }
        pod = new PodBuilder()
                .withNewMetadata()
                .withName("project")
                .addToLabels("run", "project")
                .endMetadata()
                .withNewSpec()
                .withContainers(containers)
                .withVolumes(volumes)
                .withNewSecurityContext()
                .withRunAsUser(2001L)
                .withRunAsGroup(2001L)
                .withFsGroup(2001L)
                .withFsGroupChangePolicy("OnRootMismatch")
                .endSecurityContext()
                .endSpec()
                .build();
        List<Finding> findings = PodAudit.audit(pod, expected);
        if (!findings.isEmpty()) {
            throw new IllegalStateException("the pod must be good, but has " + findings);
        }
    }

    private Container container(int number) {
        List<VolumeMount> list = new ArrayList<>();
        list.add(new VolumeMountBuilder()
                .withName("home")
                .withMountPath("/home/user")
                .withSubPath("projects/" + PROJECT)
                .build());
        list.add(new VolumeMountBuilder()
                .withName("ext")
                .withMountPath("/ext")
                .withReadOnly(true)
                .build());
        for (int i = 2; i < mounts; i++) {
            list.add(new VolumeMountBuilder()
                    .withName("own-" + i)
                    .withMountPath("/var/own/" + i + "/data")
                    .withSubPath("part/" + number)
                    .build());
        }
        return new ContainerBuilder()
                .withName("c" + number)
                .withImage("registry.example/project:1")
                .addNewEnv()
                .withName("EXT")
                .withValue("/ext")
                .endEnv()
                .withVolumeMounts(list)
                .build();
    }

    /**
     * Audits the pod.
     *
     * @return the findings, of which there are none
     */
    @Benchmark
    public List<Finding> audit() {
        return PodAudit.audit(pod, expected);
    }
}
