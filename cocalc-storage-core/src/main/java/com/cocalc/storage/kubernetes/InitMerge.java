package com.cocalc.storage.kubernetes;

import com.cocalc.storage.MessageText;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Our init container among those of a pod; the key is the name. Others are left alone. */
final class InitMerge {

    private final Conflicts conflicts;

    InitMerge(Conflicts conflicts) {
        this.conflicts = conflicts;
    }

    /**
     * Merges the repair.
     *
     * @param existing the pod's init containers
     * @param repair ours
     * @param target the container that gets the storage; its image is ours unless one was set
     */
    List<Container> merge(List<Container> existing, HomeRepair repair, Container target) {
        List<Container> merged = new ArrayList<>(existing.size() + 1);
        merged.addAll(existing);
        Container our = repair.container();
        boolean there = false;
        for (int i = 0; i < existing.size(); i++) {
            Container container = existing.get(i);
            if (container != null && PodStorage.HOME_REPAIR.equals(container.getName())) {
                if (there || !isSame(container, our, repair)) {
                    conflicts.add(
                            "spec.initContainers[" + i + "]",
                            "another container " + MessageText.quoted(PodStorage.HOME_REPAIR),
                            "that name for the container that repairs the home's owner",
                            "rename that container, or remove it");
                }
                there = true;
            }
        }
        if (!there) {
            if (repair.image() == null) {
                our.setImage(target.getImage());
                our.setImagePullPolicy(target.getImagePullPolicy());
            }
            merged.add(our);
        }
        return merged;
    }

    /** Fields that the server fills in, and an image that may be that of any container, make no difference. */
    private static boolean isSame(Container container, Container our, HomeRepair repair) {
        Container plain = ShallowCopy.of(container);
        if (repair.image() == null) {
            plain.setImage(null);
        }
        plain.setImagePullPolicy(null);
        if (Objects.equals(plain.getTerminationMessagePath(), "/dev/termination-log")) {
            plain.setTerminationMessagePath(null);
        }
        if (Objects.equals(plain.getTerminationMessagePolicy(), "File")) {
            plain.setTerminationMessagePolicy(null);
        }
        List<VolumeMount> mounts = PodMerge.present(container.getVolumeMounts());
        plain.setVolumeMounts(withDefaults(mounts));
        our = ShallowCopy.of(our);
        our.setVolumeMounts(withDefaults(our.getVolumeMounts()));
        return plain.equals(our);
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
