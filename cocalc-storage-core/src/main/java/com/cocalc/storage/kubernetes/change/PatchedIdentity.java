package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.audit.AuditRule;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.Rule;
import com.cocalc.storage.kubernetes.audit.Severity;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
import com.cocalc.storage.kubernetes.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What patches changed of who a pod is: its names, its labels, its account, and with which rights it runs. */
final class PatchedIdentity {

    private static final String HOME = "HOME";

    /** Keys on which charts select, with or without a prefix, and the one that says whose pod it is. */
    private static final Set<String> SELECTED =
            Set.of("app", "component", "instance", "k8s-app", "name", "part-of", "project_id", "role", "run", "tier");

    /** What the audit warns of and no other container of the pod has. */
    private static final Set<Rule> RIGHTS = Set.of(
            AuditRule.ADDED_CAPABILITY,
            AuditRule.SECCOMP_UNCONFINED,
            AuditRule.APP_ARMOR_UNCONFINED,
            AuditRule.SE_LINUX_UNCONFINED,
            AuditRule.PROC_UNMASKED);

    private final ObjectMeta oldMetadata;
    private final PodSpec oldSpec;
    private final List<ContainerView> oldContainers;
    private final String home;
    private List<Finding> findings = List.of();

    /**
     * Prepares.
     *
     * @param before the pod before the patches
     * @param home where the home is mounted
     */
    PatchedIdentity(Pod before, String home) {
        oldMetadata = Absent.asEmpty(before.getMetadata(), ObjectMeta::new);
        oldSpec = Absent.asEmpty(before.getSpec(), PodSpec::new);
        oldContainers = new PodView(oldSpec).containers();
        this.home = home;
    }

    /**
     * Compares with the pod after the patches.
     *
     * @param after the pod
     * @param audited what the audit says of it
     * @return what the audit says, and what the patches did beside that; a mistake that both find is reported once
     */
    List<Finding> compareWith(Pod after, List<Finding> audited) {
        findings = new ArrayList<>();
        compareMetadata(oldMetadata, Absent.asEmpty(after.getMetadata(), ObjectMeta::new));
        PodSpec spec = Absent.asEmpty(after.getSpec(), PodSpec::new);
        compareSpec(oldSpec, spec);
        compareContainers(oldContainers, new PodView(spec).containers(), audited);
        List<Finding> all = new ArrayList<>(audited);
        all.removeIf(finding -> finding.rule() == AuditRule.VARIABLE_WRONG && isHomeChangedAt(finding.pointer()));
        all.addAll(findings);
        return all;
    }

    private boolean isHomeChangedAt(String pointer) {
        return findings.stream()
                .anyMatch(finding -> finding.rule() == PatchRule.PATCH_HOME_VARIABLE
                        && finding.pointer().equals(pointer));
    }

    private void compareMetadata(ObjectMeta old, ObjectMeta now) {
        FieldPath at = FieldPath.of("metadata");
        compare(PatchRule.PATCH_NAMESPACE, at.child("namespace"), old.getNamespace(), now.getNamespace());
        compare(PatchRule.PATCH_NAME, at.child("name"), old.getName(), now.getName());
        compare(PatchRule.PATCH_NAME, at.child("generateName"), old.getGenerateName(), now.getGenerateName());
        Map<String, String> oldAnnotations = Absent.asEmpty(old.getAnnotations());
        Map<String, String> annotations = Absent.asEmpty(now.getAnnotations());
        Set<String> keys = new TreeSet<>(oldAnnotations.keySet());
        keys.addAll(annotations.keySet());
        for (String key : keys) {
            if (PlatformAnnotations.contain(key)) {
                compare(
                        PatchRule.PATCH_ANNOTATION,
                        at.child("annotations").child(key),
                        oldAnnotations.get(key),
                        annotations.get(key));
            }
        }
        Map<String, String> oldLabels = Absent.asEmpty(old.getLabels());
        Map<String, String> labels = Absent.asEmpty(now.getLabels());
        oldLabels.forEach((key, value) ->
                compare(PatchRule.PATCH_LABEL, at.child("labels").child(key), value, labels.get(key)));
        labels.forEach((key, value) -> {
            if (!oldLabels.containsKey(key) && SELECTED.contains(key.substring(key.lastIndexOf('/') + 1))) {
                compare(PatchRule.PATCH_LABEL_ADDED, at.child("labels").child(key), null, value);
            }
        });
    }

