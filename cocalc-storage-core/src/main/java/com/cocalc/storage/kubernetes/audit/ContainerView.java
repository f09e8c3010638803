package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.apiserver.Absent;
import com.cocalc.storage.kubernetes.apiserver.FieldPath;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One container of any of a pod's three lists, with its mounts. */
public final class ContainerView {

    private final Kind kind;
    private final Container container;
    private final FieldPath at;
    private final Variables variables;
    private final List<MountView> mounts;

    /**
     * Resolves a container.
     *
     * @param kind the list that the container is in
     * @param container the container
     * @param at where the container is in the pod
     * @param volumes the volumes of the pod by name; each learns how this container uses it
     */
    public ContainerView(Kind kind, Container container, FieldPath at, Map<String, VolumeView> volumes) {
        this.kind = kind;
        this.container = container;
        this.at = at;
        variables = new Variables(container);
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

    /**
     * Returns the list that the container is in.
     *
     * @return the kind of the container
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns the container itself.
     *
     * @return the container; of an ephemeral one, the fields that it has in common with others
     */
    public Container container() {
        return container;
    }

    /**
     * Returns where the container is in the pod.
     *
     * @return the field path
     */
    public FieldPath at() {
        return at;
    }

    /**
     * Returns the variables of the container.
     *
     * @return the variables, as far as the pod shows them
     */
    public Variables variables() {
        return variables;
    }

    /**
     * Returns the mounts of the container.
     *
     * @return in the order of the pod
     */
    public List<MountView> mounts() {
        return mounts;
    }

    /** Whether it runs to its end before the project starts, so that nobody works in it. */
    boolean isOverAtStart() {
        return kind == Kind.INIT && !"Always".equals(container.getRestartPolicy());
    }

    /**
     * Returns the name of the container in words, for messages.
     *
     * @return for example {@code container "project"}
     */
    public String name() {
        return "container " + MessageText.quoted(Absent.asEmpty(container.getName()));
    }

    /** Which of the three lists. */
    public enum Kind {
        /** {@code containers}. */
        REGULAR,
        /** {@code initContainers}. */
        INIT,
        /** {@code ephemeralContainers}. */
        EPHEMERAL
    }
}
