package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.Expansion;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a container: those of the image, then {@code envFrom}, then {@code env} in order, each of which may
 * refer to earlier ones.
 */
final class Environment {

    private final Pod pod;
    private final String node;
    private final ConfigData data;
    private final Map<String, String> ofPod = new LinkedHashMap<>();

    private Environment(Pod pod, String node, ConfigData data) {
        this.pod = pod;
        this.node = node;
        this.data = data;
    }

    /** Returns the variables of a container; references do not see those of the image. */
    static Map<String, String> of(Pod pod, Container container, String node, ConfigData data) throws Trouble {
        Environment environment = new Environment(pod, node, data);
        for (EnvFromSource source : Absent.asEmpty(container.getEnvFrom())) {
            environment.add(source);
        }
        for (EnvVar variable : Absent.asEmpty(container.getEnv())) {
            environment.add(variable);
        }
        return Collections.unmodifiableMap(environment.ofPod);
    }

    private void add(EnvFromSource source) throws Trouble {
        Map<String, String> values = Map.of();
        if (source.getConfigMapRef() != null) {
            values = data.configMap(
                    pod,
                    source.getConfigMapRef().getName(),
                    source.getConfigMapRef().getOptional());
        } else if (source.getSecretRef() != null) {
            values = data.secret(
                    pod, source.getSecretRef().getName(), source.getSecretRef().getOptional());
        }
        String prefix = source.getPrefix() == null ? "" : source.getPrefix();
        values.forEach((key, value) -> ofPod.put(prefix + key, value));
    }

    private void add(EnvVar variable) throws Trouble {
        String value = variable.getValueFrom() == null
                ? Expansion.expand(variable.getValue() == null ? "" : variable.getValue(), ofPod::get)
                : from(variable.getValueFrom());
        if (value != null) {
            ofPod.put(variable.getName(), value);
        }
    }

    private @Nullable String from(EnvVarSource source) throws Trouble {
        if (source.getFieldRef() != null) {
            return field(pod, node, source.getFieldRef().getFieldPath());
        }
        if (source.getConfigMapKeyRef() != null) {
            var key = source.getConfigMapKeyRef();
            return data.key("configmap", pod, key.getName(), key.getKey(), key.getOptional());
        }
        if (source.getSecretKeyRef() != null) {
            var key = source.getSecretKeyRef();
            return data.key("secret", pod, key.getName(), key.getKey(), key.getOptional());
        }
        if (source.getFileKeyRef() != null) {
            throw Trouble.config("variables from a file of a volume (fileKeyRef) are not imitated here");
        }
        return "0"; // resourceFieldRef: nothing is limited here
    }

    /** Returns the value of a field of the pod. */
    static String field(Pod pod, String node, String path) throws Trouble {
        ObjectMeta metadata = pod.getMetadata();
        return switch (path) {
            case "metadata.name" -> metadata.getName();
            case "metadata.namespace" -> metadata.getNamespace();
            case "metadata.uid" -> metadata.getUid();
            case "spec.nodeName" -> node;
            case "spec.serviceAccountName" ->
                Objects.requireNonNullElse(pod.getSpec().getServiceAccountName(), "default");
            case "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs" -> "127.0.0.1";
            default -> labelled(pod, path);
        };
    }

    /** Returns the value of {@code metadata.labels['x']}, empty if the pod has no such label. */
    private static String labelled(Pod pod, String path) throws Trouble {
        for (String kind : List.of("labels", "annotations")) {
            String start = "metadata." + kind + "['";
            if (path.startsWith(start) && path.endsWith("']")) {
                Map<String, String> values = kind.equals("labels")
                        ? pod.getMetadata().getLabels()
                        : pod.getMetadata().getAnnotations();
                String key = path.substring(start.length(), path.length() - 2);
                return values == null ? "" : values.getOrDefault(key, "");
            }
        }
        throw Trouble.config("unsupported fieldPath: " + path);
    }
}
