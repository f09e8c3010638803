package com.cocalc.storage.kubernetes.audit;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API server's rules for probes and lifecycle hooks. */
final class ProbeRules {

    private static final String SECOND_HANDLER = "may not specify more than 1 handler type";

    private final Faults faults;

    ProbeRules(Faults faults) {
        this.faults = faults;
    }

    void check(Container container, FieldPath at) {
        if (container.getLifecycle() != null) {
            checkHook(
                    container.getLifecycle().getPostStart(),
                    at.child("lifecycle").child("postStart"));
            checkHook(
                    container.getLifecycle().getPreStop(), at.child("lifecycle").child("preStop"));
        }
        checkProbe(container.getLivenessProbe(), at.child("livenessProbe"));
        checkOnce(container.getLivenessProbe(), at.child("livenessProbe"));
        checkProbe(container.getReadinessProbe(), at.child("readinessProbe"));
        checkProbe(container.getStartupProbe(), at.child("startupProbe"));
        checkOnce(container.getStartupProbe(), at.child("startupProbe"));
    }

    /** An init container that does not go on running has nothing to probe. */
    void checkNone(Container container, FieldPath at) {
        String detail = "may not be set for init containers without restartPolicy=Always";
        forbidden(container.getLifecycle(), at.child("lifecycle"), detail);
        forbidden(container.getLivenessProbe(), at.child("livenessProbe"), detail);
        forbidden(container.getReadinessProbe(), at.child("readinessProbe"), detail);
        forbidden(container.getStartupProbe(), at.child("startupProbe"), detail);
    }

    private void forbidden(@Nullable Object value, FieldPath at, String detail) {
        if (value != null) {
            faults.forbidden(at, detail);
        }
    }

    private void checkHook(@Nullable LifecycleHandler hook, FieldPath at) {
        if (hook != null) {
            checkHandler(hook.getExec(), hook.getHttpGet(), hook.getTcpSocket(), hook.getSleep(), "sleep", at);
        }
    }

    private void checkProbe(@Nullable Probe probe, FieldPath at) {
        if (probe == null) {
            return;
        }
        checkHandler(probe.getExec(), probe.getHttpGet(), probe.getTcpSocket(), probe.getGrpc(), "grpc", at);
        nonNegative(probe.getInitialDelaySeconds(), at.child("initialDelaySeconds"));
        nonNegative(probe.getTimeoutSeconds(), at.child("timeoutSeconds"));
        nonNegative(probe.getPeriodSeconds(), at.child("periodSeconds"));
        nonNegative(probe.getSuccessThreshold(), at.child("successThreshold"));
        nonNegative(probe.getFailureThreshold(), at.child("failureThreshold"));
    }

    /** Absent and 0 become 1 before the check. */
    private void checkOnce(@Nullable Probe probe, FieldPath at) {
        Integer threshold = probe == null ? null : probe.getSuccessThreshold();
        if (threshold != null && threshold != 0 && threshold != 1) {
            faults.invalid(at.child("successThreshold"), threshold, "must be 1");
        }
    }

    private void nonNegative(@Nullable Integer value, FieldPath at) {
        if (value != null && value < 0) {
            faults.invalid(at, value, "must be greater than or equal to 0");
        }
    }

    private void checkHandler(
            @Nullable ExecAction exec,
            @Nullable HTTPGetAction httpGet,
            @Nullable TCPSocketAction tcpSocket,
            @Nullable Object last,
            String lastField,
            FieldPath at) {
        boolean found = false;
        if (exec != null) {
            found = true;
            if (Absent.asEmpty(exec.getCommand()).isEmpty()) {
                faults.required(at.child("exec").child("command"), "");
            }
        }
        if (httpGet != null && isOnly(found, at.child("httpGet"))) {
            checkPort(httpGet.getPort(), at.child("httpGet").child("port"));
            String scheme = Absent.asEmpty(httpGet.getScheme());
            if (!scheme.isEmpty() && !scheme.equals("HTTP") && !scheme.equals("HTTPS")) {
                faults.unsupported(at.child("httpGet").child("scheme"), scheme, List.of("HTTP", "HTTPS"));
            }
        }
        found |= httpGet != null;
        if (tcpSocket != null && isOnly(found, at.child("tcpSocket"))) {
            checkPort(tcpSocket.getPort(), at.child("tcpSocket").child("port"));
        }
        found |= tcpSocket != null;
        if (last != null) {
            isOnly(found, at.child(lastField));
        } else if (!found) {
            faults.required(at, "must specify a handler type");
        }
    }

    private boolean isOnly(boolean another, FieldPath at) {
        if (another) {
            faults.forbidden(at, SECOND_HANDLER);
        }
        return !another;
    }

    private void checkPort(@Nullable IntOrString port, FieldPath at) {
        if (port != null && port.getStrVal() != null) {
            MetadataRules.invalid(at, port.getStrVal(), NameRules.findPortNameFault(port.getStrVal()), faults);
            return;
        }
        int number = port == null || port.getIntVal() == null ? 0 : port.getIntVal();
        MetadataRules.invalid(at, number, NameRules.findPortFault(number), faults);
    }
}
