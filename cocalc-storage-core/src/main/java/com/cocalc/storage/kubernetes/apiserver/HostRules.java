package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
import io.fabric8.kubernetes.api.model.PodSpec;

/** The API server's rules for the namespaces that a pod shares with its node. */
final class HostRules {

    private static final FieldPath SPEC = FieldPath.of("spec");

    private final PodSpec spec;
    private final Faults faults;

    HostRules(PodSpec spec, Faults faults) {
        this.spec = spec;
        this.faults = faults;
    }

    /**
     * Checks that a pod with its own users shares nothing else with the node. The server misspells two of the fields.
     */
    void checkUsers() {
        if (!Boolean.FALSE.equals(spec.getHostUsers())) {
            return;
        }
        String detail = "when `hostUsers` is false";
        if (Boolean.TRUE.equals(spec.getHostNetwork())) {
            faults.forbidden(SPEC.child("hostNetwork"), detail);
        }
        if (Boolean.TRUE.equals(spec.getHostPID())) {
            faults.forbidden(SPEC.child("HostPID").placedAt(SPEC.child("hostPID")), detail);
        }
        if (Boolean.TRUE.equals(spec.getHostIPC())) {
            faults.forbidden(SPEC.child("HostIPC").placedAt(SPEC.child("hostIPC")), detail);
        }
        for (PlacedContainer container : PlacedContainer.of(spec)) {
            if (container.hasDevices()) {
                faults.forbidden(container.at().child("volumeDevices"), detail);
            }
        }
    }
}
