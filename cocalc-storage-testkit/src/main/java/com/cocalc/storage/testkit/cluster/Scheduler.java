package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds a node for a pod: the first one of those with the fewest pods. */
final class Scheduler {

    private final ClusterState state;

    Scheduler(ClusterState state) {
        this.state = state;
    }

    String place(PodRecord record) throws Trouble {
        String wanted = record.pod().getSpec().getNodeName();
        if (wanted != null && !wanted.isEmpty()) {
            if (!state.nodes().contains(wanted)) {
                throw InvalidValueException.of(
                        "spec.nodeName",
                        "be one of the cluster's nodes " + state.nodes(),
                        MessageText.quoted(wanted),
                        "add it with FakeCluster.builder().nodes(…)");
            }
            return wanted; // nobody asks the scheduler
        }
        boolean isOnOneNode = false;
        for (PodClaim use : record.claims()) {
            FakeClaim claim = require(use, record);
            requireUsable(claim, record);
            isOnOneNode |= Export.isOnOneNode(claim.backEnd());
        }
        return choose(record, isOnOneNode);
    }

    private FakeClaim require(PodClaim use, PodRecord record) throws Trouble {
        FakeClaim claim = state.claims().find(record.namespace(), use.name());
        if (claim == null) {
            throw none(
                    use.isOwn()
                            ? "waiting for ephemeral volume controller to create the persistentvolumeclaim \""
                                    + use.name() + "\""
                            : "persistentvolumeclaim \"" + use.name() + "\" not found");
        }
        if (use.isOwn() && !claim.isOwnedBy(record.uid())) {
            throw none(NodeVolumes.notOwner(use, record));
        }
        return claim;
    }

    private void requireUsable(FakeClaim claim, PodRecord record) throws Trouble {
        if (claim.isTerminating()) {
            throw none("persistentvolumeclaim \"" + claim.name() + "\" is being deleted");
        }
        state.claims().bindForFirstConsumer(claim);
        if (!claim.isBound()) {
            throw none("pod has unbound immediate PersistentVolumeClaims");
        }
        if (claim.isOfOnePod() && state.users(claim).stream().anyMatch(user -> user != record && user.node() != null)) {
            throw none(
                    "1 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode");
        }
    }

    private String choose(PodRecord record, boolean isOnOneNode) throws Trouble {
        Map<String, String> selector = record.pod().getSpec().getNodeSelector();
        List<String> matching = new ArrayList<>();
        for (String node : state.nodes()) {
            if (selector == null || selector.isEmpty() || selector.equals(Map.of("kubernetes.io/hostname", node))) {
                matching.add(node);
            }
        }
        if (matching.isEmpty()) {
            throw none(state.nodes().size() + " node(s) didn't match Pod's node affinity/selector");
        }
        if (isOnOneNode) {
            matching.retainAll(List.of(state.nodes().get(0)));
            if (matching.isEmpty()) {
                throw none(state.nodes().size() + " node(s) had volume node affinity conflict");
            }
        }
        String best = matching.get(0);
        for (String node : matching) {
            if (state.podsOn(node) < state.podsOn(best)) {
                best = node;
            }
        }
        return best;
    }

    private Trouble none(String why) {
        int nodes = state.nodes().size();
        return Trouble.scheduling("0/" + nodes + " nodes are available: " + why + ". preemption: 0/" + nodes
                + " nodes are available: " + nodes + " Preemption is not helpful for scheduling.");
    }
}
