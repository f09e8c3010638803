package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.PodView;
import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SELinuxOptions;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that the kernel and the runtime separate the processes of a pod from the node as they do by default. */
final class IsolationAudit {

    private static final String UNCONFINED = "Unconfined";
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

    /** Types that keep a container apart, as Pod Security has them; that of a runtime, for example, does not. */
    private static final Set<String> TYPES_OF_CONTAINERS =
            Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");

    private final Findings findings;

    IsolationAudit(Findings findings) {
        this.findings = findings;
    }

    void check(PodView pod, Map<String, String> annotations) {
        PodSecurityContext context = Absent.asEmpty(pod.spec().getSecurityContext(), PodSecurityContext::new);
        FieldPath contextAt = PodView.SPEC.child("securityContext");
        checkSeccomp(context.getSeccompProfile(), contextAt, "the pod");
        checkAppArmor(context.getAppArmorProfile(), contextAt, "the pod");
        checkSeLinux(context.getSeLinuxOptions(), contextAt, "the pod");
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

    private void check(ContainerView container) {
        SecurityContext context = container.container().getSecurityContext();
        if (context == null) {
            return;
        }
        FieldPath at = container.at().child("securityContext");
        checkSeccomp(context.getSeccompProfile(), at, container.name());
        checkAppArmor(context.getAppArmorProfile(), at, container.name());
        checkSeLinux(context.getSeLinuxOptions(), at, container.name());
        if ("Unmasked".equals(context.getProcMount())) {
            findings.add(AuditRule.PROC_UNMASKED, at.child("procMount"), container.name() + " has procMount: Unmasked");
        }
    }

    private void checkSeccomp(@Nullable SeccompProfile profile, FieldPath at, String who) {
        if (profile != null && UNCONFINED.equals(profile.getType())) {
            findings.add(
                    AuditRule.SECCOMP_UNCONFINED,
                    at.child("seccompProfile").child("type"),
                    who + " has the seccomp profile Unconfined");
        }
    }

    /** Checks SELinux options; OpenShift gives every pod a level alone. */
    private void checkSeLinux(@Nullable SELinuxOptions options, FieldPath at, String who) {
        if (options == null) {
            return;
        }
        boolean isOfContainers = TYPES_OF_CONTAINERS.contains(Absent.asEmpty(options.getType()))
                && Absent.isEmpty(options.getUser())
                && Absent.isEmpty(options.getRole());
        if (!isOfContainers) {
            findings.add(
                    AuditRule.SE_LINUX_UNCONFINED,
                    at.child("seLinuxOptions"),
                    who + " has seLinuxOptions that are not those of containers");
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
