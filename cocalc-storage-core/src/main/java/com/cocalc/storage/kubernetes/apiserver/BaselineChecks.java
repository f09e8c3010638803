package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SELinuxOptions;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.Sysctl;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.WindowsSecurityContextOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checks of the level {@code baseline}. {@code restricted} replaces three of them by stricter ones. */
final class BaselineChecks {

    private static final Set<String> CAPABILITIES = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    /** The safe sysctls, each with the version that added it. */
    private static final Map<String, Integer> SYSCTLS = Map.ofEntries(
            Map.entry("kernel.shm_rmid_forced", 0),
            Map.entry("net.ipv4.ip_local_port_range", 0),
            Map.entry("net.ipv4.tcp_syncookies", 0),
            Map.entry("net.ipv4.ping_group_range", 0),
            Map.entry("net.ipv4.ip_unprivileged_port_start", 0),
            Map.entry("net.ipv4.ip_local_reserved_ports", 27),
            Map.entry("net.ipv4.tcp_keepalive_time", 29),
            Map.entry("net.ipv4.tcp_fin_timeout", 29),
            Map.entry("net.ipv4.tcp_keepalive_intvl", 29),
            Map.entry("net.ipv4.tcp_keepalive_probes", 29),
            Map.entry("net.ipv4.tcp_rmem", 32),
            Map.entry("net.ipv4.tcp_wmem", 32));

    private static final Set<String> SELINUX_TYPES = Set.of("", "container_t", "container_init_t", "container_kvm_t");
    private static final FieldPath SPEC = FieldPath.of("spec");

    private static final String APP_ARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

    private final Map<String, String> annotations;
    private final PodSpec spec;
    private final PodSecurityContext pod;
    private final List<PlacedContainer> containers;
    private final PodSecurityVersion version;
    private final List<PodSecurityViolation> violations;

    BaselineChecks(
            Map<String, String> annotations,
            PodSpec spec,
            List<PlacedContainer> containers,
            PodSecurityVersion version,
            List<PodSecurityViolation> violations) {
        this.annotations = annotations;
        this.spec = spec;
        this.pod = Absent.asEmpty(spec.getSecurityContext(), PodSecurityContext::new);
        this.containers = containers;
        this.version = version;
        this.violations = violations;
    }

    void check(boolean replaced) {
        checkHostNamespaces();
        checkSysctls();
        FieldPath context = SPEC.child("securityContext");
        checkSeLinux(pod.getSeLinuxOptions(), context.child("seLinuxOptions"));
        checkAppArmorAnnotations();
        checkAppArmor(pod.getAppArmorProfile(), context.child("appArmorProfile"));
        checkHostProcess(pod.getWindowsOptions(), context.child("windowsOptions"));
        if (!replaced) {
            checkHostPathVolumes();
        }
        if (!version.isAtLeast(19)) {
            checkSeccompAnnotations();
        }
        boolean seccomp = version.isAtLeast(19) && !replaced;
        if (seccomp) {
            checkSeccomp(pod.getSeccompProfile(), context.child("seccompProfile"));
        }
        HostProbeChecks probes = new HostProbeChecks(violations);
        for (PlacedContainer container : containers) {
            if (version.isAtLeast(34)) {
                probes.check(container);
            }
            checkPrivileged(container);
            checkHostPorts(container);
            checkSeLinux(container.context().getSeLinuxOptions(), container.field("seLinuxOptions"));
            checkAppArmor(container.context().getAppArmorProfile(), container.field("appArmorProfile"));
            checkHostProcess(container.context().getWindowsOptions(), container.field("windowsOptions"));
            if (!(replaced && version.isAtLeast(35)) && !version.hasOwnUsers(spec)) {
                checkProcMount(container);
            }
            if (!(replaced && version.isAtLeast(22))) {
                checkCapabilities(container);
            }
            if (seccomp) {
                checkSeccomp(container.context().getSeccompProfile(), container.field("seccompProfile"));
            }
        }
    }

    private void checkHostNamespaces() {
        refuseIf(
                Boolean.TRUE.equals(spec.getHostNetwork()),
                "hostNamespaces",
                SPEC.child("hostNetwork"),
                "must not be true");
        refuseIf(Boolean.TRUE.equals(spec.getHostPID()), "hostNamespaces", SPEC.child("hostPID"), "must not be true");
        refuseIf(Boolean.TRUE.equals(spec.getHostIPC()), "hostNamespaces", SPEC.child("hostIPC"), "must not be true");
    }

    private void checkSysctls() {
        List<Sysctl> sysctls = Absent.asEmpty(pod.getSysctls());
        for (int i = 0; i < sysctls.size(); i++) {
            String name =
                    Absent.asEmpty(Absent.asEmpty(sysctls.get(i), Sysctl::new).getName());
            Integer since = SYSCTLS.get(name);
            FieldPath at = SPEC.child("securityContext").child("sysctls").index(i);
            refuseIf(since == null || !version.isAtLeast(since), "sysctls", at, "must be one of the safe ones");
        }
    }

