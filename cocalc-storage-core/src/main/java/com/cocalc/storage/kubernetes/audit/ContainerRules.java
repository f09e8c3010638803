package com.cocalc.storage.kubernetes.audit;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The API server's rules that hold for every container, whichever of the three lists it is in. */
final class ContainerRules {

    private static final List<String> MESSAGE_POLICIES = List.of("File", "FallbackToLogsOnError");
    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    private final MountRules mounts;
    private final boolean hostUsers;
    private final Faults faults;

    ContainerRules(Map<String, Volume> volumes, boolean hostUsers, Faults faults) {
        mounts = new MountRules(volumes, faults);
        this.hostUsers = hostUsers;
        this.faults = faults;
    }

    void check(Container container, FieldPath at) {
        String name = Absent.asEmpty(container.getName());
        if (name.isEmpty()) {
            faults.required(at.child("name"), "");
        } else {
            MetadataRules.invalid(at.child("name"), name, NameRules.findLabelFault(name), faults);
        }
        VolumeSourceRules.required(container.getImage(), at.child("image"), faults);
        unsupported(container.getTerminationMessagePolicy(), MESSAGE_POLICIES, at, "terminationMessagePolicy");
        checkPorts(Absent.asEmpty(container.getPorts()), at.child("ports"));
        EnvironmentRules.check(container.getEnv(), at.child("env"), faults);
        EnvironmentRules.checkFrom(container.getEnvFrom(), at.child("envFrom"), faults);
        mounts.check(container, at);
        unsupported(container.getImagePullPolicy(), PULL_POLICIES, at, "imagePullPolicy");
        ResourceRules.check(container.getResources(), at.child("resources"), faults);
        SecurityContextRules.checkContainer(
                container.getSecurityContext(), hostUsers, at.child("securityContext"), faults);
    }

    /** An empty text is replaced by a default before the check. */
    private void unsupported(String value, List<String> supported, FieldPath at, String field) {
        if (!Absent.isEmpty(value) && !supported.contains(value)) {
            faults.unsupported(at.child(field), value, supported);
        }
    }

    private void checkPorts(List<ContainerPort> ports, FieldPath at) {
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
            int number = port.getContainerPort() == null ? 0 : port.getContainerPort();
            if (number == 0) {
                faults.required(path.child("containerPort"), "");
            } else {
                MetadataRules.invalid(path.child("containerPort"), number, NameRules.findPortFault(number), faults);
            }
            int hostPort = port.getHostPort() == null ? 0 : port.getHostPort();
            if (hostPort != 0) {
                MetadataRules.invalid(path.child("hostPort"), hostPort, NameRules.findPortFault(hostPort), faults);
            }
            unsupported(port.getProtocol(), PROTOCOLS, path, "protocol");
        }
    }
}
