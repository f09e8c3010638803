package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The config maps and secrets of the cluster. */
final class ConfigData {

    private final Map<String, Map<String, String>> objects = new HashMap<>();

    void put(String kind, String namespace, String name, Map<String, String> values) {
        objects.put(kind + " " + namespace + "/" + name, Map.copyOf(values));
    }

    Map<String, String> configMap(Pod pod, String name, @Nullable Boolean optional) throws Trouble {
        return read("configmap", pod, name, optional);
    }

    Map<String, String> secret(Pod pod, String name, @Nullable Boolean optional) throws Trouble {
        return read("secret", pod, name, optional);
    }

    @Nullable
    String key(String kind, Pod pod, String name, String key, @Nullable Boolean optional) throws Trouble {
        Map<String, String> values = read(kind, pod, name, optional);
        if (!values.containsKey(key) && !Boolean.TRUE.equals(optional)) {
            String type = kind.equals("secret") ? "Secret" : "ConfigMap";
            throw Trouble.config("couldn't find key " + key + " in " + type + " "
                    + pod.getMetadata().getNamespace() + "/" + name);
        }
        return values.get(key);
    }

    private Map<String, String> read(String kind, Pod pod, String name, @Nullable Boolean optional) throws Trouble {
        Map<String, String> values = find(kind, pod, name);
        if (values == null && !Boolean.TRUE.equals(optional)) {
            throw Trouble.config(kind + " \"" + name + "\" not found");
        }
        return Absent.asEmpty(values);
    }

    /** Returns the data, or null if the object is missing. */
    @Nullable
    Map<String, String> find(String kind, Pod pod, String name) {
        return objects.get(kind + " " + pod.getMetadata().getNamespace() + "/" + name);
    }
}
