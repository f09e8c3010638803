package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One server by all the names and addresses that the services of a cluster give it. */
class ServerNamesTest {

    private static ServerNames names(String... services) {
        return ServerNames.of(
                ClusterSnapshot.parse("cocalc", String.join("---\n", services)).all(Service.class));
    }

    private static String service(String name, String spec, String status) {
        return "{apiVersion: v1, kind: Service, metadata: {name: " + name + ", namespace: storage}, spec: {" + spec
                + "}, status: {" + status + "}}\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nfs.storage.svc.cluster.local",
                "nfs.storage.svc.example.org.",
                "NFS.storage",
                "10.0.0.1",
                "fd00::1",
                "192.0.2.7",
                "192.0.2.8",
                "198.51.100.4",
                "LB.example.com.",
                "alias.storage.svc",
                "second-alias.storage",
            })
    void eachNameAndAddressOfAServiceIsThatService(String written) {
        ServerNames names = names(
                service("second-alias", "type: ExternalName, externalName: alias.storage.svc.cluster.local", ""),
                service("alias", "type: ExternalName, externalName: lb.example.com", ""),
                service(
                        "nfs",
                        "clusterIP: 10.0.0.1, clusterIPs: [10.0.0.1, 'fd00:0::1'], externalIPs: [192.0.2.7],"
                                + " loadBalancerIP: 192.0.2.8",
                        "loadBalancer: {ingress: [{ip: 198.51.100.4}, {hostname: lb.example.com}, null]}"));

        assertThat(names.serverOf(written)).isEqualTo(ServerName.of("nfs.storage.svc"));
    }

    @Test
    void ofServicesThatShareAnAddressItIsTheOneOfFiles() {
        String web = service("web", "externalIPs: [192.0.2.7], ports: [{port: 443}]", "");
        String nfs = service("nfs", "externalIPs: [192.0.2.7], ports: [{port: 111}, {port: 2049}]", "");

        assertThat(names(web, nfs).serverOf("192.0.2.7")).hasToString("nfs.storage");
        assertThat(names(nfs, web).serverOf("192.0.2.7")).hasToString("nfs.storage");
    }

    @Test
    void servicesOfTheSamePodsAreOneServer() {
        ServerNames names = names(
                service("nfs", "clusterIP: 10.0.0.1, selector: {app: nfs, tier: data}", ""),
                service(
                        "nfs-lb",
                        "clusterIP: 10.0.0.2, selector: {tier: data, app: nfs}",
                        "loadBalancer: {ingress: [{ip: 198.51.100.4}]}"),
                service("other", "clusterIP: 10.0.0.3, selector: {app: nfs}", ""),
                service("bare", "clusterIP: 10.0.0.4", ""),
                service("bare-2", "clusterIP: 10.0.0.5", ""));

        assertThat(names.serverOf("198.51.100.4")).hasToString("nfs.storage");
        assertThat(names.serverOf("nfs-lb.storage.svc")).hasToString("nfs.storage");
        assertThat(names.serverOf("10.0.0.3")).hasToString("other.storage");
        assertThat(names.serverOf("10.0.0.5")).hasToString("bare-2.storage");
    }

    @Test
    void namesThatLeadInACircleEnd() {
        ServerNames names = names(
                service("a", "type: ExternalName, externalName: b.storage.svc", ""),
                service("b", "type: ExternalName, externalName: a.storage.svc", ""),
                service("c", "type: ExternalName, externalName: c.storage.svc", ""));

        assertThat(names.serverOf("a.storage.svc").value()).isIn("a.storage", "b.storage");
        assertThat(names.serverOf("c.storage.svc")).hasToString("c.storage");
    }

    @Test
    void aHeadlessServiceHasNoAddress() {
        assertThat(names(service("nfs", "clusterIP: None, clusterIPs: [None]", ""))
                        .serverOf("None"))
                .hasToString("none");
    }
}
