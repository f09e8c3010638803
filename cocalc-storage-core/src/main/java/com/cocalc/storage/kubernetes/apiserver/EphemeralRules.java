package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;

/** The API server's rules that hold for an ephemeral container alone. */
final class EphemeralRules {

    private static final String FORBIDDEN = "cannot be set for an Ephemeral Container";

    private EphemeralRules() {}

    static void checkForbidden(EphemeralContainer container, FieldPath at, Faults faults) {
        boolean resources = container.getResources() != null
                && !(Absent.asEmpty(container.getResources().getLimits()).isEmpty()
                        && Absent.asEmpty(container.getResources().getRequests())
                                .isEmpty()
                        && Absent.asEmpty(container.getResources().getClaims()).isEmpty());
        forbidden(resources, at.child("resources"), faults);
        List<VolumeMount> mounts = Absent.asEmpty(container.getVolumeMounts());
        for (int i = 0; i < mounts.size(); i++) {
            VolumeMount mount = Absent.asEmpty(mounts.get(i), VolumeMount::new);
            FieldPath path = at.child("volumeMounts").index(i);
            forbidden(!Absent.isEmpty(mount.getSubPath()), path.child("subPath"), faults);
            forbidden(!Absent.isEmpty(mount.getSubPathExpr()), path.child("subPathExpr"), faults);
        }
    }

    private static void forbidden(boolean set, FieldPath at, Faults faults) {
        if (set) {
            faults.forbidden(at, FORBIDDEN);
        }
    }
}
