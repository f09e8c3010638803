package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.kubernetes.apiserver.PodSecurity;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.RwxVolumeBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** All objects of the cluster. */
final class ClusterState {

    private final List<String> nodes;
    private final Clock clock;
    private final EventLog events;
    private final Claims claims = new Claims(this);
    private final ConfigData configData = new ConfigData();
    private final Map<String, PodSecurity> namespaces = new HashMap<>();
    private final Map<String, PodRecord> pods = new LinkedHashMap<>();
    private final Map<String, RwxVolume> outside = new HashMap<>();
    private final boolean isTracing;
    private long lastUid;

    ClusterState(List<String> nodes, Clock clock, boolean isTracing) {
        this.isTracing = isTracing;
        this.nodes = List.copyOf(nodes);
        this.clock = clock;
        this.events = new EventLog(clock);
    }

    List<String> nodes() {
        return nodes;
    }

    Clock clock() {
        return clock;
    }

    /** Returns whether volumes record open handles with their stack traces. */
    boolean isTracing() {
        return isTracing;
    }

    /** Creates a volume of the cluster. */
    RwxVolume newVolume(RwxVolumeBuilder settings) {
        if (isTracing) {
            settings.traceHandles();
        }
        return settings.clock(clock).build();
    }

    /** Returns all current volumes, each once: of claims, nodes and servers, pods and their containers. */
    Set<RwxVolume> volumes() {
        Set<RwxVolume> volumes = new LinkedHashSet<>();
        claims.all().forEach(claim -> volumes.addAll(claim.volumes()));
        volumes.addAll(claims.released());
        volumes.addAll(outside.values());
        for (PodRecord pod : pods.values()) {
            volumes.addAll(pod.scratch().values());
            pod.running().values().forEach(container -> volumes.addAll(container.volumes()));
        }
        return volumes;
    }

    EventLog events() {
        return events;
    }

    Claims claims() {
        return claims;
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

    /** Returns the next uid; the sequence is the same in each run. */
    String nextUid() {
        lastUid++;
        return new UUID(0x4000L, 0x8000000000000000L | lastUid).toString();
    }

    long podsOn(String node) {
        return pods.values().stream().filter(pod -> node.equals(pod.node())).count();
    }

    /** Returns the disk of a node. */
    RwxVolume node(String name) {
        return outside.computeIfAbsent("node " + name, key -> {
            RwxVolume made = newVolume(RwxVolume.builder());
            NodeTree.populate(made);
            return made;
        });
    }

    /** Returns the volume of a directory of an NFS server that is not a claim. */
    RwxVolume outside(String place) {
        return outside.computeIfAbsent(place, key -> newVolume(RwxVolume.builder()));
    }

    /** Returns the pods that name a claim, on a node or not. */
    List<PodRecord> users(FakeClaim claim) {
        List<PodRecord> users = new ArrayList<>();
        for (PodRecord pod : pods.values()) {
            if (pod.namespace().equals(claim.namespace())
                    && pod.claims().stream().anyMatch(use -> use.name().equals(claim.name()))) {
                users.add(pod);
            }
        }
        return users;
    }

    void removePod(PodRecord record) {
        if (pods.remove(record.namespace() + "/" + record.name()) != null) {
            record.removed();
            claims.abandonedBy(record);
        }
    }
}
