package com.cocalc.storage.kubernetes.apiserver;

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

/** An object with the recorded answer of a real API server, and what a kubelet then did. */
public record ServerCase(String name, String json, int code, List<String> fields, String runs, String note) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final List<ServerCase> PODS = read("pods.jsonl");

    public static Stream<ServerCase> pods() {
        return PODS.stream();
    }

    static Stream<ServerCase> claims() {
        return read("claims.jsonl").stream();
    }

    static Stream<ServerCase> storageClasses() {
        return read("storageclasses.jsonl").stream();
    }

    public static ServerCase pod(String name) {
        return pods().filter(recorded -> recorded.name.equals(name)).findFirst().orElseThrow();
    }

    private static List<ServerCase> read(String file) {
        try (InputStream in = Objects.requireNonNull(ServerCase.class.getResourceAsStream(file), file)) {
            List<ServerCase> cases = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                JsonNode recorded = MAPPER.readTree(line);
                List<String> fields = new ArrayList<>();
                recorded.get("fields").forEach(field -> fields.add(field.textValue()));
                cases.add(new ServerCase(
                        recorded.get("name").textValue(),
                        recorded.get("object").toString(),
                        recorded.get("code").intValue(),
                        fields,
                        recorded.get("runs").textValue(),
                        recorded.get("note").textValue()));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a kubelet starts it and it is not what was meant. */
    public boolean isWrong() {
        return note.startsWith("wrong") || note.contains("; wrong");
    }

    @Override
    public String toString() {
        return name;
    }
}
