package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.Bypass;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Merges the storage into a pod's spec, or collects all conflicts. */
final class PodMerge {

    private final PodStorage storage;
    private final String pod;
    private final MadeClaims made;
    private final Conflicts conflicts;

    /**
     * Creates a merge.
     *
     * @param storage the storage to merge
     * @param pod the name of the object in messages
     * @param template the place of the pod in that object, as {@link Conflicts} takes it
     * @param made the claims that Kubernetes creates for the pod
     */
    PodMerge(PodStorage storage, String pod, String template, MadeClaims made) {
        this.storage = storage;
        this.pod = pod;
        this.made = made;
        conflicts = new Conflicts(template);
    }

    PodSpec merge(PodSpec spec, String containerName) {
        requireNonNull(containerName, "containerName");
        List<Container> containers = Absent.asEmpty(spec.getContainers());
        int target = indexOf(containers, containerName);
        List<Volume> ours = storage.volumes();
        List<VolumeMount> mounts = storage.volumeMounts();

        PodSpec result = ShallowCopy.of(spec);
        result.setVolumes(new VolumeMerge(conflicts).merge(Absent.asEmpty(spec.getVolumes()), ours));
        made.check(Absent.asEmpty(spec.getVolumes()), ours, storage.claims(), conflicts);
        checkOperatingSystem(spec);
        checkBypasses(spec);
        MountMerge mountMerge = new MountMerge(conflicts, ours, mounts);
        mountMerge.checkOtherClaims(spec, storage.claims());
        HomeRepair repair = storage.repair();
        mountMerge.checkStrangers(spec, target, repair == null ? null : PodStorage.HOME_REPAIR);
        if (repair != null) {
            result.setInitContainers(new InitMerge(conflicts).merge(spec, repair, containers.get(target)));
        }
        List<Container> merged = new ArrayList<>(containers);
        merged.set(target, container(mountMerge, containers.get(target), "spec.containers[" + target + "]"));
        result.setContainers(merged);
        if (storage.security() != SecurityScope.UNTOUCHED) {
            result.setSecurityContext(
                    new SecurityMerge(conflicts).merge(spec.getSecurityContext(), storage.securityContext()));
        }
        if (storage.security() == SecurityScope.RESTRICTED) {
            checkRoot(spec, target);
        }
        if (storage.security() != SecurityScope.UNTOUCHED) {
            checkWriters(spec, target, mountMerge);
        }
        conflicts.throwIfAny(pod);
        return result;
    }

    /** Refuses a pod that reaches the storage without its mounts. */
    private void checkBypasses(PodSpec spec) {
        boolean repairs = storage.repair() != null;
        Predicate<Container> own = container -> repairs && PodStorage.HOME_REPAIR.equals(container.getName());
        for (Bypass bypass : Bypass.of(spec, storage.claims(), own)) {
            if (bypass.kind().isCertain()) {
                conflicts.add(
                        bypass.at().toString(),
                        bypass.found(),
                        Bypass.NONE,
                        bypass.kind().remedy());
            }
        }
    }

    private void checkOperatingSystem(PodSpec spec) {
        if (spec.getOs() != null && "windows".equals(spec.getOs().getName())) {
            conflicts.add("spec.os.name", "windows", "linux", "run the pod on Linux, or give it no storage");
        }
    }

    /**
     * Refuses containers of root in the hardened form, whose runAsNonRoot for the whole pod keeps them from starting.
     */
    private void checkRoot(PodSpec spec, int target) {
        for (PlacedContainer placed : PlacedContainer.of(spec)) {
            if (placed.kind() != PlacedContainer.Kind.REGULAR || placed.index() != target) {
                checkRoot(placed.context(), placed.at() + ".securityContext.runAsUser");
            }
        }
    }

    /** Checks that what else writes to the volumes runs as the same user; an init container has no mount of them. */
    private void checkWriters(PodSpec spec, int target, MountMerge mounts) {
        for (PlacedContainer placed : PlacedContainer.of(spec)) {
            boolean isTarget = placed.kind() == PlacedContainer.Kind.REGULAR && placed.index() == target;
            if (!isTarget && !placed.isOverAtStart() && mounts.writes(placed.container())) {
                new SecurityMerge(conflicts)
                        .checkContainer(
                                placed.container().getSecurityContext(),
                                storage.securityContext(),
                                placed.at().toString());
            }
        }
    }

    private void checkRoot(SecurityContext context, String place) {
        boolean root = Objects.equals(context.getRunAsUser(), 0L) && !Boolean.FALSE.equals(context.getRunAsNonRoot());
        if (root) {
            conflicts.add(
                    place,
                    "0",
                    "another user than root in the hardened form",
                    "remove that field, a pod with runAsNonRoot starts no container of root");
        }
    }

    private Container container(MountMerge mountMerge, Container container, String place) {
        Container result = ShallowCopy.of(container);
        result.setVolumeMounts(mountMerge.merge(Absent.asEmpty(container.getVolumeMounts()), place));
        result.setEnv(new EnvMerge(conflicts, place).merge(Absent.asEmpty(container.getEnv()), storage.env()));
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
}
