package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.kubernetes.pod.Bypass;
import com.cocalc.storage.kubernetes.pod.PodView;
import java.util.HashSet;
import java.util.Set;

/** Reports ways to the files of the storage, or of other pods, that do not use a mount of the claims. */
final class BypassAudit {

    private final Expected expected;
    private final Findings findings;

    BypassAudit(Expected expected, Findings findings) {
        this.expected = expected;
        this.findings = findings;
    }

    void check(PodView pod) {
        for (Bypass bypass : Bypass.of(pod.spec(), claimsWithOurFiles(), expected::isHomeRepair)) {
            // What may be the storage is told by that rule, where it is known to be.
            if (!findings.has(AuditRule.VOLUME_OF_SAME_STORAGE, bypass.at())) {
                findings.add(rule(bypass.kind()), bypass.at(), words(bypass));
            }
        }
    }

    private Set<String> claimsWithOurFiles() {
        Set<String> claims = new HashSet<>(expected.claims());
        expected.sameStorage().claims().forEach(claim -> claims.add(claim.name()));
        return claims;
    }

    private static AuditRule rule(Bypass.Kind kind) {
        return switch (kind) {
            case HOST_PID -> AuditRule.HOST_PID;
            case HOST_IPC -> AuditRule.HOST_IPC;
            case HOST_NETWORK -> AuditRule.HOST_NETWORK;
            case PRIVILEGED -> AuditRule.PRIVILEGED;
            case DANGEROUS_CAPABILITY -> AuditRule.DANGEROUS_CAPABILITY;
            case ADDED_CAPABILITY -> AuditRule.ADDED_CAPABILITY;
            case HOST_PATH_TO_VOLUMES -> AuditRule.HOST_PATH_TO_VOLUMES;
            case HOST_PATH_TO_NODE -> AuditRule.HOST_PATH_TO_NODE;
            case HOST_PATH -> AuditRule.HOST_PATH;
            case GIT_REPO -> AuditRule.GIT_REPO;
            case INLINE_STORAGE -> AuditRule.INLINE_STORAGE;
            case INLINE_STORAGE_WRITABLE -> AuditRule.INLINE_STORAGE_WRITABLE;
            case CLONE_OF_CLAIM -> AuditRule.CLONE_OF_CLAIM;
        };
    }

    private String words(Bypass bypass) {
        return switch (bypass.kind()) {
            case HOST_PID, HOST_IPC, HOST_NETWORK -> bypass.subject() + " is true, in a pod of " + expected.subject();
            case PRIVILEGED -> bypass.subject() + " is privileged, beside " + expected.subject();
            case DANGEROUS_CAPABILITY, ADDED_CAPABILITY -> bypass.subject() + " adds " + bypass.found();
            default -> bypass.subject() + " is " + bypass.found();
        };
    }
}
