package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.rwx.RwxVolume;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A pod of the cluster, with its mounts and containers on the node. */
final class PodRecord {

    private final Pod pod;
    private final List<PodClaim> claims;
    private final Map<String, RwxVolume> scratch = new HashMap<>();
    private final Map<String, RunningContainer> running = new LinkedHashMap<>();
    private final List<String> log = new ArrayList<>();
    private final Set<String> madeDirectories = new HashSet<>();
    private @Nullable String node;
    private Map<String, PodVolume> mounted = Map.of();
    private boolean isInitialized;

    private final Ending ending;

    /** How a pod's containers end. */
    enum Ending {
        /** The containers run until the pod is deleted. */
        NEVER,
        /** Each container runs a program, as those of a job do. */
        BY_ITSELF
    }

    PodRecord(Pod pod, Ending ending) {
        this.pod = pod;
        this.claims = volumes().stream()
                .flatMap(volume -> PodClaim.of(pod, volume).stream())
                .toList();
        this.ending = ending;
    }

    boolean endsByItself() {
        return ending == Ending.BY_ITSELF;
    }

    Pod pod() {
        return pod;
    }

    String name() {
        return pod.getMetadata().getName();
    }

    String namespace() {
        return pod.getMetadata().getNamespace();
    }

    String uid() {
        return pod.getMetadata().getUid();
    }

    /** Returns the kubelet's directory for this pod. */
    String directory() {
        return "/var/lib/kubelet/pods/" + uid();
    }

    List<Volume> volumes() {
        return Absent.asEmpty(pod.getSpec().getVolumes());
    }

    /** Returns the claims behind the pod's volumes, in their order. */
    List<PodClaim> claims() {
        return claims;
    }

    /** Returns the init containers and the containers. */
    List<Container> allContainers() {
        List<Container> all = new ArrayList<>(Absent.asEmpty(pod.getSpec().getInitContainers()));
        all.addAll(pod.getSpec().getContainers());
        return all;
    }

    @Nullable
    String node() {
        return node;
    }

    void assign(String name) {
        node = name;
        pod.getSpec().setNodeName(name);
    }

    /** Returns the volumes that exist as long as the pod, also after failed starts and restarts. */
    Map<String, RwxVolume> scratch() {
        return scratch;
    }

    Map<String, PodVolume> mounted() {
        return mounted;
    }

    void mounted(Map<String, PodVolume> volumes) {
        mounted = volumes;
    }

    /** Returns the containers' mounts for which the kubelet has made a directory on the node. */
    Set<String> madeDirectories() {
        return madeDirectories;
    }

    boolean isInitialized() {
        return isInitialized;
    }

    void initialized() {
        isInitialized = true;
    }

    Map<String, RunningContainer> running() {
        return running;
    }

    List<String> log() {
        return log;
    }

    void stopContainers() {
        running.values().forEach(RunningContainer::stop);
        running.clear();
    }

    void removed() {
        stopContainers();
        scratch.values().forEach(RwxVolume::close);
        mounted = Map.of();
    }
}
