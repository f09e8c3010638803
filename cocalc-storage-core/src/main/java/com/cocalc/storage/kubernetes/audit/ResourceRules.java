package com.cocalc.storage.kubernetes.audit;

import io.fabric8.kubernetes.api.model.ContainerResizePolicy;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API server's rules for what a container asks for and may use. */
final class ResourceRules {

    private static final Set<String> NATIVE = Set.of("cpu", "memory", "ephemeral-storage");
    private static final String HUGE_PAGES = "hugepages-";
    private static final List<String> RESIZED = List.of("cpu", "memory");
    private static final List<String> RESIZE_POLICIES = List.of("NotRequired", "RestartContainer");

    private ResourceRules() {}

    static void check(@Nullable ResourceRequirements resources, FieldPath at, Faults faults) {
        if (resources == null) {
            return;
        }
        Map<String, Quantity> limits = Absent.asEmpty(resources.getLimits());
        for (Map.Entry<String, Quantity> limit : limits.entrySet()) {
            checkOne(limit, at.child("limits").key(Absent.asEmpty(limit.getKey())), faults);
        }
        for (Map.Entry<String, Quantity> request :
                Absent.asEmpty(resources.getRequests()).entrySet()) {
            checkOne(request, at.child("requests").key(Absent.asEmpty(request.getKey())), faults);
            checkAgainstLimit(request, limits, at, faults);
        }
    }

    /** What the runtime takes for itself: the server reads it as limits. */
    static void checkOverhead(@Nullable Map<String, Quantity> overhead, FieldPath at, Faults faults) {
        for (Map.Entry<String, Quantity> one : Absent.asEmpty(overhead).entrySet()) {
            FieldPath named = at.child("limits").key(Absent.asEmpty(one.getKey()));
            checkOne(one, named.placedAt(at.key(Absent.asEmpty(one.getKey()))), faults);
        }
    }

    /** Nearly all of these paths lack the index. */
    static void checkResize(
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

    private static void checkOne(Map.Entry<String, Quantity> resource, FieldPath path, Faults faults) {
        String name = Absent.asEmpty(resource.getKey());
        String fault = NameRules.findQualifiedNameFault(name);
        if (fault != null) {
            faults.invalid(path, name, fault);
        } else if (!name.contains("/") && !NATIVE.contains(name) && !name.startsWith(HUGE_PAGES)) {
            faults.invalid(path, name, "must be a standard resource for containers");
        }
        if (resource.getValue() != null && QuantityText.signum(resource.getValue()) < 0) {
            faults.invalid(path, QuantityText.textOf(resource.getValue()), "must be greater than or equal to 0");
        }
    }

    private static void checkAgainstLimit(
            Map.Entry<String, Quantity> request, Map<String, Quantity> limits, FieldPath at, Faults faults) {
        Quantity limit = limits.get(request.getKey());
        if (limit == null || request.getValue() == null) {
            return;
        }
        if (QuantityText.compare(request.getValue(), limit) > 0) {
            FieldPath requests = at.child("requests");
            faults.invalid(
                    requests.placedAt(requests.key(request.getKey())),
                    QuantityText.textOf(request.getValue()),
                    "must be less than or equal to " + request.getKey() + " limit of " + QuantityText.textOf(limit));
        }
    }
}
