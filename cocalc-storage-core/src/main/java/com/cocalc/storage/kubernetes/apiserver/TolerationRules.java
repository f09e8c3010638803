package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API server's rules for {@code spec.tolerations}. */
final class TolerationRules {

    private static final List<String> OPERATORS = List.of("Equal", "Exists");
    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    private TolerationRules() {}

    static void check(@Nullable List<Toleration> tolerations, FieldPath at, Faults faults) {
        List<Toleration> list = Absent.asEmpty(tolerations);
        for (int i = 0; i < list.size(); i++) {
            check(Absent.asEmpty(list.get(i), Toleration::new), at.index(i), faults);
        }
    }

    private static void check(Toleration toleration, FieldPath at, Faults faults) {
        String key = Absent.asEmpty(toleration.getKey());
        String operator = Absent.asEmpty(toleration.getOperator());
        String effect = Absent.asEmpty(toleration.getEffect());
        if (!key.isEmpty()) {
            LabelSelectorRules.checkKey(key, at.child("key"), faults);
        } else if (!operator.equals("Exists")) {
            faults.invalid(
                    at.child("operator"),
                    operator,
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }
        if (toleration.getTolerationSeconds() != null && !effect.equals("NoExecute")) {
            faults.invalid(at.child("effect"), effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        checkValue(operator, Absent.asEmpty(toleration.getValue()), at, faults);
        if (!effect.isEmpty()) {
            VolumeSourceRules.unsupported(effect, EFFECTS, at.child("effect"), faults);
        }
    }

    /** The server names the operator where the value is wrong. */
    private static void checkValue(String operator, String value, FieldPath at, Faults faults) {
        FieldPath path = at.child("operator").placedAt(at.child("value"));
        switch (operator) {
            case "", "Equal" -> MetadataRules.invalid(path, value, NameRules.findLabelValueFault(value), faults);
            case "Exists" -> {
                if (!value.isEmpty()) {
                    faults.invalid(path, value, "value must be empty when `operator` is 'Exists'");
                }
            }
            default -> faults.unsupported(at.child("operator"), operator, OPERATORS);
        }
    }
}
