package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.HomeOwnership.Walk;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.kubernetes.pod.Expansion;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The init container that makes the project's user the owner of a home. It sees that home and nothing else. */
record HomeRepair(
        StorageMount home,
        PosixIdentity owner,
        Walk walk,
        @Nullable String image,
        @Nullable ResourceRequirements resources) {

    private static final ObjectMapper COPIES = new ObjectMapper();

    HomeRepair withImage(String newImage) {
        return new HomeRepair(home, owner, walk, newImage, resources);
    }

    HomeRepair withResources(ResourceRequirements newResources) {
        return new HomeRepair(home, owner, walk, image, copyOf(newResources));
    }

    Container container() {
        Container container = new Container();
        container.setName(PodStorage.HOME_REPAIR);
        container.setImage(image);
        container.setCommand(escaped(OwnerRepair.argv(home.mountPath(), owner, walk)));
        container.setVolumeMounts(StorageObjects.volumeMounts(List.of(home)));
        container.setSecurityContext(rootWithoutPowers());
        container.setResources(resources == null ? littleResources() : copyOf(resources));
        return container;
    }

    static String requireImage(String image) {
        requireNonNull(image, "image");
        if (image.isEmpty() || image.chars().anyMatch(Character::isWhitespace)) {
            throw InvalidValueException.of(
                    "image",
                    "be the name of an image, without blanks",
                    MessageText.quoted(image),
                    "write for example \"busybox:1.37\"");
        }
        return image;
    }

    static void requireResources(ResourceRequirements resources) {
        requireNonNull(resources, "resources");
        if (resources.getClaims() != null && !resources.getClaims().isEmpty()) {
            throw InvalidValueException.of(
                    "resources.claims",
                    "be empty",
                    MessageText.quoted(resources.getClaims().toString()),
                    "remove them, the repair of a home uses no device");
        }
        if (resources.getRequests() == null || resources.getLimits() == null) {
            return;
        }
        resources.getRequests().forEach((name, request) -> {
            Quantity limit = resources.getLimits().get(name);
            BigDecimal requested = request == null ? null : PodResources.amountOf(request);
            BigDecimal most = limit == null ? null : PodResources.amountOf(limit);
            if (limit != null && requested != null && most != null && requested.compareTo(most) > 0) {
                throw InvalidValueException.of(
                        "resources.requests[" + MessageText.plain(name) + "]",
                        "be at most the limit of " + MessageText.plain(limit.toString()),
                        MessageText.quoted(request.toString()),
                        "raise the limit, or request less");
            }
        });
    }

    /** Returns a copy with its own quantities, as quantities are mutable. */
    private static ResourceRequirements copyOf(ResourceRequirements resources) {
        return COPIES.convertValue(resources, ResourceRequirements.class);
    }

    /** Escapes arguments, in which the kubelet expands variables as it does in the environment. */
    static List<String> escaped(List<String> argv) {
        List<String> escaped = new ArrayList<>(argv.size());
        argv.forEach(argument -> escaped.add(Expansion.escape(argument)));
        return escaped;
    }

    /** Returns a context in which root may read all directories and change owners, and nothing else. */
    static SecurityContext rootWithoutPowers() {
        Capabilities capabilities = new Capabilities();
        capabilities.setDrop(new ArrayList<>(List.of("ALL")));
        capabilities.setAdd(new ArrayList<>(List.of("CHOWN", "DAC_OVERRIDE")));
        SecurityContext context = new SecurityContext();
        context.setRunAsUser(0L);
        context.setRunAsGroup(0L);
        // A pod that says runAsNonRoot would keep this container from starting.
        context.setRunAsNonRoot(false);
        context.setAllowPrivilegeEscalation(false);
        context.setReadOnlyRootFilesystem(true);
        context.setCapabilities(capabilities);
        return context;
    }

    static ResourceRequirements littleResources() {
        ResourceRequirements resources = new ResourceRequirements();
        resources.setRequests(quantities("10m", "16Mi"));
        resources.setLimits(quantities("1", "128Mi"));
        return resources;
    }

    private static Map<String, Quantity> quantities(String cpu, String memory) {
        Map<String, Quantity> quantities = new LinkedHashMap<>();
        quantities.put("cpu", Quantity.parse(cpu));
        quantities.put("memory", Quantity.parse(memory));
        return quantities;
    }
}
