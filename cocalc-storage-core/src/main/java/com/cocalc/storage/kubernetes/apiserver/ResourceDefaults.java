package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.Container;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API server fills in about resources before it checks them. */
enum ResourceDefaults {
    /** Who has a limit and asks for nothing asks for the limit. */
    POD,

    /** Nothing: that is done when a pod is made of the template. */
    TEMPLATE;

    Requirements of(@Nullable Container container) {
        Requirements given = container == null ? Requirements.NONE : Requirements.of(container.getResources());
        if (this == TEMPLATE || given.limits().isEmpty()) {
            return given;
        }
        Map<String, ServerQuantity> requests = new LinkedHashMap<>(given.requests());
        given.limits().forEach(requests::putIfAbsent);
        return new Requirements(given.limits(), requests);
    }

    /**
     * Completes the resources of a whole pod.
     *
     * @param pod as given
     * @param requested what its containers ask for together
     * @param limited what they may use together
     */
    Requirements of(Requirements pod, Map<String, ServerQuantity> requested, Map<String, ServerQuantity> limited) {
        if (this == TEMPLATE || (pod.limits().isEmpty() && pod.requests().isEmpty())) {
            return pod;
        }
        Map<String, ServerQuantity> limits = new LinkedHashMap<>(pod.limits());
        limited.forEach((name, limit) -> {
            if (ResourceNames.isHugePages(name) && !pod.requests().containsKey(name)) {
                limits.putIfAbsent(name, limit);
            }
        });
        if (limits.isEmpty()) {
            return pod;
        }
        Map<String, ServerQuantity> requests = new LinkedHashMap<>(pod.requests());
        requested.forEach((name, request) -> {
            if (ResourceNames.isCompute(name)) {
                requests.putIfAbsent(name, request);
            }
        });
        limits.forEach((name, limit) -> {
            if (ResourceNames.isOfPod(name)) {
                requests.putIfAbsent(name, limit);
            }
        });
        return new Requirements(limits, requests);
    }
}
