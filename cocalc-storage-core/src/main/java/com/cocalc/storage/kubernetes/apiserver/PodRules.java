package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.NameRules;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
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
final class PodRules {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath CONTAINERS = SPEC.child("containers");
    private static final FieldPath INIT_CONTAINERS = SPEC.child("initContainers");
    private static final FieldPath EPHEMERAL_CONTAINERS = SPEC.child("ephemeralContainers");

    private final PodSpec spec;
    private final ResourceDefaults defaults;
    private final Faults faults;

    private PodRules(PodSpec spec, ResourceDefaults defaults, Faults faults) {
        this.spec = spec;
        this.defaults = defaults;
        this.faults = faults;
    }

    static void check(Pod pod, Faults faults) {
        PodRules rules = checkLiving(pod, faults);
        if (!Absent.asEmpty(rules.spec.getEphemeralContainers()).isEmpty()) {
            faults.forbidden(EPHEMERAL_CONTAINERS, "cannot be set on create");
        }
    }

    /** Checks a pod that a server has accepted before, to which debugging may have added containers. */
    static PodRules checkLiving(Pod pod, Faults faults) {
        ObjectMeta metadata = Absent.asEmpty(pod.getMetadata(), ObjectMeta::new);
        MetadataRules.check(metadata, faults);
        PodSpec spec = Absent.asEmpty(pod.getSpec(), PodSpec::new);
        PodRules rules = new PodRules(spec, ResourceDefaults.POD, faults);
        rules.checkSpec(Absent.asEmpty(metadata.getName()));
        return rules;
    }

    /** Checks a template. The server's paths of its labels lack {@code metadata}. */
    static void check(PodTemplateSpec template, Faults faults) {
        ObjectMeta metadata = Absent.asEmpty(template.getMetadata(), ObjectMeta::new);
        FieldPath place = FieldPath.of("metadata");
        MetadataRules.checkLabels(metadata.getLabels(), FieldPath.of("labels").placedAt(place.child("labels")), faults);
        MetadataRules.checkAnnotations(
                metadata.getAnnotations(), FieldPath.of("annotations").placedAt(place.child("annotations")), faults);
        PodSpec spec = Absent.asEmpty(template.getSpec(), PodSpec::new);
        PodRules rules = new PodRules(spec, ResourceDefaults.TEMPLATE, faults);
        rules.checkSpec("");
        if (!Absent.asEmpty(rules.spec.getEphemeralContainers()).isEmpty()) {
            faults.forbidden(EPHEMERAL_CONTAINERS, "ephemeral containers not allowed in pod template");
        }
    }

    private void checkSpec(String podName) {
        Map<String, Volume> volumes =
                VolumeRules.check(Absent.asEmpty(spec.getVolumes()), podName, SPEC.child("volumes"), faults);
        ContainerRules rules = new ContainerRules(volumes, spec, faults);
        checkContainers(rules);
        checkInitContainers(rules);
        checkEphemeralContainers(rules);
        new PodResourceRules(spec, defaults, faults).check(SPEC.child("resources"));
        SecurityContextRules.checkPod(spec, SPEC.child("securityContext"), faults);
        new HostRules(spec, faults).checkUsers();
        String account = Absent.isEmpty(spec.getServiceAccountName())
                ? Absent.asEmpty(spec.getServiceAccount())
                : spec.getServiceAccountName();
        if (!account.isEmpty()) {
            MetadataRules.invalid(
                    SPEC.child("serviceAccountName"), account, NameRules.findSubdomainFault(account), faults);
        }
    }

    private void checkContainers(ContainerRules rules) {
        List<Container> containers = Absent.asEmpty(spec.getContainers());
        if (containers.isEmpty()) {
            faults.required(CONTAINERS, "");
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            Container container = Absent.asEmpty(containers.get(i), Container::new);
            FieldPath at = CONTAINERS.index(i);
            rules.check(container, defaults.of(container), at);
            duplicate(container.getName(), names, at);
        }
    }

    private void checkInitContainers(ContainerRules rules) {
        Set<String> names = names(spec.getContainers());
        List<Container> containers = Absent.asEmpty(spec.getInitContainers());
        for (int i = 0; i < containers.size(); i++) {
            Container container = Absent.asEmpty(containers.get(i), Container::new);
            FieldPath at = INIT_CONTAINERS.index(i);
            rules.check(container, defaults.of(container), at);
            if (!Absent.isEmpty(container.getName())) {
                duplicate(container.getName(), names, at);
            }
        }
    }

    private void checkEphemeralContainers(ContainerRules rules) {
        List<EphemeralContainer> containers = Absent.asEmpty(spec.getEphemeralContainers());
        Set<String> names = names(spec.getContainers());
        names.addAll(names(spec.getInitContainers()));
        for (int i = 0; i < containers.size(); i++) {
            EphemeralContainer container = Absent.asEmpty(containers.get(i), EphemeralContainer::new);
            FieldPath at = EPHEMERAL_CONTAINERS.index(i);
            rules.check(PlacedContainer.asContainer(container), Requirements.of(container.getResources()), at);
            duplicate(container.getName(), names, at);
            EphemeralRules.checkForbidden(container, at, faults);
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
}
