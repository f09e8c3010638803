package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.SoftwareAccess;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.AccessReason;
import com.cocalc.storage.kubernetes.change.Difference.Aspect;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.MountView;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
import com.cocalc.storage.kubernetes.pod.PodView;
import com.cocalc.storage.kubernetes.pod.Variables;
import com.cocalc.storage.kubernetes.pod.VolumeView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Two pods compared, of which the second has nothing but storage, and its first container works with it. */
final class PodComparison {

    private final PodView before;
    private final PodView after;
    private final @Nullable SoftwareAccess access;
    private final List<Difference> differences = new ArrayList<>();
    private final Set<String> claims = new HashSet<>();

    PodComparison(PodView before, PodView after, @Nullable SoftwareAccess access) {
        this.before = before;
        this.after = after;
        this.access = access;
        after.volumes().stream()
                .map(VolumeView::claim)
                .filter(claim -> !claim.isEmpty())
                .forEach(claims::add);
    }

    /**
     * Compares.
     *
     * @param now the container of the running pod that sees the storage
     */
    List<Difference> compare(ContainerView now) {
        ContainerView next = regular(after).get(0);
        compareVolumes();
        compareMounts(now, next);
        compareOthers(now, next);
        compareEnvironment(now, next);
        new IdentityComparison(differences).compare(before, now, after, next);
        compareOtherUsers(now, next);
        new InitComparison(differences).compare(before, after);
        return differences;
    }

    /** The container of the running pod that sees the storage; one without anything where there is none. */
    ContainerView containerOf(@Nullable String name) {
        return name == null ? best(regular(after).get(0)) : named(name);
    }

    static List<ContainerView> regular(PodView pod) {
        return pod.containers().stream()
                .filter(container -> container.kind() == PlacedContainer.Kind.REGULAR)
                .toList();
    }

    private ContainerView named(String name) {
        List<ContainerView> containers = regular(before);
        for (ContainerView container : containers) {
            if (name.equals(container.container().getName())) {
                return container;
            }
        }
        throw InvalidValueException.of(
                "containerName",
                "name a container of the running pod",
                MessageText.quoted(name),
                "it has "
                        + (containers.isEmpty()
                                ? "none"
                                : String.join(
                                        ", ",
                                        containers.stream()
                                                .map(ContainerView::name)
                                                .toList())));
    }

    private ContainerView best(ContainerView next) {
        ContainerView best = null;
        long most = -1;
        for (ContainerView container : regular(before)) {
            long common = next.mounts().stream()
                    .filter(mount -> findAt(container, mount.path()) != null)
                    .count();
            if (common > most) {
                most = common;
                best = container;
            }
        }
        return best != null ? best : empty(PlacedContainer.Kind.REGULAR, 0);
    }

    /** Of mounts at one place, the last hides the others. */
    private static @Nullable MountView findAt(ContainerView container, String path) {
        MountView found = null;
        for (MountView mount : container.mounts()) {
            found = mount.path().equals(path) ? mount : found;
        }
        return found;
    }

    private void compareVolumes() {
        for (VolumeView next : after.volumes()) {
            VolumeView now = before.volumesByName().get(next.name());
            if (before.volumes().stream().anyMatch(one -> isSame(one, next))) {
                continue; // a name is no more than a name
            }
            if (now == null) {
                add(
                        Aspect.VOLUME,
                        PodView.SPEC.child("volumes"),
                        "no volume " + MessageText.quoted(next.name()),
                        next.inWords());
            } else {
                add(Aspect.VOLUME, now.at(), now.inWords(), next.inWords());
            }
        }
    }

    private static boolean isSame(VolumeView now, VolumeView next) {
        return now.claim().equals(next.claim()) && now.isReadOnly() == next.isReadOnly();
    }

    /** What is seen changes with the mounts, and is reported there. */
    private void add(Aspect aspect, FieldPath at, String running, String desired) {
        differences.add(new Difference(aspect, at.pointer(), running, desired, Impact.NOTHING, List.of(), ""));
    }

