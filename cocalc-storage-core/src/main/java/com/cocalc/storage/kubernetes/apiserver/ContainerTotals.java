package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The resources that a pod's containers need together: the regular ones and the sidecars at the same time, or before
 * that one init container beside the sidecars that started before it.
 */
final class ContainerTotals {

    private ContainerTotals() {}

    /**
     * Returns the totals of a pod.
     *
     * @param resources the requests or limits of a container
     * @return the totals by resource
     */
    static Map<String, ServerQuantity> of(PodSpec spec, Function<Container, Map<String, ServerQuantity>> resources) {
        Map<String, ServerQuantity> running = new LinkedHashMap<>();
        for (Container container : Absent.asEmpty(spec.getContainers())) {
            if (container != null) {
                resources
                        .apply(container)
                        .forEach((name, quantity) -> running.merge(name, quantity, ServerQuantity::plus));
            }
        }
        Map<String, ServerQuantity> sidecars = new LinkedHashMap<>();
        Map<String, ServerQuantity> starting = new LinkedHashMap<>();
        for (Container container : Absent.asEmpty(spec.getInitContainers())) {
            if (container == null) {
                continue;
            }
            boolean sidecar = "Always".equals(container.getRestartPolicy());
            resources.apply(container).forEach((name, quantity) -> {
                if (sidecar) {
                    running.merge(name, quantity, ServerQuantity::plus);
                    sidecars.merge(name, quantity, ServerQuantity::plus);
                } else {
                    ServerQuantity before = sidecars.get(name);
                    ServerQuantity together = before == null ? quantity : quantity.plus(before);
                    starting.merge(name, together, ServerQuantity::max);
                }
            });
        }
        starting.forEach((name, quantity) -> running.merge(name, quantity, ServerQuantity::max));
        return running;
    }
}
