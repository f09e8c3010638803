package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.ServiceAccountToken;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.MountView;
import com.cocalc.storage.kubernetes.pod.PodView;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that the init container that repairs the home's owner exists and does nothing else. */
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
                if (expected.isHomeRepair(container)) {
                    checkMounts(container);
                    checkSurroundings(container, pod);
                } else {
                    report(
                            container.at().child("command"),
                            container,
                            "runs another command than the one that repairs the home");
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

    private void checkMounts(ContainerView container) {
        List<MountView> mounts = container.mounts().stream()
                .filter(mount -> !ServiceAccountToken.isPlace(mount.path())) // mounted into every container
                .toList();
        if (mounts.size() != 1) {
            report(
                    container.at().child("volumeMounts"),
                    container,
                    "mounts " + mounts.size() + " volumes, and needs the home alone");
            return;
        }
        MountView mount = mounts.get(0);
        if (!expected.isPlaceOfHome(mount)) {
            report(mount.at(), container, "mounts something else than the home, or the home elsewhere");
        } else if (mount.isReadOnly()) {
            report(mount.at("readOnly", mount.mount().getReadOnly()), container, "can only read the home");
        }
    }

    /**
     * Checks its user, its order, and what decides which program runs for the name of a command and what that loads.
     */
    private void checkSurroundings(ContainerView container, PodView pod) {
        Container written = container.container();
        if (!container.isOverAtStart()) {
            report(container.at().child("restartPolicy"), container, "runs beside the project, and again and again");
        }
        SecurityContext own = Absent.asEmpty(written.getSecurityContext(), SecurityContext::new);
        PodSecurityContext all = Absent.asEmpty(pod.spec().getSecurityContext(), PodSecurityContext::new);
        Long user = own.getRunAsUser() == null ? all.getRunAsUser() : own.getRunAsUser();
        if (user != null && user != 0) {
            report(container.at().child("securityContext").child("runAsUser"), container, "runs as user " + user);
        }
        checkPowers(container, own);
        List<EnvVar> env = Absent.asEmpty(written.getEnv());
        for (int i = 0; i < env.size(); i++) {
            String name = env.get(i) == null ? "" : Absent.asEmpty(env.get(i).getName());
            if (name.equals("PATH") || name.startsWith("LD_")) {
                report(
                        container.at().child("env").index(i),
                        container,
                        "finds its programs by " + MessageText.quoted(name));
            }
        }
        if (!Absent.asEmpty(written.getEnvFrom()).isEmpty()) {
            report(container.at().child("envFrom"), container, "may find its programs by variables from elsewhere");
        }
    }

    /** Checks what root needs to own files that are another's, as policies of clusters take it from all containers. */
    private void checkPowers(ContainerView container, SecurityContext context) {
        Capabilities changes = Absent.asEmpty(context.getCapabilities(), Capabilities::new);
        for (String power : expected.powersOfRepair()) {
            boolean isKept = names(changes.getAdd(), power) || !names(changes.getDrop(), "ALL");
            boolean isGone = names(changes.getDrop(), power) || !isKept;
            if (isGone && !Boolean.TRUE.equals(context.getPrivileged())) {
                report(
                        container.at().child("securityContext").child("capabilities"),
                        container,
                        "has no capability " + power);
            }
        }
    }

    /** Runtimes read names in any case; one with the prefix {@code CAP_} is none that they know. */
    private static boolean names(@Nullable List<String> capabilities, String capability) {
        return Absent.asEmpty(capabilities).stream().anyMatch(capability::equalsIgnoreCase);
    }

    private void report(FieldPath at, ContainerView container, String what) {
        findings.add(AuditRule.HOME_REPAIR_CHANGED, at, container.name() + " " + what);
    }
}
