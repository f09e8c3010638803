package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.PodReadinessGate;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The API server's rules for what a pod waits for: {@code readinessGates} and {@code schedulingGates}. */
final class GateRules {

    private GateRules() {}

    static void check(PodSpec spec, FieldPath at, Faults faults) {
        List<PodReadinessGate> conditions = Absent.asEmpty(spec.getReadinessGates());
        for (int i = 0; i < conditions.size(); i++) {
            PodReadinessGate gate = Absent.asEmpty(conditions.get(i), PodReadinessGate::new);
            FieldPath path = at.child("readinessGates").index(i).child("conditionType");
            LabelSelectorRules.checkKey(gate.getConditionType(), path, faults);
        }
        List<PodSchedulingGate> gates = Absent.asEmpty(spec.getSchedulingGates());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < gates.size(); i++) {
            String name = Absent.asEmpty(
                    Absent.asEmpty(gates.get(i), PodSchedulingGate::new).getName());
            FieldPath path = at.child("schedulingGates").index(i);
            FieldPath named = path.placedAt(path.child("name"));
            LabelSelectorRules.checkKey(name, named, faults);
            if (!seen.add(name)) {
                faults.duplicate(named, name);
            }
        }
    }
}
