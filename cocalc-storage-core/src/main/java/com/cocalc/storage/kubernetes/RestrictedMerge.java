package com.cocalc.storage.kubernetes;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Merges what Pod Security {@code restricted} requires of every container into the security context of one. */
final class RestrictedMerge {

    private static final String REMEDY = "remove that field, a restricted namespace refuses it";

    private final Conflicts conflicts;
    private final String place;

    RestrictedMerge(Conflicts conflicts, String place) {
        this.conflicts = conflicts;
        this.place = place;
    }

    SecurityContext merge(@Nullable SecurityContext existing) {
        SecurityContext merged = existing == null ? new SecurityContext() : ShallowCopy.of(existing);
        refuseIf(Boolean.FALSE.equals(merged.getRunAsNonRoot()), "runAsNonRoot", "false", "true");
        refuseIf(
                Boolean.TRUE.equals(merged.getAllowPrivilegeEscalation()), "allowPrivilegeEscalation", "true", "false");
        merged.setAllowPrivilegeEscalation(false);
        SeccompProfile profile = merged.getSeccompProfile();
        refuseIf(
                profile != null && !isConfined(profile),
                "seccompProfile",
                String.valueOf(profile == null ? null : profile.getType()),
                "RuntimeDefault or Localhost");
        merged.setCapabilities(merge(merged.getCapabilities()));
        return merged;
    }

    private Capabilities merge(@Nullable Capabilities existing) {
        Capabilities merged = existing == null ? new Capabilities() : ShallowCopy.of(existing);
        List<String> added = Absent.asEmpty(merged.getAdd());
        refuseIf(
                !added.stream().allMatch("NET_BIND_SERVICE"::equals),
                "capabilities.add",
                added.toString(),
                "none but NET_BIND_SERVICE");
        List<String> drop = new ArrayList<>(Absent.asEmpty(merged.getDrop()));
        if (!drop.contains("ALL")) {
            drop.add("ALL");
        }
        merged.setDrop(drop);
        return merged;
    }

    private void refuseIf(boolean breaks, String field, String found, String wanted) {
        if (breaks) {
            conflicts.add(place + field, MessageText.plain(found), wanted + " in the hardened form", REMEDY);
        }
    }

    static boolean isConfined(@Nullable SeccompProfile profile) {
        return profile != null && ("RuntimeDefault".equals(profile.getType()) || "Localhost".equals(profile.getType()));
    }

    static SeccompProfile runtimeDefault() {
        SeccompProfile profile = new SeccompProfile();
        profile.setType("RuntimeDefault");
        return profile;
    }
}
