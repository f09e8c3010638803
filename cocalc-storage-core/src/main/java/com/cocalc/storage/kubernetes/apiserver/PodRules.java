package com.cocalc.storage.kubernetes.apiserver;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API server's rules for a pod, and for the template of one. */
public final class PodRules {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath CONTAINERS = SPEC.child("containers");
    private static final FieldPath INIT_CONTAINERS = SPEC.child("initContainers");
    private static final FieldPath EPHEMERAL_CONTAINERS = SPEC.child("ephemeralContainers");

    private final PodSpec spec;
    private final ResourceDefaults defaults;
    private final PortRules ports;
    private final Faults faults;

    private PodRules(PodSpec spec, ResourceDefaults defaults, PortRules ports, Faults faults) {
        this.spec = spec;
        this.defaults = defaults;
        this.ports = ports;
        this.faults = faults;
    }

    public static void check(Pod pod, Faults faults) {
        PodRules rules = checkLiving(pod, faults);
        if (!Absent.asEmpty(rules.spec.getEphemeralContainers()).isEmpty()) {
            faults.forbidden(EPHEMERAL_CONTAINERS, "cannot be set on create");
        }
    }

    /** The same of a pod that a server has taken already: debugging may have added to it since. */
    public static PodRules checkLiving(Pod pod, Faults faults) {
        ObjectMeta metadata = Absent.asEmpty(pod.getMetadata(), ObjectMeta::new);
        MetadataRules.check(metadata, faults);
        PodSpec spec = Absent.asEmpty(pod.getSpec(), PodSpec::new);
        boolean onNodesNetwork = Absent.isTrue(spec.getHostNetwork());
        PodRules rules = new PodRules(spec, ResourceDefaults.POD, new PortRules(onNodesNetwork, faults), faults);
        rules.checkSpec(Absent.asEmpty(metadata.getName()), Absent.asEmpty(metadata.getLabels()));
        rules.checkOnlyForPods();
        return rules;
    }

    /** The server's paths of a template's labels lack {@code metadata}. */
    public static void check(PodTemplateSpec template, Faults faults) {
        ObjectMeta metadata = Absent.asEmpty(template.getMetadata(), ObjectMeta::new);
        FieldPath place = FieldPath.of("metadata");
        MetadataRules.checkLabels(metadata.getLabels(), FieldPath.of("labels").placedAt(place.child("labels")), faults);
        MetadataRules.checkAnnotations(
                metadata.getAnnotations(), FieldPath.of("annotations").placedAt(place.child("annotations")), faults);
        PodSpec spec = Absent.asEmpty(template.getSpec(), PodSpec::new);
        PodRules rules = new PodRules(spec, ResourceDefaults.TEMPLATE, new PortRules(false, faults), faults);
        rules.checkSpec("", Map.of());
        if (!Absent.asEmpty(rules.spec.getEphemeralContainers()).isEmpty()) {
            faults.forbidden(EPHEMERAL_CONTAINERS, "ephemeral containers not allowed in pod template");
        }
    }

    private void checkSpec(String podName, Map<String, String> labels) {
        Map<String, Volume> volumes =
                VolumeRules.check(Absent.asEmpty(spec.getVolumes()), podName, SPEC.child("volumes"), faults);
        ResourceClaimRules claims = new ResourceClaimRules(spec.getResourceClaims(), faults);
        claims.checkPod(SPEC.child("resourceClaims"));
        ContainerRules rules = new ContainerRules(volumes, claims, spec, faults);
        checkContainers(rules);
        checkInitContainers(rules);
        checkEphemeralContainers(rules);
        new PodResourceRules(spec, defaults, faults).check(claims, SPEC.child("resources"));
        if (Absent.isTrue(spec.getHostNetwork())) {
            ports.checkHostNetwork(Absent.asEmpty(spec.getContainers()), CONTAINERS);
        }
        unsupported(spec.getRestartPolicy(), List.of("Always", "OnFailure", "Never"), "restartPolicy");
        unsupported(
                spec.getDnsPolicy(),
                List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"),
                "dnsPolicy");
        MetadataRules.checkLabels(spec.getNodeSelector(), SPEC.child("nodeSelector"), faults);
        SecurityContextRules.checkPod(spec, SPEC.child("securityContext"), faults);
        new AffinityRules(labels, faults).check(spec.getAffinity(), SPEC.child("affinity"));
        DnsRules dns = new DnsRules(faults);
        dns.checkConfig(spec.getDnsConfig(), spec.getDnsPolicy(), SPEC.child("dnsConfig"));
        GateRules.check(spec, SPEC, faults);
        new TopologySpreadRules(faults)
                .check(spec.getTopologySpreadConstraints(), SPEC.child("topologySpreadConstraints"));
        HostRules host = new HostRules(spec, faults);
        host.checkHostProcess();
        host.checkUsers();
        subdomain(spec.getServiceAccountName(), "serviceAccountName");
        subdomain(spec.getNodeName(), "nodeName");
        Long deadline = spec.getActiveDeadlineSeconds();
        if (deadline != null && (deadline < 1 || deadline > Integer.MAX_VALUE)) {
            faults.invalid(
                    SPEC.child("activeDeadlineSeconds"), deadline, "must be between 1 and 2147483647, inclusive");
        }
        label(spec.getHostname(), "hostname");
        label(spec.getSubdomain(), "subdomain");
        TolerationRules.check(spec.getTolerations(), SPEC.child("tolerations"), faults);
        dns.checkAliases(spec.getHostAliases(), SPEC.child("hostAliases"));
        subdomain(spec.getPriorityClassName(), "priorityClassName");
        if (spec.getRuntimeClassName() != null) {
            MetadataRules.invalid(
                    SPEC.child("runtimeClassName"),
                    spec.getRuntimeClassName(),
                    NameRules.findSubdomainFault(spec.getRuntimeClassName()),
                    faults);
        }
        checkPreemption();
        ResourceRules.checkOverhead(spec.getOverhead(), SPEC.child("overhead"), faults);
        host.checkSystem();
    }

