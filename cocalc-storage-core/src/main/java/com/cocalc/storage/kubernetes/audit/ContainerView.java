package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.kubernetes.apiserver.Absent;
import com.cocalc.storage.kubernetes.apiserver.FieldPath;
import com.cocalc.storage.kubernetes.apiserver.OneLine;
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

    public Kind kind() {
        return kind;
    }

    public Container container() {
        return container;
    }

    public FieldPath at() {
        return at;
    }

    public Variables variables() {
        return variables;
    }

    public List<MountView> mounts() {
        return mounts;
    }

    /** The name, for messages. */
    public String name() {
        return "container " + OneLine.quoted(Absent.asEmpty(container.getName()));
    }

    /** Which of the three lists. */
    public enum Kind {
        REGULAR,
        INIT,
        EPHEMERAL
    }
}
