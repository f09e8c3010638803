package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.apiserver.Absent;
import com.cocalc.storage.kubernetes.apiserver.FieldPath;
import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What separates the processes of a pod from those of other pods on the node.
 *
 * <p>All projects run as the same user, so the kernel lets a process of one project open the files of another as soon
 * as it sees that process: through {@code /proc/PID/root} without any capability. Whatever two pods share on a node is
 * therefore a way into another project's home.
 */
final class IsolationAudit {

    private static final String UNCONFINED = "Unconfined";
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

    /**
     * Capabilities that lead out of a container or past the permissions of files, with the way they do it. {@code ALL}
     * has all of them.
     */
    private static final Map<String, String> DANGEROUS = Map.ofEntries(
            Map.entry("ALL", "it contains every way out of a container"),
            Map.entry("SYS_ADMIN", "it mounts file systems and enters namespaces of other processes"),
            Map.entry("SYS_PTRACE", "it reads the memory, and the root directory, of other processes"),
            Map.entry("SYS_MODULE", "it loads code into the node's kernel"),
            Map.entry("SYS_RAWIO", "it reads and writes the node's memory and disks"),
            Map.entry("SYS_BOOT", "it replaces the node's kernel"),
            Map.entry("SYS_CHROOT", "it leaves a root directory, and enters mount namespaces"),
            Map.entry("DAC_READ_SEARCH", "it opens files of the whole volume by their handles, past every sub-path"),
            Map.entry("DAC_OVERRIDE", "it passes the permissions of all files"),
            Map.entry("MKNOD", "it makes device files"),
            Map.entry("BPF", "it runs programs in the node's kernel"),
            Map.entry("PERFMON", "it observes every process of the node"),
            Map.entry("CHECKPOINT_RESTORE", "it opens the files of other processes through /proc/PID/map_files"),
            Map.entry("NET_ADMIN", "it changes the network, and so what a policy keeps from the NFS server"));

    /** What a runtime gives to root in every container; adding it changes nothing for the storage. */
    private static final Set<String> USUAL = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "FOWNER",
            "FSETID",
            "KILL",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID");

    private final Expected expected;
    private final Findings findings;

    IsolationAudit(Expected expected, Findings findings) {
        this.expected = expected;
        this.findings = findings;
    }

    void check(PodView pod, Map<String, String> annotations) {
        checkFlag(pod.spec().getHostPID(), "hostPID", AuditRule.HOST_PID);
        checkFlag(pod.spec().getHostIPC(), "hostIPC", AuditRule.HOST_IPC);
        checkFlag(pod.spec().getHostNetwork(), "hostNetwork", AuditRule.HOST_NETWORK);
        PodSecurityContext context = Absent.asEmpty(pod.spec().getSecurityContext(), PodSecurityContext::new);
        FieldPath contextAt = PodView.SPEC.child("securityContext");
        checkSeccomp(context.getSeccompProfile(), contextAt, "the pod");
        checkAppArmor(context.getAppArmorProfile(), contextAt, "the pod");
        annotations.forEach((written, value) -> {
            String key = Absent.asEmpty(written);
            if (key.startsWith(APP_ARMOR) && "unconfined".equals(value)) {
                findings.add(
                        AuditRule.APP_ARMOR_UNCONFINED,
                        FieldPath.of("metadata").child("annotations").child(key),
                        "container " + MessageText.quoted(key.substring(APP_ARMOR.length()))
                                + " runs without AppArmor");
            }
        });
        for (ContainerView container : pod.containers()) {
            check(container);
        }
    }

    private void checkFlag(@Nullable Boolean flag, String field, AuditRule rule) {
        if (Boolean.TRUE.equals(flag)) {
            findings.add(rule, PodView.SPEC.child(field), field + " is true, in a pod of " + expected.subject());
        }
    }

    private void check(ContainerView container) {
        SecurityContext context = container.container().getSecurityContext();
        if (context == null) {
            return;
        }
        FieldPath at = container.at().child("securityContext");
        if (Boolean.TRUE.equals(context.getPrivileged())) {
            findings.add(
                    AuditRule.PRIVILEGED,
                    at.child("privileged"),
                    container.name() + " is privileged, beside " + expected.subject());
        }
        checkSeccomp(context.getSeccompProfile(), at, container.name());
        checkAppArmor(context.getAppArmorProfile(), at, container.name());
        if ("Unmasked".equals(context.getProcMount())) {
            findings.add(AuditRule.PROC_UNMASKED, at.child("procMount"), container.name() + " has procMount: Unmasked");
        }
        Capabilities capabilities = context.getCapabilities();
        if (capabilities != null && !expected.isHomeRepair(container)) {
            checkCapabilities(
                    container,
                    Absent.asEmpty(capabilities.getAdd()),
                    at.child("capabilities").child("add"));
        }
    }

    private void checkCapabilities(ContainerView container, List<String> added, FieldPath at) {
        for (int i = 0; i < added.size(); i++) {
            String name = Absent.asEmpty(added.get(i));
            String capability = plainName(name);
            String way = DANGEROUS.get(capability);
            if (way != null) {
                findings.add(
                        AuditRule.DANGEROUS_CAPABILITY,
                        at.index(i),
                        container.name() + " adds the capability " + MessageText.quoted(name) + ": " + way);
            } else if (!USUAL.contains(capability)) {
                findings.add(
                        AuditRule.ADDED_CAPABILITY,
                        at.index(i),
                        container.name() + " adds the capability " + MessageText.quoted(name));
            }
        }
    }

    /** Runtimes take a capability in any case, and some of them with its prefix. */
    private static String plainName(String capability) {
        String name = capability.strip().toUpperCase(Locale.ROOT);
        return name.startsWith("CAP_") ? name.substring("CAP_".length()) : name;
    }

    private void checkSeccomp(@Nullable SeccompProfile profile, FieldPath at, String who) {
        if (profile != null && UNCONFINED.equals(profile.getType())) {
            findings.add(
                    AuditRule.SECCOMP_UNCONFINED,
                    at.child("seccompProfile").child("type"),
                    who + " has the seccomp profile Unconfined");
        }
    }

    private void checkAppArmor(@Nullable AppArmorProfile profile, FieldPath at, String who) {
        if (profile != null && UNCONFINED.equals(profile.getType())) {
            findings.add(
                    AuditRule.APP_ARMOR_UNCONFINED,
                    at.child("appArmorProfile").child("type"),
                    who + " has the AppArmor profile Unconfined");
        }
    }
}
