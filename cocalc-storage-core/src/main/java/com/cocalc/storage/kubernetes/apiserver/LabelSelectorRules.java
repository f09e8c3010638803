package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.NameRules;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API server's rules for a label selector. */
final class LabelSelectorRules {

    private LabelSelectorRules() {}

    static void check(@Nullable LabelSelector selector, FieldPath at, Faults faults) {
        if (selector == null) {
            return;
        }
        MetadataRules.checkLabels(selector.getMatchLabels(), at.child("matchLabels"), faults);
        List<LabelSelectorRequirement> expressions = Absent.asEmpty(selector.getMatchExpressions());
        for (int i = 0; i < expressions.size(); i++) {
            LabelSelectorRequirement expression = Absent.asEmpty(expressions.get(i), LabelSelectorRequirement::new);
            check(expression, at.child("matchExpressions").index(i), faults);
        }
    }

    private static void check(LabelSelectorRequirement expression, FieldPath at, Faults faults) {
        List<String> values = Absent.asEmpty(expression.getValues());
        checkOperator(Absent.asEmpty(expression.getOperator()), values, at, faults);
        checkKey(expression.getKey(), at.child("key"), faults);
        checkValues(values, at.child("values"), faults);
    }

    static void checkOperator(String operator, List<String> values, FieldPath at, Faults faults) {
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    faults.required(at.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    faults.forbidden(
                            at.child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            default -> faults.invalid(at.child("operator"), operator, "not a valid selector operator");
        }
    }

    /** Checks the key of a label at any place. */
    static void checkKey(@Nullable String key, FieldPath at, Faults faults) {
        String text = Absent.asEmpty(key);
        MetadataRules.invalid(at, text, NameRules.findQualifiedNameFault(text), faults);
    }

    static void checkValues(List<String> values, FieldPath at, Faults faults) {
        for (int i = 0; i < values.size(); i++) {
            String value = Absent.asEmpty(values.get(i));
            MetadataRules.invalid(at.index(i), value, NameRules.findLabelValueFault(value), faults);
        }
    }
}
