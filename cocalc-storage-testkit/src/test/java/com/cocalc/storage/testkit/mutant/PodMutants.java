package com.cocalc.storage.testkit.mutant;

import static com.cocalc.storage.testkit.mutant.Projects.A;
import static com.cocalc.storage.testkit.mutant.Projects.B;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import com.cocalc.storage.testkit.cluster.PodOutcome;
import com.cocalc.storage.testkit.law.Homes;
import com.cocalc.storage.testkit.law.MergeLaws;
import com.cocalc.storage.testkit.law.PodLaws;
import com.cocalc.storage.testkit.law.RepetitionLaws;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Wrong versions of a project's pod, and of putting storage into it. */
final class PodMutants {

    private PodMutants() {}

    static List<Subject<?>> subjects() {
        return List.of(pods(), merges(), texts());
    }

    /** Changes a finished pod, whose storage is in both of its containers. */
    private interface Change {
        void to(Pod pod);
    }

    private static Pod pod(ProjectVolumes volumes) {
        PodStorage storage = PodStorage.of(volumes);
        return new PodBuilder(storage.applyTo(storage.applyTo(Projects.bare(), "project"), "sidecar")).build();
    }

    private static Subject<Change> pods() {
        return Subject.<Change>of("pod", pod -> {}, PodMutants::judge)
                .mutant("the sub-path without the project", pod -> home(pod).setSubPath("projects"))
                .mutant("no sub-path", pod -> home(pod).setSubPath(null))
                .mutant("the sub-path of another project", pod -> home(pod).setSubPath("projects/" + B))
                .mutant(
                        "the id in upper case",
                        pod -> home(pod).setSubPath("projects/" + A.toString().toUpperCase(Locale.ROOT)))
                .mutant("a slash at the end of the sub-path", pod -> home(pod).setSubPath("projects/" + A + "/"))
                .mutant("a slash at the start of the sub-path", pod -> home(pod).setSubPath("/projects/" + A))
                .mutant("a sub-path that goes up", pod -> home(pod).setSubPath("projects/" + A + "/../" + B))
                .mutant("subPathExpr in place of subPath", pod -> {
                    home(pod).setSubPath(null);
                    home(pod).setSubPathExpr("projects/$(PROJECT_ID)");
                })
                .mutant("readOnly dropped in one container", pod -> {
                    pod.getSpec().getVolumes().get(1).getPersistentVolumeClaim().setReadOnly(false);
                    software(pod, 1).setReadOnly(null);
                })
                .mutant("readOnly turned over", pod -> {
                    boolean readOnly = Boolean.TRUE.equals(software(pod, 0).getReadOnly());
                    pod.getSpec().getVolumes().get(1).getPersistentVolumeClaim().setReadOnly(!readOnly);
                    pod.getSpec()
                            .getContainers()
                            .forEach(container ->
                                    container.getVolumeMounts().get(1).setReadOnly(!readOnly));
                })
                .mutant(
                        "a read-only source for the home",
                        pod -> pod.getSpec()
                                .getVolumes()
                                .get(0)
                                .getPersistentVolumeClaim()
                                .setReadOnly(true))
                .mutant("a read-only home", pod -> home(pod).setReadOnly(true))
                .mutant("a volume for each container", pod -> {
                    pod.getSpec()
                            .getVolumes()
                            .add(new VolumeBuilder()
                                    .withName("home-2")
                                    .withNewPersistentVolumeClaim("projects-data", null)
                                    .build());
                    pod.getSpec()
                            .getContainers()
                            .get(1)
                            .getVolumeMounts()
                            .get(0)
                            .setName("home-2");
                })
                .mutant(
                        "a volume that is not declared",
                        pod -> pod.getSpec().getVolumes().remove(0))
                .mutant("a volume that nothing mounts", pod -> {
                    pod.getSpec().getContainers().forEach(container -> {
                        container.getVolumeMounts().remove(1);
                        container.getEnv().clear();
                    });
                })
                .mutant(
                        "home and software at one place",
                        pod -> software(pod, 0).setMountPath("/home/user/"))
                .mutant("the home at /root", pod -> home(pod).setMountPath("/root"))
                .mutant("only a part of the software", pod -> software(pod, 0).setSubPath("jupyter"))
                .mutant("the claims exchanged", pod -> {
                    pod.getSpec().getVolumes().get(0).getPersistentVolumeClaim().setClaimName("projects-software");
                    pod.getSpec().getVolumes().get(1).getPersistentVolumeClaim().setClaimName("projects-data");
                })
                .mutant(
                        "a claim of another name",
                        pod -> pod.getSpec()
                                .getVolumes()
                                .get(0)
                                .getPersistentVolumeClaim()
                                .setClaimName("projects_data"))
                .mutant("no EXT", pod -> first(pod).getEnv().clear())
                .mutant("EXT of another path", pod -> first(pod).getEnv().get(0).setValue("/ext/jupyter"))
                .mutant(
                        "EXT without the mount",
                        pod -> first(pod).getVolumeMounts().remove(1))
                .mutant(
                        "EXT set twice, the second time wrong",
                        pod -> first(pod).getEnv().add(new EnvVar("EXT", "/nowhere", null)))
                .mutant(
                        "an init container that sees the software",
                        pod -> init(pod)
                                .getVolumeMounts()
                                .add(new VolumeMountBuilder()
                                        .withName("ext")
                                        .withMountPath("/ext")
                                        .withReadOnly(true)
                                        .build()))
                .mutant(
                        "an init container that sees all homes",
                        pod -> init(pod).getVolumeMounts().get(0).setSubPath(null))
                .mutant(
                        "an init container with a shell",
                        pod -> init(pod).setCommand(List.of("sh", "-c", "chown -R 2001:2001 /home/user")))
                .mutant("an init container that follows links", pod -> {
                    List<String> argv = new ArrayList<>(init(pod).getCommand());
                    argv.remove("-h");
                    init(pod).setCommand(argv);
                })
                .mutant(
                        "an init container that makes everything 0777",
                        pod -> init(pod).setCommand(List.of("chmod", "-R", "0777", "/home/user")))
                .mutant(
                        "root in the project's container",
                        pod -> first(pod)
                                .setSecurityContext(new SecurityContextBuilder()
                                        .withRunAsUser(0L)
                                        .build()))
                .mutant("no user at all", pod -> pod.getSpec().setSecurityContext(null))
                .mutant(
                        "another fsGroup",
                        pod -> pod.getSpec().getSecurityContext().setFsGroup(100L))
                .mutant(
                        "a walk over all projects at each start",
                        pod -> pod.getSpec().getSecurityContext().setFsGroupChangePolicy("Always"));
    }

