package com.cocalc.storage.kubernetes;

import com.cocalc.storage.MessageText;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Merges our user and groups into a pod's security context: absent fields are set, equal ones are kept. */
final class SecurityMerge {

    private final Conflicts conflicts;

    SecurityMerge(Conflicts conflicts) {
        this.conflicts = conflicts;
    }

    PodSecurityContext merge(@Nullable PodSecurityContext existing, PodSecurityContext ours) {
        if (existing == null) {
            return ours;
        }
        PodSecurityContext merged = ShallowCopy.of(existing);
        set("runAsUser", merged, ours, PodSecurityContext::getRunAsUser, PodSecurityContext::setRunAsUser);
        set("runAsGroup", merged, ours, PodSecurityContext::getRunAsGroup, PodSecurityContext::setRunAsGroup);
        set("fsGroup", merged, ours, PodSecurityContext::getFsGroup, PodSecurityContext::setFsGroup);
        set(
                "fsGroupChangePolicy",
                merged,
                ours,
                PodSecurityContext::getFsGroupChangePolicy,
                PodSecurityContext::setFsGroupChangePolicy);
        set("runAsNonRoot", merged, ours, PodSecurityContext::getRunAsNonRoot, PodSecurityContext::setRunAsNonRoot);
        if (ours.getSeccompProfile() != null) {
            mergeSeccomp(merged, ours);
        }
        return merged;
    }

    private void mergeSeccomp(PodSecurityContext merged, PodSecurityContext ours) {
        SeccompProfile there = merged.getSeccompProfile();
        if (there == null) {
            merged.setSeccompProfile(ours.getSeccompProfile());
        } else if (!RestrictedMerge.isConfined(there)) {
            check("spec.securityContext.seccompProfile.type", String.valueOf(there.getType()), "RuntimeDefault");
        }
    }

    private <T> void set(
            String field,
            PodSecurityContext merged,
            PodSecurityContext ours,
            Function<PodSecurityContext, @Nullable T> get,
            BiConsumer<PodSecurityContext, T> set) {
        T there = get.apply(merged);
        T our = get.apply(ours);
        if (our == null) {
            return;
        }
        if (there == null) {
            set.accept(merged, our);
        } else {
            check("spec.securityContext." + field, there, our);
        }
    }

    /** Checks a container's own user, which overrides that of the pod. */
    void checkContainer(@Nullable SecurityContext context, PodSecurityContext ours, String container) {
        if (context != null) {
            checkOwn(container + ".securityContext.runAsUser", context.getRunAsUser(), ours.getRunAsUser());
            checkOwn(container + ".securityContext.runAsGroup", context.getRunAsGroup(), ours.getRunAsGroup());
        }
    }

    private void checkOwn(String place, @Nullable Long there, @Nullable Long our) {
        if (there != null && our != null) {
            check(place, there, our);
        }
    }

    private void check(String place, Object there, Object our) {
        if (!there.equals(our)) {
            conflicts.add(place, MessageText.plain(there.toString()), our.toString(), "remove that field");
        }
    }
}
