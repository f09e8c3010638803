package com.cocalc.storage.testkit.law;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Judges whether a merge did not change a user's parts of a pod. */
final class RestJudge {

    private final boolean changesJupyterPath;
    private final Violations violations;

    RestJudge(ProjectVolumes volumes, Violations violations) {
        changesJupyterPath = volumes.environment().containsKey(ProjectVolumes.JUPYTER_PATH);
        this.violations = violations;
    }

    void judge(Pod before, Pod after) {
        if (!Objects.equals(before.getMetadata(), after.getMetadata())) {
            missing("/metadata", "other metadata");
        }
        PodSpec old = before.getSpec() == null ? new PodSpec() : before.getSpec();
        PodSpec now = after.getSpec() == null ? new PodSpec() : after.getSpec();
        keeps("/spec/volumes", old.getVolumes(), now.getVolumes(), Volume::getName);
        judgeContainers("/spec/containers", old.getContainers(), now.getContainers());
        judgeContainers("/spec/initContainers", old.getInitContainers(), now.getInitContainers());
        keeps(
                "/spec/ephemeralContainers",
                old.getEphemeralContainers(),
                now.getEphemeralContainers(),
                container -> String.valueOf(container.getName()));
    }

    private void judgeContainers(String pointer, @Nullable List<Container> before, @Nullable List<Container> after) {
        List<Container> now = Absent.asEmpty(after);
        for (Container container : Absent.asEmpty(before)) {
            Container same = now.stream()
                    .filter(candidate -> Objects.equals(candidate.getName(), container.getName()))
                    .findFirst()
                    .orElse(null);
            String place = pointer + "/" + container.getName();
            if (same == null) {
                missing(place, "no such container");
            } else {
                judgeContainer(place, container, same);
            }
        }
    }

    private void judgeContainer(String place, Container before, Container after) {
        keeps(
                place + "/volumeMounts",
                before.getVolumeMounts(),
                after.getVolumeMounts(),
                mount -> mount.getName() + " at " + mount.getMountPath());
        List<EnvVar> variables = Absent.asEmpty(before.getEnv()).stream()
                .filter(variable -> !(changesJupyterPath && ProjectVolumes.JUPYTER_PATH.equals(variable.getName())))
                .toList();
        keeps(place + "/env", variables, after.getEnv(), EnvVar::getName);
        boolean isSame = Objects.equals(before.getImage(), after.getImage())
                && Absent.asEmpty(before.getCommand()).equals(Absent.asEmpty(after.getCommand()))
                && Absent.asEmpty(before.getArgs()).equals(Absent.asEmpty(after.getArgs()))
                && Objects.equals(before.getResources(), after.getResources());
        if (!isSame) {
            missing(place, "another image, command or resources");
        }
    }

    private <T> void keeps(String place, @Nullable List<T> before, @Nullable List<T> after, Function<T, String> name) {
        List<T> now = Absent.asEmpty(after);
        for (T part : Absent.asEmpty(before)) {
            if (!now.contains(part)) {
                missing(place, name.apply(part) + " is gone or changed");
            }
        }
    }

    private void missing(String place, String found) {
        violations.add(MergeLaws.MERGE_LEAVES_THE_REST, place, found, "as it was");
    }
}
