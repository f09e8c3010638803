package com.cocalc.storage.kubernetes.pod;

import com.cocalc.storage.CleanedPath;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container of any of a pod's three lists, with its place.
 *
 * @param kind the list that it is in
 * @param index its index in that list
 * @param container the container; of an ephemeral one, the fields that it has in common with others
 */
public record PlacedContainer(Kind kind, int index, Container container) {

    /** The path at which the kubelet mounts a file for last words where the container names no other one. */
    public static final String TERMINATION_MESSAGE_PATH = "/dev/termination-log";

    private static final FieldPath SPEC = FieldPath.of("spec");

    /** The lists of containers in a pod. */
    public enum Kind {
        /** {@code containers}. */
        REGULAR("containers"),
        /** {@code initContainers}. */
        INIT("initContainers"),
        /** {@code ephemeralContainers}. */
        EPHEMERAL("ephemeralContainers");

        private final String field;

        Kind(String field) {
            this.field = field;
        }
    }

    /**
     * Returns all containers of a pod.
     *
     * @param spec the spec of the pod
     * @return the init containers, then the others in the order of the pod, then the ephemeral ones; a null in a list
     *     is a container without fields
     */
    public static List<PlacedContainer> of(PodSpec spec) {
        List<PlacedContainer> all = new ArrayList<>();
        add(Kind.INIT, spec.getInitContainers(), all);
        add(Kind.REGULAR, spec.getContainers(), all);
        List<EphemeralContainer> ephemeral = Absent.asEmpty(spec.getEphemeralContainers());
        for (int i = 0; i < ephemeral.size(); i++) {
            EphemeralContainer container = Absent.asEmpty(ephemeral.get(i), EphemeralContainer::new);
            all.add(new PlacedContainer(Kind.EPHEMERAL, i, asContainer(container)));
        }
        return all;
    }

    private static void add(Kind kind, @Nullable List<Container> containers, List<PlacedContainer> all) {
        List<Container> list = Absent.asEmpty(containers);
        for (int i = 0; i < list.size(); i++) {
            all.add(new PlacedContainer(kind, i, Absent.asEmpty(list.get(i), Container::new)));
        }
    }

    /**
     * Returns the fields that an ephemeral container shares with other containers, so that the same rules apply. This
     * is a shallow copy.
     *
     * @param ephemeral an ephemeral container
     * @return a container with these fields alone
     */
    public static Container asContainer(EphemeralContainer ephemeral) {
        Container container = new Container();
        container.setName(ephemeral.getName());
        container.setImage(ephemeral.getImage());
        container.setEnv(ephemeral.getEnv());
        container.setEnvFrom(ephemeral.getEnvFrom());
        container.setVolumeMounts(ephemeral.getVolumeMounts());
        container.setVolumeDevices(ephemeral.getVolumeDevices());
        container.setResources(ephemeral.getResources());
        container.setSecurityContext(ephemeral.getSecurityContext());
        container.setTerminationMessagePath(ephemeral.getTerminationMessagePath());
        container.setWorkingDir(ephemeral.getWorkingDir());
        return container;
    }

    /** {@return the path of the container in the pod, for example {@code spec.containers[0]}} */
    public FieldPath at() {
        return SPEC.child(kind.field).index(index);
    }

    /** {@return the name of the container, or {@code ""} if there is none} */
    public String name() {
        return Absent.asEmpty(container.getName());
    }

    /** {@return the security context of the container, which has no fields if there is none} */
    public SecurityContext context() {
        return Absent.asEmpty(container.getSecurityContext(), SecurityContext::new);
    }

    /** {@return whether the container ends before the others start, as an init container that is not a sidecar} */
    public boolean isOverAtStart() {
        return kind == Kind.INIT && !"Always".equals(container.getRestartPolicy());
    }

    /** {@return the added capabilities as they are written, including nulls} */
    public List<String> added() {
        return Absent.asEmpty(
                Absent.asEmpty(context().getCapabilities(), Capabilities::new).getAdd());
    }

    /** Returns the path of a field of the container's security context. */
    public FieldPath field(String name) {
        return at().child("securityContext").child(name);
    }

    /** {@return the dropped capabilities as they are written, including nulls} */
    public List<String> dropped() {
        return Absent.asEmpty(
                Absent.asEmpty(context().getCapabilities(), Capabilities::new).getDrop());
    }

    /** {@return the clean path at which the kubelet mounts a file for the container's last words} */
    public String terminationMessagePath() {
        String path = Absent.asEmpty(container.getTerminationMessagePath());
        return path.isEmpty() ? TERMINATION_MESSAGE_PATH : CleanedPath.absolute(path);
    }

    /** {@return whether the container uses volumes as block devices} */
    public boolean hasDevices() {
        return !Absent.asEmpty(container.getVolumeDevices()).isEmpty();
    }

    /** {@return whether the container asks for another {@code /proc} than the default one} */
    public boolean isProcUnmasked() {
        String procMount = Absent.asEmpty(context().getProcMount());
        return !procMount.isEmpty() && !procMount.equals("Default");
    }
}
