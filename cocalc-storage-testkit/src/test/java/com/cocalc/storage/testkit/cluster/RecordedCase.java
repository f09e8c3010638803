package com.cocalc.storage.testkit.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** An object with the recorded answer of a real API server, and what a real kubelet then did. */
record RecordedCase(String name, String json, int code, List<String> fields, String runs) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<RecordedCase> pods() {
        return read("pods.jsonl").stream();
    }

    static Stream<RecordedCase> acceptedPods() {
        return pods().filter(recorded -> recorded.code == 201 && !recorded.runs.equals("unknown"));
    }

    static Stream<RecordedCase> claims() {
        return read("claims.jsonl").stream();
    }

    static RecordedCase pod(String name) {
        return pods().filter(recorded -> recorded.name.equals(name)).findFirst().orElseThrow();
    }

    private static List<RecordedCase> read(String file) {
        try (InputStream in = Objects.requireNonNull(RecordedCase.class.getResourceAsStream(file), file)) {
            List<RecordedCase> cases = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                JsonNode recorded = MAPPER.readTree(line);
                List<String> fields = new ArrayList<>();
                recorded.get("fields").forEach(field -> fields.add(field.textValue()));
                cases.add(new RecordedCase(
                        recorded.get("name").textValue(),
                        recorded.get("object").toString(),
                        recorded.get("code").intValue(),
                        fields,
                        recorded.get("runs").textValue()));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
