package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The API server's rules for the ports of containers, alone and of a pod together. */
final class PortRules {

    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    private final Faults faults;
    private final boolean hostPortsAreFilledIn;

    /**
     * Prepares the rules.
     *
     * @param hostPortsAreFilledIn whether the server writes a missing host port: in a pod (not in a template) on the
     *     node's network
     */
    PortRules(boolean hostPortsAreFilledIn, Faults faults) {
        this.hostPortsAreFilledIn = hostPortsAreFilledIn;
        this.faults = faults;
    }

    static void check(List<ContainerPort> ports, FieldPath at, Faults faults) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            ContainerPort port = Absent.asEmpty(ports.get(i), ContainerPort::new);
            FieldPath path = at.index(i);
            String name = Absent.asEmpty(port.getName());
            if (!name.isEmpty()) {
                String fault = NameRules.findPortNameFault(name);
                if (fault != null) {
                    faults.invalid(path.child("name"), name, fault);
                } else if (!names.add(name)) {
                    faults.duplicate(path.child("name"), name);
                }
            }
            int number = Absent.asZero(port.getContainerPort());
            if (number == 0) {
                faults.required(path.child("containerPort"), "");
            } else {
                MetadataRules.invalid(path.child("containerPort"), number, NameRules.findPortFault(number), faults);
            }
            int hostPort = Absent.asZero(port.getHostPort());
            if (hostPort != 0) {
                MetadataRules.invalid(path.child("hostPort"), hostPort, NameRules.findPortFault(hostPort), faults);
            }
            if (!Absent.isEmpty(port.getProtocol())) {
                VolumeSourceRules.unsupported(port.getProtocol(), PROTOCOLS, path.child("protocol"), faults);
            }
        }
    }

    /** No two of these containers may take the same port of the node. */
    void checkConflicts(List<Container> containers, FieldPath at) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            checkConflicts(containers.get(i), taken, at.index(i), at.index(i));
        }
    }

    /** Init containers run one by one; in their paths the server always writes the first index. */
    void checkConflictsAlone(Container container, FieldPath list, FieldPath at) {
        checkConflicts(container, new HashSet<>(), list.index(0), at);
    }

    private void checkConflicts(Container container, Set<String> taken, FieldPath named, FieldPath at) {
        List<ContainerPort> ports = ports(container);
        for (int i = 0; i < ports.size(); i++) {
            ContainerPort port = Absent.asEmpty(ports.get(i), ContainerPort::new);
            int hostPort = hostPort(port);
            String protocol = Absent.isEmpty(port.getProtocol()) ? "TCP" : port.getProtocol();
            String key = protocol + "/" + Absent.asEmpty(port.getHostIP()) + "/" + hostPort;
            if (hostPort != 0 && !taken.add(key)) {
                faults.duplicate(hostPortOf(named, i).placedAt(hostPortOf(at, i)), key);
            }
        }
    }

    /** On the node's network a container listens on the node itself. */
    void checkHostNetwork(List<Container> containers, FieldPath at) {
        for (int i = 0; i < containers.size(); i++) {
            List<ContainerPort> ports = ports(containers.get(i));
            for (int j = 0; j < ports.size(); j++) {
                ContainerPort port = Absent.asEmpty(ports.get(j), ContainerPort::new);
                int hostPort = hostPort(port);
                if (hostPort != 0 && hostPort != Absent.asZero(port.getContainerPort())) {
                    faults.invalid(
                            hostPortOf(at.index(i), j),
                            hostPort,
                            "must match `containerPort` when `hostNetwork` is true");
                }
            }
        }
    }

    private int hostPort(ContainerPort port) {
        int hostPort = Absent.asZero(port.getHostPort());
        return hostPort == 0 && hostPortsAreFilledIn ? Absent.asZero(port.getContainerPort()) : hostPort;
    }

    private static List<ContainerPort> ports(Container container) {
        return container == null ? List.of() : Absent.asEmpty(container.getPorts());
    }

    private static FieldPath hostPortOf(FieldPath container, int port) {
        return container.child("ports").index(port).child("hostPort");
    }
}
