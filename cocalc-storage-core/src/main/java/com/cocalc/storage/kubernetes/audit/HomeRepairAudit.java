package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.ServiceAccountToken;
import com.cocalc.storage.kubernetes.apiserver.Absent;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;

/** Whether the init container that hands a home over to the project's user is there and does that alone. */
final class HomeRepairAudit {

    private final Expected expected;
    private final Findings findings;

    HomeRepairAudit(Expected expected, Findings findings) {
        this.expected = expected;
        this.findings = findings;
    }

    void check(PodView pod) {
        if (!expected.repairsHomes()) {
            return;
        }
        boolean found = false;
        for (ContainerView container : pod.containers()) {
            if (expected.isNamedLikeHomeRepair(container)) {
                found = true;
                if (!expected.isHomeRepair(container)) {
                    findings.add(
                            AuditRule.HOME_REPAIR_CHANGED,
                            container.at().child("command"),
                            container.name() + " runs another command than the one that repairs the home");
                } else if (ownMounts(container) != 1) {
                    findings.add(
                            AuditRule.HOME_REPAIR_CHANGED,
                            container.at().child("volumeMounts"),
                            container.name() + " mounts " + ownMounts(container)
                                    + " volumes, and needs the home alone");
                } else {
                    checkVariables(container);
                }
            }
        }
        if (!found) {
            findings.add(
                    AuditRule.HOME_REPAIR_MISSING,
                    PodView.SPEC.child("initContainers"),
                    "there is no init container \"" + PodStorage.HOME_REPAIR + "\", although homes are to be repaired");
        }
    }

    /** Variables decide which program the name of a command stands for, and what that program loads. */
    private void checkVariables(ContainerView container) {
        List<EnvVar> env = Absent.asEmpty(container.container().getEnv());
        for (int i = 0; i < env.size(); i++) {
            String name = env.get(i) == null ? "" : Absent.asEmpty(env.get(i).getName());
            if (name.equals("PATH") || name.startsWith("LD_")) {
                findings.add(
                        AuditRule.HOME_REPAIR_CHANGED,
                        container.at().child("env").index(i),
                        container.name() + " finds its programs by " + MessageText.quoted(name));
            }
        }
    }

    /** Without the token of the service account, which the server mounts into every container. */
    private static long ownMounts(ContainerView container) {
        return container.mounts().stream()
                .filter(mount -> !mount.path().equals(ServiceAccountToken.PLACE))
                .count();
    }
}
