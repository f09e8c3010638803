package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.Caution;
import com.cocalc.storage.kubernetes.NfsMountOptions;
import java.util.ArrayList;
import java.util.List;

/** Options with which nodes mount NFS: no server looks at them before a node fails. */
final class MountOptionPreflight {

    private final PreflightFindings findings;

    MountOptionPreflight(PreflightFindings findings) {
        this.findings = findings;
    }

    void check(ObjectName object, String where, VolumeMountOptions mountOptions) {
        NfsMountOptions known = NfsMountOptions.of();
        for (String option : mountOptions.options()) {
            List<String> more = new ArrayList<>(known.options());
            more.add(option);
            try {
                known = NfsMountOptions.asMounted(more);
            } catch (IllegalArgumentException e) {
                findings.add(
                        object,
                        PreflightRule.MOUNT_OPTION_UNKNOWN,
                        mountOptions.pointer(),
                        where + ": " + e.getMessage());
            }
        }
        for (Caution caution : known.cautions()) {
            findings.add(
                    object,
                    PreflightRule.MOUNT_OPTION_RISKY,
                    mountOptions.pointer(),
                    where + " has the mount option " + MessageText.quoted(caution.found()) + ": "
                            + caution.consequence() + "; " + caution.remedy());
        }
    }
}
