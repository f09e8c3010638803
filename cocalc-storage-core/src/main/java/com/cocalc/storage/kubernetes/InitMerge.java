package com.cocalc.storage.kubernetes;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Merges our init container into those of a pod. The key is the name; other init containers are not changed. */
final class InitMerge {

    private final Conflicts conflicts;

    InitMerge(Conflicts conflicts) {
        this.conflicts = conflicts;
    }

    /**
     * Merges the repair.
     *
     * @param spec the pod
     * @param repair ours
     * @param target the container that gets the storage; its image is ours unless one was set
     */
    List<Container> merge(PodSpec spec, HomeRepair repair, Container target) {
        List<Container> existing = Absent.asEmpty(spec.getInitContainers());
        List<Container> merged = new ArrayList<>(existing.size() + 1);
        merged.addAll(existing);
        Container our = repair.container();
        if (repair.image() == null) {
            our.setImage(target.getImage());
            our.setImagePullPolicy(target.getImagePullPolicy());
        }
        checkOthers(spec);
        boolean there = false;
        for (int i = 0; i < existing.size(); i++) {
            Container container = existing.get(i);
            if (container != null && isNamedLikeOurs(container.getName())) {
                if (there || !isSame(container, our)) {
                    addNameTaken("spec.initContainers[" + i + "]");
                } else if (container.getImage() == null) {
                    merged.set(i, withImageOf(our, container));
                } else if (!images(spec, repair, our).contains(container.getImage())) {
                    conflicts.add(
                            "spec.initContainers[" + i + "].image",
                            MessageText.quoted(container.getImage()),
                            our.getImage() == null ? "none" : MessageText.quoted(our.getImage()),
                            "remove that container, it is created again; or set its image with withInitImage");
                }
                there = true;
            }
        }
        if (!there) {
            PodResources.check(spec, our, conflicts);
            merged.add(our);
        }
        return merged;
    }

    /** Checks the other containers for our name, as containers of all kinds share one name space. */
    private void checkOthers(PodSpec spec) {
        for (PlacedContainer placed : PlacedContainer.of(spec)) {
            if (placed.kind() != PlacedContainer.Kind.INIT && isNamedLikeOurs(placed.name())) {
                addNameTaken(placed.at().toString());
            }
        }
    }

    private static boolean isNamedLikeOurs(@Nullable String name) {
        return PodStorage.HOME_REPAIR.equals(name);
    }

    private void addNameTaken(String place) {
        conflicts.add(
                place,
                "another container " + MessageText.quoted(PodStorage.HOME_REPAIR),
                "that name for the container that repairs the home's owner",
                "rename that container, or remove it");
    }

    private static Container withImageOf(Container our, Container existing) {
        Container completed = ShallowCopy.of(existing);
        completed.setImage(our.getImage());
        if (existing.getImagePullPolicy() == null) {
            completed.setImagePullPolicy(our.getImagePullPolicy());
        }
        return completed;
    }

    /**
     * Returns the image that was set; otherwise that of our container, or of another one that already has the storage.
     */
    private static Set<String> images(PodSpec spec, HomeRepair repair, Container our) {
        Set<String> images = new HashSet<>();
        if (our.getImage() != null) {
            images.add(our.getImage());
        }
        if (repair.image() == null) {
            VolumeMount home = MountMerge.withDefaults(our.getVolumeMounts().get(0));
            for (Container container : Absent.asEmpty(spec.getContainers())) {
                if (container != null
                        && container.getImage() != null
                        && withDefaults(Absent.asEmpty(container.getVolumeMounts()))
                                .contains(home)) {
                    images.add(container.getImage());
                }
            }
        }
        return images;
    }

    /**
     * Returns whether two containers are equal, apart from fields that the server fills in and from the image, which is
     * compared separately.
     */
    private static boolean isSame(Container container, Container our) {
        Container plain = ShallowCopy.of(container);
        plain.setImage(our.getImage());
        plain.setImagePullPolicy(our.getImagePullPolicy());
        if (Objects.equals(plain.getTerminationMessagePath(), "/dev/termination-log")) {
            plain.setTerminationMessagePath(null);
        }
        if (Objects.equals(plain.getTerminationMessagePolicy(), "File")) {
            plain.setTerminationMessagePolicy(null);
        }
        List<VolumeMount> mounts = withDefaults(Absent.asEmpty(container.getVolumeMounts()));
        mounts.removeIf(mount -> ServiceAccountToken.isPlace(mount.getMountPath()));
        plain.setVolumeMounts(mounts);
        plain.setResources(withRequests(container.getResources()));
        Container wanted = ShallowCopy.of(our);
        wanted.setVolumeMounts(withDefaults(our.getVolumeMounts()));
        wanted.setResources(withRequests(our.getResources()));
        return haveAmounts(plain.getResources()) && plain.equals(wanted);
    }

    /** Returns whether the amounts can be compared; a server refuses others. */
    private static boolean haveAmounts(@Nullable ResourceRequirements resources) {
        return resources == null
                || Stream.of(Absent.asEmpty(resources.getLimits()), Absent.asEmpty(resources.getRequests()))
                        .flatMap(amounts -> amounts.values().stream())
                        .allMatch(amount -> amount != null && PodResources.amountOf(amount) != null);
    }

    /** Returns resources with the requests that the server fills in from the limits. */
    private static @Nullable ResourceRequirements withRequests(@Nullable ResourceRequirements resources) {
        if (resources == null || resources.getLimits() == null) {
            return resources;
        }
        ResourceRequirements full = ShallowCopy.of(resources);
        Map<String, Quantity> requests = new LinkedHashMap<>(resources.getLimits());
        if (resources.getRequests() != null) {
            requests.putAll(resources.getRequests());
        }
        full.setRequests(requests);
        return full;
    }

    private static List<VolumeMount> withDefaults(List<VolumeMount> mounts) {
        List<VolumeMount> full = new ArrayList<>(mounts.size());
        for (VolumeMount mount : mounts) {
            if (mount != null) {
                full.add(MountMerge.withDefaults(mount));
            }
        }
        return full;
    }
}
