package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.PodResourceClaim;
import io.fabric8.kubernetes.api.model.ResourceClaim;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The API server's rules for the devices that a pod claims, and for the containers that use them. */
final class ResourceClaimRules {

    private final List<PodResourceClaim> claims;
    private final Set<String> names = new TreeSet<>();
    private final String known;
    private final Faults faults;

    ResourceClaimRules(@Nullable List<PodResourceClaim> claims, Faults faults) {
        this.claims = Absent.asEmpty(claims);
        this.faults = faults;
        for (PodResourceClaim claim : this.claims) {
            if (claim != null && !Absent.isEmpty(claim.getName())) {
                names.add(claim.getName());
            }
        }
        known = names.isEmpty() ? " which is empty" : ": " + OneLine.plain(String.join(", ", names));
    }

    void checkPod(FieldPath at) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < claims.size(); i++) {
            PodResourceClaim claim = Absent.asEmpty(claims.get(i), PodResourceClaim::new);
            checkName(Absent.asEmpty(claim.getName()), seen, at.index(i).child("name"));
            checkSource(claim, at.index(i));
        }
    }

    private void checkName(String name, Set<String> seen, FieldPath at) {
        if (name.isEmpty()) {
            faults.required(at, "");
        } else if (!seen.add(name)) {
            faults.duplicate(at, name);
        } else {
            MetadataRules.invalid(at, name, NameRules.findLabelFault(name), faults);
        }
    }

    private void checkSource(PodResourceClaim claim, FieldPath at) {
        String given = claim.getResourceClaimName();
        String made = claim.getResourceClaimTemplateName();
        if (given != null && made != null) {
            faults.invalidObject(
                    at,
                    json(claim),
                    "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
        }
        if (given == null && made == null) {
            faults.invalidObject(
                    at, json(claim), "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
        }
        subdomain(given, at.child("resourceClaimName"));
        subdomain(made, at.child("resourceClaimTemplateName"));
    }

    private static String json(PodResourceClaim claim) {
        return "{\"Name\":" + OneLine.quoted(Absent.asEmpty(claim.getName()))
                + ",\"ResourceClaimName\":" + orNull(claim.getResourceClaimName())
                + ",\"ResourceClaimTemplateName\":" + orNull(claim.getResourceClaimTemplateName()) + "}";
    }

    private static String orNull(@Nullable String text) {
        return text == null ? "null" : OneLine.quoted(text);
    }

    private void subdomain(@Nullable String name, FieldPath at) {
        if (name != null) {
            MetadataRules.invalid(at, name, NameRules.findSubdomainFault(name), faults);
        }
    }

    /** A claim is used as a whole once, or each of its requests once. */
    void checkUses(@Nullable ResourceRequirements resources, FieldPath at) {
        List<ResourceClaim> uses = resources == null ? List.of() : Absent.asEmpty(resources.getClaims());
        Set<String> used = new HashSet<>();
        Map<String, Integer> requests = new HashMap<>();
        for (int i = 0; i < uses.size(); i++) {
            ResourceClaim use = Absent.asEmpty(uses.get(i), ResourceClaim::new);
            String name = Absent.asEmpty(use.getName());
            if (name.isEmpty()) {
                faults.required(at.index(i), "");
                continue;
            }
            if (used.contains(name)) {
                faults.duplicate(at.index(i), name);
            } else {
                use(name, Absent.asEmpty(use.getRequest()), used, requests, at.index(i));
            }
            if (!names.contains(name)) {
                faults.notFound(at.index(i), name, "must be one of the names in pod.spec.resourceClaims" + known);
            }
        }
    }

    private void use(String name, String request, Set<String> used, Map<String, Integer> requests, FieldPath at) {
        String key = name;
        if (!request.isEmpty()) {
            MetadataRules.invalid(at.child("request"), request, NameRules.findLabelFault(request), faults);
            key = name + "/" + request;
        }
        if (used.contains(key)) {
            faults.duplicate(at, key);
        } else if (request.isEmpty()) {
            for (int n = requests.getOrDefault(name, 0); n > 0; n--) {
                faults.duplicate(at, name);
            }
        }
        if (used.add(key) && key.indexOf('/') >= 0) {
            requests.merge(key.substring(0, key.indexOf('/')), 1, Integer::sum);
        }
    }
}
