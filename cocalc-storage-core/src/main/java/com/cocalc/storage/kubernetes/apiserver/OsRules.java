package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API server's rules for the settings of users and groups that the operating system of a pod does not have. */
final class OsRules {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath CONTEXT = SPEC.child("securityContext");

    private final PodSpec spec;
    private final PodSecurityContext context;
    private final Faults faults;

    private OsRules(PodSpec spec, Faults faults) {
        this.spec = spec;
        this.context = Absent.asEmpty(spec.getSecurityContext(), PodSecurityContext::new);
        this.faults = faults;
    }

    static void check(@Nullable PodSpec spec, Faults faults) {
        if (spec != null && spec.getOs() != null) {
            new OsRules(spec, faults).check();
        }
    }

    private void check() {
        FieldPath at = SPEC.child("os").child("name");
        switch (Absent.asEmpty(spec.getOs().getName())) {
            case "" -> faults.required(at, "cannot be empty");
            case "linux" -> checkLinux();
            case "windows" -> checkWindows();
            default ->
                faults.unsupported(SPEC.child("os").placedAt(at), spec.getOs().getName(), List.of("linux", "windows"));
        }
    }

    private void checkLinux() {
        String detail = "windows options cannot be set for a linux pod";
        forbid(context.getWindowsOptions(), CONTEXT.child("windowsOptions"), detail);
        for (PlacedContainer container : PlacedContainer.of(spec)) {
            forbid(container.context().getWindowsOptions(), container.field("windowsOptions"), detail);
        }
    }

    private void checkWindows() {
        forbid(context.getAppArmorProfile(), CONTEXT.child("appArmorProfile"));
        forbid(context.getSeLinuxOptions(), CONTEXT.child("seLinuxOptions"));
        forbid(spec.getHostUsers(), SPEC.child("hostUsers"));
        forbid(ifTrue(spec.getHostPID()), SPEC.child("hostPID"));
        forbid(ifTrue(spec.getHostIPC()), SPEC.child("hostIPC"));
        forbid(context.getSeccompProfile(), CONTEXT.child("seccompProfile"));
        forbid(context.getFsGroup(), CONTEXT.child("fsGroup"));
        forbid(context.getFsGroupChangePolicy(), CONTEXT.child("fsGroupChangePolicy"));
        forbid(ifAny(context.getSysctls()), CONTEXT.child("sysctls"));
        forbid(spec.getShareProcessNamespace(), SPEC.child("shareProcessNamespace"));
        forbid(context.getRunAsUser(), CONTEXT.child("runAsUser"));
        forbid(context.getRunAsGroup(), CONTEXT.child("runAsGroup"));
        forbid(ifAny(context.getSupplementalGroups()), CONTEXT.child("supplementalGroups"));
        forbid(context.getSupplementalGroupsPolicy(), CONTEXT.child("supplementalGroupsPolicy"));
        forbid(context.getSeLinuxChangePolicy(), CONTEXT.child("seLinuxChangePolicy"));
        PlacedContainer.of(spec).forEach(this::checkWindows);
    }

    private void checkWindows(PlacedContainer container) {
        SecurityContext own = container.context();
        forbid(own.getAppArmorProfile(), container.field("appArmorProfile"));
        forbid(own.getSeLinuxOptions(), container.field("seLinuxOptions"));
        forbid(own.getSeccompProfile(), container.field("seccompProfile"));
        forbid(own.getCapabilities(), container.field("capabilities"));
        forbid(own.getReadOnlyRootFilesystem(), container.field("readOnlyRootFilesystem"));
        forbid(own.getPrivileged(), container.field("privileged"));
        forbid(own.getAllowPrivilegeEscalation(), container.field("allowPrivilegeEscalation"));
        forbid(own.getProcMount(), container.field("procMount"));
        forbid(own.getRunAsUser(), container.field("runAsUser"));
        forbid(own.getRunAsGroup(), container.field("runAsGroup"));
    }

    private static @Nullable Object ifTrue(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value) ? value : null;
    }

    private static @Nullable Object ifAny(@Nullable List<?> values) {
        return values == null || values.isEmpty() ? null : values;
    }

    private void forbid(@Nullable Object value, FieldPath at) {
        forbid(value, at, "cannot be set for a windows pod");
    }

    private void forbid(@Nullable Object value, FieldPath at, String detail) {
        if (value != null) {
            faults.forbidden(at, detail);
        }
    }
}
