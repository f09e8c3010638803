package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Map;

/** The API server's rules that hold for every container, whichever of the three lists it is in. */
final class ContainerRules {

    private static final List<String> MESSAGE_POLICIES = List.of("File", "FallbackToLogsOnError");
    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");

    private final MountRules mounts;
    private final ResourceRules resources;
    private final ResourceClaimRules claims;
    private final boolean hostUsers;
    private final String podRestartPolicy;
    private final Faults faults;

    ContainerRules(Map<String, Volume> volumes, ResourceClaimRules claims, PodSpec spec, Faults faults) {
        mounts = new MountRules(volumes, faults);
        resources = new ResourceRules(ResourceNames::checkOfContainer, faults);
        this.claims = claims;
        hostUsers = !Boolean.FALSE.equals(spec.getHostUsers());
        podRestartPolicy = Absent.asEmpty(spec.getRestartPolicy());
        this.faults = faults;
    }

    /** Checks a container, with its resources as the server has completed them. */
    void check(Container container, Requirements requirements, FieldPath at) {
        String name = Absent.asEmpty(container.getName());
        if (name.isEmpty()) {
            faults.required(at.child("name"), "");
        } else {
            MetadataRules.invalid(at.child("name"), name, NameRules.findLabelFault(name), faults);
        }
        VolumeSourceRules.required(container.getImage(), at.child("image"), faults);
        unsupported(container.getTerminationMessagePolicy(), MESSAGE_POLICIES, at, "terminationMessagePolicy");
        PortRules.check(Absent.asEmpty(container.getPorts()), at.child("ports"), faults);
        EnvironmentRules.check(container.getEnv(), at.child("env"), faults);
        EnvironmentRules.checkFrom(container.getEnvFrom(), at.child("envFrom"), faults);
        mounts.check(container, at);
        unsupported(container.getImagePullPolicy(), PULL_POLICIES, at, "imagePullPolicy");
        resources.check(requirements, at.child("resources"));
        claims.checkUses(container.getResources(), at.child("resources").child("claims"));
        ResizeRules.check(container.getResizePolicy(), podRestartPolicy, at.child("resizePolicy"), faults);
        SecurityContextRules.checkContainer(
                container.getSecurityContext(), hostUsers, at.child("securityContext"), faults);
    }

    /** An empty text is replaced by a default before the check. */
    private void unsupported(String value, List<String> supported, FieldPath at, String field) {
        if (!Absent.isEmpty(value) && !supported.contains(value)) {
            faults.unsupported(at.child(field), value, supported);
        }
    }
}