    private void checkPreemption() {
        String policy = spec.getPreemptionPolicy();
        if (policy != null && policy.isEmpty()) {
            faults.required(SPEC.child("preemptionPolicy"), "");
        } else {
            unsupported(policy, List.of("PreemptLowerPriority", "Never"), "preemptionPolicy");
        }
    }

    private void checkContainers(ContainerRules rules) {
        List<Container> containers = Absent.asEmpty(spec.getContainers());
        if (containers.isEmpty()) {
            faults.required(CONTAINERS, "");
            return;
        }
        ProbeRules probes = new ProbeRules(spec.getTerminationGracePeriodSeconds(), faults);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            Container container = Absent.asEmpty(containers.get(i), Container::new);
            FieldPath at = CONTAINERS.index(i);
            rules.check(container, defaults.of(container), at);
            duplicate(container.getName(), names, at);
            probes.check(container, at);
            if (container.getRestartPolicy() != null) {
                faults.forbidden(at.child("restartPolicy"), "may not be set for non-init containers");
            }
        }
        ports.checkConflicts(containers, CONTAINERS);
    }

    private void checkInitContainers(ContainerRules rules) {
        ProbeRules probes = new ProbeRules(spec.getTerminationGracePeriodSeconds(), faults);
        Set<String> names = names(spec.getContainers());
        List<Container> containers = Absent.asEmpty(spec.getInitContainers());
        for (int i = 0; i < containers.size(); i++) {
            Container container = Absent.asEmpty(containers.get(i), Container::new);
            FieldPath at = INIT_CONTAINERS.index(i);
            rules.check(container, defaults.of(container), at);
            String restart = container.getRestartPolicy();
            VolumeSourceRules.unsupported(restart, List.of("Always"), at.child("restartPolicy"), faults);
            if (!Absent.isEmpty(container.getName())) {
                duplicate(container.getName(), names, at);
            }
            ports.checkConflictsAlone(container, INIT_CONTAINERS, at);
            if ("Always".equals(restart)) {
                probes.check(container, at);
            } else {
                probes.checkNone(container, at);
            }
        }
    }

    private void checkEphemeralContainers(ContainerRules rules) {
        List<EphemeralContainer> containers = Absent.asEmpty(spec.getEphemeralContainers());
        Set<String> others = names(spec.getContainers());
        others.addAll(names(spec.getInitContainers()));
        Set<String> names = new HashSet<>(others);
        for (int i = 0; i < containers.size(); i++) {
            EphemeralContainer container = Absent.asEmpty(containers.get(i), EphemeralContainer::new);
            FieldPath at = EPHEMERAL_CONTAINERS.index(i);
            rules.check(EphemeralRules.asContainer(container), Requirements.of(container.getResources()), at);
            checkImage(container.getImage(), at);
            duplicate(container.getName(), names, at);
            String target = Absent.asEmpty(container.getTargetContainerName());
            if (!target.isEmpty() && !others.contains(target)) {
                faults.notFound(at.child("targetContainerName"), target);
            }
            EphemeralRules.checkForbidden(container, at, faults);
        }
    }

    private void checkOnlyForPods() {
        checkImages(spec.getContainers(), CONTAINERS);
        checkImages(spec.getInitContainers(), INIT_CONTAINERS);
        if (!Absent.isEmpty(spec.getNodeName())
                && !Absent.asEmpty(spec.getSchedulingGates()).isEmpty()) {
            faults.forbidden(SPEC.child("nodeName"), "cannot be set until all schedulingGates have been cleared");
        }
    }

    private void checkImages(@Nullable List<Container> containers, FieldPath at) {
        List<Container> list = Absent.asEmpty(containers);
        for (int i = 0; i < list.size(); i++) {
            Container container = list.get(i);
            if (container != null) {
                checkImage(container.getImage(), at.index(i));
            }
        }
    }

    private void checkImage(@Nullable String image, FieldPath at) {
        if (image != null && !image.equals(image.strip())) {
            faults.invalid(at.child("image"), image, "must not have leading or trailing whitespace");
        }
    }

    private void duplicate(@Nullable String name, Set<String> names, FieldPath at) {
        if (!names.add(Absent.asEmpty(name))) {
            faults.duplicate(at.child("name"), Absent.asEmpty(name));
        }
    }

    private static Set<String> names(@Nullable List<Container> containers) {
        Set<String> names = new HashSet<>();
        for (Container container : Absent.asEmpty(containers)) {
            names.add(container == null ? "" : Absent.asEmpty(container.getName()));
        }
        return names;
    }

    private void unsupported(@Nullable String value, List<String> supported, String field) {
        if (!Absent.isEmpty(value)) {
            VolumeSourceRules.unsupported(value, supported, SPEC.child(field), faults);
        }
    }

    private void subdomain(@Nullable String value, String field) {
        if (value != null && !value.isEmpty()) {
            MetadataRules.invalid(SPEC.child(field), value, NameRules.findSubdomainFault(value), faults);
        }
    }

    private void label(@Nullable String value, String field) {
        if (value != null && !value.isEmpty()) {
            MetadataRules.invalid(SPEC.child(field), value, NameRules.findLabelFault(value), faults);
        }
    }
}
