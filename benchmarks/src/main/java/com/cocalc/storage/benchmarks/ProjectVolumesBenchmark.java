package com.cocalc.storage.benchmarks;

import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A project's volumes and mounts from its id and licences, next to the same objects written by hand. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProjectVolumesBenchmark {

    /** Both lists, so that no side can leave one out. */
    public record Objects(List<Volume> volumes, List<VolumeMount> mounts) {}

    private UUID project = UUID.fromString("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    private final ProjectLicenses licenses =
            ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build()));
    private final StorageConfig config = StorageConfig.defaults();
    private boolean readOnly = false;

    /** Made by JMH. */
    public ProjectVolumesBenchmark() {}

    /**
     * With the library.
     *
     * @return volumes and mounts
     */
    @Benchmark
    public Objects library() {
        PodStorage storage = PodStorage.of(ProjectVolumes.forProject(project, licenses, config));
        return new Objects(storage.volumes(), storage.volumeMounts());
    }

    /**
     * With constructors and setters, the least that these objects can cost.
     *
     * @return volumes and mounts
     */
    @Benchmark
    public Objects setters() {
        PersistentVolumeClaimVolumeSource data = new PersistentVolumeClaimVolumeSource();
        data.setClaimName("projects-data");
        Volume home = new Volume();
        home.setName("home");
        home.setPersistentVolumeClaim(data);
        PersistentVolumeClaimVolumeSource software = new PersistentVolumeClaimVolumeSource();
        software.setClaimName("projects-software");
        software.setReadOnly(readOnly);
        Volume ext = new Volume();
        ext.setName("ext");
        ext.setPersistentVolumeClaim(software);
        VolumeMount homeMount = new VolumeMount();
        homeMount.setName("home");
        homeMount.setMountPath("/home/user");
        homeMount.setSubPath("projects/" + project);
        VolumeMount extMount = new VolumeMount();
        extMount.setName("ext");
        extMount.setMountPath("/ext");
        extMount.setReadOnly(readOnly);
        List<Volume> volumes = new ArrayList<>(2);
        volumes.add(home);
        volumes.add(ext);
        List<VolumeMount> mounts = new ArrayList<>(2);
        mounts.add(homeMount);
        mounts.add(extMount);
        return new Objects(volumes, mounts);
    }

    /**
     * With the models' builders, as most code is written.
     *
     * @return volumes and mounts
     */
    @Benchmark
    public Objects builders() {
        return new Objects(
                List.of(
                        new VolumeBuilder()
                                .withName("home")
                                .withNewPersistentVolumeClaim()
                                .withClaimName("projects-data")
                                .endPersistentVolumeClaim()
                                .build(),
                        new VolumeBuilder()
                                .withName("ext")
                                .withNewPersistentVolumeClaim()
                                .withClaimName("projects-software")
                                .withReadOnly(readOnly)
                                .endPersistentVolumeClaim()
                                .build()),
                List.of(
                        new VolumeMountBuilder()
                                .withName("home")
                                .withMountPath("/home/user")
                                .withSubPath("projects/" + project)
                                .build(),
                        new VolumeMountBuilder()
                                .withName("ext")
                                .withMountPath("/ext")
                                .withReadOnly(readOnly)
                                .build()));
    }
}