    private void compareMounts(ContainerView now, ContainerView next) {
        boolean isMain = next == regular(after).get(0);
        Set<String> places = new HashSet<>();
        for (MountView desired : next.mounts()) {
            places.add(desired.path());
            MountView running = findAt(now, desired.path());
            if (running == null) {
                add(
                        Aspect.MOUNT,
                        now.at().child("volumeMounts"),
                        "nothing at " + MessageText.quoted(desired.path()),
                        desired.inWords(),
                        Impact.FILES_APPEAR);
            } else if (!sees(running, desired)) {
                Impact impact = isMain
                                && ProjectVolumes.HOME_VOLUME.equals(
                                        desired.mount().getName())
                        ? Impact.HOME_MOVES
                        : Impact.FILES_CHANGE;
                add(Aspect.MOUNT, running.at(), running.inWords(), desired.inWords(), impact);
            } else {
                compareAccess(running, desired);
                compareNested(running, desired);
            }
        }
        for (MountView running : now.mounts()) {
            if (claims.contains(running.claim()) && !places.contains(running.path())) {
                add(Aspect.MOUNT, running.at(), running.inWords(), "nothing", Impact.FILES_DISAPPEAR);
            }
        }
        compareDevices(now, next);
    }

    /** What becomes of mounts that are inside the volume. */
    private void compareNested(MountView running, MountView desired) {
        compareFlag("mountPropagation", running, desired, VolumeMount::getMountPropagation, "None");
        compareFlag("recursiveReadOnly", running, desired, VolumeMount::getRecursiveReadOnly, "Disabled");
    }

    private void compareFlag(
            String field,
            MountView running,
            MountView desired,
            Function<VolumeMount, @Nullable String> value,
            String whenAbsent) {
        String now = Absent.asEmpty(value.apply(running.mount()));
        String next = Absent.asEmpty(value.apply(desired.mount()));
        String is = now.isEmpty() ? whenAbsent : now;
        String becomes = next.isEmpty() ? whenAbsent : next;
        if (!is.equals(becomes)) {
            add(
                    Aspect.MOUNT,
                    running.at(),
                    field + " " + MessageText.quoted(is),
                    MessageText.quoted(becomes),
                    Impact.START_CHANGES);
        }
    }

    private void compareDevices(ContainerView now, ContainerView next) {
        Map<String, FieldPath> running = devices(before, now);
        Map<String, FieldPath> desired = devices(after, next);
        running.forEach((device, at) -> {
            if (!desired.containsKey(device)) {
                add(Aspect.MOUNT, at, device, "nothing", Impact.FILES_DISAPPEAR);
            }
        });
        for (String device : desired.keySet()) {
            if (!running.containsKey(device)) {
                add(Aspect.MOUNT, now.at().child("volumeDevices"), "nothing", device, Impact.FILES_APPEAR);
            }
        }
    }

    /** Our claims that a container has as devices, in words, and the places of these. */
    private Map<String, FieldPath> devices(PodView pod, ContainerView container) {
        Map<String, FieldPath> devices = new LinkedHashMap<>();
        List<VolumeDevice> given = Absent.asEmpty(container.container().getVolumeDevices());
        for (int i = 0; i < given.size(); i++) {
            VolumeDevice device = Absent.asEmpty(given.get(i), VolumeDevice::new);
            VolumeView volume = pod.volumesByName().get(Absent.asEmpty(device.getName()));
            if (volume != null && claims.contains(volume.claim())) {
                devices.put(
                        "claim " + MessageText.quoted(volume.claim()) + " as device "
                                + MessageText.quoted(Absent.asEmpty(device.getDevicePath())),
                        container.at().child("volumeDevices").index(i));
            }
        }
        return devices;
    }

    private void add(Aspect aspect, FieldPath at, String running, String desired, Impact impact) {
        differences.add(new Difference(aspect, at.pointer(), running, desired, impact, List.of(), ""));
    }

    private static boolean sees(MountView running, MountView desired) {
        return running.claim().equals(desired.claim())
                && running.part().isKnown()
                && running.part().path().equals(desired.part().path());
    }

