package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.NameRules;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Map;

/** The API server's rules that hold for every container, whichever of the three lists it is in. */
final class ContainerRules {

    private final MountRules mounts;
    private final ResourceRules resources;
    private final boolean hostUsers;
    private final Faults faults;

    ContainerRules(Map<String, Volume> volumes, PodSpec spec, Faults faults) {
        mounts = new MountRules(volumes, VolumeRules.removed(Absent.asEmpty(spec.getVolumes())), faults);
        resources = new ResourceRules(ResourceNames::checkOfContainer, faults);
        hostUsers = !Boolean.FALSE.equals(spec.getHostUsers());
        this.faults = faults;
    }

    /** Checks a container and its resources, which the server has completed. */
    void check(Container container, Requirements requirements, FieldPath at) {
        String name = Absent.asEmpty(container.getName());
        if (name.isEmpty()) {
            faults.required(at.child("name"), "");
        } else {
            MetadataRules.invalid(at.child("name"), name, NameRules.findLabelFault(name), faults);
        }
        EnvironmentRules.check(container.getEnv(), at.child("env"), faults);
        EnvironmentRules.checkFrom(container.getEnvFrom(), at.child("envFrom"), faults);
        mounts.check(container, at);
        resources.check(requirements, at.child("resources"));
        SecurityContextRules.checkContainer(
                container.getSecurityContext(), hostUsers, at.child("securityContext"), faults);
    }
}
