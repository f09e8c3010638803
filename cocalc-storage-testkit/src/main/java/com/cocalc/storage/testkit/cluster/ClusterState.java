package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.kubernetes.audit.PodSecurity;
import com.cocalc.storage.testkit.rwx.RwxVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All objects of the cluster, and the controller that binds claims. */
final class ClusterState {

    private final List<String> nodes;
    private final Clock clock;
    private final EventLog events;
    private final ConfigData configData = new ConfigData();
    private final Map<String, PodSecurity> namespaces = new HashMap<>();
    private final Map<String, ClassOfStorage> classes = new LinkedHashMap<>();
    private final Map<String, FakeClaim> claims = new LinkedHashMap<>();
    private final Map<String, PodRecord> pods = new LinkedHashMap<>();
    private final Map<String, RwxVolume> released = new LinkedHashMap<>();
    private final Map<String, RwxVolume> outside = new HashMap<>();
    private final boolean isTracing;
    private long lastUid;

    ClusterState(List<String> nodes, Clock clock, boolean isTracing) {
        this.isTracing = isTracing;
        this.nodes = List.copyOf(nodes);
        this.clock = clock;
        this.events = new EventLog(clock);
    }

    /** A storage class and what makes its volumes. */
    record ClassOfStorage(StorageClass object, Provisioner provisioner) {
        boolean isDefault() {
            Map<String, String> annotations = object.getMetadata().getAnnotations();
            return annotations != null && "true".equals(annotations.get("storageclass.kubernetes.io/is-default-class"));
        }

        boolean waits() {
            return "WaitForFirstConsumer".equals(object.getVolumeBindingMode());
        }

        boolean retains() {
            return "Retain".equals(object.getReclaimPolicy());
        }
    }

    List<String> nodes() {
        return nodes;
    }

    Clock clock() {
        return clock;
    }

    EventLog events() {
        return events;
    }

    ConfigData configData() {
        return configData;
    }

    Map<String, PodSecurity> namespaces() {
        return namespaces;
    }

    Map<String, PodRecord> pods() {
        return pods;
    }

    Map<String, RwxVolume> released() {
        return released;
    }

    /** The same each time, as nothing here is random. */
    String nextUid() {
        lastUid++;
        return new UUID(0x4000L, 0x8000000000000000L | lastUid).toString();
    }

    long podsOn(String node) {
        return pods.values().stream().filter(pod -> node.equals(pod.node())).count();
    }

    /** Directories of nodes and of NFS servers that no claim stands for. */
    RwxVolume outside(String place) {
        return outside.computeIfAbsent(
                place, key -> RwxVolume.builder().clock(clock).build());
    }

    @Nullable
    FakeClaim findClaim(String namespace, String name) {
        return claims.get(namespace + "/" + name);
    }

    List<PodRecord> users(FakeClaim claim) {
        List<PodRecord> users = new ArrayList<>();
        for (PodRecord pod : pods.values()) {
            if (pod.namespace().equals(claim.namespace()) && pod.claims().contains(claim.name())) {
                users.add(pod);
            }
        }
        return users;
    }

    void addClass(StorageClass object, Provisioner provisioner) {
        classes.put(object.getMetadata().getName(), new ClassOfStorage(object, provisioner));
        for (FakeClaim claim : claims.values()) {
            if (!claim.isBound()) {
                bind(claim);
            }
        }
    }

    FakeClaim addClaim(PersistentVolumeClaim object) {
        FakeClaim claim = new FakeClaim(object);
        claims.put(claim.namespace() + "/" + claim.name(), claim);
        if (object.getSpec().getStorageClassName() == null) {
            classes.values().stream()
                    .filter(ClassOfStorage::isDefault)
                    .findFirst()
                    .ifPresent(found -> object.getSpec()
                            .setStorageClassName(found.object().getMetadata().getName()));
        }
        bind(claim);
        return claim;
    }

    private void bind(FakeClaim claim) {
        String name = claim.object().getSpec().getStorageClassName();
        ClassOfStorage found = name == null ? null : classes.get(name);
        if (name == null || name.isEmpty()) {
            events.normal(
                    claim.object(),
                    "FailedBinding",
                    "no persistent volumes available for this claim and no storage class is set");
        } else if (found == null) {
            events.warning(
                    claim.object(), "ProvisioningFailed", "storageclass.storage.k8s.io \"" + name + "\" not found");
        } else if (found.waits()) {
            events.normal(
                    claim.object(), "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
        } else {
            provision(claim, found);
        }
    }

    void bindForFirstConsumer(FakeClaim claim) {
        String name = claim.object().getSpec().getStorageClassName();
        ClassOfStorage found = name == null ? null : classes.get(name);
        if (!claim.isBound() && found != null && found.waits()) {
            provision(claim, found);
        }
    }

    private void provision(FakeClaim claim, ClassOfStorage found) {
        claim.bind(
                found.provisioner().newVolume(clock, isTracing),
                found.provisioner().backEnd(),
                found.retains());
        events.normal(
                claim.object(),
                "ProvisioningSucceeded",
                "Successfully provisioned volume " + claim.object().getSpec().getVolumeName());
    }

    /** Deletes a claim at once, or as soon as the last pod that uses it is gone. */
    void delete(FakeClaim claim) {
        if (users(claim).isEmpty()) {
            claims.remove(claim.namespace() + "/" + claim.name());
            if (claim.isBound() && claim.isRetained()) {
                released.put(claim.object().getSpec().getVolumeName(), claim.volume());
            } else if (claim.isBound()) {
                claim.volume().close();
            }
        } else if (!claim.isTerminating()) {
            claim.object().getMetadata().setDeletionTimestamp(clock.instant().toString());
        }
    }

    void removePod(PodRecord record) {
        if (pods.remove(record.namespace() + "/" + record.name()) == null) {
            return;
        }
        record.removed();
        for (String name : record.claims()) {
            FakeClaim claim = findClaim(record.namespace(), name);
            if (claim != null && claim.isTerminating()) {
                delete(claim);
            }
        }
    }
}