    private void checkHostPathVolumes() {
        List<Volume> volumes = Absent.asEmpty(spec.getVolumes());
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            boolean host = volume != null && volume.getHostPath() != null;
            refuseIf(host, "hostPathVolumes", SPEC.child("volumes").index(i).child("hostPath"), "must not be there");
        }
    }

    private void checkPrivileged(PlacedContainer container) {
        boolean privileged = Boolean.TRUE.equals(container.context().getPrivileged());
        refuseIf(privileged, "privileged", container.field("privileged"), "must not be true");
    }

    private void checkHostPorts(PlacedContainer container) {
        List<ContainerPort> ports = Absent.asEmpty(container.container().getPorts());
        for (int i = 0; i < ports.size(); i++) {
            Integer hostPort = Absent.asEmpty(ports.get(i), ContainerPort::new).getHostPort();
            FieldPath at = container.at().child("ports").index(i).child("hostPort");
            refuseIf(hostPort != null && hostPort != 0, "hostPorts", at, "must not be there");
        }
    }

    private void checkCapabilities(PlacedContainer container) {
        for (String capability : container.added()) {
            refuseIf(
                    capability == null || !CAPABILITIES.contains(capability),
                    "capabilities_baseline",
                    container.field("capabilities").child("add"),
                    "must not include " + MessageText.quoted(Absent.asEmpty(capability)));
        }
    }

    private void checkProcMount(PlacedContainer container) {
        refuseIf(container.isProcUnmasked(), "procMount", container.field("procMount"), "must be Default or absent");
    }

    private void checkSeLinux(@Nullable SELinuxOptions options, FieldPath at) {
        if (options == null) {
            return;
        }
        String type = Absent.asEmpty(options.getType());
        boolean engine = type.equals("container_engine_t") && version.isAtLeast(31);
        refuseIf(
                !SELINUX_TYPES.contains(type) && !engine,
                "seLinuxOptions",
                at.child("type"),
                "must be a type of containers");
        refuseIf(!Absent.isEmpty(options.getUser()), "seLinuxOptions", at.child("user"), "must not be set");
        refuseIf(!Absent.isEmpty(options.getRole()), "seLinuxOptions", at.child("role"), "must not be set");
    }

    /** Checks the annotations from before 1.30, which still count. */
    private void checkAppArmorAnnotations() {
        for (Map.Entry<String, String> annotation : annotations.entrySet()) {
            String key = Absent.asEmpty(annotation.getKey());
            String profile = Absent.asEmpty(annotation.getValue());
            boolean confined =
                    profile.isEmpty() || profile.equals("runtime/default") || profile.startsWith("localhost/");
            refuseIf(
                    key.startsWith(APP_ARMOR_ANNOTATION) && !confined,
                    "appArmorProfile",
                    FieldPath.of("metadata").child("annotations").key(key),
                    "must be runtime/default or localhost/…");
        }
    }

    private void checkAppArmor(@Nullable AppArmorProfile profile, FieldPath at) {
        boolean unconfined = profile != null && "Unconfined".equals(profile.getType());
        refuseIf(unconfined, "appArmorProfile", at.child("type"), "must be RuntimeDefault or Localhost");
    }

    /** Checks the annotations of the rule before 1.19, which have no effect now but which the server still reads. */
    private void checkSeccompAnnotations() {
        checkSeccompAnnotation("seccomp.security.alpha.kubernetes.io/pod");
        for (PlacedContainer container : containers) {
            checkSeccompAnnotation("container.seccomp.security.alpha.kubernetes.io/"
                    + Absent.asEmpty(container.container().getName()));
        }
    }

    private void checkSeccompAnnotation(String key) {
        if (!annotations.containsKey(key)) {
            return;
        }
        String profile = Absent.asEmpty(annotations.get(key));
        boolean confined = profile.equals("runtime/default")
                || profile.equals("docker/default")
                || profile.startsWith("localhost/");
        refuseIf(
                !confined,
                "seccompProfile_baseline",
                FieldPath.of("metadata").child("annotations").key(key),
                "must be runtime/default or localhost/…");
    }

    private void checkSeccomp(@Nullable SeccompProfile profile, FieldPath at) {
        boolean unconfined = profile != null && "Unconfined".equals(profile.getType());
        refuseIf(unconfined, "seccompProfile_baseline", at.child("type"), "must be RuntimeDefault or Localhost");
    }

    private void checkHostProcess(@Nullable WindowsSecurityContextOptions options, FieldPath at) {
        boolean host = options != null && Boolean.TRUE.equals(options.getHostProcess());
        refuseIf(host, "windowsHostProcess", at.child("hostProcess"), "must not be true");
    }

    private void refuseIf(boolean broken, String check, FieldPath at, String detail) {
        if (broken) {
            violations.add(new PodSecurityViolation(check, at.toString(), detail));
        }
    }
}
