package com.cocalc.storage.testkit.cluster;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.kubernetes.apiserver.PodSecurity;
import com.cocalc.storage.rwx.VirtualTime;
import com.cocalc.storage.testkit.cluster.program.Command;
import com.cocalc.storage.testkit.cluster.program.Programs;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of a cluster: a node {@code node-1}, the namespace {@code default}, and what is added here. */
public final class FakeClusterBuilder extends ClusterObjects {

    List<String> nodes = List.of("node-1");
    Clock clock = new VirtualTime();
    KubeletVersion kubelet = KubeletVersion.V1_34;
    ContainerRuntime runtime = ContainerRuntime.CONTAINERD_1_7;
    Programs programs = Programs.standard();
    ContainerImage defaultImage = ContainerImage.standard();
    boolean isTracing;
    final Map<String, ContainerImage> images = new HashMap<>();
    final Map<String, PodSecurity> namespaces = new LinkedHashMap<>();

    FakeClusterBuilder() {}

    @Override
    FakeClusterBuilder self() {
        return this;
    }

    /**
     * Names the nodes.
     *
     * @param names at least one
     * @return this builder
     * @throws IllegalArgumentException if there is none, or one comes twice
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
     * Takes times of events and files from this clock instead of a virtual one.
     *
     * @param source the clock
     * @return this builder
     */
    public FakeClusterBuilder clock(Clock source) {
        clock = requireNonNull(source, "source");
        return this;
    }

    /**
     * Keeps the stack trace of each opening of a file, for {@link FakeCluster#openHandles()}. Costs about a microsecond
     * per opening.
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
     * @param version {@link KubeletVersion#V1_34} unless set
     * @return this builder
     */
    public FakeClusterBuilder kubelet(KubeletVersion version) {
        kubelet = requireNonNull(version, "version");
        return this;
    }

    /**
     * Sets the container runtime of all nodes.
     *
     * @param profile {@link ContainerRuntime#CONTAINERD_1_7} unless set
     * @return this builder
     */
    public FakeClusterBuilder runtime(ContainerRuntime profile) {
        runtime = requireNonNull(profile, "profile");
        return this;
    }

    /**
     * Adds a namespace; {@code default} is there, and {@code privileged} unless it is given here.
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
     * Sets what an image brings.
     *
     * @param reference the image as pods name it
     * @param image its contents
     * @return this builder
     */
    public FakeClusterBuilder image(String reference, ContainerImage image) {
        images.put(requireNonNull(reference, "reference"), requireNonNull(image, "image"));
        return this;
    }

    /**
     * Sets what all other images bring.
     *
     * @param image {@link ContainerImage#standard()} unless set
     * @return this builder
     */
    public FakeClusterBuilder anyImage(ContainerImage image) {
        defaultImage = requireNonNull(image, "image");
        return this;
    }

    /**
     * Lets init containers run one more program, or another one of a name.
     *
     * @param name the last element of its path
     * @param command what it does
     * @return this builder
     */
    public FakeClusterBuilder command(String name, Command command) {
        programs = programs.with(requireNonNull(name, "name"), requireNonNull(command, "command"));
        return this;
    }

    /**
     * Makes the cluster.
     *
     * @return the cluster
     * @throws RefusedException if the API server refuses one of the objects
     */
    public FakeCluster build() {
        return new FakeCluster(this);
    }
}
