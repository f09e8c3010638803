package com.cocalc.storage.kubernetes.pod;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.MessageText;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One container of any of a pod's three lists, with its mounts. */
public final class ContainerView {

    private final PlacedContainer placed;
    private final FieldPath at;
    private final Variables variables;
    private final List<MountView> mounts;

    /**
     * Resolves the mounts and variables of a container.
     *
     * @param placed the container and its place
     * @param volumes the volumes of the pod by name, to which the uses of this container are added
     */
    public ContainerView(PlacedContainer placed, Map<String, VolumeView> volumes) {
        this(placed, volumes, new ObjectMeta());
    }

    ContainerView(PlacedContainer placed, Map<String, VolumeView> volumes, ObjectMeta metadata) {
        this.placed = placed;
        at = placed.at();
        Container container = placed.container();
        variables = new Variables(container, metadata);
        List<VolumeMount> given = Absent.asEmpty(container.getVolumeMounts());
        mounts = new ArrayList<>(given.size());
        FieldPath mountsAt = at.child("volumeMounts");
        for (int i = 0; i < given.size(); i++) {
            VolumeMount mount = Absent.asEmpty(given.get(i), VolumeMount::new);
            VolumeView volume = volumes.get(Absent.asEmpty(mount.getName()));
            MountView view = new MountView(mount, mountsAt.index(i), volume, variables);
            mounts.add(view);
            if (volume != null) {
                volume.use(view);
            }
        }
        for (VolumeDevice device : Absent.asEmpty(container.getVolumeDevices())) {
            VolumeView volume = device == null ? null : volumes.get(Absent.asEmpty(device.getName()));
            if (volume != null) {
                volume.useAsDevice();
            }
        }
    }

    /** {@return the list that the container is in} */
    public PlacedContainer.Kind kind() {
        return placed.kind();
    }

    /** {@return the container itself; of an ephemeral one, the fields that it has in common with others} */
    public Container container() {
        return placed.container();
    }

    /** {@return the place of the container in the pod} */
    public FieldPath at() {
        return at;
    }

    /** {@return the variables of the container that the pod shows} */
    public Variables variables() {
        return variables;
    }

    /** {@return the mounts of the container, in the order of the pod} */
    public List<MountView> mounts() {
        return mounts;
    }

    /** Returns the clean paths of the container's devices, by their places in the pod. */
    public Map<FieldPath, String> devicePaths() {
        List<VolumeDevice> devices = Absent.asEmpty(container().getVolumeDevices());
        Map<FieldPath, String> paths = new LinkedHashMap<>();
        for (int i = 0; i < devices.size(); i++) {
            String path =
                    devices.get(i) == null ? "" : Absent.asEmpty(devices.get(i).getDevicePath());
            if (!path.isEmpty()) {
                paths.put(at.child("volumeDevices").index(i).child("devicePath"), CleanedPath.absolute(path));
            }
        }
        return paths;
    }

    /** {@return whether the container ends before the others start, as an init container that is not a sidecar} */
    public boolean isOverAtStart() {
        return placed.isOverAtStart();
    }

    /** {@return the clean path at which the kubelet mounts a file for the container's last words} */
    public String terminationMessagePath() {
        return placed.terminationMessagePath();
    }

    /** {@return the working directory as it is written, or {@code ""} where the image says it} */
    public String workingDirectory() {
        return Absent.asEmpty(container().getWorkingDir());
    }

    /** {@return the kind and name of the container, for messages, for example {@code container "project"}} */
    public String name() {
        return "container " + MessageText.quoted(placed.name());
    }
}
