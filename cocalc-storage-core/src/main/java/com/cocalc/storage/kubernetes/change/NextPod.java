package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.Variables;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the next start of a running pod submits, as far as that can be known: the running pod with its storage as it is
 * to be, each part at its old place, so that the patches of licences find what they name.
 */
final class NextPod {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final PodSpec storage;
    private final Container ours;
    private final Map<String, String> ourClaims = new HashMap<>();
    private final Set<String> claims = new HashSet<>();
    private final Set<String> paths = new HashSet<>();

    /**
     * Prepares the storage.
     *
     * @param storage a pod with one container and nothing but the storage
     */
    NextPod(PodSpec storage) {
        this.storage = storage;
        ours = storage.getContainers().get(0);
        storage.getVolumes().forEach(volume -> ourClaims.put(volume.getName(), claimOf(volume)));
        claims.addAll(ourClaims.values());
        ours.getVolumeMounts().forEach(mount -> paths.add(pathOf(mount)));
    }

    /**
     * Puts the storage into a copy of the running pod.
     *
     * @param running the pod as the cluster has it
     * @param container which of its containers sees the storage
     */
    Pod before(Pod running, int container) {
        Pod next = MAPPER.convertValue(running, Pod.class);
        PodSpec spec = next.getSpec();
        List<Container> containers = new ArrayList<>(spec.getContainers());
        Container seeing = Absent.asEmpty(containers.get(container), Container::new);
        containers.set(container, withStorage(seeing, volumes(spec.getVolumes())));
        Map<String, Volume> volumes = volumes(spec.getVolumes());
        for (int i = 0; i < containers.size(); i++) {
            if (i != container && containers.get(i) != null) {
                containers.get(i).setVolumeMounts(aligned(containers.get(i).getVolumeMounts(), volumes));
            }
        }
        present(spec.getInitContainers())
                .forEach(init -> init.setVolumeMounts(aligned(init.getVolumeMounts(), volumes)));
        present(spec.getEphemeralContainers())
                .forEach(debug -> debug.setVolumeMounts(aligned(debug.getVolumeMounts(), volumes)));
        spec.setContainers(containers);
        spec.setVolumes(replaced(
                spec.getVolumes(),
                storage.getVolumes(),
                (there, our) -> Objects.equals(there.getName(), our.getName()),
                stray -> claims.contains(claimOf(stray))));
        spec.setInitContainers(replaced(
                spec.getInitContainers(),
                Absent.asEmpty(storage.getInitContainers()),
                (there, our) -> Objects.equals(there.getName(), our.getName()),
                stray -> PodStorage.HOME_REPAIR.equals(stray.getName())));
        if (storage.getSecurityContext() != null) {
            spec.setSecurityContext(withIdentity(spec.getSecurityContext()));
        }
        return next;
    }

    /**
     * Nothing in a pod may see more of our claims than the container that works with them, or write where it may not.
     */
    private List<VolumeMount> aligned(List<VolumeMount> mounts, Map<String, Volume> volumes) {
        List<VolumeMount> kept = new ArrayList<>();
        for (VolumeMount mount : Absent.asEmpty(mounts)) {
            String claim = mount == null ? "" : claimOf(volumes.get(Absent.asEmpty(mount.getName())));
            if (!claims.contains(claim)) {
                kept.add(mount);
                continue;
            }
            ours.getVolumeMounts().stream()
                    .filter(our -> claim.equals(ourClaims.get(our.getName())) && isSamePart(mount, our))
                    .findFirst()
                    .ifPresent(our -> {
                        if (Boolean.TRUE.equals(our.getReadOnly())) {
                            mount.setReadOnly(true);
                        }
                        kept.add(mount);
                    });
        }
        return kept;
    }

    private static boolean isSamePart(VolumeMount mount, VolumeMount our) {
        return Absent.isEmpty(mount.getSubPathExpr())
                && CleanedPath.relative(Absent.asEmpty(mount.getSubPath())).equals(Absent.asEmpty(our.getSubPath()));
    }

