package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Sysctl;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The API server's rules for the security contexts of a pod and of a container. */
final class SecurityContextRules {

    private static final List<String> CHANGE_POLICIES = List.of("Always", "OnRootMismatch");
    private static final List<String> PROFILES = List.of("Localhost", "RuntimeDefault", "Unconfined");
    private static final Pattern SYSCTL =
            Pattern.compile("([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?");
    private static final int LONGEST_SYSCTL = 253;
    private static final int LONGEST_PROFILE = 4095;

    private SecurityContextRules() {}

    static void checkPod(PodSpec spec, FieldPath at, Faults faults) {
        PodSecurityContext context = Absent.asEmpty(spec.getSecurityContext(), PodSecurityContext::new);
        checkId(context.getFsGroup(), at.child("fsGroup"), faults);
        checkId(context.getRunAsUser(), at.child("runAsUser"), faults);
        checkId(context.getRunAsGroup(), at.child("runAsGroup"), faults);
        List<Long> groups = Absent.asEmpty(context.getSupplementalGroups());
        for (int i = 0; i < groups.size(); i++) {
            checkId(groups.get(i), at.child("supplementalGroups").index(i), faults);
        }
        if (Boolean.TRUE.equals(spec.getShareProcessNamespace()) && Boolean.TRUE.equals(spec.getHostPID())) {
            faults.invalid(
                    at.child("shareProcessNamespace").placedAt(at.sibling("shareProcessNamespace")),
                    true,
                    "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        checkSysctls(spec, Absent.asEmpty(context.getSysctls()), at.child("sysctls"), faults);
        VolumeSourceRules.unsupported(
                context.getFsGroupChangePolicy(), CHANGE_POLICIES, at.child("fsGroupChangePolicy"), faults);
        checkSeccomp(context.getSeccompProfile(), at.child("seccompProfile"), faults);
        checkAppArmor(context.getAppArmorProfile(), at.child("appArmorProfile"), faults);
        VolumeSourceRules.unsupported(
                context.getSupplementalGroupsPolicy(),
                List.of("Merge", "Strict"),
                at.child("supplementalGroupsPolicy"),
                faults);
        // MountOption needs the feature gate SELinuxMount, which is off.
        VolumeSourceRules.unsupported(
                context.getSeLinuxChangePolicy(), List.of("Recursive"), at.child("seLinuxChangePolicy"), faults);
    }

    static void checkContainer(@Nullable SecurityContext context, boolean hostUsers, FieldPath at, Faults faults) {
        if (context == null) {
            return;
        }
        checkId(context.getRunAsUser(), at.child("runAsUser"), faults);
        checkId(context.getRunAsGroup(), at.child("runAsGroup"), faults);
        String procMount = context.getProcMount();
        if (procMount != null) {
            if (hostUsers && procMount.equals("Unmasked")) {
                faults.invalid(at.child("procMount"), procMount, "`hostUsers` must be false to use `Unmasked`");
            }
            VolumeSourceRules.unsupported(procMount, List.of("Default", "Unmasked"), at.child("procMount"), faults);
        }
        checkSeccomp(context.getSeccompProfile(), at.child("seccompProfile"), faults);
        if (Boolean.FALSE.equals(context.getAllowPrivilegeEscalation())) {
            checkNoEscalation(context, at, faults);
        }
        checkAppArmor(context.getAppArmorProfile(), at.child("appArmorProfile"), faults);
    }

    private static void checkNoEscalation(SecurityContext context, FieldPath at, Faults faults) {
        if (Boolean.TRUE.equals(context.getPrivileged())) {
            faults.invalid(at, "", "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
        if (context.getCapabilities() != null
                && Absent.asEmpty(context.getCapabilities().getAdd()).contains("CAP_SYS_ADMIN")) {
            faults.invalid(
                    at, "", "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
        }
    }

    private static void checkId(@Nullable Long id, FieldPath at, Faults faults) {
        if (id != null && (id < 0 || id > Integer.MAX_VALUE)) {
            faults.invalid(at, id, "must be between 0 and 2147483647, inclusive");
        }
    }

    private static void checkSysctls(PodSpec spec, List<Sysctl> sysctls, FieldPath at, Faults faults) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < sysctls.size(); i++) {
            String name =
                    Absent.asEmpty(Absent.asEmpty(sysctls.get(i), Sysctl::new).getName());
            FieldPath path = at.index(i).child("name");
            if (name.isEmpty()) {
                faults.required(path, "");
            } else if (name.length() > LONGEST_SYSCTL || !SYSCTL.matcher(name).matches()) {
                faults.invalid(path, name, "must have at most 253 characters and match regex " + SYSCTL);
            } else if (names.contains(name)) {
                faults.duplicate(path, name);
            }
            checkNotOfNode(spec, name, path, faults);
            names.add(name);
        }
    }

    /** Refuses a sysctl of a namespace that the pod shares with its node. */
    private static void checkNotOfNode(PodSpec spec, String sysctl, FieldPath at, Faults faults) {
        String name = sysctl.replace('/', '.');
        boolean ofProcesses = name.equals("kernel.sem")
                || name.startsWith("kernel.shm")
                || name.startsWith("kernel.msg")
                || name.startsWith("fs.mqueue.");
        if (Boolean.TRUE.equals(spec.getHostNetwork()) && name.startsWith("net.")) {
            faults.invalid(at, sysctl, "may not be specified when 'hostNetwork' is true");
        } else if (Boolean.TRUE.equals(spec.getHostIPC()) && ofProcesses) {
            faults.invalid(at, sysctl, "may not be specified when 'hostIPC' is true");
        }
    }

    private static void checkSeccomp(@Nullable SeccompProfile profile, FieldPath at, Faults faults) {
        if (profile == null) {
            return;
        }
        String type = Absent.asEmpty(profile.getType());
        checkType(type, "type is required when seccompProfile is set", at.child("type"), faults);
        String local = profile.getLocalhostProfile();
        if (!type.equals("Localhost")) {
            if (local != null) {
                faults.invalid(at.child("localhostProfile"), local, "can only be set when seccomp type is Localhost");
            }
        } else if (local == null) {
            faults.required(at.child("localhostProfile"), "must be set when seccomp type is Localhost");
        } else {
            PathRules.checkDescending(local, at.child("localhostProfile"), faults);
        }
    }

    private static void checkAppArmor(@Nullable AppArmorProfile profile, FieldPath at, Faults faults) {
        if (profile == null) {
            return;
        }
        String type = Absent.asEmpty(profile.getType());
        String local = profile.getLocalhostProfile();
        FieldPath path = at.child("localhostProfile");
        if (!type.equals("Localhost")) {
            if (local != null && PROFILES.contains(type)) {
                faults.invalid(path, local, "can only be set when AppArmor type is Localhost");
            }
        } else if (Absent.isEmpty(local)) {
            faults.required(path, "must be set when AppArmor type is Localhost");
        } else if (!local.equals(Blanks.trim(local))) {
            faults.invalid(path, local, "must not be padded with whitespace");
        } else if (MetadataRules.utf8Length(local) > LONGEST_PROFILE) {
            faults.tooLong(path, LONGEST_PROFILE);
        }
        checkType(type, "type is required when appArmorProfile is set", at.child("type"), faults);
    }

    private static void checkType(String type, String whenMissing, FieldPath at, Faults faults) {
        if (type.isEmpty()) {
            faults.required(at, whenMissing);
        } else if (!PROFILES.contains(type)) {
            faults.unsupported(at, type, PROFILES);
        }
    }
}
