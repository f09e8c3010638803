package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The storage put into a pod's spec: all of it, or a list of everything that clashes. */
final class PodMerge {

    private final PodStorage storage;
    private final String pod;
    private final Conflicts conflicts;

    /**
     * Starts a merge.
     *
     * @param storage what is put in
     * @param pod what messages call the object at hand
     * @param template where in that object the pod is, as {@link Conflicts} takes it
     */
    PodMerge(PodStorage storage, String pod, String template) {
        this.storage = storage;
        this.pod = pod;
        conflicts = new Conflicts(template);
    }

    PodSpec merge(PodSpec spec, String containerName) {
        requireNonNull(containerName, "containerName");
        List<Container> containers = present(spec.getContainers());
        int target = indexOf(containers, containerName);
        List<Volume> ours = storage.volumes();
        List<VolumeMount> mounts = storage.volumeMounts();

        PodSpec result = ShallowCopy.of(spec);
        result.setVolumes(new VolumeMerge(conflicts).merge(present(spec.getVolumes()), ours));
        MountMerge mountMerge = new MountMerge(conflicts, ours, mounts);
        HomeRepair repair = storage.repair();
        mountMerge.checkStrangers(spec, target, repair == null ? null : PodStorage.HOME_REPAIR);
        if (repair != null) {
            result.setInitContainers(
                    new InitMerge(conflicts).merge(present(spec.getInitContainers()), repair, containers.get(target)));
        }
        List<Container> merged = new ArrayList<>(containers);
        merged.set(target, container(mountMerge, containers.get(target), "spec.containers[" + target + "]"));
        result.setContainers(merged);
        if (storage.security() != SecurityScope.UNTOUCHED) {
            result.setSecurityContext(
                    new SecurityMerge(conflicts).merge(spec.getSecurityContext(), storage.securityContext()));
        }
        conflicts.throwIfAny(pod);
        return result;
    }

    private Container container(MountMerge mountMerge, Container container, String place) {
        Container result = ShallowCopy.of(container);
        result.setVolumeMounts(mountMerge.merge(present(container.getVolumeMounts()), place));
        result.setEnv(new EnvMerge(conflicts, place).merge(present(container.getEnv()), storage.env()));
        if (storage.security() != SecurityScope.UNTOUCHED) {
            SecurityMerge security = new SecurityMerge(conflicts);
            security.checkContainer(container.getSecurityContext(), storage.securityContext(), place);
            if (storage.security() == SecurityScope.RESTRICTED) {
                result.setSecurityContext(new RestrictedMerge(conflicts, place + ".securityContext.")
                        .merge(container.getSecurityContext()));
            }
        }
        return result;
    }

    private int indexOf(List<Container> containers, String name) {
        for (int i = 0; i < containers.size(); i++) {
            if (containers.get(i) != null && name.equals(containers.get(i).getName())) {
                return i;
            }
        }
        String there = containers.stream()
                .filter(Objects::nonNull)
                .map(container -> MessageText.quoted(container.getName()))
                .collect(Collectors.joining(", "));
        throw InvalidValueException.of(
                "containerName",
                "name a container of " + pod,
                MessageText.quoted(name),
                there.isEmpty() ? "it has none" : "it has " + there);
    }

    /** A list of the models may be absent where JSON says null. */
    static <T> List<T> present(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
