package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.NameRules;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The API server's rules for {@code metadata}: a name that is a DNS-1123 subdomain, labels, annotations. */
final class MetadataRules {

    private static final FieldPath METADATA = FieldPath.of("metadata");
    private static final int MOST_ANNOTATION_BYTES = 256 * 1024;
    private static final int LONGEST_GENERATED_BASE = 58;
    private static final String SAMPLE_SUFFIX = "abcde";

    /** A version with or without a group. */
    private static final Pattern VERSION = Pattern.compile("(?:[^/]*/)?[^/]+");

    /** The finalizers without a domain. */
    private static final Set<String> FINALIZERS = Set.of("kubernetes", "orphan", "foregroundDeletion");

    private MetadataRules() {}

    /** Checks the metadata of a kind whose generation the server sets itself when an object is created. */
    static void check(ObjectMeta metadata, Faults faults) {
        checkName(metadata, faults);
        checkOthers(metadata, faults);
    }

    /** Checks the metadata of a kind whose generation starts where the user says. */
    static void checkWithGeneration(ObjectMeta metadata, Faults faults) {
        checkName(metadata, faults);
        Long generation = metadata.getGeneration();
        if (generation != null && generation < 0) {
            faults.invalid(METADATA.child("generation"), generation, "must be greater than or equal to 0");
        }
        checkOthers(metadata, faults);
    }

    private static void checkName(ObjectMeta metadata, Faults faults) {
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
    }

    private static void checkOthers(ObjectMeta metadata, Faults faults) {
        checkLabels(metadata.getLabels(), METADATA.child("labels"), faults);
        checkAnnotations(metadata.getAnnotations(), METADATA.child("annotations"), faults);
        checkOwners(Absent.asEmpty(metadata.getOwnerReferences()), faults);
        checkFinalizers(Absent.asEmpty(metadata.getFinalizers()), faults);
    }

    /** Checks owners. The server keeps one of several that are equal, and its paths lack their indices. */
    private static void checkOwners(List<OwnerReference> owners, Faults faults) {
        FieldPath at = METADATA.child("ownerReferences");
        Set<OwnerReference> seen = new HashSet<>();
        String controller = "";
        for (int i = 0; i < owners.size(); i++) {
            OwnerReference owner = Absent.asEmpty(owners.get(i), OwnerReference::new);
            if (!seen.add(owner)) {
                continue;
            }
            FieldPath place = at.index(i);
            String apiVersion = Absent.asEmpty(owner.getApiVersion());
            if (!VERSION.matcher(apiVersion).matches()) {
                faults.invalid(
                        at.child("apiVersion").placedAt(place.child("apiVersion")),
                        apiVersion,
                        "version must not be empty");
            }
            checkNotEmpty(owner.getKind(), "kind", at, place, faults);
            checkNotEmpty(owner.getName(), "name", at, place, faults);
            checkNotEmpty(owner.getUid(), "uid", at, place, faults);
            if ("Event".equals(owner.getKind()) && (apiVersion.equals("v1") || apiVersion.equals("/v1"))) {
                faults.invalid(at.placedAt(place), "Event", "/v1, Kind=Event is disallowed from being an owner");
            }
            if (Boolean.TRUE.equals(owner.getController())) {
                String name = Absent.asEmpty(owner.getKind()) + "/" + Absent.asEmpty(owner.getName());
                if (!controller.isEmpty()) {
                    faults.invalid(
                            at.placedAt(place),
                            name,
                            "Only one reference can have Controller set to true, but " + MessageText.plain(controller)
                                    + " has it as well");
                } else {
                    controller = name;
                }
            }
        }
    }

    private static void checkNotEmpty(
            @Nullable String value, String field, FieldPath at, FieldPath place, Faults faults) {
        if (Absent.isEmpty(value)) {
            faults.invalid(at.child(field).placedAt(place.child(field)), "", field + " must not be empty");
        }
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
