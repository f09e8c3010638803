package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;

/** The API server's rules for the resources of a whole pod, and for those of its containers below them. */
final class PodResourceRules {

    private final PodSpec spec;
    private final ResourceDefaults defaults;
    private final Faults faults;

    PodResourceRules(PodSpec spec, ResourceDefaults defaults, Faults faults) {
        this.spec = spec;
        this.defaults = defaults;
        this.faults = faults;
    }

    void check(FieldPath at) {
        if (spec.getResources() == null) {
            return;
        }
        Map<String, ServerQuantity> requested =
                ContainerTotals.of(spec, container -> defaults.of(container).requests());
        Map<String, ServerQuantity> limited =
                ContainerTotals.of(spec, container -> defaults.of(container).limits());
        Requirements pod = defaults.of(Requirements.of(spec.getResources()), requested, limited);
        new ResourceRules(ResourceNames::checkOfPod, faults).check(pod, at);
        limited.keySet().removeIf(name -> !ResourceNames.isHugePages(name));
        checkTotals(pod.requests(), requested, "requests", at.child("requests"));
        checkTotals(pod.limits(), limited, "limits", at.child("limits"));
        checkContainers(pod.limits(), at);
    }

    private void checkTotals(
            Map<String, ServerQuantity> pod, Map<String, ServerQuantity> totals, String what, FieldPath at) {
        totals.forEach((name, total) -> {
            ServerQuantity ofPod = pod.get(name);
            if (ofPod != null && total.compareTo(ofPod) > 0) {
                faults.invalid(
                        at.key(name),
                        ofPod,
                        "must be greater than or equal to aggregate container " + what + " of " + total);
            }
        });
    }

    /** Checks the containers against the pod. The server's path of these faults leads nowhere. */
    private void checkContainers(Map<String, ServerQuantity> pod, FieldPath at) {
        List<Container> list = Absent.asEmpty(spec.getContainers());
        for (int i = 0; i < list.size(); i++) {
            FieldPath path = at.child("containers").index(i);
            FieldPath place =
                    at.sibling("containers").index(i).child("resources").child("limits");
            defaults.of(list.get(i)).limits().forEach((name, limit) -> {
                ServerQuantity ofPod = pod.get(name);
                if (ofPod != null && limit.compareTo(ofPod) > 0) {
                    faults.invalid(
                            path.key(name).child("limits").placedAt(place.key(name)),
                            limit,
                            "must be less than or equal to pod limits of " + ofPod);
                }
            });
        }
    }
}
