package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.RwxVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Claims and storage classes, and the controller that binds claims to volumes of the classes. */
final class Claims {

    private static final String CONTROLLER = "persistentvolume-controller";

    private final ClusterState state;
    private final Map<String, ClassOfStorage> classes = new LinkedHashMap<>();
    private final Map<String, FakeClaim> claims = new LinkedHashMap<>();
    private final Map<String, RwxVolume> released = new LinkedHashMap<>();

    Claims(ClusterState state) {
        this.state = state;
    }

    /** A storage class and its provisioner. */
    private record ClassOfStorage(StorageClass object, Provisioner provisioner) {
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

    @Nullable
    FakeClaim find(String namespace, String name) {
        return claims.get(namespace + "/" + name);
    }

    Collection<FakeClaim> all() {
        return claims.values();
    }

    /** Returns the volumes that outlived their claims, oldest first. */
    List<RwxVolume> released() {
        return List.copyOf(released.values());
    }

    void addClass(StorageClass object, Provisioner provisioner) {
        classes.put(object.getMetadata().getName(), new ClassOfStorage(object, provisioner));
        for (FakeClaim claim : claims.values()) {
            if (!claim.isBound()) {
                bind(claim);
            }
        }
    }

    FakeClaim add(PersistentVolumeClaim object) {
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

    /** Adds a claim that is bound to an existing volume, which is never deleted. */
    FakeClaim add(PersistentVolumeClaim object, RwxVolume volume, BackEnd backEnd) {
        FakeClaim claim = new FakeClaim(object);
        claims.put(claim.namespace() + "/" + claim.name(), claim);
        claim.bind(volume, backEnd, true);
        return claim;
    }

    private void bind(FakeClaim claim) {
        String name = claim.className();
        ClassOfStorage found = classes.get(name);
        if (name.isEmpty()) {
            tell(claim, "FailedBinding", "no persistent volumes available for this claim and no storage class is set");
        } else if (found == null) {
            state.events()
                    .warning(
                            CONTROLLER,
                            claim.live(),
                            "ProvisioningFailed",
                            "storageclass.storage.k8s.io \"" + name + "\" not found");
        } else if (found.waits()) {
            tell(claim, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
        } else {
            provision(claim, found);
        }
    }

    void bindForFirstConsumer(FakeClaim claim) {
        ClassOfStorage found = classes.get(claim.className());
        if (!claim.isBound() && found != null && found.waits()) {
            provision(claim, found);
        }
    }

    private void provision(FakeClaim claim, ClassOfStorage found) {
        Provisioner provisioner = found.provisioner();
        claim.bind(provisioner.newVolume(state), provisioner.backEnd(), found.retains());
        tell(claim, "ProvisioningSucceeded", "Successfully provisioned volume " + claim.volumeName());
    }

    private void tell(FakeClaim claim, String reason, String message) {
        state.events().normal(CONTROLLER, claim.live(), reason, message);
    }

    /** Deletes a claim at once, or when the last pod on a node that uses it has ended; other pods never start. */
    void delete(FakeClaim claim) {
        if (state.users(claim).stream().anyMatch(user -> user.node() != null)) {
            claim.terminate(state.clock().instant());
            return;
        }
        claims.remove(claim.namespace() + "/" + claim.name());
        if (claim.isBound() && claim.isRetained()) {
            released.put(claim.volumeName(), claim.volume());
        } else if (claim.isBound()) {
            claim.volume().close();
        }
    }

    /** Deletes what a deleted pod leaves behind: claims that wait for its end, and its own claims. */
    void abandonedBy(PodRecord record) {
        for (PodClaim use : record.claims()) {
            FakeClaim claim = find(record.namespace(), use.name());
            if (claim != null && (claim.isTerminating() || (use.isOwn() && claim.isOwnedBy(record.uid())))) {
                delete(claim);
            }
        }
    }
}
