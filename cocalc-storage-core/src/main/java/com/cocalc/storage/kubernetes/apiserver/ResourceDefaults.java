package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.Container;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resources that the API server fills in before it checks them. */
enum ResourceDefaults {
    /** A pod or container with a limit and no request requests the limit. */
    POD,

    /** Nothing is filled in before a pod is created from the template. */
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
     * @param pod the resources as they are written
     * @param requested the sum of the containers' requests
     * @param limited the sum of the containers' limits
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
