package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.NameRules;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.TopologySelectorLabelRequirement;
import io.fabric8.kubernetes.api.model.TopologySelectorTerm;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The API server's rules for a storage class. It does not check mount options. */
final class StorageClassRules {

    private static final int MOST_PARAMETERS = 512;
    private static final int MOST_PARAMETER_BYTES = 256 * 1024;
    private static final List<String> RECLAIM_POLICIES = List.of("Delete", "Retain");
    private static final List<String> BINDING_MODES = List.of("Immediate", "WaitForFirstConsumer");

    private StorageClassRules() {}

    static void check(StorageClass storageClass, Faults faults) {
        MetadataRules.checkWithGeneration(Absent.asEmpty(storageClass.getMetadata(), ObjectMeta::new), faults);
        FieldPath at = FieldPath.of("provisioner");
        String provisioner = Absent.asEmpty(storageClass.getProvisioner());
        if (provisioner.isEmpty()) {
            faults.required(at, "");
        } else {
            String lowerCase = NameRules.lowerCase(provisioner);
            MetadataRules.invalid(at, provisioner, NameRules.findQualifiedNameFault(lowerCase), faults);
        }
        checkParameters(Absent.asEmpty(storageClass.getParameters()), faults);
        String reclaim = Absent.asEmpty(storageClass.getReclaimPolicy());
        if (!reclaim.isEmpty()) {
            VolumeSourceRules.unsupported(reclaim, RECLAIM_POLICIES, FieldPath.of("reclaimPolicy"), faults);
        }
        VolumeSourceRules.unsupported(
                storageClass.getVolumeBindingMode(), BINDING_MODES, FieldPath.of("volumeBindingMode"), faults);
        checkTopologies(Absent.asEmpty(storageClass.getAllowedTopologies()), faults);
    }

    private static void checkParameters(Map<String, String> parameters, Faults faults) {
        FieldPath at = FieldPath.of("parameters");
        if (parameters.size() > MOST_PARAMETERS) {
            faults.tooLong(at, MOST_PARAMETERS);
            return;
        }
        long bytes = 0;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String key = Absent.asEmpty(parameter.getKey());
            if (key.isEmpty()) {
                faults.invalid(at, key, "field can not be empty.");
            }
            bytes += MetadataRules.utf8Length(key)
                    + (long) MetadataRules.utf8Length(Absent.asEmpty(parameter.getValue()));
        }
        if (bytes > MOST_PARAMETER_BYTES) {
            faults.tooLong(at, MOST_PARAMETER_BYTES);
        }
    }

    /**
     * Checks topologies. A term without an expression is refused as a duplicate, because the server compares it with an
     * empty one.
     */
    private static void checkTopologies(List<TopologySelectorTerm> terms, Faults faults) {
        Set<Map<String, Set<String>>> seen = new HashSet<>();
        for (int i = 0; i < terms.size(); i++) {
            TopologySelectorTerm term = Absent.asEmpty(terms.get(i), TopologySelectorTerm::new);
            FieldPath at = FieldPath.of("allowedTopologies").index(i).child("matchLabelExpressions");
            Map<String, Set<String>> values = new HashMap<>();
            List<TopologySelectorLabelRequirement> expressions = Absent.asEmpty(term.getMatchLabelExpressions());
            for (int j = 0; j < expressions.size(); j++) {
                checkExpression(
                        Absent.asEmpty(expressions.get(j), TopologySelectorLabelRequirement::new),
                        values,
                        at.index(j),
                        faults);
            }
            if (values.isEmpty() || !seen.add(values)) {
                faults.duplicate(at, "");
            }
        }
    }

    private static void checkExpression(
            TopologySelectorLabelRequirement expression, Map<String, Set<String>> values, FieldPath at, Faults faults) {
        String key = Absent.asEmpty(expression.getKey());
        if (values.containsKey(key)) {
            faults.duplicate(at.child("key"), key);
        }
        List<String> list = Absent.asEmpty(expression.getValues());
        if (list.isEmpty()) {
            faults.required(at.child("values"), "");
        }
        Set<String> unique = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String value = Absent.asEmpty(list.get(i));
            if (!unique.add(value)) {
                faults.duplicate(at.child("values").index(i), value);
            }
        }
        values.put(key, unique);
        MetadataRules.invalid(at.child("key"), key, NameRules.findQualifiedNameFault(key), faults);
    }
}