    private void compareSpec(PodSpec old, PodSpec now) {
        FieldPath at = PodView.SPEC;
        compare(PatchRule.PATCH_SERVICE_ACCOUNT, at.child("serviceAccountName"), accountOf(old), accountOf(now));
        if (!Boolean.FALSE.equals(now.getAutomountServiceAccountToken())) {
            compare(
                    PatchRule.PATCH_SERVICE_ACCOUNT_TOKEN,
                    at.child("automountServiceAccountToken"),
                    old.getAutomountServiceAccountToken(),
                    now.getAutomountServiceAccountToken());
        }
        compareTokens(old, now);
        compare(PatchRule.PATCH_HOST_USERS, at.child("hostUsers"), old.getHostUsers(), now.getHostUsers());
        String oldClass = Absent.asEmpty(old.getRuntimeClassName());
        compare(
                oldClass.isEmpty() ? PatchRule.PATCH_RUNTIME_CLASS_ADDED : PatchRule.PATCH_RUNTIME_CLASS,
                at.child("runtimeClassName"),
                emptyAsNull(oldClass),
                emptyAsNull(Absent.asEmpty(now.getRuntimeClassName())));
        PodSecurityContext oldContext = Absent.asEmpty(old.getSecurityContext(), PodSecurityContext::new);
        PodSecurityContext context = Absent.asEmpty(now.getSecurityContext(), PodSecurityContext::new);
        if (!oldContext.equals(context)) {
            add(PatchRule.PATCH_POD_SECURITY, at.child("securityContext"), "the security context of the pod changes");
        }
    }

    /** The older field of the two means the same. */
    private static @Nullable String accountOf(PodSpec spec) {
        String account = emptyAsNull(Absent.asEmpty(spec.getServiceAccountName()));
        String older = emptyAsNull(Absent.asEmpty(spec.getServiceAccount()));
        String given = account == null ? older : account;
        return "default".equals(given) ? null : given;
    }

