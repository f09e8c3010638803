package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.MountView;
import com.cocalc.storage.kubernetes.pod.NameRules;
import com.cocalc.storage.kubernetes.pod.PlacedContainer.Kind;
import com.cocalc.storage.kubernetes.pod.PodView;
import com.cocalc.storage.kubernetes.pod.Variables;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Map;

/** Checks that the variables with the places of storage agree with the mounts. */
final class EnvironmentAudit {

    private static final String HOME = "HOME";

    private final Expected expected;
    private final Findings findings;

    EnvironmentAudit(Expected expected, Findings findings) {
        this.expected = expected;
        this.findings = findings;
    }

    void check(ContainerView container) {
        checkNames(container);
        if (container.kind() != Kind.REGULAR) {
            return;
        }
        for (Map.Entry<String, String> variable : expected.environment().entrySet()) {
            for (StorageMount mount : expected.mounts()) {
                if (CleanedPath.isAtOrBelow(
                        variable.getValue(), mount.mountPath().value())) {
                    check(container, variable.getKey(), variable.getValue(), mount);
                }
            }
        }
    }

    private void checkNames(ContainerView container) {
        List<EnvVar> env = Absent.asEmpty(container.container().getEnv());
        for (int i = 0; i < env.size(); i++) {
            String name = env.get(i) == null ? "" : Absent.asEmpty(env.get(i).getName());
            if (!name.isEmpty() && !NameRules.isPortableEnvironmentName(name)) {
                findings.add(
                        AuditRule.VARIABLE_NAME,
                        container.at().child("env").index(i).child("name"),
                        "a variable is named " + MessageText.quoted(name));
            }
        }
    }

    private void check(ContainerView container, String name, String value, StorageMount needed) {
        boolean mounted = isMounted(container, needed);
        Variables variables = container.variables();
        FieldPath env = container.at().child("env");
        if (!variables.isDefined(name)) {
            if (mounted && !variables.isOpen()) {
                findings.add(
                        AuditRule.VARIABLE_MISSING,
                        container.at(),
                        container.name() + " has no " + name + ", which must be " + MessageText.quoted(value));
            }
            return;
        }
        FieldPath at = env.index(variables.placeOf(name));
        String found = variables.find(name);
        if (mounted && !Variables.agrees(name, found, value)) {
            reportWrong(container, name, value);
        } else if (!mounted && Variables.agrees(name, found, value)) {
            findings.add(
                    AuditRule.VARIABLE_WITHOUT_MOUNT,
                    at,
                    name + " of " + container.name() + " is " + MessageText.quoted(value)
                            + ", but nothing is mounted at " + needed.mountPath());
        }
    }

    /** Checks that programs of a project find its home, which nearly all of them look for in {@code HOME}. */
    void checkHome(PodView pod) {
        ContainerView worker = expected.findWorker(pod.containers());
        if (worker == null
                || expected.project() == null
                || !worker.variables().isDefined(HOME)
                || worker.mounts().stream().noneMatch(expected::isPlaceOfHome)) {
            return;
        }
        String home = expected.homePath();
        String found = Absent.asEmpty(worker.variables().find(HOME));
        boolean within = found.startsWith("/") && CleanedPath.isAtOrBelow(CleanedPath.absolute(found), home);
        if (!within) {
            reportWrong(worker, HOME, home);
        }
    }

    private void reportWrong(ContainerView container, String name, String value) {
        Variables variables = container.variables();
        String found = variables.find(name);
        findings.add(
                AuditRule.VARIABLE_WRONG,
                container.at().child("env").index(variables.placeOf(name)),
                name + " of " + container.name()
                        + (found == null ? " comes from elsewhere" : " is " + MessageText.quoted(found))
                        + ", but must be " + MessageText.quoted(value));
    }

    private static boolean isMounted(ContainerView container, StorageMount needed) {
        for (MountView mount : container.mounts()) {
            if (mount.path().equals(needed.mountPath().value())) {
                return true;
            }
        }
        return false;
    }
}
