package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.ArrayList;
import java.util.List;

/** A container of any of a pod's three lists, with its security context. */
record PodSecurityContainer(Container container, SecurityContext context, FieldPath at) {

    static List<PodSecurityContainer> of(PodSpec spec) {
        List<PodSecurityContainer> all = new ArrayList<>();
        FieldPath at = FieldPath.of("spec");
        add(spec.getInitContainers(), at.child("initContainers"), all);
        add(spec.getContainers(), at.child("containers"), all);
        List<EphemeralContainer> ephemeral = Absent.asEmpty(spec.getEphemeralContainers());
        for (int i = 0; i < ephemeral.size(); i++) {
            EphemeralContainer container = Absent.asEmpty(ephemeral.get(i), EphemeralContainer::new);
            all.add(of(
                    EphemeralRules.asContainer(container),
                    at.child("ephemeralContainers").index(i)));
        }
        return all;
    }

    private static void add(List<Container> containers, FieldPath at, List<PodSecurityContainer> all) {
        List<Container> list = Absent.asEmpty(containers);
        for (int i = 0; i < list.size(); i++) {
            all.add(of(Absent.asEmpty(list.get(i), Container::new), at.index(i)));
        }
    }

    private static PodSecurityContainer of(Container container, FieldPath at) {
        return new PodSecurityContainer(
                container, Absent.asEmpty(container.getSecurityContext(), SecurityContext::new), at);
    }

    /** A field of the container's security context. */
    FieldPath field(String name) {
        return at.child("securityContext").child(name);
    }

    List<String> added() {
        return Absent.asEmpty(
                Absent.asEmpty(context.getCapabilities(), Capabilities::new).getAdd());
    }

    List<String> dropped() {
        return Absent.asEmpty(
                Absent.asEmpty(context.getCapabilities(), Capabilities::new).getDrop());
    }

    boolean hasDevices() {
        return !Absent.asEmpty(container.getVolumeDevices()).isEmpty();
    }

    boolean isProcUnmasked() {
        String procMount = Absent.asEmpty(context.getProcMount());
        return !procMount.isEmpty() && !procMount.equals("Default");
    }
}
