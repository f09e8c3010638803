package com.cocalc.storage.benchmarks;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The storage put into a pod of five containers, next to the same edit with the models' builders. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ApplyToBenchmark {

    private static final UUID PROJECT = UUID.fromString("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    private static final int CONTAINERS = 5;

    private Pod pod = new Pod();
    private PodStorage storage =
            PodStorage.of(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), StorageConfig.defaults()));

    /** Made by JMH. */
    public ApplyToBenchmark() {}

    /** Makes a pod as a hub would, and checks that both ways give the same. */
    @Setup
    public void makePod() {
        PodBuilder builder = new PodBuilder()
                .withNewMetadata()
                .withName("project")
                .withNamespace("cocalc")
                .addToLabels("run", "project")
                .endMetadata()
                .withNewSpec()
                .endSpec();
        for (int i = 0; i < CONTAINERS; i++) {
            builder = builder.editSpec()
                    .addToContainers(new ContainerBuilder()
                            .withName("container-" + i)
                            .withImage("registry.example/project:1")
                            .withCommand("/cocalc/init", "--port", "6001")
                            .addNewEnv()
                            .withName("LANG")
                            .withValue("C.UTF-8")
                            .endEnv()
                            .addNewPort()
                            .withContainerPort(6000 + i)
                            .endPort()
                            .addNewVolumeMount()
                            .withName("scratch")
                            .withMountPath("/scratch")
                            .endVolumeMount()
                            .build())
                    .endSpec();
        }
        pod = builder.editSpec()
                .addNewVolume()
                .withName("scratch")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .build();
        if (!library().equals(builders())) {
            throw new AssertionError("both must do the same edit");
        }
    }

    /**
     * With the library, which also looks for conflicts.
     *
     * @return the pod with its storage
     */
    @Benchmark
    public Pod library() {
        return storage.applyTo(pod, "container-0");
    }

    /**
     * With the models' builders, which copy the whole pod and look for nothing.
     *
     * @return the pod with its storage
     */
    @Benchmark
    public Pod builders() {
        return new PodBuilder(pod)
                .editSpec()
                .addNewVolume()
                .withName("home")
                .withNewPersistentVolumeClaim()
                .withClaimName("projects-data")
                .endPersistentVolumeClaim()
                .endVolume()
                .addNewVolume()
                .withName("ext")
                .withNewPersistentVolumeClaim("projects-software", true)
                .endVolume()
                .withNewSecurityContext()
                .withRunAsUser(2001L)
                .withRunAsGroup(2001L)
                .withFsGroup(2001L)
                .withFsGroupChangePolicy("OnRootMismatch")
                .endSecurityContext()
                .editFirstContainer()
                .addNewEnv()
                .withName("EXT")
                .withValue("/ext")
                .endEnv()
                .addNewVolumeMount()
                .withName("home")
                .withMountPath("/home/user")
                .withSubPath("projects/" + PROJECT)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("ext")
                .withMountPath("/ext")
                .withReadOnly(true)
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }
}
