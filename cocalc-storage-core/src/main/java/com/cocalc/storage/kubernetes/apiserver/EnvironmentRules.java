package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import com.cocalc.storage.kubernetes.pod.NameRules;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The API server's rules for {@code env} and {@code envFrom}. */
final class EnvironmentRules {

    private static final Set<String> FIELDS = Set.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");

    private static final Set<String> RESOURCES = Set.of(
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage");

    private static final String CPU_DIVISORS = "1m, 1";
    private static final String DIVISORS = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";

    private EnvironmentRules() {}

    static void check(@Nullable List<EnvVar> variables, FieldPath at, Faults faults) {
        List<EnvVar> list = Absent.asEmpty(variables);
        for (int i = 0; i < list.size(); i++) {
            EnvVar variable = Absent.asEmpty(list.get(i), EnvVar::new);
            String name = Absent.asEmpty(variable.getName());
            if (name.isEmpty()) {
                faults.required(at.index(i).child("name"), "");
            } else {
                String fault = NameRules.findEnvironmentNameFault(name);
                if (fault != null) {
                    faults.invalid(at.index(i).child("name"), name, fault);
                }
            }
            if (variable.getValueFrom() != null) {
                checkSource(
                        variable.getValueFrom(),
                        Absent.asEmpty(variable.getValue()),
                        at.index(i).child("valueFrom"),
                        faults);
            }
        }
    }

    private static void checkSource(EnvVarSource source, String value, FieldPath at, Faults faults) {
        int sources = 0;
        if (source.getFieldRef() != null) {
            sources++;
            checkFieldReference(source.getFieldRef(), FIELDS, at.child("fieldRef"), faults);
        }
        if (source.getResourceFieldRef() != null) {
            sources++;
            FieldPath reference = at.child("resourceFieldRef");
            checkResource(source.getResourceFieldRef(), reference, faults);
            checkDivisor(source.getResourceFieldRef(), reference.child("divisor"), faults);
        }
        if (source.getConfigMapKeyRef() != null) {
            sources++;
            checkKey(
                    source.getConfigMapKeyRef().getName(),
                    source.getConfigMapKeyRef().getKey(),
                    at.child("configMapKeyRef"),
                    faults);
        }
        if (source.getSecretKeyRef() != null) {
            sources++;
            checkKey(
                    source.getSecretKeyRef().getName(),
                    source.getSecretKeyRef().getKey(),
                    at.child("secretKeyRef"),
                    faults);
        }
        // A server of 1.34 drops fileKeyRef before it counts; from 1.35 on it is a source.
        if (sources == 0 && source.getFileKeyRef() == null) {
            faults.invalid(
                    at, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        } else if (!value.isEmpty()) {
            faults.invalid(at, "", "may not be specified when `value` is not empty");
        } else if (sources > 1) {
            faults.invalid(at, "", "may not have more than one field specified at a time");
        }
    }

    static void checkFieldReference(ObjectFieldSelector reference, Set<String> known, FieldPath at, Faults faults) {
        String given = Absent.asEmpty(reference.getFieldPath());
        if (given.isEmpty()) {
            faults.required(at.child("fieldPath"), "");
            return;
        }
        String version = Absent.asEmpty(reference.getApiVersion());
        if (!version.isEmpty() && !version.equals("v1")) {
            String detail = "there are no fields of a pod of version " + MessageText.quoted(version);
            faults.invalid(at.child("fieldPath"), given, detail);
            return;
        }
        // The oldest clients say spec.host.
        String path = given.equals("spec.host") ? "spec.nodeName" : given;
        int subscript = path.indexOf("['");
        if (subscript > 0 && path.endsWith("']") && path.length() >= subscript + 4) {
            String key = path.substring(subscript + 2, path.length() - 2);
            switch (path.substring(0, subscript)) {
                case "metadata.annotations" ->
                    MetadataRules.invalid(at, key, NameRules.findQualifiedNameFault(NameRules.lowerCase(key)), faults);
                case "metadata.labels" -> MetadataRules.invalid(at, key, NameRules.findQualifiedNameFault(key), faults);
                default -> faults.invalid(at.child("fieldPath"), path, "does not support subscript");
            }
        } else if (!known.contains(path)) {
            faults.unsupported(
                    at.child("fieldPath"), path, known.stream().sorted().toList());
        }
    }

    static void checkResource(ResourceFieldSelector reference, FieldPath at, Faults faults) {
        String resource = Absent.asEmpty(reference.getResource());
        if (resource.isEmpty()) {
            faults.required(at.child("resource"), "");
        } else if (!isResource(resource)) {
            faults.unsupported(
                    at.child("resource"), resource, RESOURCES.stream().sorted().toList());
        }
    }

    private static boolean isResource(String name) {
        return RESOURCES.contains(name)
                || name.startsWith("limits.hugepages-")
                || name.startsWith("requests.hugepages-");
    }

    /** Checks the divisor of a known resource. Zero means absent. */
    static void checkDivisor(ResourceFieldSelector reference, FieldPath at, Faults faults) {
        String resource = Absent.asEmpty(reference.getResource());
        if (reference.getDivisor() == null || !isResource(resource)) {
            return;
        }
        String supported = resource.endsWith(".cpu") ? CPU_DIVISORS : DIVISORS;
        QuantityText text = QuantityText.find(QuantityText.textOf(reference.getDivisor()));
        if (text == null || text.value().signum() == 0) {
            return;
        }
        if (Stream.of(supported.split(", ")).map(QuantityText::find).noneMatch(text::isWrittenAs)) {
            faults.invalid(at, resource, "only the divisors " + supported + " are supported");
        }
    }

    private static void checkKey(@Nullable String name, @Nullable String key, FieldPath at, Faults faults) {
        String object = Absent.asEmpty(name);
        MetadataRules.invalid(at.child("name"), object, NameRules.findSubdomainFault(object), faults);
        if (key == null || key.isEmpty()) {
            faults.required(at.child("key"), "");
        } else {
            MetadataRules.invalid(at.child("key"), key, NameRules.findConfigKeyFault(key), faults);
        }
    }

    static void checkFrom(@Nullable List<EnvFromSource> sources, FieldPath at, Faults faults) {
        List<EnvFromSource> list = Absent.asEmpty(sources);
        for (int i = 0; i < list.size(); i++) {
            EnvFromSource source = Absent.asEmpty(list.get(i), EnvFromSource::new);
            FieldPath path = at.index(i);
            String prefix = Absent.asEmpty(source.getPrefix());
            if (!prefix.isEmpty()) {
                MetadataRules.invalid(path.child("prefix"), prefix, NameRules.findEnvironmentNameFault(prefix), faults);
            }
            if (source.getConfigMapRef() != null) {
                checkObject(source.getConfigMapRef().getName(), path.child("configMapRef"), faults);
            }
            if (source.getSecretRef() != null) {
                checkObject(source.getSecretRef().getName(), path.child("secretRef"), faults);
            }
            if (source.getConfigMapRef() == null && source.getSecretRef() == null) {
                faults.invalid(at.placedAt(path), "", "must specify one of: `configMapRef` or `secretRef`");
            } else if (source.getConfigMapRef() != null && source.getSecretRef() != null) {
                faults.invalid(at.placedAt(path), "", "may not have more than one field specified at a time");
            }
        }
    }

    private static void checkObject(@Nullable String name, FieldPath at, Faults faults) {
        if (name == null || name.isEmpty()) {
            faults.required(at.child("name"), "");
            return;
        }
        MetadataRules.invalid(
                at.child("name"), name, NameRules.findSubdomainFault(MetadataRules.maskTrailingDash(name)), faults);
    }
}
