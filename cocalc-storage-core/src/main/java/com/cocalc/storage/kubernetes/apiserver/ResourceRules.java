package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The API server's rules for the requests and limits of a container or a whole pod. */
final class ResourceRules {

    private final NameRule names;
    private final Faults faults;

    ResourceRules(NameRule names, Faults faults) {
        this.names = names;
        this.faults = faults;
    }

    /** A check of the name of a resource. */
    interface NameRule {
        void check(String name, FieldPath at, Faults faults);
    }

    void check(Requirements resources, FieldPath at) {
        FieldPath limits = at.child("limits");
        FieldPath requests = at.child("requests");
        resources.limits().forEach((name, limit) -> {
            checkOne(name, limit, limits.key(name));
            checkPages(name, limit, limits.key(name));
        });
        resources.requests().forEach((name, request) -> {
            FieldPath path = requests.key(name);
            checkOne(name, request, path);
            checkAgainstLimit(name, request, resources.limits().get(name), limits, requests);
            checkPages(name, request, path);
        });
        if (names(resources).anyMatch(ResourceNames::isHugePages)
                && names(resources).noneMatch(ResourceNames::isCompute)) {
            faults.forbidden(at, "HugePages require cpu or memory");
        }
    }

    private static Stream<String> names(Requirements resources) {
        return Stream.concat(resources.limits().keySet().stream(), resources.requests().keySet().stream());
    }

    private void checkOne(String name, ServerQuantity quantity, FieldPath at) {
        names.check(name, at, faults);
        if (quantity.signum() < 0) {
            faults.invalid(at, quantity, "must be greater than or equal to 0");
        }
        if (ResourceNames.isWhole(name) && !quantity.isWhole()) {
            faults.invalid(at, quantity, "must be an integer");
        }
    }

    private void checkPages(String name, ServerQuantity quantity, FieldPath at) {
        if (!ResourceNames.isHugePages(name)) {
            return;
        }
        ServerQuantity size = ServerQuantity.parse(name.substring(ResourceNames.HUGE_PAGES.length()));
        if (!quantity.isMultipleOf(size)) {
            faults.invalid(at, quantity, quantity + " is not positive integer multiple of " + MessageText.plain(name));
        }
    }

    /** Checks a request against its limit. The server's paths of these faults lack the name of the resource. */
    private void checkAgainstLimit(
            String name, ServerQuantity request, @Nullable ServerQuantity limit, FieldPath limits, FieldPath requests) {
        FieldPath place = requests.key(name);
        boolean overcommitted = ResourceNames.isOvercommitted(name);
        if (limit == null) {
            if (!overcommitted) {
                faults.required(limits.placedAt(place), "Limit must be set for non overcommitable resources");
            }
            return;
        }
        int difference = request.compareTo(limit);
        String bound = MessageText.plain(name) + " limit of " + limit;
        if (difference != 0 && !overcommitted) {
            faults.invalid(requests.placedAt(place), request, "must be equal to " + bound);
        } else if (difference > 0) {
            faults.invalid(requests.placedAt(place), request, "must be less than or equal to " + bound);
        }
    }
}
