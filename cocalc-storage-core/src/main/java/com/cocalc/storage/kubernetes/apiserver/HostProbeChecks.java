package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The check of {@code baseline} since 1.34 that refuses probes of other hosts than the pod itself. */
final class HostProbeChecks {

    private final List<PodSecurityViolation> violations;

    HostProbeChecks(List<PodSecurityViolation> violations) {
        this.violations = violations;
    }

    void check(PlacedContainer checked) {
        Container container = checked.container();
        FieldPath at = checked.at();
        checkProbe(container.getLivenessProbe(), at.child("livenessProbe"));
        checkProbe(container.getReadinessProbe(), at.child("readinessProbe"));
        checkProbe(container.getStartupProbe(), at.child("startupProbe"));
        Lifecycle lifecycle = container.getLifecycle();
        if (lifecycle != null) {
            checkHook(lifecycle.getPostStart(), at.child("lifecycle").child("postStart"));
            checkHook(lifecycle.getPreStop(), at.child("lifecycle").child("preStop"));
        }
    }

    private void checkProbe(@Nullable Probe probe, FieldPath at) {
        if (probe != null) {
            check(probe.getHttpGet(), probe.getTcpSocket(), at);
        }
    }

    private void checkHook(@Nullable LifecycleHandler hook, FieldPath at) {
        if (hook != null) {
            check(hook.getHttpGet(), hook.getTcpSocket(), at);
        }
    }

    private void check(@Nullable HTTPGetAction httpGet, @Nullable TCPSocketAction tcpSocket, FieldPath at) {
        refuseHost(httpGet == null ? null : httpGet.getHost(), at.child("httpGet"));
        refuseHost(tcpSocket == null ? null : tcpSocket.getHost(), at.child("tcpSocket"));
    }

    private void refuseHost(@Nullable String host, FieldPath at) {
        if (!Absent.isEmpty(host)) {
            String field = at.child("host").toString();
            violations.add(new PodSecurityViolation("hostProbesAndHostLifecycle", field, "must not be set"));
        }
    }
}
