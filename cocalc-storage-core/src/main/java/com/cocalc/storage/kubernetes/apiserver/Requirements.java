package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a container or a pod.
 *
 * @param limits the largest amount of each resource that it may use
 * @param requests the amount of each resource that it requests
 */
record Requirements(Map<String, ServerQuantity> limits, Map<String, ServerQuantity> requests) {

    static final Requirements NONE = new Requirements(Map.of(), Map.of());

    static Requirements of(@Nullable ResourceRequirements resources) {
        return resources == null
                ? NONE
                : new Requirements(quantities(resources.getLimits()), quantities(resources.getRequests()));
    }

    static Map<String, ServerQuantity> quantities(@Nullable Map<String, Quantity> amounts) {
        if (amounts == null || amounts.isEmpty()) {
            return Map.of();
        }
        Map<String, ServerQuantity> quantities = new LinkedHashMap<>();
        amounts.forEach((name, amount) -> quantities.put(Absent.asEmpty(name), ServerQuantity.of(amount)));
        return quantities;
    }
}
