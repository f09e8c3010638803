package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
import com.cocalc.storage.kubernetes.pod.PodView;
import io.fabric8.kubernetes.api.model.PodOS;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import org.jspecify.annotations.Nullable;

/** Checks the users and groups of the pod: others leave files that the installation's user cannot work with. */
final class IdentityAudit {

    private static final FieldPath POD = PodView.SPEC.child("securityContext");

    private final Expected expected;
    private final Findings findings;
    private PodSecurityContext pod = new PodSecurityContext();

    IdentityAudit(Expected expected, Findings findings) {
        this.expected = expected;
        this.findings = findings;
    }

    void check(PodView view) {
        pod = Absent.asEmpty(view.spec().getSecurityContext(), PodSecurityContext::new);
        if (expected.wantsIdentity() || pod.getFsGroup() != null) {
            checkGroup();
        }
        ContainerView worker = expected.findWorker(view.containers());
        for (ContainerView container : view.containers()) {
            check(container, container == worker);
        }
        checkRuntime(view);
    }

    /** Checks what a runtime cannot do, or not every runtime. */
    private void checkRuntime(PodView view) {
        boolean hasNoUser = pod.getRunAsUser() == null && !findings.has(AuditRule.RUN_AS_USER, POD.child("runAsUser"));
        if (pod.getRunAsGroup() != null && hasNoUser) {
            findings.add(
                    AuditRule.GROUP_WITHOUT_USER,
                    POD.child("runAsGroup"),
                    "runAsGroup of the pod is " + pod.getRunAsGroup() + ", and its runAsUser is absent");
        }
        if ("Strict".equals(pod.getSupplementalGroupsPolicy())) {
            findings.add(
                    AuditRule.STRICT_GROUPS,
                    POD.child("supplementalGroupsPolicy"),
                    "supplementalGroupsPolicy is Strict");
        }
        PodOS system = view.spec().getOs();
        if (system != null && "windows".equals(system.getName())) {
            findings.add(
                    AuditRule.WINDOWS,
                    PodView.SPEC.child("os").child("name"),
                    "the operating system of the pod is windows");
        }
        if (Boolean.FALSE.equals(view.spec().getHostUsers())) {
            findings.add(AuditRule.OWN_USERS, PodView.SPEC.child("hostUsers"), "hostUsers is false");
        }
    }

    private void checkGroup() {
        long gid = expected.identity().gid();
        Long group = pod.getFsGroup();
        if (group == null || group != gid) {
            findings.add(
                    AuditRule.FS_GROUP, POD.child("fsGroup"), "fsGroup is " + shown(group) + ", but must be " + gid);
        }
        String policy = pod.getFsGroupChangePolicy();
        if (!"OnRootMismatch".equals(policy)) {
            findings.add(
                    AuditRule.FS_GROUP_CHANGE_POLICY,
                    POD.child("fsGroupChangePolicy"),
                    "fsGroupChangePolicy is " + (policy == null ? "absent" : MessageText.quoted(policy)));
        }
    }

    private void check(ContainerView container, boolean isWorker) {
        SecurityContext own = Absent.asEmpty(container.container().getSecurityContext(), SecurityContext::new);
        Long user = own.getRunAsUser() == null ? pod.getRunAsUser() : own.getRunAsUser();
        FieldPath userAt = place(container, own.getRunAsUser(), "runAsUser");
        boolean root = user != null && user == 0;
        Boolean nonRoot = own.getRunAsNonRoot() == null ? pod.getRunAsNonRoot() : own.getRunAsNonRoot();
        if (root && Boolean.TRUE.equals(nonRoot)) {
            findings.add(
                    AuditRule.ROOT_BREAKS_NON_ROOT,
                    userAt,
                    container.name() + " is to run as root, and runAsNonRoot is true");
        }
        boolean ours = isWorker ? hasOurStorage(container) || !expected.wantsIdentity() : canWrite(container);
        boolean repairs = expected.isHomeRepair(container) || (root && container.isOverAtStart());
        if (ours && !repairs && (expected.wantsIdentity() || user != null)) {
            checkUser(container, user, userAt);
            checkGroup(container, own);
        } else if (root && hasOurStorage(container) && !expected.isHomeRepair(container)) {
            boolean besideRepair = container.kind() == PlacedContainer.Kind.INIT
                    && expected.repairsHomes()
                    && !expected.isNamedLikeHomeRepair(container)
                    && container.mounts().stream().anyMatch(expected::isOfHomes);
            findings.add(
                    besideRepair ? AuditRule.ROOT_BESIDE_REPAIR : AuditRule.ROOT_BESIDE_HOME,
                    userAt,
                    container.name() + " runs as root, beside " + expected.subject());
        }
    }

    private void checkUser(ContainerView container, @Nullable Long user, FieldPath at) {
        long uid = expected.identity().uid();
        if (user == null || user != uid) {
            findings.add(
                    AuditRule.RUN_AS_USER,
                    at,
                    "runAsUser of " + container.name() + " is " + shown(user) + ", but must be " + uid);
        }
    }

    private void checkGroup(ContainerView container, SecurityContext own) {
        long gid = expected.identity().gid();
        Long group = own.getRunAsGroup() == null ? pod.getRunAsGroup() : own.getRunAsGroup();
        boolean isAbsent = group == null && expected.wantsIdentity();
        if (isAbsent || (group != null && group != gid)) {
            findings.add(
                    AuditRule.RUN_AS_GROUP,
                    place(container, own.getRunAsGroup(), "runAsGroup"),
                    "runAsGroup of " + container.name() + " is " + shown(group) + ", but must be " + gid);
        }
    }

    /** What only reads leaves no files, and may be anybody. */
    private boolean canWrite(ContainerView container) {
        return container.mounts().stream()
                .anyMatch(mount -> expected.claims().contains(mount.claim()) && !mount.isReadOnly());
    }

    private boolean hasOurStorage(ContainerView container) {
        return container.mounts().stream().anyMatch(mount -> expected.claims().contains(mount.claim()));
    }

    private static FieldPath place(ContainerView container, @Nullable Long own, String field) {
        return own == null
                ? POD.child(field)
                : container.at().child("securityContext").child(field);
    }

    private static String shown(@Nullable Long id) {
        return id == null ? "absent" : id.toString();
    }
}