    private Container withStorage(Container container, Map<String, Volume> volumes) {
        container.setVolumeMounts(replaced(
                container.getVolumeMounts(),
                ours.getVolumeMounts(),
                (there, our) -> pathOf(there).equals(pathOf(our)),
                stray -> claims.contains(claimOf(volumes.get(Absent.asEmpty(stray.getName()))))));
        List<VolumeDevice> devices = present(container.getVolumeDevices());
        devices.removeAll(ourDevices(devices, volumes));
        container.setVolumeDevices(devices);
        container.setEnv(replaced(
                container.getEnv(),
                kept(container.getEnv()),
                (there, our) -> Objects.equals(there.getName(), our.getName()),
                this::isOurs));
        SecurityContext own = container.getSecurityContext();
        if (storage.getSecurityContext() != null && own != null) {
            SecurityContext wanted = Absent.asEmpty(ours.getSecurityContext(), SecurityContext::new);
            own.setRunAsUser(wanted.getRunAsUser());
            own.setRunAsGroup(wanted.getRunAsGroup());
            own.setRunAsNonRoot(wanted.getRunAsNonRoot());
            own.setAllowPrivilegeEscalation(wanted.getAllowPrivilegeEscalation());
            if (wanted.getCapabilities() != null) {
                own.setCapabilities(wanted.getCapabilities());
            }
        } else if (own == null) {
            container.setSecurityContext(ours.getSecurityContext());
        }
        return container;
    }

    /** Of two variables of one name the last one counts, and ours stands at the place of the first. */
    private boolean isOurs(EnvVar variable) {
        return ours.getEnv().stream().anyMatch(our -> Objects.equals(variable.getName(), our.getName()));
    }

    /** Our variables, but as they are there where they agree: a list of directories with ours among them stays. */
    private List<EnvVar> kept(List<EnvVar> given) {
        return ours.getEnv().stream()
                .map(our -> Absent.asEmpty(given).stream()
                        .filter(there -> there != null && agrees(there, our))
                        .findFirst()
                        .orElse(our))
                .toList();
    }

    private static boolean agrees(EnvVar there, EnvVar our) {
        return Objects.equals(there.getName(), our.getName())
                && there.getValueFrom() == null
                && Variables.agrees(our.getName(), there.getValue(), Absent.asEmpty(our.getValue()));
    }

    private PodSecurityContext withIdentity(PodSecurityContext given) {
        PodSecurityContext context = Absent.asEmpty(given, PodSecurityContext::new);
        PodSecurityContext wanted = storage.getSecurityContext();
        context.setRunAsUser(wanted.getRunAsUser());
        context.setRunAsGroup(wanted.getRunAsGroup());
        context.setFsGroup(wanted.getFsGroup());
        context.setFsGroupChangePolicy(wanted.getFsGroupChangePolicy());
        if (wanted.getRunAsNonRoot() != null) {
            context.setRunAsNonRoot(wanted.getRunAsNonRoot());
        }
        if (wanted.getSeccompProfile() != null) {
            context.setSeccompProfile(wanted.getSeccompProfile());
        }
        return context;
    }

    /** Ours at the place of what it replaces, else at the end; what is a stray goes away. */
    private static <T> List<T> replaced(List<T> given, List<T> ours, BiPredicate<T, T> isSame, Predicate<T> isStray) {
        List<T> left = new ArrayList<>(ours);
        List<T> result = new ArrayList<>();
        for (T there : Absent.asEmpty(given)) {
            T our = there == null
                    ? null
                    : left.stream()
                            .filter(candidate -> isSame.test(there, candidate))
                            .findFirst()
                            .orElse(null);
            if (our != null) {
                result.add(our);
                left.remove(our);
            } else if (there == null || !isStray.test(there)) {
                result.add(there);
            }
        }
        result.addAll(left);
        return result;
    }