    private static Container first(Pod pod) {
        return pod.getSpec().getContainers().get(0);
    }

    private static Container init(Pod pod) {
        return pod.getSpec().getInitContainers().get(0);
    }

    private static VolumeMount home(Pod pod) {
        return first(pod).getVolumeMounts().get(0);
    }

    private static VolumeMount software(Pod pod, int container) {
        return pod.getSpec().getContainers().get(container).getVolumeMounts().get(1);
    }

    private static Set<String> judge(Change change) {
        Set<String> caughtBy = new LinkedHashSet<>();
        for (ProjectVolumes volumes : List.of(Projects.READ_ONLY, Projects.READ_WRITE)) {
            Pod pod = pod(volumes);
            change.to(pod);
            caughtBy.addAll(Projects.laws(PodLaws.check(pod, volumes)));
            start(pod, caughtBy);
        }
        return caughtBy;
    }

    /** A home with a link that leads out of it, and what becomes of its target and of its owner. */
    private static void start(Pod pod, Set<String> caughtBy) {
        FakeCluster cluster = FakeCluster.builder()
                .storageClass("nfs", BackEnd.GANESHA)
                .claimsOf(Projects.REPAIRED, "nfs")
                .build();
        String own = "projects/" + A;
        cluster.claim("projects-data")
                .volume()
                .populate("0600 0:0 \"x\" precious\n0755 0:0 - " + own + "/\n0644 0:0 0 " + own + "/file\n0777 0:0 - "
                        + own + "/link -> ../../precious\n");
        try {
            PodOutcome outcome = cluster.submit(pod);
            if (outcome instanceof PodOutcome.Refused) {
                caughtBy.add("fake cluster: refused");
            } else if (outcome instanceof PodOutcome.NotStarted stuck) {
                caughtBy.add("fake cluster: " + stuck.reason());
            }
        } catch (IllegalArgumentException e) {
            caughtBy.add("fake cluster: no such program");
        }
        String tree = cluster.claim("projects-data").volume().tree();
        if (!tree.contains("0600 0:0 1 precious\n")) {
            caughtBy.add("property: what lies beside the home is as it was");
        }
        for (String line : List.of(
                "0755 2001:2001 - " + own + "/\n",
                "0644 2001:2001 0 " + own + "/file\n",
                "0777 2001:2001 - " + own + "/link ->")) {
            if (!tree.contains(line)) {
                caughtBy.add("property: the home is its user's");
            }
        }
    }

