package com.cocalc.storage.kubernetes.pod;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pod with all its volumes and mounts resolved. */
public final class PodView {

    /** The place of the spec in a pod. */
    public static final FieldPath SPEC = FieldPath.of("spec");

    private final PodSpec spec;
    private final List<VolumeView> volumes = new ArrayList<>();
    private final Map<String, VolumeView> volumesByName = new HashMap<>();
    private final List<ContainerView> containers = new ArrayList<>();

    /**
     * Resolves the volumes and mounts of a pod.
     *
     * @param spec the spec of the pod
     */
    public PodView(PodSpec spec) {
        this(spec, new ObjectMeta());
    }

    /**
     * Resolves the volumes and mounts of a pod whose variables may have values of its metadata.
     *
     * @param spec the spec of the pod
     * @param metadata the metadata of the pod
     */
    public PodView(PodSpec spec, ObjectMeta metadata) {
        this.spec = spec;
        List<Volume> given = Absent.asEmpty(spec.getVolumes());
        for (int i = 0; i < given.size(); i++) {
            Volume volume = Absent.asEmpty(given.get(i), Volume::new);
            VolumeView view = new VolumeView(volume, SPEC.child("volumes").index(i));
            volumes.add(view);
            volumesByName.putIfAbsent(view.name(), view);
        }
        for (PlacedContainer container : PlacedContainer.of(spec)) {
            containers.add(new ContainerView(container, volumesByName, metadata));
        }
    }

    /** {@return the spec itself} */
    public PodSpec spec() {
        return spec;
    }

    /** {@return the volumes of the pod, in the order of the pod} */
    public List<VolumeView> volumes() {
        return volumes;
    }

    /** {@return the volumes of the pod by name, the first one of each name} */
    public Map<String, VolumeView> volumesByName() {
        return volumesByName;
    }

    /**
     * {@return the containers of all kinds: the init containers, then the others in the order of the pod, then the
     * ephemeral ones}
     */
    public List<ContainerView> containers() {
        return containers;
    }
}
