package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.NameRules;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API server's rules for {@code metadata}: a name that is a DNS-1123 subdomain, labels, annotations. */
final class MetadataRules {

    private static final FieldPath METADATA = FieldPath.of("metadata");
    private static final int MOST_ANNOTATION_BYTES = 256 * 1024;
    private static final int LONGEST_GENERATED_BASE = 58;
    private static final String SAMPLE_SUFFIX = "abcde";

    /** The finalizers without a domain. */
    private static final Set<String> FINALIZERS = Set.of("kubernetes", "orphan", "foregroundDeletion");

    private MetadataRules() {}

    static void check(ObjectMeta metadata, Faults faults) {
        String base = Absent.asEmpty(metadata.getGenerateName());
        String name = Absent.asEmpty(metadata.getName());
        if (!base.isEmpty()) {
            invalid(METADATA.child("generateName"), base, NameRules.findSubdomainFault(maskTrailingDash(base)), faults);
            if (name.isEmpty()) {
                name = base.substring(0, Math.min(base.length(), LONGEST_GENERATED_BASE)) + SAMPLE_SUFFIX;
            }
        }
        if (name.isEmpty()) {
            faults.required(METADATA.child("name"), "name or generateName is required");
        } else {
            invalid(METADATA.child("name"), name, NameRules.findSubdomainFault(name), faults);
        }
        checkLabels(metadata.getLabels(), METADATA.child("labels"), faults);
        checkAnnotations(metadata.getAnnotations(), METADATA.child("annotations"), faults);
        checkFinalizers(Absent.asEmpty(metadata.getFinalizers()), faults);
    }

    /** Checks labels. All their faults have the path of the whole map. */
    static void checkLabels(@Nullable Map<String, String> labels, FieldPath at, Faults faults) {
        for (Map.Entry<String, String> label : Absent.asEmpty(labels).entrySet()) {
            String key = Absent.asEmpty(label.getKey());
            FieldPath place = at.placedAt(at.key(key));
            invalid(place, key, NameRules.findQualifiedNameFault(key), faults);
            String value = Absent.asEmpty(label.getValue());
            invalid(place, value, NameRules.findLabelValueFault(value), faults);
        }
    }

    static void checkAnnotations(@Nullable Map<String, String> annotations, FieldPath at, Faults faults) {
        long bytes = 0;
        for (Map.Entry<String, String> annotation : Absent.asEmpty(annotations).entrySet()) {
            String key = Absent.asEmpty(annotation.getKey());
            invalid(at.placedAt(at.key(key)), key, NameRules.findAnnotationKeyFault(key), faults);
            bytes += utf8Length(key) + (long) utf8Length(Absent.asEmpty(annotation.getValue()));
        }
        if (bytes > MOST_ANNOTATION_BYTES) {
            faults.tooLong(at, MOST_ANNOTATION_BYTES);
        }
    }

    private static void checkFinalizers(List<String> finalizers, Faults faults) {
        for (int i = 0; i < finalizers.size(); i++) {
            String finalizer = Absent.asEmpty(finalizers.get(i));
            FieldPath at = METADATA.child("finalizers");
            invalid(at.placedAt(at.index(i)), finalizer, NameRules.findQualifiedNameFault(finalizer), faults);
        }
        if (finalizers.containsAll(List.of("orphan", "foregroundDeletion"))) {
            faults.invalid(
                    METADATA.child("finalizers"), finalizers, "orphan and foregroundDeletion cannot be both set");
        }
        for (int i = 0; i < finalizers.size(); i++) {
            String finalizer = Absent.asEmpty(finalizers.get(i));
            if (!finalizer.contains("/") && !FINALIZERS.contains(finalizer)) {
                faults.invalid(
                        METADATA.child("finalizers").index(i),
                        finalizer,
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    /** Checks the metadata of a claim that Kubernetes creates from a pod, which has only labels and annotations. */
    static void checkTemplate(ObjectMeta metadata, FieldPath at, Faults faults) {
        checkAnnotations(metadata.getAnnotations(), at.child("annotations"), faults);
        checkLabels(metadata.getLabels(), at.child("labels"), faults);
        Map<String, Object> others = new LinkedHashMap<>();
        others.put("name", Absent.asEmpty(metadata.getName()));
        others.put("generateName", Absent.asEmpty(metadata.getGenerateName()));
        others.put("namespace", Absent.asEmpty(metadata.getNamespace()));
        others.put("selfLink", Absent.asEmpty(metadata.getSelfLink()));
        others.put("uID", Absent.asEmpty(metadata.getUid()));
        others.put("resourceVersion", Absent.asEmpty(metadata.getResourceVersion()));
        others.put("generation", metadata.getGeneration() == null ? 0L : metadata.getGeneration());
        others.put("creationTimestamp", Absent.asEmpty(metadata.getCreationTimestamp()));
        others.put("deletionTimestamp", Absent.asEmpty(metadata.getDeletionTimestamp()));
        Long period = metadata.getDeletionGracePeriodSeconds();
        others.put("deletionGracePeriodSeconds", period == null ? "" : period.toString());
        others.put("ownerReferences", Absent.asEmpty(metadata.getOwnerReferences()));
        others.put("finalizers", Absent.asEmpty(metadata.getFinalizers()));
        others.put("managedFields", Absent.asEmpty(metadata.getManagedFields()));
        others.forEach((field, value) -> {
            if (!value.equals("") && !value.equals(0L) && !value.equals(List.of())) {
                FieldPath path = at.child(field);
                faults.forbidden(
                        field.equals("uID") ? path.placedAt(at.child("uid")) : path,
                        "cannot be set for an ephemeral volume");
            }
        });
    }

    static void invalid(FieldPath at, Object value, @Nullable String fault, Faults faults) {
        if (fault != null) {
            faults.invalid(at, value, fault);
        }
    }

    static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Replaces the dash at the end of a name, to which something is going to be appended. The server replaces one more
     * character with it, whatever it is; of another character than ASCII it would leave a part.
     */
    static String maskTrailingDash(String base) {
        int kept = base.length() - 2;
        return base.endsWith("-") && kept >= 0 && base.charAt(kept) < 0x80 ? base.substring(0, kept) + "a" : base;
    }
}
