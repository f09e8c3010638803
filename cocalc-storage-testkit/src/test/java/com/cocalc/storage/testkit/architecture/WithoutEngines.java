package com.cocalc.storage.testkit.architecture;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import com.cocalc.storage.testkit.cluster.RunningContainer;
import com.cocalc.storage.testkit.law.OwnershipLaws;
import com.cocalc.storage.testkit.law.PodLaws;
import com.cocalc.storage.testkit.law.contract.Outcome;
import com.cocalc.storage.testkit.law.contract.RwxClients;
import com.cocalc.storage.testkit.law.contract.RwxLaws;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A program such as the operator's, which has the fake cluster, the laws and the contracts, and no engine of tests. */
final class WithoutEngines {

    private WithoutEngines() {}

    public static void main(String... packages) throws Exception {
        for (String absent :
                List.of("org.junit.jupiter.api.Test", "org.assertj.core.api.Assertions", "net.jqwik.api.Arbitrary")) {
            requireAbsent(absent);
        }
        System.out.println("classes " + link(packages));
        ProjectId project = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
        ProjectVolumes volumes = ProjectVolumes.forProject(project, ProjectLicenses.none());
        try (FakeCluster cluster = FakeCluster.create()) {
            RwxVolume data = cluster.claim("projects-data").volume();
            data.populate("0755 2001:2001 - "
                    + StorageConfig.defaults().projectsSchema().resolve(project) + "/");
            Pod pod = PodStorage.of(volumes)
                    .applyTo(
                            new PodBuilder()
                                    .withNewMetadata()
                                    .withName("p")
                                    .endMetadata()
                                    .withNewSpec()
                                    .addToContainers(new ContainerBuilder()
                                            .withName("project")
                                            .withImage("i")
                                            .build())
                                    .endSpec()
                                    .build(),
                            "project");
            RunningContainer container = cluster.start(pod).container("project");
            Path home = container.path("/home/user");
            Files.writeString(home.resolve("a"), "text");
            System.out.println("pod laws broken " + PodLaws.check(pod, volumes));
            System.out.println("ownership laws broken " + OwnershipLaws.check(home, volumes.identity()));
            System.out.println("contracts broken "
                    + RwxLaws.judge(RwxClients.of(home)).stream()
                            .filter(judgement -> judgement.outcome() instanceof Outcome.Failed)
                            .toList());
        }
    }

    private static void requireAbsent(String name) {
        try {
            throw new IllegalStateException(Class.forName(name) + " is on the class path");
        } catch (ClassNotFoundException e) {
            // As it is to be.
        }
    }

    /** Loads all classes of some packages, with the types of their fields and methods. */
    private static int link(String... packages) throws Exception {
        Path classes = Path.of(FakeCluster.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> names = new ArrayList<>();
        for (String name : packages) {
            try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".class"))
                        .forEach(file -> names.add(name + "." + file.substring(0, file.length() - ".class".length())));
            }
        }
        int members = 0;
        for (String name : names) {
            Class<?> type = Class.forName(name);
            members += type.getDeclaredMethods().length
                    + type.getDeclaredFields().length
                    + type.getDeclaredConstructors().length;
        }
        return members > names.size() ? names.size() : 0;
    }
}
