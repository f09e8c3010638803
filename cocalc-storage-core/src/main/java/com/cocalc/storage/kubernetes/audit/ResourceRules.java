package com.cocalc.storage.kubernetes.audit;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API server's rules for what a container asks for and may use. */
final class ResourceRules {

    private static final Set<String> NATIVE = Set.of("cpu", "memory", "ephemeral-storage");
    private static final String HUGE_PAGES = "hugepages-";

    private ResourceRules() {}

    static void check(@Nullable ResourceRequirements resources, FieldPath at, Faults faults) {
        if (resources == null) {
            return;
        }
        Map<String, Quantity> limits = Absent.asEmpty(resources.getLimits());
        for (Map.Entry<String, Quantity> limit : limits.entrySet()) {
            checkOne(limit, at.child("limits"), faults);
        }
        for (Map.Entry<String, Quantity> request :
                Absent.asEmpty(resources.getRequests()).entrySet()) {
            checkOne(request, at.child("requests"), faults);
            checkAgainstLimit(request, limits, at, faults);
        }
    }

    private static void checkOne(Map.Entry<String, Quantity> resource, FieldPath at, Faults faults) {
        String name = Absent.asEmpty(resource.getKey());
        FieldPath path = at.key(name);
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
