package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.apiserver.ApiServer;
import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Texts of pods and clusters with pieces cut out and put in: read, or refused in one line, and nothing else. */
class BrokenTextFuzzTest {

    private static final String POD = """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "labels": {"run": "project"}},
             "spec": {"containers": [{"name": "c", "image": "i", "resources": {"limits": {"memory": "1Gi", "cpu": 2}},
              "volumeMounts": [{"name": "home", "mountPath": "/home/user", "subPath": "projects/x", "readOnly": false}]}],
              "volumes": [{"name": "home", "persistentVolumeClaim": {"claimName": "projects-data"}}],
              "securityContext": {"runAsUser": 2001, "fsGroup": 2001}, "terminationGracePeriodSeconds": 30}}
            """;
    private static final String LIST = """
            apiVersion: v1
            kind: List
            items:
              - apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: projects-data, labels: {a: "b"}}
                spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 10Gi}}}
              - {apiVersion: v1, kind: PersistentVolume, metadata: {name: pv}, spec: {capacity: {storage: 1e3}}}
            ---
            kind: Pod
            apiVersion: v1
            """;
    private static final List<String> PIECES = List.of(
            "1e4294967296",
            "-1E-99999999999999999999",
            "9".repeat(1_100),
            "0x1f",
            ".inf",
            "1e400",
            "NaN",
            "\"\"",
            "null",
            "true",
            "[",
            "]",
            "{",
            "}",
            "[".repeat(150),
            "{\"a\":".repeat(150),
            ",",
            ":",
            ": ",
            "- ",
            "? ",
            "\n",
            "\r",
            "\u2028",
            "\u0085",
            "\0",
            "\u0007",
            "\uD83D",
            "😀",
            "\uFEFF",
            "\t",
            "'",
            "\"",
            "\\",
            "\\ud83d",
            "&a ",
            "*a",
            "<<: ",
            "!!binary ",
            "!!float x",
            "!x ",
            "---\n",
            "...\n",
            "%YAML 9\n",
            "|",
            ">9",
            "#",
            "kind",
            "items",
            "apiVersion");

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aBrokenPodIsAnsweredOrRefusedInOneLine(@ForAll("cuts") List<Integer> cuts) {
        String text = broken(POD, cuts);
        try {
            assertThat(PodAudit.auditJson(text, Audited.project())).isNotNull();
        } catch (IllegalArgumentException e) {
            isOneLine(e);
        }
        try {
            assertThat(ApiServer.answer(text)).isNotNull();
        } catch (IllegalArgumentException e) {
            isOneLine(e);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aBrokenListIsReadOrRefusedInOneLine(@ForAll("cuts") List<Integer> cuts) {
        for (String text : List.of(broken(LIST, cuts), broken(POD, cuts), "---\n" + broken(POD, cuts))) {
            try {
                assertThat(ClusterSnapshot.parse("cocalc", text).all(Pod.class)).isNotNull();
            } catch (IllegalArgumentException e) {
                isOneLine(e);
            }
        }
    }

    private static void isOneLine(IllegalArgumentException e) {
        assertThat(e).isNotInstanceOf(NumberFormatException.class);
        assertThat(e.getMessage())
                .matches("[ -~…]+")
                .doesNotContain("line -", "line 0", "REDACTED")
                .hasSizeLessThan(600);
    }

    private static String broken(String text, List<Integer> numbers) {
        String broken = text;
        for (int i = 0; i + 2 < numbers.size(); i += 3) {
            int at = Math.floorMod(numbers.get(i), broken.length() + 1);
            int length = Math.min(Math.floorMod(numbers.get(i + 1), 20), broken.length() - at);
            String piece = PIECES.get(Math.floorMod(numbers.get(i + 2), PIECES.size()));
            String cut = broken.substring(at, at + length);
            String[] inPlace = {piece, piece + cut, "", cut + cut};
            broken = broken.substring(0, at)
                    + inPlace[Math.floorMod(numbers.get(i + 1), inPlace.length)]
                    + broken.substring(at + length);
        }
        return broken;
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().list().ofMinSize(3).ofMaxSize(9);
    }
}
