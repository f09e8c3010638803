package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import io.fabric8.kubernetes.api.model.ISCSIVolumeSource;
import java.util.Map;
import java.util.regex.Pattern;

/** The API server's rules for a volume of iSCSI. */
final class IscsiRules {

    private static final int LONGEST_INTERFACE = 64;

    /** The forms of a name by its first three characters; the first form may start anywhere. */
    private static final Map<String, Pattern> NAMES = Map.of(
            "iqn", Pattern.compile("iqn\\.[0-9]{4}-[0-9]{2}\\.[A-Za-z0-9.-]+:[^,;*&$|\\t\\n\\f\\r ]+\\z"),
            "eui", Pattern.compile("\\Aeui[^\\n][A-Za-z0-9]{16}\\z"),
            "naa", Pattern.compile("\\Anaa[^\\n][A-Za-z0-9]{32}\\z"));

    private IscsiRules() {}

    static void check(ISCSIVolumeSource source, String volume, FieldPath at, Faults faults) {
        VolumeSourceRules.required(source.getTargetPortal(), at.child("targetPortal"), faults);
        String iqn = Absent.asEmpty(source.getIqn());
        VolumeSourceRules.required(iqn, at.child("iqn"), faults);
        if (!iqn.isEmpty()) {
            checkName(iqn, at.child("iqn"), faults);
        }
        Integer lun = source.getLun();
        if (lun != null && (lun < 0 || lun > 255)) {
            faults.invalid(at.child("lun"), lun, "must be between 0 and 255, inclusive");
        }
        boolean secretNeeded =
                Boolean.TRUE.equals(source.getChapAuthDiscovery()) || Boolean.TRUE.equals(source.getChapAuthSession());
        if (secretNeeded && source.getSecretRef() == null) {
            faults.required(at.child("secretRef"), "");
        }
        if (source.getInitiatorName() == null) {
            return;
        }
        checkName(source.getInitiatorName(), at.child("initiatorname").placedAt(at.child("initiatorName")), faults);
        String name = volume + ":" + Absent.asEmpty(source.getTargetPortal());
        if (MetadataRules.utf8Length(name) > LONGEST_INTERFACE) {
            faults.invalid(
                    at.sibling("name"),
                    volume,
                    "the name, ':' and iscsi.targetPortal must have at most 64 bytes where iscsi.initiatorName is set");
        }
    }

    private static void checkName(String name, FieldPath at, Faults faults) {
        Pattern form = NAMES.get(name.substring(0, Math.min(3, name.length())));
        if (form == null) {
            faults.invalid(at, name, "must be valid format starting with iqn, eui, or naa");
        } else if (!form.matcher(name).find()) {
            faults.invalid(at, name, "must be valid format");
        }
    }
}
