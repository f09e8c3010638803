package com.cocalc.storage.kubernetes;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.Bypass;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The claims that Kubernetes creates for a pod: one for each generic ephemeral volume, and those of a stateful set's
 * templates, which replace the pod's volumes of the same name.
 *
 * <p>Pods with random name suffixes, as those of a deployment, are not checked, because the names of their claims are
 * not known before.
 */
final class MadeClaims {

    private static final Pattern ORDINAL = Pattern.compile("0|[1-9][0-9]*");

    /** The name of the pod, or the prefix of the pods' names before an ordinal. */
    private final String pod;

    private final Naming naming;
    private final List<PersistentVolumeClaim> templates;

    private MadeClaims(String pod, Naming naming, List<PersistentVolumeClaim> templates) {
        this.pod = pod;
        this.naming = naming;
        this.templates = templates;
    }

    /** Returns an instance for pods whose claims have no known names. */
    static MadeClaims none() {
        return new MadeClaims("", Naming.UNKNOWN, List.of());
    }

    static MadeClaims ofPod(@Nullable ObjectMeta metadata) {
        String name = metadata == null ? "" : Absent.asEmpty(metadata.getName());
        return name.isEmpty() ? none() : new MadeClaims(name, Naming.EXACT, List.of());
    }

    static MadeClaims of(StatefulSet set) {
        String name = set.getMetadata() == null
                ? ""
                : Absent.asEmpty(set.getMetadata().getName());
        List<PersistentVolumeClaim> templates =
                set.getSpec() == null ? List.of() : Absent.asEmpty(set.getSpec().getVolumeClaimTemplates());
        return new MadeClaims(name, name.isEmpty() ? Naming.UNKNOWN : Naming.ORDINAL, templates);
    }

    /**
     * Checks the claims.
     *
     * @param volumes the volumes of the pod
     * @param ours those of the storage
     * @param installation the claims of the installation, whose name or content no other claim may have
     * @param conflicts the collection to which conflicts are added
     */
    void check(List<Volume> volumes, List<Volume> ours, Set<String> installation, Conflicts conflicts) {
        Set<String> names = new HashSet<>();
        for (Volume our : ours) {
            names.add(our.getName());
        }
        // Also those that this pod does not mount: a claim that is there already is taken as it is, with its files.
        List<String> claims = installation.stream().sorted().toList();
        for (int i = 0; i < templates.size(); i++) {
            PersistentVolumeClaim template = templates.get(i);
            if (template != null && template.getMetadata() != null) {
                checkTemplate(Absent.asEmpty(template.getMetadata().getName()), i, names, claims, conflicts);
            }
            if (template != null) {
                checkContent(template.getSpec(), i, installation, conflicts);
            }
        }
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            if (volume != null && volume.getEphemeral() != null) {
                checkEphemeral(Absent.asEmpty(volume.getName()), i, claims, conflicts);
            }
        }
    }

    private void checkTemplate(
            String template, int index, Set<String> names, List<String> claims, Conflicts conflicts) {
        String place = "spec.volumeClaimTemplates[" + index + "].metadata.name";
        if (names.contains(template)) {
            conflicts.addBesideTheTemplate(
                    place,
                    "the claim template " + MessageText.quoted(template),
                    "that name for a volume of its own",
                    "rename the template; its claims would take the place of that volume");
            return;
        }
        for (String claim : claims) {
            if (isOneOf(claim, template + "-" + pod + "-", "")) {
                conflicts.addBesideTheTemplate(
                        place,
                        "the claim template " + MessageText.quoted(template) + ", which makes the claim "
                                + MessageText.quoted(claim),
                        "that claim as it is",
                        "rename the template");
            }
        }
    }

    private static void checkContent(
            @Nullable PersistentVolumeClaimSpec spec, int index, Set<String> installation, Conflicts conflicts) {
        FieldPath at =
                FieldPath.of("spec").child("volumeClaimTemplates").index(index).child("spec");
        for (Bypass bypass : Bypass.ofTemplate(spec, at, installation)) {
            if (bypass.kind().isCertain()) {
                conflicts.addBesideTheTemplate(
                        bypass.at().toString(),
                        bypass.found(),
                        Bypass.NONE,
                        bypass.kind().remedy());
            }
        }
    }

    private void checkEphemeral(String volume, int index, List<String> claims, Conflicts conflicts) {
        for (String claim : claims) {
            boolean makes =
                    naming == Naming.EXACT ? claim.equals(pod + "-" + volume) : isOneOf(claim, pod + "-", "-" + volume);
            if (makes) {
                conflicts.add(
                        "spec.volumes[" + index + "].name",
                        "the ephemeral volume " + MessageText.quoted(volume) + ", which makes the claim "
                                + MessageText.quoted(claim),
                        "that claim as it is",
                        "rename that volume");
            }
        }
    }

    /** Returns whether a claim's name is the two parts with an ordinal between them. */
    private boolean isOneOf(String claim, String before, String after) {
        return naming == Naming.ORDINAL
                && claim.length() > before.length() + after.length()
                && claim.startsWith(before)
                && claim.endsWith(after)
                && ORDINAL.matcher(claim.substring(before.length(), claim.length() - after.length()))
                        .matches();
    }

    private enum Naming {
        UNKNOWN,
        EXACT,
        ORDINAL
    }
}
