package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.Caution;
import com.cocalc.storage.kubernetes.NfsMountOptions;
import com.cocalc.storage.kubernetes.pod.Absent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options with which nodes mount NFS: no server looks at them before a node fails. */
final class MountOptionPreflight {

    private final PreflightFindings findings;

    MountOptionPreflight(PreflightFindings findings) {
        this.findings = findings;
    }

    void check(ObjectName object, String where, String pointer, @Nullable List<String> options) {
        NfsMountOptions known = NfsMountOptions.of();
        for (String option : each(options)) {
            List<String> more = new ArrayList<>(known.options());
            more.add(option);
            try {
                known = NfsMountOptions.of(more);
            } catch (IllegalArgumentException e) {
                findings.add(object, PreflightRule.MOUNT_OPTION_UNKNOWN, pointer, where + ": " + e.getMessage());
            }
        }
        for (Caution caution : known.cautions()) {
            findings.add(
                    object,
                    PreflightRule.MOUNT_OPTION_RISKY,
                    pointer,
                    where + " has the mount option " + MessageText.quoted(caution.found()) + ": "
                            + caution.consequence() + "; " + caution.remedy());
        }
    }

    /** The node joins the entries with commas, so an entry may hold several options. */
    static List<String> each(@Nullable List<String> options) {
        return Absent.asEmpty(options).stream()
                .filter(Objects::nonNull)
                .flatMap(entry -> Arrays.stream(entry.split(",")))
                .distinct()
                .toList();
    }
}
