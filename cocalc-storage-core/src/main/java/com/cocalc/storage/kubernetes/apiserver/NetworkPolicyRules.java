package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.NameRules;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API server's rules for the form of a network policy. */
final class NetworkPolicyRules {

    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
    private static final List<String> POLICY_TYPES = List.of("Ingress", "Egress");

    private final Faults faults;

    private NetworkPolicyRules(Faults faults) {
        this.faults = faults;
    }

    static void check(NetworkPolicy policy, Faults faults) {
        MetadataRules.check(Absent.asEmpty(policy.getMetadata(), ObjectMeta::new), faults);
        new NetworkPolicyRules(faults).checkSpec(Absent.asEmpty(policy.getSpec(), NetworkPolicySpec::new));
    }

    private void checkSpec(NetworkPolicySpec spec) {
        FieldPath at = FieldPath.of("spec");
        LabelSelectorRules.check(spec.getPodSelector(), at.child("podSelector"), faults);
        List<NetworkPolicyIngressRule> ingress = Absent.asEmpty(spec.getIngress());
        for (int i = 0; i < ingress.size(); i++) {
            NetworkPolicyIngressRule rule = Absent.asEmpty(ingress.get(i), NetworkPolicyIngressRule::new);
            checkRule(
                    rule.getPorts(), rule.getFrom(), "from", at.child("ingress").index(i));
        }
        List<NetworkPolicyEgressRule> egress = Absent.asEmpty(spec.getEgress());
        for (int i = 0; i < egress.size(); i++) {
            NetworkPolicyEgressRule rule = Absent.asEmpty(egress.get(i), NetworkPolicyEgressRule::new);
            checkRule(rule.getPorts(), rule.getTo(), "to", at.child("egress").index(i));
        }
        List<String> types = Absent.asEmpty(spec.getPolicyTypes());
        if (types.size() > POLICY_TYPES.size()) {
            faults.invalid(at.child("policyTypes"), types, "may not specify more than two policyTypes");
            return;
        }
        for (int i = 0; i < types.size(); i++) {
            String type = Absent.asEmpty(types.get(i));
            VolumeSourceRules.unsupported(
                    type, POLICY_TYPES, at.child("policyTypes").index(i), faults);
        }
    }

    private void checkRule(
            @Nullable List<NetworkPolicyPort> ports,
            @Nullable List<NetworkPolicyPeer> peers,
            String peersField,
            FieldPath at) {
        List<NetworkPolicyPort> portList = Absent.asEmpty(ports);
        for (int i = 0; i < portList.size(); i++) {
            checkPort(
                    Absent.asEmpty(portList.get(i), NetworkPolicyPort::new),
                    at.child("ports").index(i));
        }
        List<NetworkPolicyPeer> peerList = Absent.asEmpty(peers);
        for (int i = 0; i < peerList.size(); i++) {
            checkPeer(
                    Absent.asEmpty(peerList.get(i), NetworkPolicyPeer::new),
                    at.child(peersField).index(i));
        }
    }

    private void checkPort(NetworkPolicyPort port, FieldPath at) {
        VolumeSourceRules.unsupported(port.getProtocol(), PROTOCOLS, at.child("protocol"), faults);
        IntOrString given = port.getPort();
        Integer end = port.getEndPort();
        if (given == null) {
            if (end != null) {
                faults.invalid(at.child("endPort"), end, "may not be specified when `port` is not specified");
            }
        } else if (given.getStrVal() != null) {
            if (end != null) {
                faults.invalid(at.child("endPort"), end, "may not be specified when `port` is non-numeric");
            }
            MetadataRules.invalid(
                    at.child("port"), given.getStrVal(), NameRules.findPortNameFault(given.getStrVal()), faults);
        } else {
            int number = given.getIntVal() == null ? 0 : given.getIntVal();
            MetadataRules.invalid(at.child("port"), number, NameRules.findPortFault(number), faults);
            if (end != null) {
                MetadataRules.invalid(
                        at.child("endPort"),
                        number,
                        end < number ? "must be greater than or equal to `port`" : null,
                        faults);
                MetadataRules.invalid(at.child("endPort"), end, NameRules.findPortFault(end), faults);
            }
        }
    }

    private void checkPeer(NetworkPolicyPeer peer, FieldPath at) {
        LabelSelectorRules.check(peer.getPodSelector(), at.child("podSelector"), faults);
        LabelSelectorRules.check(peer.getNamespaceSelector(), at.child("namespaceSelector"), faults);
        if (peer.getIpBlock() != null) {
            checkBlock(peer.getIpBlock(), at.child("ipBlock"));
        }
        boolean selected = peer.getPodSelector() != null || peer.getNamespaceSelector() != null;
        if (!selected && peer.getIpBlock() == null) {
            faults.required(at, "must specify a peer");
        } else if (selected && peer.getIpBlock() != null) {
            faults.forbidden(at, "may not specify both ipBlock and another peer");
        }
    }

    private void checkBlock(IPBlock block, FieldPath at) {
        String text = Absent.asEmpty(block.getCidr());
        if (text.isEmpty()) {
            faults.required(at.child("cidr"), "");
            return;
        }
        CidrText cidr = CidrText.parse(text);
        if (cidr == null) {
            faults.invalid(at.child("cidr"), text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
            return;
        }
        List<String> excepts = Absent.asEmpty(block.getExcept());
        for (int i = 0; i < excepts.size(); i++) {
            String except = Absent.asEmpty(excepts.get(i));
            CidrText inner = CidrText.parse(except);
            FieldPath path = at.child("except").index(i);
            if (inner == null) {
                faults.invalid(path, except, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
            } else if (!cidr.strictlyContains(inner)) {
                faults.invalid(path, except, "must be a strict subset of `cidr`");
            }
        }
    }
}