    private void compareAccess(MountView running, MountView desired) {
        if (running.isReadOnly() != desired.isReadOnly()) {
            AccessReason reason = access != null && desired.part().path().isEmpty()
                    ? AccessReason.of(access)
                    : new AccessReason(List.of(), "");
            differences.add(new Difference(
                    Aspect.ACCESS,
                    running.at().pointer(),
                    running.inWords(),
                    desired.inWords(),
                    running.isReadOnly() ? Impact.WRITE_ACCESS_GAINED : Impact.WRITE_ACCESS_LOST,
                    reason.licenses(),
                    reason.words()));
        } else if (Boolean.TRUE.equals(running.mount().getReadOnly())
                != Boolean.TRUE.equals(desired.mount().getReadOnly())) {
            add(
                    Aspect.ACCESS,
                    running.at(),
                    "readOnly " + Boolean.TRUE.equals(running.mount().getReadOnly()) + " on the mount",
                    "readOnly " + Boolean.TRUE.equals(desired.mount().getReadOnly()));
        }
    }

    private void compareOthers(ContainerView now, ContainerView next) {
        for (ContainerView other : before.containers()) {
            ContainerView then = find(after, other, next);
            boolean isReported = isRepair(other) && then == null; // that it goes away
            if (other != now && !isReported) {
                if (then == null && other.kind() == PlacedContainer.Kind.EPHEMERAL) {
                    compareDebugging(other, next);
                } else {
                    compareMounts(other, then == null ? empty(other.kind(), 0) : then);
                }
            }
        }
        for (ContainerView other : after.containers()) {
            if (other != next && !isRepair(other) && find(before, other, now) == null) {
                int place = (int) before.containers().stream()
                        .filter(one -> one.kind() == other.kind())
                        .count();
                compareMounts(empty(other.kind(), place), other);
            }
        }
    }

    /** Whoever has our files in another container of both pods. */
    private void compareOtherUsers(ContainerView now, ContainerView next) {
        for (ContainerView other : before.containers()) {
            ContainerView then = find(after, other, next);
            boolean hasFiles = other.mounts().stream().anyMatch(mount -> claims.contains(mount.claim()));
            if (other != now && then != null && hasFiles && !isRepair(other)) {
                new IdentityComparison(differences).compareOwn(before, other, after, then);
            }
        }
    }

    /** It goes away with the pod; what it may see and do until then follows the container that has the storage. */
    private void compareDebugging(ContainerView now, ContainerView next) {
        for (MountView running : now.mounts()) {
            MountView desired = next.mounts().stream()
                    .filter(mount -> sees(running, mount))
                    .findFirst()
                    .orElse(null);
            if (desired == null && claims.contains(running.claim())) {
                add(Aspect.MOUNT, running.at(), running.inWords(), "nothing", Impact.FILES_DISAPPEAR);
            } else if (desired != null && !running.isReadOnly() && desired.isReadOnly()) {
                compareAccess(running, desired);
            }
        }
    }

    static boolean isRepair(ContainerView container) {
        return container.kind() == PlacedContainer.Kind.INIT
                && PodStorage.HOME_REPAIR.equals(container.container().getName());
    }

    /** The container of the same kind and name, which is not the one that has the storage. */
    private static @Nullable ContainerView find(PodView pod, ContainerView other, ContainerView seeing) {
        return pod.containers().stream()
                .filter(one -> one != seeing
                        && one.kind() == other.kind()
                        && one.name().equals(other.name()))
                .findFirst()
                .orElse(null);
    }

    private ContainerView empty(PlacedContainer.Kind kind, int index) {
        return new ContainerView(new PlacedContainer(kind, index, new Container()), before.volumesByName());
    }

    private void compareEnvironment(ContainerView now, ContainerView next) {
        for (EnvVar variable : Absent.asEmpty(next.container().getEnv())) {
            String name = variable.getName();
            String desired = Absent.asEmpty(next.variables().find(name));
            String running = now.variables().find(name);
            if (!Variables.agrees(name, running, desired)) {
                int place = now.variables().placeOf(name);
                FieldPath env = now.at().child("env");
                String found = place < 0
                        ? name + " is absent"
                        : running == null ? name + " comes from elsewhere" : name + " = " + MessageText.quoted(running);
                add(
                        Aspect.ENVIRONMENT,
                        place < 0 ? env : env.index(place),
                        found,
                        name + " = " + MessageText.quoted(desired),
                        Impact.PROGRAMS_LOOK_ELSEWHERE);
            }
        }
    }
}
