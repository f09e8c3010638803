package com.cocalc.storage.testkit.cluster;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.apiserver.PodSecurity;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.VirtualTime;
import com.cocalc.storage.testkit.cluster.program.Command;
import com.cocalc.storage.testkit.cluster.program.Programs;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The settings of a cluster. By default it has a node {@code node-1} and the namespace {@code default}. */
public final class FakeClusterBuilder {

    List<String> nodes = List.of("node-1");
    Clock clock = new VirtualTime();
    KubeletVersion kubelet = KubeletVersion.V1_34;
    ContainerRuntime runtime = ContainerRuntime.CONTAINERD_1_7;
    Programs programs = Programs.standard();
    ContainerImage defaultImage = ContainerImage.standard();
    boolean isTracing;
    final Map<String, ContainerImage> images = new HashMap<>();
    final Map<String, PodSecurity> namespaces = new LinkedHashMap<>();
    final List<Consumer<FakeCluster>> objects = new ArrayList<>();

    FakeClusterBuilder() {}

    /**
     * Names the nodes.
     *
     * @param names at least one
     * @return this builder
     * @throws IllegalArgumentException if there is no name, or a name occurs twice
     */
    public FakeClusterBuilder nodes(String... names) {
        List<String> list = List.of(names);
        if (list.isEmpty() || list.stream().distinct().count() < list.size()) {
            throw InvalidValueException.of(
                    "nodes", "be different names, at least one", String.valueOf(list), "write for example \"node-1\"");
        }
        nodes = list;
        return this;
    }

    /**
     * Sets the clock for the times of events and files, instead of a virtual one.
     *
     * @param source the clock
     * @return this builder
     */
    public FakeClusterBuilder clock(Clock source) {
        clock = requireNonNull(source, "source");
        return this;
    }

    /**
     * Keeps the stack trace of each opening of a file, for {@link FakeCluster#openHandles()}. This takes about a
     * microsecond per opening.
     *
     * @return this builder
     */
    public FakeClusterBuilder traceHandles() {
        isTracing = true;
        return this;
    }

    /**
     * Sets the kubelet of all nodes.
     *
     * @param version the version, by default {@link KubeletVersion#V1_34}
     * @return this builder
     */
    public FakeClusterBuilder kubelet(KubeletVersion version) {
        kubelet = requireNonNull(version, "version");
        return this;
    }

    /**
     * Sets the container runtime of all nodes.
     *
     * @param profile the runtime, by default {@link ContainerRuntime#CONTAINERD_1_7}
     * @return this builder
     */
    public FakeClusterBuilder runtime(ContainerRuntime profile) {
        runtime = requireNonNull(profile, "profile");
        return this;
    }

    /**
     * Adds a namespace. The namespace {@code default} always exists, and enforces {@code privileged} unless it is added
     * here.
     *
     * @param name the namespace
     * @param enforced the Pod Security level that it enforces
     * @return this builder
     */
    public FakeClusterBuilder namespace(String name, PodSecurity enforced) {
        namespaces.put(requireNonNull(name, "name"), requireNonNull(enforced, "enforced"));
        return this;
    }

    /**
     * Sets the contents of an image.
     *
     * @param reference the name of the image in pods
     * @param image its contents
     * @return this builder
     */
    public FakeClusterBuilder image(String reference, ContainerImage image) {
        images.put(requireNonNull(reference, "reference"), requireNonNull(image, "image"));
        return this;
    }

    /**
     * Sets the contents of all other images.
     *
     * @param image the contents, by default {@link ContainerImage#standard()}
     * @return this builder
     */
    public FakeClusterBuilder anyImage(ContainerImage image) {
        defaultImage = requireNonNull(image, "image");
        return this;
    }

    /**
     * Adds a program that init containers can run, or replaces the one with the same name.
     *
     * @param name the last element of its path
     * @param command the program
     * @return this builder
     */
    public FakeClusterBuilder command(String name, Command command) {
        programs = programs.with(requireNonNull(name, "name"), requireNonNull(command, "command"));
        return this;
    }

    /**
     * Adds a storage class whose volumes are deleted with their claims.
     *
     * @param name the class
     * @param backEnd the storage; the root of a new volume has mode 0755
     * @return this builder
     */
    public FakeClusterBuilder storageClass(String name, BackEnd backEnd) {
        return storageClass(name, Provisioner.of(backEnd));
    }

    /**
     * Adds a storage class whose volumes are deleted with their claims.
     *
     * @param name the class
     * @param provisioner the provisioner of its volumes
     * @return this builder
     */
    public FakeClusterBuilder storageClass(String name, Provisioner provisioner) {
        return storageClass(UsualObjects.storageClass(name), provisioner);
    }

    /**
     * Adds a storage class.
     *
     * @param object the class, with its reclaim policy, its binding mode, and whether it is the default
     * @param provisioner the provisioner of its volumes
     * @return this builder
     */
    public FakeClusterBuilder storageClass(StorageClass object, Provisioner provisioner) {
        requireNonNull(object, "object");
        requireNonNull(provisioner, "provisioner");
        objects.add(cluster -> cluster.createStorageClass(object, provisioner));
        return this;
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
        return this;
    }

    /**
     * Adds a {@code ReadWriteMany} claim in the namespace {@code default} that is bound to a given volume, for example
     * one that contains files, has a small capacity or {@linkplain RwxVolume#crash crashes}.
     *
     * @param name the claim
     * @param volume the volume with its own clock, which outlives the claim
     * @param backEnd the back end, which maps the users of the clients
     * @return this builder
     */
    public FakeClusterBuilder claim(String name, RwxVolume volume, BackEnd backEnd) {
        requireNonNull(volume, "volume");
        requireNonNull(backEnd, "backEnd");
        PersistentVolumeClaim object = UsualObjects.claim(name, "");
        objects.add(cluster -> cluster.createClaim(object, volume, backEnd));
        return this;
    }

    /**
     * Adds the claims of an installation: data, software and, if it is a separate claim, shares.
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
        return this;
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
        return this;
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
        return this;
    }

    /**
     * Creates the cluster.
     *
     * @return the cluster
     * @throws RefusedException if the API server refuses one of the objects
     */
    public FakeCluster build() {
        return new FakeCluster(this);
    }
}