    private static @Nullable String emptyAsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** A projected volume brings a token, or a certificate, also where the automatic one is switched off. */
    private void compareTokens(PodSpec old, PodSpec now) {
        List<Volume> volumes = Absent.asEmpty(now.getVolumes());
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            String credential = volume == null ? null : findCredential(volume);
            if (credential != null && !Absent.asEmpty(old.getVolumes()).contains(volume)) {
                add(
                        PatchRule.PATCH_SERVICE_ACCOUNT_TOKEN,
                        PodView.SPEC.child("volumes").index(i).child("projected"),
                        "volume " + MessageText.quoted(Absent.asEmpty(volume.getName())) + " brings a " + credential
                                + " of the service account");
            }
        }
    }

    private static @Nullable String findCredential(Volume volume) {
        if (volume.getProjected() == null) {
            return null;
        }
        List<VolumeProjection> sources =
                new ArrayList<>(Absent.asEmpty(volume.getProjected().getSources()));
        sources.removeIf(Objects::isNull);
        if (sources.stream().anyMatch(source -> source.getServiceAccountToken() != null)) {
            return "token";
        }
        return sources.stream().anyMatch(source -> source.getPodCertificate() != null) ? "certificate" : null;
    }

    private void compareContainers(List<ContainerView> old, List<ContainerView> now, List<Finding> audited) {
        Map<String, List<Finding>> ofContainers =
                audited.stream().collect(Collectors.groupingBy(finding -> containerOf(finding.pointer())));
        for (ContainerView container : now) {
            ContainerView was = find(old, now, container);
            if (was == null) {
                addRights(container, ofContainers.getOrDefault(container.at().pointer(), List.of()));
                continue;
            }
            SecurityContext oldContext = Absent.asEmpty(was.container().getSecurityContext(), SecurityContext::new);
            if (!oldContext.equals(Absent.asEmpty(container.container().getSecurityContext(), SecurityContext::new))) {
                add(
                        PatchRule.PATCH_CONTAINER_SECURITY,
                        container.at().child("securityContext"),
                        "the security context of " + container.name() + " changes");
            }
            compareHome(was, container);
            compareSources(was, container);
            compareRepair(was, container, now);
        }
    }

    /** A new container has no more rights than the others, not even those that the audit only warns of. */
    private void addRights(ContainerView container, List<Finding> audited) {
        for (Finding finding : audited) {
            if (RIGHTS.contains(finding.rule())) {
                findings.add(new Finding(
                        PatchRule.PATCH_CONTAINER_SECURITY, finding.pointer(), "the new " + finding.what(), List.of()));
            }
        }
        addRoot(container, audited);
    }

    /** Returns the pointer of the container that a pointer leads into; for others of no container. */
    private static String containerOf(String pointer) {
        int end = -1;
        for (int i = 0; i < 4; i++) {
            end = pointer.indexOf('/', end + 1);
            if (end < 0) {
                return "";
            }
        }
        return pointer.substring(0, end);
    }

    private void addRoot(ContainerView container, List<Finding> audited) {
        FieldPath at = container.at().child("securityContext").child("runAsUser");
        boolean isReported = audited.stream()
                .anyMatch(finding -> finding.severity() == Severity.ERROR
                        && finding.pointer().equals(at.pointer()));
        if (isRoot(container) && !isReported) {
            add(PatchRule.PATCH_CONTAINER_SECURITY, at, "the new " + container.name() + " runs as root");
        }
    }

    /** A container without a user of its own has that of the pod. */
    private static boolean isRoot(ContainerView container) {
        SecurityContext own = container.container().getSecurityContext();
        return own != null && Objects.equals(own.getRunAsUser(), 0L);
    }

    /** The container of that name; for a renamed one, that which was at its place. */
    private static @Nullable ContainerView find(
            List<ContainerView> old, List<ContainerView> now, ContainerView container) {
        ContainerView there = null;
        for (ContainerView candidate : old) {
            if (candidate.kind() == container.kind() && candidate.name().equals(container.name())) {
                return candidate;
            }
            if (candidate.at().pointer().equals(container.at().pointer())) {
                there = candidate;
            }
        }
        if (there == null) {
            return null;
        }
        for (ContainerView other : now) {
            if (other.kind() == there.kind() && other.name().equals(there.name())) {
                return null; // it only moved, and the container at hand is new
            }
        }
        return there;
    }

    private void compareHome(ContainerView old, ContainerView now) {
        EnvVar was = homeOf(old);
        EnvVar is = homeOf(now);
        boolean right = is != null && is.getValueFrom() == null && home.equals(is.getValue());
        if (!right && !Objects.equals(was, is)) {
            add(
                    PatchRule.PATCH_HOME_VARIABLE,
                    is == null
                            ? now.at().child("env")
                            : now.at().child("env").index(now.variables().placeOf(HOME)),
                    "HOME of " + now.name() + " " + words(was) + " becomes " + words(is));
        }
    }

    /** A variable of {@code env} wins over those of a config map or a secret. */
    private void compareSources(ContainerView old, ContainerView now) {
        List<EnvFromSource> sources = Absent.asEmpty(now.container().getEnvFrom());
        for (int i = 0; i < sources.size(); i++) {
            EnvFromSource source = sources.get(i);
            boolean mayHaveHome = homeOf(now) == null
                    && source != null
                    && HOME.startsWith(Absent.asEmpty(source.getPrefix()))
                    && !Absent.asEmpty(old.container().getEnvFrom()).contains(source);
            if (mayHaveHome) {
                add(
                        PatchRule.PATCH_HOME_VARIABLE_FROM_ELSEWHERE,
                        now.at().child("envFrom").index(i),
                        "variables of " + now.name() + " come from elsewhere, and it has no " + HOME + " of its own");
            }
        }
    }

    /** What runs as root in the home is decided by the installation; a GPU's image may replace the project's. */
    private void compareRepair(ContainerView old, ContainerView now, List<ContainerView> all) {
        if (!PodComparison.isRepair(old)) {
            return;
        }
        Container was = old.container();
        Container is = now.container();
        boolean isOfOther = all.stream()
                .filter(one -> one.kind() == PlacedContainer.Kind.REGULAR)
                .anyMatch(one -> Objects.equals(one.container().getImage(), is.getImage()));
        if (!isOfOther && !Objects.equals(was.getImage(), is.getImage())) {
            add(
                    PatchRule.PATCH_HOME_REPAIR,
                    now.at().child("image"),
                    "the image of " + now.name() + " " + shown(was.getImage()) + " becomes " + shown(is.getImage()));
        }
        compareRepair("command", was.getCommand(), is.getCommand(), now);
        compareRepair("args", was.getArgs(), is.getArgs(), now);
        compareRepair("env", was.getEnv(), is.getEnv(), now);
        compareRepair("envFrom", was.getEnvFrom(), is.getEnvFrom(), now);
        compareRepair("workingDir", was.getWorkingDir(), is.getWorkingDir(), now);
    }

    private void compareRepair(String field, @Nullable Object old, @Nullable Object now, ContainerView container) {
        if (!Objects.equals(old, now)) {
            add(
                    PatchRule.PATCH_HOME_REPAIR,
                    container.at().child(field),
                    field + " of " + container.name() + " changes");
        }
    }

    private static @Nullable EnvVar homeOf(ContainerView container) {
        int place = container.variables().placeOf(HOME);
        return place < 0 ? null : container.container().getEnv().get(place);
    }

    private static String words(@Nullable EnvVar variable) {
        return variable == null
                ? "absent"
                : variable.getValueFrom() != null
                        ? "from elsewhere"
                        : MessageText.quoted(Absent.asEmpty(variable.getValue()));
    }

    private void compare(PatchRule rule, FieldPath at, @Nullable Object old, @Nullable Object now) {
        if (!Objects.equals(old, now)) {
            add(rule, at, at + " " + shown(old) + " becomes " + shown(now));
        }
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "absent" : MessageText.quoted(value.toString());
    }

    private void add(PatchRule rule, FieldPath at, String what) {
        findings.add(new Finding(rule, at.pointer(), MessageText.whole(what), List.of()));
    }
}
