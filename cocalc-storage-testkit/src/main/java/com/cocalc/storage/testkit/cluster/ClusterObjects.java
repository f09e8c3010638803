package com.cocalc.storage.testkit.cluster;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.RwxVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The objects that a cluster starts with: storage classes, claims, config maps and secrets. */
abstract sealed class ClusterObjects permits FakeClusterBuilder {

    final List<Consumer<FakeCluster>> objects = new ArrayList<>();

    abstract FakeClusterBuilder self();

    /**
     * Adds a storage class whose volumes are deleted with their claims.
     *
     * @param name the class
     * @param backEnd the storage; the root of a fresh volume is 0755
     * @return this builder
     */
    public FakeClusterBuilder storageClass(String name, BackEnd backEnd) {
        return storageClass(name, Provisioner.of(backEnd));
    }

    /**
     * Adds a storage class whose volumes are deleted with their claims.
     *
     * @param name the class
     * @param provisioner what makes its volumes
     * @return this builder
     */
    public FakeClusterBuilder storageClass(String name, Provisioner provisioner) {
        return storageClass(UsualObjects.storageClass(name), provisioner);
    }

    /**
     * Adds a storage class.
     *
     * @param object the class, with its reclaim policy, its binding mode, and whether it is the default
     * @param provisioner what makes its volumes
     * @return this builder
     */
    public FakeClusterBuilder storageClass(StorageClass object, Provisioner provisioner) {
        requireNonNull(object, "object");
        requireNonNull(provisioner, "provisioner");
        objects.add(cluster -> cluster.createStorageClass(object, provisioner));
        return self();
    }

    /**
     * Adds a {@code ReadWriteMany} claim of 10Gi in the namespace {@code default}.
     *
     * @param name the claim
     * @param storageClass its class
     * @return this builder
     */
    public FakeClusterBuilder claim(String name, String storageClass) {
        return claim(UsualObjects.claim(name, storageClass));
    }

    /**
     * Adds a claim.
     *
     * @param object the claim
     * @return this builder
     */
    public FakeClusterBuilder claim(PersistentVolumeClaim object) {
        requireNonNull(object, "object");
        objects.add(cluster -> cluster.createClaim(object));
        return self();
    }

    /**
     * Adds a {@code ReadWriteMany} claim in the namespace {@code default} that is bound to a volume of the test's own:
     * one that holds files already, fills up, or {@linkplain RwxVolume#crash crashes}.
     *
     * @param name the claim
     * @param volume the files, with a clock of its own; they outlive the claim
     * @param backEnd how its server takes its clients
     * @return this builder
     */
    public FakeClusterBuilder claim(String name, RwxVolume volume, BackEnd backEnd) {
        requireNonNull(volume, "volume");
        requireNonNull(backEnd, "backEnd");
        PersistentVolumeClaim object = UsualObjects.claim(name, "");
        objects.add(cluster -> cluster.createClaim(object, volume, backEnd));
        return self();
    }

    /**
     * Adds the claims of an installation: data, software and, where it is one of its own, shares.
     *
     * @param config the installation
     * @param storageClass the class of all of them
     * @return this builder
     */
    public FakeClusterBuilder claimsOf(StorageConfig config, String storageClass) {
        claim(config.dataClaim().value(), storageClass);
        claim(config.softwareClaim().value(), storageClass);
        if (!config.sharesOnDataClaim()) {
            claim(config.sharesClaim().value(), storageClass);
        }
        return self();
    }

    /**
     * Adds a config map to the namespace {@code default}.
     *
     * @param name its name
     * @param data its entries
     * @return this builder
     */
    public FakeClusterBuilder configMap(String name, Map<String, String> data) {
        Map<String, String> copy = Map.copyOf(data);
        objects.add(cluster -> cluster.putData("configmap", name, copy));
        return self();
    }

    /**
     * Adds a secret to the namespace {@code default}.
     *
     * @param name its name
     * @param data its entries, decoded
     * @return this builder
     */
    public FakeClusterBuilder secret(String name, Map<String, String> data) {
        Map<String, String> copy = Map.copyOf(data);
        objects.add(cluster -> cluster.putData("secret", name, copy));
        return self();
    }
}
