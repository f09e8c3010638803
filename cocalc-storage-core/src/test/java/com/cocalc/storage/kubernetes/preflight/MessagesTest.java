package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Manifests;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of kubelets, runtimes, drivers, controllers and programs, one a line of {@code messages.txt}. */
class MessagesTest {

    static List<String> messages() throws IOException {
        try (InputStream in = MessagesTest.class.getResourceAsStream("messages.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void eachMessageMeansWhatItsLineSays(String line) {
        String[] parts = line.split(" \\| ", 4);
        String message = parts[3].replace(";;", "\n");

        Diagnosis diagnosis = switch (parts[0]) {
            case "POD" -> Diagnosis.of(pod(), List.of(Symptomatic.event("Pod", "project-1", parts[1], message)));
            case "CLAIM" ->
                Diagnosis.of(
                        pod(), List.of(Symptomatic.event("PersistentVolumeClaim", "projects-data", parts[1], message)));
            case "CONTAINER" -> Diagnosis.of(Symptomatic.waiting(pod(), parts[1], message), List.of());
            case "ENDED" -> Diagnosis.of(Symptomatic.ended(pod(), parts[1], message), List.of());
            default -> Diagnosis.of(pod(), List.of(), List.of(message));
        };

        assertThat(diagnosis.causes().stream().map(cause -> cause.kind().name()))
                .containsExactlyElementsOf(
                        Stream.of(parts[2]).filter(kind -> !kind.equals("-")).toList());
    }

    private static Pod pod() {
        return Manifests.pod("""
                metadata: { name: project-1, namespace: cocalc }
                spec:
                  nodeName: n1
                  containers:
                    - name: project
                      env: [{ name: EXT, value: /ext/ }]
                      volumeMounts:
                        - { name: home, mountPath: /home/user, subPath: projects/1 }
                        - { name: ext, mountPath: /ext, readOnly: true }
                        - { name: tmp, mountPath: /tmp }
                  volumes:
                    - { name: home, persistentVolumeClaim: { claimName: projects-data } }
                    - { name: ext, persistentVolumeClaim: { claimName: projects-software, readOnly: true } }
                    - { name: tmp, emptyDir: {} }
                    - { name: settings, configMap: { name: settings } }
                    - { name: kube-api-access-7, projected: { sources: [] } }
                status: {}
                """);
    }
}
