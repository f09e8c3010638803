package com.cocalc.storage.testkit.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.BackEnd;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pods that ran on a kubelet with containerd 1.7 and runc 1.1.15, with what they saw and what they left on their two
 * claims. The pods were generated at random; these are the ones in which most is different. The kubelet was 1.20, with
 * the modes of sub-paths and the groups of links as newer ones have them.
 */
class PodsOnAKubeletTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> CLAIMS = List.of("outer", "inner");

    /** A pod and what a real node made of it. */
    private record Measured(JsonNode json) {
        @Override
        public String toString() {
            return json.get("name").asText();
        }
    }

    static Stream<Measured> pods() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                PodsOnAKubeletTest.class.getResourceAsStream("pods-on-a-kubelet.jsonl"), "pods-on-a-kubelet.jsonl")) {
            return new String(in.readAllBytes(), UTF_8).lines().map(PodsOnAKubeletTest::measured).toList().stream();
        }
    }

    private static Measured measured(String line) {
        try {
            return new Measured(MAPPER.readTree(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FakeCluster cluster(JsonNode measured) {
        FakeClusterBuilder builder = FakeCluster.builder()
                .nodes("n1")
                .storageClass("node", BackEnd.valueOf(measured.get("backEnd").asText()))
                .configMap("settings", Map.of("key", "value", "f", "x"))
                .configMap("settings2", Map.of("k2", "vv", "key", "other"))
                .secret("keys", Map.of("key", "v", "s", "w"));
        CLAIMS.forEach(claim -> builder.claim(claim, "node"));
        FakeCluster cluster = builder.build();
        CLAIMS.forEach(claim -> cluster.claim(claim)
                .volume()
                .populate(measured.get("claims").get(claim).asText()));
        return cluster;
    }

    @ParameterizedTest
    @MethodSource("pods")
    void thisPodDoesTheSame(Measured measured) throws Exception {
        JsonNode expected = measured.json();
        FakeCluster cluster = cluster(expected);

        PodOutcome outcome = cluster.submit(expected.get("pod").toString());

        if (expected.has("runs")) {
            RunningContainer container = outcome.running().container("c");
            assertThat(seen(container, expected.at("/pod/spec/containers/0/volumeMounts")))
                    .isEqualTo(seen(expected.get("runs")));
        } else {
            PodOutcome.NotStarted stuck = Outcomes.notStarted(outcome);
            assertThat(stuck.reason()).isEqualTo(expected.at("/fails/reason").asText());
            String message = expected.at("/fails/message").asText();
            if (!message.isEmpty()) {
                assertThat(withoutIds(stuck.message())).isEqualTo(message);
            }
        }
        for (String claim : CLAIMS) {
            assertThat(cluster.claim(claim).volume().tree().strip().lines())
                    .as(claim)
                    .containsExactlyInAnyOrderElementsOf(
                            expected.get("after").get(claim).asText().lines().toList());
        }
    }

    /** Ids, and the paths of persistent volumes on the node, are others on each node. */
    private static String withoutIds(String message) {
        return message.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UID")
                .replaceAll("/var/lib/kubelet/pods/UID/volumes/kubernetes.io~pvc/pvc-UID", "VOLUME")
                .replaceAll("volume-subpaths/pvc-UID/", "volume-subpaths/PV/")
                .replaceAll("0{64}", "ID")
                .replaceAll("/0{8}\"", "/FILE\"")
                .replaceAll("/0{8}:", "/FILE:");
    }

    /** User, group, all groups, and of each mount the mode, owner, kind, and whether it takes a write. */
    private static List<String> seen(JsonNode runs) {
        List<String> seen = new ArrayList<>();
        Set<Long> groups = new TreeSet<>();
        runs.get("groups").forEach(group -> groups.add(group.asLong()));
        seen.add(runs.get("uid").asText() + " " + runs.get("gid").asText() + " " + groups);
        runs.get("mounts").forEach(mount -> seen.add(mount.asText()));
        return seen;
    }

    private static List<String> seen(RunningContainer container, JsonNode mounts) throws IOException {
        List<String> seen = new ArrayList<>();
        Set<Long> groups = new TreeSet<>(container.groups());
        groups.add(container.identity().gid());
        seen.add(container.identity().uid() + " " + container.identity().gid() + " " + groups);
        for (JsonNode mount : mounts) {
            String path = mount.get("mountPath").asText();
            seen.add(seen(container.path(path.startsWith("/") ? path : "/" + path)));
        }
        return seen;
    }

    private static String seen(Path path) throws IOException {
        if (!Files.exists(path)) {
            return "none";
        }
        Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,uid,gid");
        String kind = Files.isDirectory(path) ? "directory" : Files.isRegularFile(path) ? "file" : "other";
        return String.format(
                        Locale.ROOT,
                        "%o %s %s %s ",
                        (int) attributes.get("mode") & 07777,
                        attributes.get("uid"),
                        attributes.get("gid"),
                        kind)
                + (takesWrite(path) ? "w" : "r");
    }

    private static boolean takesWrite(Path path) {
        try {
            if (Files.isDirectory(path)) {
                Files.delete(Files.createFile(path.resolve(".w")));
            } else {
                Files.newByteChannel(path, StandardOpenOption.WRITE).close();
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
