package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The network policy that keeps projects away from the NFS server: only nodes, which mount, reach its ports.
 *
 * <p>Without it, any program in any project can speak NFS to the server and read all projects, whatever is mounted
 * where. The policy works only if the cluster's network plugin enforces policies, and if the addresses of nodes and of
 * pods are in different ranges.
 *
 * <pre>{@code
 * NfsServer server = NfsServer.builder("storage", "nfs-server").build();
 * NfsIsolation isolation = NfsIsolation.builder(server).nodes("10.0.0.0/16").build();
 * System.out.println(KubernetesText.yaml(isolation.networkPolicy()));
 * }</pre>
 */
public final class NfsIsolation {

    /** The chart's fixed ports of nfs, rpcbind, mountd, statd, rquotad and nlockmgr. */
    private static final List<Integer> VERSION_3 = List.of(2049, 111, 20048, 662, 875, 32803);

    private static final int NFS = 2049;

    private final NfsServer server;
    private final List<NetworkRange> nodes;
    private final List<NetworkRange> exceptions;

    private NfsIsolation(NfsServer server, Set<NetworkRange> nodes, Set<NetworkRange> exceptions) {
        this.server = server;
        this.nodes = List.copyOf(nodes);
        this.exceptions = List.copyOf(exceptions);
    }

    /**
     * Creates a builder without any allowed addresses.
     *
     * @param server the server to protect
     * @return a new builder
     */
    public static Builder builder(NfsServer server) {
        return new Builder(requireNonNull(server, "server"));
    }

    /**
     * Returns the policy, in the server's namespace. It does not limit what the server itself may reach.
     *
     * @return the policy
     */
    public NetworkPolicy networkPolicy() {
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(server.release().fullName() + "-nodes-only");
        metadata.setNamespace(server.namespace());
        LabelSelector pods = new LabelSelector();
        pods.setMatchLabels(server.release().podLabels());
        NetworkPolicyIngressRule rule = new NetworkPolicyIngressRule();
        rule.setFrom(peers());
        rule.setPorts(ports());
        NetworkPolicySpec spec = new NetworkPolicySpec();
        spec.setPodSelector(pods);
        // Absent means ingress today, and whatever egress rules there are; written, it means what it says.
        spec.setPolicyTypes(new ArrayList<>(List.of("Ingress")));
        spec.setIngress(new ArrayList<>(List.of(rule)));
        NetworkPolicy policy = new NetworkPolicy();
        policy.setMetadata(metadata);
        policy.setSpec(spec);
        return policy;
    }

    private List<NetworkPolicyPeer> peers() {
        List<NetworkPolicyPeer> peers = new ArrayList<>(nodes.size());
        for (NetworkRange range : nodes) {
            IPBlock block = new IPBlock();
            block.setCidr(range.toString());
            List<String> except = exceptions.stream()
                    .filter(range::strictlyContains)
                    .map(NetworkRange::toString)
                    .toList();
            block.setExcept(new ArrayList<>(except));
            NetworkPolicyPeer peer = new NetworkPolicyPeer();
            peer.setIpBlock(block);
            peers.add(peer);
        }
        return peers;
    }

    /**
     * Returns the ports. NFS 4 needs one TCP port; any other version needs the additional protocols of NFS 3, which
     * also use UDP.
     */
    private List<NetworkPolicyPort> ports() {
        List<NetworkPolicyPort> ports = new ArrayList<>();
        if (server.mountOptions()
                .version()
                .filter(version -> version.startsWith("4"))
                .isPresent()) {
            ports.add(port(NFS, "TCP"));
            return ports;
        }
        for (int number : VERSION_3) {
            ports.add(port(number, "TCP"));
            ports.add(port(number, "UDP"));
        }
        return ports;
    }

    private static NetworkPolicyPort port(int number, String protocol) {
        NetworkPolicyPort port = new NetworkPolicyPort();
        port.setPort(new IntOrString(number));
        port.setProtocol(protocol);
        return port;
    }

    /**
     * {@return cautions about settings that work but protect nothing: one for each range that contains all addresses}
     */
    public List<Caution> cautions() {
        return nodes.stream()
                .filter(NetworkRange::isEverywhere)
                .map(range -> new Caution(
                        "nodes",
                        range.toString(),
                        "every pod of the cluster reaches the server, and with it all projects",
                        "name the ranges of the nodes, as `kubectl get nodes -o wide` lists them"))
                .toList();
    }

    /** Collects ranges; {@link #build()} checks them together. */
    public static final class Builder {

        private final NfsServer server;
        private final Set<NetworkRange> nodes = new LinkedHashSet<>();
        private final Set<NetworkRange> exceptions = new LinkedHashSet<>();

        private Builder(NfsServer server) {
            this.server = server;
        }

        /**
         * Allows nodes to reach the server.
         *
         * @param range the addresses of nodes, IPv4 or IPv6
         * @return this builder
         */
        public Builder nodes(NetworkRange range) {
            nodes.add(requireNonNull(range, "range"));
            return this;
        }

        /**
         * Allows nodes to reach the server.
         *
         * @param range for example {@code 10.0.0.0/16}
         * @return this builder
         * @throws IllegalArgumentException as {@link NetworkRange#parse} says
         */
        public Builder nodes(String range) {
            return nodes(NetworkRange.parse(range));
        }

        /**
         * Excludes a part of the ranges of nodes, for example that of pods.
         *
         * @param range strictly inside a range of nodes
         * @return this builder
         */
        public Builder except(NetworkRange range) {
            exceptions.add(requireNonNull(range, "range"));
            return this;
        }

        /**
         * Excludes a part of the ranges of nodes, for example that of pods.
         *
         * @param range strictly inside a range of nodes
         * @return this builder
         * @throws IllegalArgumentException as {@link NetworkRange#parse} says
         */
        public Builder except(String range) {
            return except(NetworkRange.parse(range));
        }

        /**
         * Creates the rule, after checking the ranges together.
         *
         * @return the rule
         * @throws IllegalArgumentException if there are no nodes, or an exception is not strictly inside a range of
         *     them, or would have no effect because another range is inside it
         */
        public NfsIsolation build() {
            if (nodes.isEmpty()) {
                throw InvalidValueException.of(
                        "nodes",
                        "have at least one range",
                        "empty",
                        "name those of `kubectl get nodes -o wide`, or nothing can mount");
            }
            for (NetworkRange exception : exceptions) {
                if (nodes.stream().noneMatch(range -> range.strictlyContains(exception))) {
                    throw refused(
                            exception, "lie strictly inside a range of nodes", "remove it, it is not allowed anyway");
                }
                for (NetworkRange range : nodes) {
                    if (range.equals(exception) || exception.strictlyContains(range)) {
                        throw refused(exception, "hold no range of nodes", "remove it, or the range " + range);
                    }
                }
            }
            return new NfsIsolation(server, nodes, exceptions);
        }

        private InvalidValueException refused(NetworkRange exception, String rule, String remedy) {
            return InvalidValueException.of("except", rule, exception + " with nodes " + nodes, remedy);
        }
    }
}
