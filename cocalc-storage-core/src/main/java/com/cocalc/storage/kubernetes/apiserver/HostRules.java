package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.WindowsSecurityContextOptions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The API server's rules for what a pod may share with its node at the same time, and for its operating system. */
final class HostRules {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> SYSTEMS = List.of("linux", "windows");

    private final PodSpec spec;
    private final Faults faults;

    HostRules(PodSpec spec, Faults faults) {
        this.spec = spec;
        this.faults = faults;
    }

    /** A pod with users of its own shares nothing else with the node. The server writes two of the fields wrongly. */
    void checkUsers() {
        if (!Boolean.FALSE.equals(spec.getHostUsers())) {
            return;
        }
        String detail = "when `pod.Spec.HostUsers` is false";
        if (Absent.isTrue(spec.getHostNetwork())) {
            faults.forbidden(SPEC.child("hostNetwork"), detail);
        }
        if (Absent.isTrue(spec.getHostPID())) {
            faults.forbidden(SPEC.child("HostPID").placedAt(SPEC.child("hostPID")), detail);
        }
        if (Absent.isTrue(spec.getHostIPC())) {
            faults.forbidden(SPEC.child("HostIPC").placedAt(SPEC.child("hostIPC")), detail);
        }
    }

    void checkHostProcess() {
        PodSecurityContext context = Absent.asEmpty(spec.getSecurityContext(), PodSecurityContext::new);
        if (context.getWindowsOptions() == null && !isAnyForWindows()) {
            return; // nearly every pod
        }
        List<PodSecurityContainer> containers = PodSecurityContainer.of(spec);
        Boolean ofPod = hostProcess(context.getWindowsOptions());
        int count = 0;
        for (PodSecurityContainer container : containers) {
            Boolean own = hostProcess(container.context().getWindowsOptions());
            if (ofPod != null && own != null && !ofPod.equals(own)) {
                faults.invalid(
                        container.field("windowsOptions").child("hostProcess"),
                        own,
                        "pod hostProcess value must be identical if both are specified, was " + ofPod);
            }
            count += Absent.isTrue(own == null ? ofPod : own) ? 1 : 0;
        }
        if (count == 0) {
            return;
        }
        if (count != containers.size()) {
            faults.invalid(
                    SPEC,
                    "",
                    "If pod contains any hostProcess containers then all containers must be HostProcess containers");
        }
        if (!Absent.isTrue(spec.getHostNetwork())) {
            faults.invalid(
                    SPEC.child("hostNetwork"),
                    false,
                    "hostNetwork must be true if pod contains any hostProcess containers");
        }
    }

    private boolean isAnyForWindows() {
        return Stream.of(spec.getInitContainers(), spec.getContainers())
                        .flatMap(list -> Absent.asEmpty(list).stream())
                        .anyMatch(container -> container != null && isForWindows(container.getSecurityContext()))
                || Absent.asEmpty(spec.getEphemeralContainers()).stream()
                        .anyMatch(container -> container != null && isForWindows(container.getSecurityContext()));
    }

    private static boolean isForWindows(@Nullable SecurityContext context) {
        return context != null && context.getWindowsOptions() != null;
    }

    private static @Nullable Boolean hostProcess(@Nullable WindowsSecurityContextOptions options) {
        return options == null ? null : options.getHostProcess();
    }

    void checkSystem() {
        if (spec.getOs() == null) {
            return;
        }
        List<PodSecurityContainer> containers = PodSecurityContainer.of(spec);
        String name = Absent.asEmpty(spec.getOs().getName());
        FieldPath at = SPEC.child("os");
        if (name.isEmpty()) {
            faults.required(at.child("name"), "");
        } else if (name.equals("linux")) {
            checkLinux(containers);
        } else if (name.equals("windows")) {
            checkWindows(containers);
        } else {
            faults.unsupported(at.placedAt(at.child("name")), name, SYSTEMS);
        }
    }

    private void checkLinux(List<PodSecurityContainer> containers) {
        String detail = "windows options cannot be set for a linux pod";
        PodSecurityContext context = Absent.asEmpty(spec.getSecurityContext(), PodSecurityContext::new);
        forbid(context.getWindowsOptions(), SPEC.child("securityContext").child("windowsOptions"), detail);
        for (PodSecurityContainer container : containers) {
            forbid(container.context().getWindowsOptions(), container.field("windowsOptions"), detail);
        }
    }

    private void checkWindows(List<PodSecurityContainer> containers) {
        String detail = "cannot be set for a windows pod";
        PodSecurityContext context = Absent.asEmpty(spec.getSecurityContext(), PodSecurityContext::new);
        FieldPath at = SPEC.child("securityContext");
        forbid(context.getAppArmorProfile(), at.child("appArmorProfile"), detail);
        forbid(context.getSeLinuxOptions(), at.child("seLinuxOptions"), detail);
        forbid(spec.getHostUsers(), SPEC.child("hostUsers"), detail);
        forbid(Absent.isTrue(spec.getHostPID()) ? spec : null, SPEC.child("hostPID"), detail);
        forbid(Absent.isTrue(spec.getHostIPC()) ? spec : null, SPEC.child("hostIPC"), detail);
        forbid(context.getSeccompProfile(), at.child("seccompProfile"), detail);
        forbid(context.getFsGroup(), at.child("fsGroup"), detail);
        forbid(context.getFsGroupChangePolicy(), at.child("fsGroupChangePolicy"), detail);
        forbid(Absent.asEmpty(context.getSysctls()).isEmpty() ? null : context, at.child("sysctls"), detail);
        forbid(spec.getShareProcessNamespace(), SPEC.child("shareProcessNamespace"), detail);
        forbid(context.getRunAsUser(), at.child("runAsUser"), detail);
        forbid(context.getRunAsGroup(), at.child("runAsGroup"), detail);
        List<Long> groups = Absent.asEmpty(context.getSupplementalGroups());
        forbid(groups.isEmpty() ? null : groups, at.child("supplementalGroups"), detail);
        forbid(context.getSupplementalGroupsPolicy(), at.child("supplementalGroupsPolicy"), detail);
        forbid(context.getSeLinuxChangePolicy(), at.child("seLinuxChangePolicy"), detail);
        for (PodSecurityContainer container : containers) {
            SecurityContext own = container.context();
            forbid(own.getAppArmorProfile(), container.field("appArmorProfile"), detail);
            forbid(own.getSeLinuxOptions(), container.field("seLinuxOptions"), detail);
            forbid(own.getSeccompProfile(), container.field("seccompProfile"), detail);
            forbid(own.getCapabilities(), container.field("capabilities"), detail);
            forbid(own.getReadOnlyRootFilesystem(), container.field("readOnlyRootFilesystem"), detail);
            forbid(own.getPrivileged(), container.field("privileged"), detail);
            forbid(own.getAllowPrivilegeEscalation(), container.field("allowPrivilegeEscalation"), detail);
            forbid(own.getProcMount(), container.field("procMount"), detail);
            forbid(own.getRunAsUser(), container.field("runAsUser"), detail);
            forbid(own.getRunAsGroup(), container.field("runAsGroup"), detail);
        }
    }

    private void forbid(@Nullable Object value, FieldPath at, String detail) {
        if (value != null) {
            faults.forbidden(at, detail);
        }
    }
}
