package com.cocalc.storage.kubernetes.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Objects as an operator writes them. */
public final class Manifests {

    private static final YAMLMapper YAML = new YAMLMapper();

    private Manifests() {}

    /** A project's pod with much that has nothing to do with storage, as a cluster gives it back. */
    public static Pod livePod() {
        String file = "live-pod.yaml";
        try (InputStream in = Objects.requireNonNull(Manifests.class.getResourceAsStream(file), file)) {
            return pod(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Pod pod(String yaml) {
        return read(yaml, Pod.class);
    }

    public static <T> T read(String yaml, Class<T> type) {
        try {
            return YAML.readValue(yaml, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
