package com.cocalc.storage.kubernetes;

import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a whole pod, which limit those of its containers: the API server adds up the containers' requests
 * and refuses the pod if the sum exceeds the pod's own request or limit.
 */
final class PodResources {

    private final Map<String, Quantity> limits;
    private final Map<String, Quantity> requests;

    private PodResources(Map<String, Quantity> limits, Map<String, Quantity> requests) {
        this.limits = limits;
        this.requests = requests;
    }

    static PodResources of(@Nullable ResourceRequirements resources) {
        return resources == null
                ? new PodResources(Map.of(), Map.of())
                : new PodResources(Absent.asEmpty(resources.getLimits()), Absent.asEmpty(resources.getRequests()));
    }

    /**
     * Checks an init container that comes after all others: it runs beside the sidecars alone.
     *
     * @param spec the pod
     * @param last that container, which is not yet in the pod
     */
    static void check(PodSpec spec, Container last, Conflicts conflicts) {
        PodResources pod = of(spec.getResources());
        if (pod.limits.isEmpty() && pod.requests.isEmpty()) {
            return;
        }
        Map<String, BigDecimal> together = requested(last);
        for (Container init : Absent.asEmpty(spec.getInitContainers())) {
            if (init != null && "Always".equals(init.getRestartPolicy())) {
                requested(init).forEach((name, amount) -> together.computeIfPresent(name, (n, sum) -> sum.add(amount)));
            }
        }
        together.forEach((name, amount) -> {
            String field = pod.requests.containsKey(name) ? "requests" : "limits";
            Quantity room = pod.requests.getOrDefault(name, pod.limits.get(name));
            BigDecimal most = room == null ? null : amountOf(room);
            if (room != null && most != null && amount.compareTo(most) > 0) {
                conflicts.add(
                        "spec.resources." + field + "[" + name + "]",
                        room.toString(),
                        amount.stripTrailingZeros().toPlainString() + " for the init container \""
                                + PodStorage.HOME_REPAIR + "\" and the sidecars before it",
                        "raise it, or set less with withInitResources");
            }
        });
    }

    /** Returns the requests of a container; one with a limit and no request requests the limit. */
    private static Map<String, BigDecimal> requested(Container container) {
        PodResources own = of(container.getResources());
        Map<String, BigDecimal> requested = new LinkedHashMap<>();
        for (Map<String, Quantity> given : List.of(own.limits, own.requests)) {
            given.forEach((name, quantity) -> {
                BigDecimal amount = quantity == null ? null : amountOf(quantity);
                if (amount != null) {
                    requested.put(name, amount);
                }
            });
        }
        return requested;
    }

    /** Returns the amount, or null if the text is not a quantity, which the server refuses. */
    static @Nullable BigDecimal amountOf(Quantity quantity) {
        try {
            return quantity.getNumericalAmount();
        } catch (IllegalArgumentException | ArithmeticException | NullPointerException e) {
            return null;
        }
    }
}
