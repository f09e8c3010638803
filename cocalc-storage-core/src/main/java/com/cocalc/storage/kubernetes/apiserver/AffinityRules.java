package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.PodAffinity;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAntiAffinity;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API server's rules for {@code spec.affinity}. */
final class AffinityRules {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private final Map<String, String> labels;
    private final Faults faults;

    /**
     * Prepares the rules.
     *
     * @param labels the pod's own, which the server adds to the selectors of a term before it checks them; empty for a
     *     template
     */
    AffinityRules(Map<String, String> labels, Faults faults) {
        this.labels = labels;
        this.faults = faults;
    }

    void check(@Nullable Affinity affinity, FieldPath at) {
        if (affinity == null) {
            return;
        }
        NodeAffinity nodes = affinity.getNodeAffinity();
        if (nodes != null) {
            FieldPath path = at.child("nodeAffinity");
            NodeSelectorRules.check(
                    nodes.getRequiredDuringSchedulingIgnoredDuringExecution(), path.child(REQUIRED), faults);
            checkPreferredNodes(
                    Absent.asEmpty(nodes.getPreferredDuringSchedulingIgnoredDuringExecution()), path.child(PREFERRED));
        }
        PodAffinity pods = affinity.getPodAffinity();
        if (pods != null) {
            checkTerms(
                    pods.getRequiredDuringSchedulingIgnoredDuringExecution(),
                    pods.getPreferredDuringSchedulingIgnoredDuringExecution(),
                    at.child("podAffinity"));
        }
        PodAntiAffinity others = affinity.getPodAntiAffinity();
        if (others != null) {
            checkTerms(
                    others.getRequiredDuringSchedulingIgnoredDuringExecution(),
                    others.getPreferredDuringSchedulingIgnoredDuringExecution(),
                    at.child("podAntiAffinity"));
        }
    }

    private void checkPreferredNodes(List<PreferredSchedulingTerm> terms, FieldPath at) {
        for (int i = 0; i < terms.size(); i++) {
            PreferredSchedulingTerm term = Absent.asEmpty(terms.get(i), PreferredSchedulingTerm::new);
            checkWeight(Absent.asZero(term.getWeight()), at.index(i));
            NodeSelectorRules.checkPreference(term.getPreference(), at.index(i).child("preference"), faults);
        }
    }

    private void checkWeight(int weight, FieldPath at) {
        if (weight < 1 || weight > 100) {
            faults.invalid(at.child("weight"), weight, "must be in the range 1-100");
        }
    }

    private void checkTerms(
            @Nullable List<PodAffinityTerm> required, @Nullable List<WeightedPodAffinityTerm> preferred, FieldPath at) {
        List<PodAffinityTerm> terms = Absent.asEmpty(required);
        for (int i = 0; i < terms.size(); i++) {
            checkTerm(terms.get(i), at.child(REQUIRED).index(i));
        }
        List<WeightedPodAffinityTerm> weighted = Absent.asEmpty(preferred);
        for (int i = 0; i < weighted.size(); i++) {
            WeightedPodAffinityTerm term = Absent.asEmpty(weighted.get(i), WeightedPodAffinityTerm::new);
            FieldPath path = at.child(PREFERRED).index(i);
            checkWeight(Absent.asZero(term.getWeight()), path);
            checkTerm(term.getPodAffinityTerm(), path.child("podAffinityTerm"));
        }
    }

    private void checkTerm(@Nullable PodAffinityTerm given, FieldPath at) {
        PodAffinityTerm term = Absent.asEmpty(given, PodAffinityTerm::new);
        LabelSelectorRules.check(term.getLabelSelector(), at.child("labelSelector"), faults);
        LabelSelectorRules.check(term.getNamespaceSelector(), at.child("namespaceSelector"), faults);
        List<String> namespaces = Absent.asEmpty(term.getNamespaces());
        for (int i = 0; i < namespaces.size(); i++) {
            String name = Absent.asEmpty(namespaces.get(i));
            // The server's path leads nowhere: it lacks an "s" and the index.
            FieldPath path =
                    at.child("namespace").placedAt(at.child("namespaces").index(i));
            MetadataRules.invalid(path, name, NameRules.findLabelFault(name), faults);
        }
        checkLabelKeys(term, at);
        String topologyKey = Absent.asEmpty(term.getTopologyKey());
        if (topologyKey.isEmpty()) {
            faults.required(at.child("topologyKey"), "can not be empty");
        }
        LabelSelectorRules.checkKey(topologyKey, at.child("topologyKey"), faults);
    }

    private void checkLabelKeys(PodAffinityTerm term, FieldPath at) {
        List<String> match = texts(term.getMatchLabelKeys());
        List<String> mismatch = texts(term.getMismatchLabelKeys());
        LabelSelector selector = term.getLabelSelector();
        checkKeys(match, selector, at.child("matchLabelKeys"));
        checkKeys(mismatch, selector, at.child("mismatchLabelKeys"));
        if (selector != null) {
            checkNotSelected(match, mismatch, selector, at);
        }
        Set<String> mismatched = new HashSet<>(mismatch);
        for (int i = 0; i < match.size(); i++) {
            if (mismatched.contains(match.get(i))) {
                faults.invalid(
                        at.child("matchLabelKeys").index(i),
                        match.get(i),
                        "exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }
    }

    private static List<String> texts(@Nullable List<String> given) {
        return Absent.asEmpty(given).stream().map(Absent::asEmpty).toList();
    }

    private void checkKeys(List<String> keys, @Nullable LabelSelector selector, FieldPath at) {
        if (!keys.isEmpty() && selector == null) {
            faults.forbidden(at, "must not be specified when labelSelector is not set");
            return;
        }
        for (int i = 0; i < keys.size(); i++) {
            LabelSelectorRules.checkKey(keys.get(i), at.index(i), faults);
        }
    }

    /** The server adds a requirement for each key that the pod has a label for, and finds keys that come twice. */
    private void checkNotSelected(List<String> match, List<String> mismatch, LabelSelector selector, FieldPath at) {
        List<String> required = new ArrayList<>();
        for (LabelSelectorRequirement requirement : Absent.asEmpty(selector.getMatchExpressions())) {
            required.add(requirement == null ? "" : Absent.asEmpty(requirement.getKey()));
        }
        match.stream().filter(labels::containsKey).forEach(required::add);
        mismatch.stream().filter(labels::containsKey).forEach(required::add);
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < match.size(); i++) {
            places.put(match.get(i), i);
        }
        Set<String> selected =
                new HashSet<>(Absent.asEmpty(selector.getMatchLabels()).keySet());
        for (String key : required) {
            Integer index = places.get(key);
            if (!selected.add(key) && index != null) {
                FieldPath place = at.child("matchLabelKeys").index(index);
                faults.invalid(at.index(index).placedAt(place), key, "exists in both matchLabelKeys and labelSelector");
            }
        }
    }
}