    /**
     * A pod with the storage of a patched pod and nothing else, as {@link PodComparison} takes it: the container that
     * works with the storage is the first.
     */
    PodSpec storageOf(Pod patched, String containerName) {
        PodSpec spec = Absent.asEmpty(patched.getSpec(), PodSpec::new);
        Map<String, Volume> volumes = volumes(spec.getVolumes());
        Container container = new Container();
        List<Container> others = new ArrayList<>();
        for (Container one : present(spec.getContainers())) {
            if (Absent.asEmpty(one.getName()).equals(containerName)) {
                container = one;
            } else {
                others.add(reduced(one, volumes));
            }
        }
        List<VolumeMount> mounts = present(container.getVolumeMounts());
        mounts.removeIf(mount -> !paths.contains(pathOf(mount))
                && !claims.contains(claimOf(volumes.get(Absent.asEmpty(mount.getName())))));
        List<Container> init = new ArrayList<>();
        for (Container one : present(spec.getInitContainers())) {
            init.add(PodStorage.HOME_REPAIR.equals(one.getName()) ? one : reduced(one, volumes));
        }
        Set<String> used = new HashSet<>();
        mounts.forEach(mount -> used.add(Absent.asEmpty(mount.getName())));
        storage.getVolumes().forEach(volume -> used.add(volume.getName()));
        Set<String> variables = new HashSet<>();
        ours.getEnv().forEach(variable -> variables.add(variable.getName()));

        Container reduced = new Container();
        reduced.setVolumeMounts(mounts);
        reduced.setVolumeDevices(ourDevices(container.getVolumeDevices(), volumes));
        List<EnvVar> env = present(container.getEnv());
        env.removeIf(variable -> !variables.contains(variable.getName()));
        reduced.setEnv(env);
        reduced.setSecurityContext(container.getSecurityContext());
        PodSpec result = new PodSpec();
        others.add(0, reduced);
        result.setContainers(others);
        List<Volume> kept = present(spec.getVolumes());
        kept.removeIf(volume -> !used.contains(Absent.asEmpty(volume.getName())) && !claims.contains(claimOf(volume)));
        result.setVolumes(kept);
        result.setInitContainers(init);
        List<EphemeralContainer> ephemeral = new ArrayList<>();
        for (EphemeralContainer one : present(spec.getEphemeralContainers())) {
            EphemeralContainer debug = new EphemeralContainer();
            debug.setName(one.getName());
            debug.setVolumeMounts(ofOurs(one.getVolumeMounts(), volumes));
            ephemeral.add(debug);
        }
        result.setEphemeralContainers(ephemeral);
        result.setSecurityContext(spec.getSecurityContext());
        return result;
    }

    /** What a container beside the one that works with the storage sees of our claims. */
    private Container reduced(Container given, Map<String, Volume> volumes) {
        Container reduced = new Container();
        reduced.setName(given.getName());
        reduced.setEnv(given.getEnv()); // a sub-path may depend on it
        reduced.setEnvFrom(given.getEnvFrom());
        reduced.setVolumeMounts(ofOurs(given.getVolumeMounts(), volumes));
        reduced.setVolumeDevices(ourDevices(given.getVolumeDevices(), volumes));
        reduced.setSecurityContext(given.getSecurityContext());
        return reduced;
    }

    private List<VolumeMount> ofOurs(List<VolumeMount> given, Map<String, Volume> volumes) {
        List<VolumeMount> mounts = present(given);
        mounts.removeIf(mount -> !claims.contains(claimOf(volumes.get(Absent.asEmpty(mount.getName())))));
        return mounts;
    }

    private List<VolumeDevice> ourDevices(List<VolumeDevice> given, Map<String, Volume> volumes) {
        List<VolumeDevice> devices = present(given);
        devices.removeIf(device -> !claims.contains(claimOf(volumes.get(Absent.asEmpty(device.getName())))));
        return devices;
    }

    private static <T> List<T> present(List<T> list) {
        List<T> present = new ArrayList<>(Absent.asEmpty(list));
        present.removeIf(Objects::isNull);
        return present;
    }

    private static Map<String, Volume> volumes(List<Volume> list) {
        Map<String, Volume> volumes = new HashMap<>();
        present(list).forEach(volume -> volumes.putIfAbsent(Absent.asEmpty(volume.getName()), volume));
        return volumes;
    }

    private static String claimOf(@Nullable Volume volume) {
        return volume == null || volume.getPersistentVolumeClaim() == null
                ? ""
                : Absent.asEmpty(volume.getPersistentVolumeClaim().getClaimName());
    }

    private static String pathOf(VolumeMount mount) {
        return CleanedPath.absolute(Absent.asEmpty(mount.getMountPath()));
    }
}
