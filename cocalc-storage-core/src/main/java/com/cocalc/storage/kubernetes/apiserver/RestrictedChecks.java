package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
import com.cocalc.storage.kubernetes.pod.VolumeSourceKind;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checks of the level {@code restricted} in addition to {@code baseline}, each since the version that added it. */
final class RestrictedChecks {

    private static final Set<VolumeSourceKind> VOLUMES = EnumSet.of(
            VolumeSourceKind.CONFIG_MAP,
            VolumeSourceKind.CSI,
            VolumeSourceKind.DOWNWARD_API,
            VolumeSourceKind.EMPTY_DIR,
            VolumeSourceKind.EPHEMERAL,
            VolumeSourceKind.IMAGE,
            VolumeSourceKind.CLAIM,
            VolumeSourceKind.PROJECTED,
            VolumeSourceKind.SECRET);

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath CONTEXT = SPEC.child("securityContext");

    private final PodSpec spec;
    private final PodSecurityContext pod;
    private final List<PlacedContainer> containers;
    private final PodSecurityVersion version;
    private final List<PodSecurityViolation> violations;

    RestrictedChecks(
            PodSpec spec,
            List<PlacedContainer> containers,
            PodSecurityVersion version,
            List<PodSecurityViolation> violations) {
        this.spec = spec;
        this.pod = Absent.asEmpty(spec.getSecurityContext(), PodSecurityContext::new);
        this.containers = containers;
        this.version = version;
        this.violations = violations;
    }

    void check() {
        checkVolumes();
        boolean ownUsers = version.hasOwnUsers(spec);
        if (!ownUsers) {
            checkRunAsNonRoot();
        }
        if (version.isAtLeast(23) && !ownUsers) {
            checkRunAsUser();
        }
        boolean windows = isWindows();
        if (version.isAtLeast(19) && !windows) {
            checkSeccomp();
        }
        for (PlacedContainer container : containers) {
            if (version.isAtLeast(8) && !windows) {
                checkEscalation(container);
            }
            if (version.isAtLeast(22) && !windows) {
                checkCapabilities(container);
            }
            if (version.isAtLeast(35)) {
                checkProcMount(container);
            }
        }
    }

    /** Returns whether the pod is for Windows, to which three rules do not apply since 1.25. */
    private boolean isWindows() {
        return version.isAtLeast(25)
                && spec.getOs() != null
                && "windows".equals(spec.getOs().getName());
    }

    private void checkVolumes() {
        List<Volume> volumes = Absent.asEmpty(spec.getVolumes());
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            VolumeSourceKind kind = volume == null ? null : VolumeSourceKind.findFirst(volume);
            if (kind != null && !VOLUMES.contains(kind)) {
                refuse("restrictedVolumes", SPEC.child("volumes").index(i).child(kind.field()), "must not be there");
            }
        }
    }

    private void checkRunAsNonRoot() {
        refuseRoot(pod.getRunAsNonRoot(), CONTEXT);
        boolean inherited = Boolean.TRUE.equals(pod.getRunAsNonRoot());
        for (PlacedContainer container : containers) {
            Boolean own = container.context().getRunAsNonRoot();
            refuseRoot(own, container.at().child("securityContext"));
            if (own == null && !inherited) {
                refuse("runAsNonRoot", container.field("runAsNonRoot"), "must be true, here or in the pod");
            }
        }
    }

    private void refuseRoot(@Nullable Boolean nonRoot, FieldPath context) {
        if (Boolean.FALSE.equals(nonRoot)) {
            refuse("runAsNonRoot", context.child("runAsNonRoot"), "must not be false");
        }
    }

    private void checkRunAsUser() {
        refuseZero(pod.getRunAsUser(), CONTEXT.child("runAsUser"));
        containers.forEach(container -> refuseZero(container.context().getRunAsUser(), container.field("runAsUser")));
    }

    private void refuseZero(@Nullable Long user, FieldPath at) {
        if (user != null && user == 0) {
            refuse("runAsUser", at, "must not be 0");
        }
    }

    private void checkSeccomp() {
        FieldPath field = CONTEXT.child("seccompProfile").child("type");
        boolean inherited = refuseProfile(pod.getSeccompProfile(), field);
        for (PlacedContainer container : containers) {
            SeccompProfile own = container.context().getSeccompProfile();
            FieldPath at = container.field("seccompProfile").child("type");
            refuseProfile(own, at);
            if (own == null && !inherited) {
                refuse("seccompProfile_restricted", at, "must be RuntimeDefault or Localhost, here or in the pod");
            }
        }
    }

    /** Returns whether a profile is allowed, and reports one that is not. */
    private boolean refuseProfile(@Nullable SeccompProfile profile, FieldPath at) {
        if (profile == null) {
            return false;
        }
        boolean good = "RuntimeDefault".equals(profile.getType()) || "Localhost".equals(profile.getType());
        if (!good) {
            refuse("seccompProfile_restricted", at, "must be RuntimeDefault or Localhost");
        }
        return good;
    }

    private void checkEscalation(PlacedContainer container) {
        if (!Boolean.FALSE.equals(container.context().getAllowPrivilegeEscalation())) {
            refuse("allowPrivilegeEscalation", container.field("allowPrivilegeEscalation"), "must be false");
        }
    }

    /** Checks {@code procMount} in place of the rule of {@code baseline}, which has an exception since this version. */
    private void checkProcMount(PlacedContainer container) {
        if (container.isProcUnmasked()) {
            refuse("procMount_restricted", container.field("procMount"), "must be Default or absent");
        }
    }

    private void checkCapabilities(PlacedContainer container) {
        FieldPath at = container.field("capabilities");
        if (!container.dropped().contains("ALL")) {
            refuse("capabilities_restricted", at.child("drop"), "must include \"ALL\"");
        }
        for (String capability : container.added()) {
            if (!"NET_BIND_SERVICE".equals(capability)) {
                refuse(
                        "capabilities_restricted",
                        at.child("add"),
                        "must not include " + MessageText.quoted(Absent.asEmpty(capability)));
            }
        }
    }

    private void refuse(String check, FieldPath at, String detail) {
        violations.add(new PodSecurityViolation(check, at.toString(), detail));
    }
}