    private static Subject<UnaryOperator<Pod>> merges() {
        UnaryOperator<Pod> library = pod -> PodStorage.of(Projects.READ_ONLY).applyTo(pod, "project");
        AtomicInteger calls = new AtomicInteger();
        return Subject.<UnaryOperator<Pod>>of("merge", library, PodMutants::judgeMerge)
                .mutant("the given pod is changed", pod -> {
                    pod.getMetadata().setNamespace("cocalc");
                    return library.apply(pod);
                })
                .mutant(
                        "the user's volumes are replaced",
                        pod -> new PodBuilder(library.apply(pod))
                                .editSpec()
                                .withVolumes(PodStorage.of(Projects.READ_ONLY).volumes())
                                .endSpec()
                                .build())
                .mutant(
                        "a second merge adds again",
                        pod -> new PodBuilder(library.apply(pod))
                                .editSpec()
                                .addNewVolume()
                                .withName("again-" + calls.incrementAndGet())
                                .withNewEmptyDir()
                                .endEmptyDir()
                                .endVolume()
                                .endSpec()
                                .build())
                .mutant("a clash is overwritten", PodMutants::overwrite)
                .mutant("a clash ends in a null pointer", pod -> {
                    if (clashes(pod)) {
                        throw new NullPointerException();
                    }
                    return library.apply(pod);
                })
                .mutant("the wrong container", pod -> {
                    if (clashes(pod)) {
                        return library.apply(pod);
                    }
                    Pod merged = PodStorage.of(Projects.READ_ONLY).applyTo(pod, "sidecar");
                    first(merged).setImage("registry.example/other:1");
                    return merged;
                });
    }

    private static boolean clashes(Pod pod) {
        return first(pod).getEnv().stream().anyMatch(variable -> "/mine".equals(variable.getValue()));
    }

    private static Pod overwrite(Pod pod) {
        Pod clean = new PodBuilder(pod).build();
        first(clean).getEnv().removeIf(variable -> "EXT".equals(variable.getName()));
        return PodStorage.of(Projects.READ_ONLY).applyTo(clean, "project");
    }

    private static Set<String> judgeMerge(UnaryOperator<Pod> merge) {
        Pod users = Homes.withVolumeOfItsOwn(Projects.bare());
        Pod clashing = new PodBuilder(users)
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("EXT")
                .withValue("/mine")
                .endEnv()
                .endContainer()
                .endSpec()
                .build();
        Set<String> caughtBy = new LinkedHashSet<>();
        for (Pod pod : List.of(users, clashing)) {
            caughtBy.addAll(Projects.laws(MergeLaws.check(pod, Projects.READ_ONLY, merge)));
        }
        return caughtBy;
    }

    private static Subject<Supplier<String>> texts() {
        AtomicInteger calls = new AtomicInteger();
        return Subject.<Supplier<String>>of(
                        "output",
                        () -> KubernetesText.yaml(pod(Projects.READ_ONLY)),
                        output -> Projects.laws(RepetitionLaws.checkSameBytes("pod", output)))
                .mutant("a counter in a name", () -> {
                    Pod pod = pod(Projects.READ_ONLY);
                    pod.getMetadata().setName("project-" + calls.incrementAndGet());
                    return KubernetesText.yaml(pod);
                })
                .mutant("volumes in an order of their own", () -> {
                    Pod pod = pod(Projects.READ_ONLY);
                    Collections.rotate(pod.getSpec().getVolumes(), calls.incrementAndGet());
                    return KubernetesText.yaml(pod);
                });
    }
}
