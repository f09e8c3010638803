package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which names and addresses lead to one server, as far as the services of a cluster tell. */
final class ServerNames {

    /** A cluster may have another domain than {@code cluster.local}. */
    private static final Pattern IN_ANY_DOMAIN =
            Pattern.compile("([a-z0-9-]{1,63}\\.[a-z0-9-]{1,63})\\.svc(?:\\..{1,253})?");

    private static final String SERVICE_OF_SLICE = "kubernetes.io/service-name";

    /** Of NFS and of SMB. */
    private static final Set<Integer> FILE_PORTS = Set.of(2049, 445);

    private final Set<String> services = new HashSet<>();
    private final Map<ServerName, ServerName> servers = new HashMap<>();
    private final Map<List<Object>, ServerName> bySelector = new HashMap<>();

    /** Services with unknown servers behind them: they select no pods, and no addresses are listed. */
    private final Set<ServerName> open = new HashSet<>();

    private ServerNames() {}

    static ServerNames of(List<Service> services) {
        return of(services, List.of(), List.of());
    }

    static ServerNames of(ClusterSnapshot snapshot) {
        return of(snapshot.all(Service.class), snapshot.all(Endpoints.class), snapshot.endpointSlices());
    }

    private static ServerNames of(
            List<Service> services, List<Endpoints> endpoints, List<GenericKubernetesResource> slices) {
        ServerNames names = new ServerNames();
        // Services can share an address, and only one of them has files behind it.
        services.stream().filter(ServerNames::servesFiles).forEach(names::add);
        services.stream().filter(service -> !servesFiles(service)).forEach(names::add);
        endpoints.forEach(names::addBehind);
        slices.forEach(names::addBehind);
        return names;
    }

    private void addBehind(GenericKubernetesResource slice) {
        ObjectMeta meta = Absent.asEmpty(slice.getMetadata(), ObjectMeta::new);
        ServerName service = nameOf(Absent.asEmpty(meta.getLabels()).get(SERVICE_OF_SLICE), meta.getNamespace());
        if (service != null && slice.getAdditionalProperties().get("endpoints") instanceof List<?> endpoints) {
            for (Object endpoint : endpoints) {
                if (endpoint instanceof Map<?, ?> fields && fields.get("addresses") instanceof List<?> addresses) {
                    for (Object address : addresses) {
                        if (address instanceof String ip) {
                            addBehind(service, ip);
                        }
                    }
                }
            }
        }
    }

    private void addBehind(Endpoints endpoints) {
        ServerName service = nameOf(endpoints);
        for (EndpointSubset subset : Absent.asEmpty(endpoints.getSubsets())) {
            for (EndpointAddress address : Absent.asEmpty(subset == null ? null : subset.getAddresses())) {
                String ip = address == null ? "" : Absent.asEmpty(address.getIp());
                if (service != null && !ip.isEmpty()) {
                    addBehind(service, ip);
                }
            }
        }
    }

    /** What is behind two services is one server for both. */
    private void addBehind(ServerName service, String address) {
        open.remove(service);
        ServerName other = servers.putIfAbsent(ServerName.of(address), service);
        if (other != null && !other.equals(service)) {
            servers.putIfAbsent(service, other);
        }
    }

    private static @Nullable ServerName nameOf(HasMetadata object) {
        ObjectMeta meta = Absent.asEmpty(object.getMetadata(), ObjectMeta::new);
        return nameOf(meta.getName(), meta.getNamespace());
    }

    private static @Nullable ServerName nameOf(@Nullable String service, @Nullable String namespace) {
        return Absent.isEmpty(service) || Absent.isEmpty(namespace)
                ? null
                : ServerName.of(service + "." + namespace + ".svc");
    }

    private static boolean servesFiles(Service service) {
        ServiceSpec spec = Absent.asEmpty(service.getSpec(), ServiceSpec::new);
        return Absent.asEmpty(spec.getPorts()).stream()
                .anyMatch(port -> port != null && port.getPort() != null && FILE_PORTS.contains(port.getPort()));
    }

    private void add(Service service) {
        ServerName name = nameOf(service);
        if (name == null) {
            return;
        }
        services.add(name.value());
        ServiceSpec spec = Absent.asEmpty(service.getSpec(), ServiceSpec::new);
        if ("ExternalName".equals(spec.getType()) && !Absent.isEmpty(spec.getExternalName())) {
            servers.put(name, ServerName.of(spec.getExternalName()));
            return;
        }
        Map<String, String> selector = Absent.asEmpty(spec.getSelector());
        if (selector.isEmpty()) {
            open.add(name);
        }
        ServerName first = selector.isEmpty()
                ? null
                : bySelector.putIfAbsent(List.of(service.getMetadata().getNamespace(), selector), name);
        if (first != null) {
            servers.put(name, first); // the same pods
        }
        lead(spec.getClusterIP(), name);
        lead(spec.getLoadBalancerIP(), name);
        Absent.asEmpty(spec.getClusterIPs()).forEach(address -> lead(address, name));
        Absent.asEmpty(spec.getExternalIPs()).forEach(address -> lead(address, name));
        ServiceStatus status = Absent.asEmpty(service.getStatus(), ServiceStatus::new);
        LoadBalancerStatus balancer = Absent.asEmpty(status.getLoadBalancer(), LoadBalancerStatus::new);
        for (LoadBalancerIngress ingress : Absent.asEmpty(balancer.getIngress())) {
            if (ingress != null) {
                lead(ingress.getIp(), name);
                lead(ingress.getHostname(), name);
            }
        }
    }

    private void lead(@Nullable String address, ServerName to) {
        String given = Absent.asEmpty(address);
        if (!given.isEmpty() && !given.equals("None")) {
            servers.putIfAbsent(ServerName.of(given), to);
        }
    }

    /** The server that a name or an address leads to, in as many steps as it takes. */
    ServerName serverOf(String written) {
        ServerName name = serviceOf(ServerName.of(written));
        Set<ServerName> passed = new HashSet<>();
        for (ServerName next = servers.get(name); next != null && passed.add(name); next = servers.get(name)) {
            name = serviceOf(next);
        }
        return name;
    }

    private ServerName serviceOf(ServerName name) {
        Matcher service = IN_ANY_DOMAIN.matcher(name.value());
        boolean isListed = service.matches() && services.contains(service.group(1));
        return isListed ? ServerName.of(service.group(1) + ".svc") : name;
    }

    /** Whether one may be an address of the other, a service that nobody listed, or is behind it. */
    boolean mayBeOne(ServerName one, ServerName other) {
        return (one.isAddress() && isUntold(other))
                || (other.isAddress() && isUntold(one))
                || (open.contains(one) && open.contains(other));
    }

    private boolean isUntold(ServerName name) {
        return open.contains(name) || (name.isService() && !services.contains(name.value()));
    }
}
