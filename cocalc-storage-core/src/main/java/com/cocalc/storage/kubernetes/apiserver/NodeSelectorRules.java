package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API server's rules for what a pod wants of its node's labels and name. */
final class NodeSelectorRules {

    private NodeSelectorRules() {}

    static void check(@Nullable NodeSelector selector, FieldPath at, Faults faults) {
        if (selector == null) {
            return;
        }
        List<NodeSelectorTerm> terms = Absent.asEmpty(selector.getNodeSelectorTerms());
        FieldPath path = at.child("nodeSelectorTerms");
        if (terms.isEmpty()) {
            faults.required(path, "must have at least one node selector term");
        }
        for (int i = 0; i < terms.size(); i++) {
            check(terms.get(i), Values.MUST_BE_LABELS, path.index(i), faults);
        }
    }

    /** In what is only preferred, values that no label can have pass. */
    static void checkPreference(@Nullable NodeSelectorTerm term, FieldPath at, Faults faults) {
        check(term, Values.ARE_FREE, at, faults);
    }

    private static void check(@Nullable NodeSelectorTerm given, Values rule, FieldPath at, Faults faults) {
        NodeSelectorTerm term = Absent.asEmpty(given, NodeSelectorTerm::new);
        List<NodeSelectorRequirement> labels = Absent.asEmpty(term.getMatchExpressions());
        for (int i = 0; i < labels.size(); i++) {
            checkLabel(
                    requirement(labels, i), rule, at.child("matchExpressions").index(i), faults);
        }
        List<NodeSelectorRequirement> fields = Absent.asEmpty(term.getMatchFields());
        for (int i = 0; i < fields.size(); i++) {
            checkField(requirement(fields, i), at.child("matchFields").index(i), faults);
        }
    }

    private static NodeSelectorRequirement requirement(List<NodeSelectorRequirement> list, int index) {
        return Absent.asEmpty(list.get(index), NodeSelectorRequirement::new);
    }

    private static void checkLabel(NodeSelectorRequirement requirement, Values rule, FieldPath at, Faults faults) {
        String operator = Absent.asEmpty(requirement.getOperator());
        List<String> values = Absent.asEmpty(requirement.getValues());
        if (operator.equals("Gt") || operator.equals("Lt")) {
            if (values.size() != 1) {
                faults.required(at.child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'");
            }
        } else {
            LabelSelectorRules.checkOperator(operator, values, at, faults);
        }
        LabelSelectorRules.checkKey(requirement.getKey(), at.child("key"), faults);
        if (rule == Values.MUST_BE_LABELS) {
            LabelSelectorRules.checkValues(values, at.child("values"), faults);
        }
    }

    private static void checkField(NodeSelectorRequirement requirement, FieldPath at, Faults faults) {
        String operator = Absent.asEmpty(requirement.getOperator());
        List<String> values = Absent.asEmpty(requirement.getValues());
        if (!operator.equals("In") && !operator.equals("NotIn")) {
            faults.invalid(at.child("operator"), operator, "not a valid selector operator");
        } else if (values.size() != 1) {
            faults.required(
                    at.child("values"),
                    "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }
        String key = Absent.asEmpty(requirement.getKey());
        if (!key.equals("metadata.name")) {
            faults.invalid(at.child("key"), key, "not a valid field selector key");
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            String name = Absent.asEmpty(values.get(i));
            MetadataRules.invalid(at.child("values").index(i), name, NameRules.findSubdomainFault(name), faults);
        }
    }

    private enum Values {
        MUST_BE_LABELS,
        ARE_FREE
    }
}
