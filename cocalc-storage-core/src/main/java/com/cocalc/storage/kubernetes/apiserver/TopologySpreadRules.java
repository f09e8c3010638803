package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API server's rules for {@code spec.topologySpreadConstraints}. */
final class TopologySpreadRules {

    private static final String STRICT = "DoNotSchedule";
    private static final List<String> ACTIONS = List.of(STRICT, "ScheduleAnyway");
    private static final List<String> POLICIES = List.of("Honor", "Ignore");

    private final Faults faults;

    TopologySpreadRules(Faults faults) {
        this.faults = faults;
    }

    void check(@Nullable List<TopologySpreadConstraint> constraints, FieldPath at) {
        List<TopologySpreadConstraint> list = Absent.asEmpty(constraints);
        Set<String> later = new HashSet<>();
        boolean[] repeated = new boolean[list.size()];
        for (int i = list.size() - 1; i >= 0; i--) {
            repeated[i] = !later.add(pair(constraint(list, i)));
        }
        for (int i = 0; i < list.size(); i++) {
            check(constraint(list, i), repeated[i], at.index(i));
        }
    }

    private static TopologySpreadConstraint constraint(List<TopologySpreadConstraint> list, int index) {
        return Absent.asEmpty(list.get(index), TopologySpreadConstraint::new);
    }

    private static String pair(TopologySpreadConstraint constraint) {
        return "{" + Absent.asEmpty(constraint.getTopologyKey()) + ", "
                + Absent.asEmpty(constraint.getWhenUnsatisfiable()) + "}";
    }

    private void check(TopologySpreadConstraint constraint, boolean repeated, FieldPath at) {
        positive(Absent.asZero(constraint.getMaxSkew()), at.child("maxSkew"));
        if (Absent.isEmpty(constraint.getTopologyKey())) {
            faults.required(at.child("topologyKey"), "can not be empty");
        }
        String action = Absent.asEmpty(constraint.getWhenUnsatisfiable());
        VolumeSourceRules.unsupported(action, ACTIONS, at.child("whenUnsatisfiable"), faults);
        if (repeated) {
            faults.duplicate(at.child("{topologyKey, whenUnsatisfiable}").placedAt(at), pair(constraint));
        }
        Integer domains = constraint.getMinDomains();
        if (domains != null) {
            positive(domains, at.child("minDomains"));
            if (!action.equals(STRICT)) {
                faults.invalid(
                        at.child("minDomains"),
                        domains,
                        "can only use minDomains if whenUnsatisfiable=" + STRICT + ", not " + OneLine.plain(action));
            }
        }
        VolumeSourceRules.unsupported(
                constraint.getNodeAffinityPolicy(), POLICIES, at.child("nodeAffinityPolicy"), faults);
        VolumeSourceRules.unsupported(constraint.getNodeTaintsPolicy(), POLICIES, at.child("nodeTaintsPolicy"), faults);
        checkKeys(
                Absent.asEmpty(constraint.getMatchLabelKeys()),
                constraint.getLabelSelector(),
                at.child("matchLabelKeys"));
        LabelSelectorRules.check(constraint.getLabelSelector(), at.child("labelSelector"), faults);
    }

    private void positive(int value, FieldPath at) {
        if (value <= 0) {
            faults.invalid(at, value, "must be greater than zero");
        }
    }

    private void checkKeys(List<String> keys, @Nullable LabelSelector selector, FieldPath at) {
        if (keys.isEmpty()) {
            return;
        }
        Set<String> selected = new HashSet<>();
        if (selector == null) {
            faults.forbidden(at, "must not be specified when labelSelector is not set");
        } else {
            selected.addAll(Absent.asEmpty(selector.getMatchLabels()).keySet());
            for (LabelSelectorRequirement requirement : Absent.asEmpty(selector.getMatchExpressions())) {
                selected.add(requirement == null ? "" : Absent.asEmpty(requirement.getKey()));
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            String key = Absent.asEmpty(keys.get(i));
            LabelSelectorRules.checkKey(key, at.index(i), faults);
            if (selected.contains(key)) {
                faults.invalid(at.index(i), key, "exists in both matchLabelKeys and labelSelector");
            }
        }
    }
}
