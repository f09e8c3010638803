package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.GRPCAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SleepAction;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API server's rules for probes and lifecycle hooks. */
final class ProbeRules {

    private static final String SECOND_HANDLER = "may not specify more than 1 handler type";
    private static final String NO_HANDLER = "must specify a handler type";

    /** What the server writes where a pod says nothing. */
    private static final long DEFAULT_GRACE_SECONDS = 30;

    private final long graceSeconds;
    private final Faults faults;

    /**
     * Prepares the rules.
     *
     * @param graceSeconds how long the pod may take to end; null where it does not say
     */
    ProbeRules(@Nullable Long graceSeconds, Faults faults) {
        this.graceSeconds = graceSeconds == null ? DEFAULT_GRACE_SECONDS : graceSeconds;
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
        checkNoGracePeriod(container.getReadinessProbe(), at.child("readinessProbe"));
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
            boolean found = checkHandler(hook.getExec(), hook.getHttpGet(), hook.getTcpSocket(), at);
            if (hook.getSleep() != null) {
                if (isOnly(found, at.child("sleep"))) {
                    checkSleep(hook.getSleep(), at.child("sleep"));
                }
            } else if (!found) {
                faults.required(at, NO_HANDLER);
            }
        }
    }

    private void checkProbe(@Nullable Probe probe, FieldPath at) {
        if (probe == null) {
            return;
        }
        boolean found = checkHandler(probe.getExec(), probe.getHttpGet(), probe.getTcpSocket(), at);
        if (probe.getGrpc() != null) {
            if (isOnly(found, at.child("grpc"))) {
                checkGrpc(probe.getGrpc(), at.child("grpc"));
            }
        } else if (!found) {
            faults.required(at, NO_HANDLER);
        }
        nonNegative(probe.getInitialDelaySeconds(), at.child("initialDelaySeconds"));
        nonNegative(probe.getTimeoutSeconds(), at.child("timeoutSeconds"));
        nonNegative(probe.getPeriodSeconds(), at.child("periodSeconds"));
        nonNegative(probe.getSuccessThreshold(), at.child("successThreshold"));
        nonNegative(probe.getFailureThreshold(), at.child("failureThreshold"));
        Long grace = probe.getTerminationGracePeriodSeconds();
        if (grace != null && grace <= 0) {
            faults.invalid(at.child("terminationGracePeriodSeconds"), grace, "must be greater than 0");
        }
    }

    /** Absent and 0 become 1 before the check. */
    private void checkOnce(@Nullable Probe probe, FieldPath at) {
        Integer threshold = probe == null ? null : probe.getSuccessThreshold();
        if (threshold != null && threshold != 0 && threshold != 1) {
            faults.invalid(at.child("successThreshold"), threshold, "must be 1");
        }
    }

    /** A container that is not ready is not ended. */
    private void checkNoGracePeriod(@Nullable Probe probe, FieldPath at) {
        Long grace = probe == null ? null : probe.getTerminationGracePeriodSeconds();
        if (grace != null) {
            faults.invalid(at.child("terminationGracePeriodSeconds"), grace, "must not be set for readinessProbes");
        }
    }

    private void checkSleep(SleepAction sleep, FieldPath at) {
        long seconds = sleep.getSeconds() == null ? 0 : sleep.getSeconds();
        if (seconds < 0 || seconds > graceSeconds) {
            faults.invalid(
                    at.placedAt(at.child("seconds")),
                    seconds,
                    "must be non-negative and less than terminationGracePeriodSeconds (" + graceSeconds + ")");
        }
    }

    private void checkGrpc(GRPCAction grpc, FieldPath at) {
        int port = Absent.asZero(grpc.getPort());
        MetadataRules.invalid(at.child("port"), port, NameRules.findPortFault(port), faults);
    }

    private void nonNegative(@Nullable Integer value, FieldPath at) {
        if (value != null && value < 0) {
            faults.invalid(at, value, "must be greater than or equal to 0");
        }
    }

    /** Checks what probes and hooks have in common, and returns whether there is any of it. */
    private boolean checkHandler(
            @Nullable ExecAction exec,
            @Nullable HTTPGetAction httpGet,
            @Nullable TCPSocketAction tcpSocket,
            FieldPath at) {
        boolean found = false;
        if (exec != null) {
            found = true;
            if (Absent.asEmpty(exec.getCommand()).isEmpty()) {
                faults.required(at.child("exec").child("command"), "");
            }
        }
        if (httpGet != null && isOnly(found, at.child("httpGet"))) {
            checkHttp(httpGet, at.child("httpGet"));
        }
        found |= httpGet != null;
        if (tcpSocket != null && isOnly(found, at.child("tcpSocket"))) {
            checkPort(tcpSocket.getPort(), at.child("tcpSocket").child("port"));
        }
        return found || tcpSocket != null;
    }

    private void checkHttp(HTTPGetAction httpGet, FieldPath at) {
        checkPort(httpGet.getPort(), at.child("port"));
        String scheme = Absent.asEmpty(httpGet.getScheme());
        if (!scheme.isEmpty()) {
            VolumeSourceRules.unsupported(scheme, List.of("HTTP", "HTTPS"), at.child("scheme"), faults);
        }
        List<HTTPHeader> headers = Absent.asEmpty(httpGet.getHttpHeaders());
        FieldPath path = at.child("httpHeaders");
        for (int i = 0; i < headers.size(); i++) {
            String name =
                    headers.get(i) == null ? "" : Absent.asEmpty(headers.get(i).getName());
            FieldPath place = path.index(i).child("name");
            MetadataRules.invalid(path.placedAt(place), name, NameRules.findHeaderNameFault(name), faults);
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
