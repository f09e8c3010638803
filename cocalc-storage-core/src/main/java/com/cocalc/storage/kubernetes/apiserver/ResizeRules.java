package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.ContainerResizePolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API server's rules for what happens to a container whose resources are changed while it runs. */
final class ResizeRules {

    private static final List<String> RESIZED = List.of("cpu", "memory");
    private static final List<String> RESIZE_POLICIES = List.of("NotRequired", "RestartContainer");

    private ResizeRules() {}

    /** Nearly all of these paths lack the index. */
    static void check(
            @Nullable List<ContainerResizePolicy> policies, String podRestartPolicy, FieldPath at, Faults faults) {
        List<ContainerResizePolicy> list = Absent.asEmpty(policies);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            ContainerResizePolicy policy = Absent.asEmpty(list.get(i), ContainerResizePolicy::new);
            String resource = Absent.asEmpty(policy.getResourceName());
            String restart = Absent.asEmpty(policy.getRestartPolicy());
            if (!seen.add(resource)) {
                faults.duplicate(at.index(i), resource);
            }
            requireOneOf(resource, RESIZED, at.placedAt(at.index(i).child("resourceName")), faults);
            FieldPath place = at.placedAt(at.index(i).child("restartPolicy"));
            requireOneOf(restart, RESIZE_POLICIES, place, faults);
            if (podRestartPolicy.equals("Never") && !restart.equals("NotRequired")) {
                faults.invalid(place, restart, "must be 'NotRequired' when `restartPolicy` is 'Never'");
            }
        }
    }

    private static void requireOneOf(String value, List<String> supported, FieldPath at, Faults faults) {
        if (value.isEmpty()) {
            faults.required(at, "");
        } else {
            VolumeSourceRules.unsupported(value, supported, at, faults);
        }
    }
}
