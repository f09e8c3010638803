package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.NameRules;
import java.util.List;
import java.util.Set;

/** The API server's rules for the names of resources, and the properties that follow from a name. */
final class ResourceNames {

    static final String HUGE_PAGES = "hugepages-";

    private static final String NAMESPACE = "kubernetes.io/";
    private static final String REQUESTS = "requests.";
    private static final Set<String> COMPUTE = Set.of("cpu", "memory");
    private static final Set<String> OF_CONTAINERS = Set.of("cpu", "memory", "ephemeral-storage");
    private static final List<String> OF_PODS = List.of("cpu", HUGE_PAGES, "memory");
    private static final Set<String> COUNTED = Set.of(
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");
    private static final Set<String> OTHERS = Set.of(
            "storage",
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage",
            "requests.storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage");

    private ResourceNames() {}

    static void checkOfContainer(String name, FieldPath at, Faults faults) {
        checkStandard(name, at, faults);
        if (!name.contains("/")) {
            if (!OF_CONTAINERS.contains(name) && !isHugePages(name)) {
                faults.invalid(at, name, "must be a standard resource for containers");
            }
        } else if (!isNative(name) && !isExtended(name)) {
            faults.invalid(at, name, "doesn't follow extended resource name standard");
        }
    }

    /** Checks the name of a resource of a whole pod, which has fewer resources than a container. */
    static void checkOfPod(String name, FieldPath at, Faults faults) {
        int before = faults.size();
        checkStandard(name, at, faults);
        if (faults.size() == before && !isOfPod(name)) {
            faults.unsupported(at, name, OF_PODS);
        }
    }

    private static void checkStandard(String name, FieldPath at, Faults faults) {
        String fault = NameRules.findQualifiedNameFault(name);
        if (fault != null) {
            faults.invalid(at, name, fault);
        } else if (!name.contains("/") && !isStandard(name)) {
            faults.invalid(at, name, "must be a standard resource type or fully qualified");
        }
    }

    private static boolean isStandard(String name) {
        return OF_CONTAINERS.contains(name)
                || COUNTED.contains(name)
                || OTHERS.contains(name)
                || isHugePages(name)
                || name.startsWith(REQUESTS + HUGE_PAGES);
    }

    static boolean isHugePages(String name) {
        return name.startsWith(HUGE_PAGES);
    }

    static boolean isCompute(String name) {
        return COMPUTE.contains(name);
    }

    /** Returns whether a whole pod can request the resource. */
    static boolean isOfPod(String name) {
        return isCompute(name) || isHugePages(name);
    }

    /** Returns whether the resource may be overcommitted, so that a request may be below its limit. */
    static boolean isOvercommitted(String name) {
        return isNative(name) && !isHugePages(name);
    }

    /** Returns whether the resource has no fractions. */
    static boolean isWhole(String name) {
        return COUNTED.contains(name) || isExtended(name);
    }

    private static boolean isNative(String name) {
        return !name.contains("/") || name.contains(NAMESPACE);
    }

    /**
     * Returns whether the resource is an extended one, for example {@code nvidia.com/gpu}, which a quota has to be able
     * to name as well.
     */
    private static boolean isExtended(String name) {
        return !isNative(name)
                && !name.startsWith(REQUESTS)
                && NameRules.findQualifiedNameFault(REQUESTS + name) == null;
    }
}
