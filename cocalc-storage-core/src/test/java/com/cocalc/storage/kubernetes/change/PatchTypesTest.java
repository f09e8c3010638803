package com.cocalc.storage.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.kubernetes.audit.Licenses;
import com.cocalc.storage.kubernetes.audit.Manifests;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A patch that puts a value of another type into a field is refused, as a server refuses it, and not made to fit. */
class PatchTypesTest {

    private static Pod patched(String path, String value) {
        Pod pod = Manifests.pod("""
                metadata: { name: p, labels: { a: b } }
                spec:
                  securityContext: { runAsUser: 2001 }
                  containers: [{ name: project, image: x, env: [{ name: A }], command: [sh] }]
                """);
        String patch = "[{\"op\":\"add\",\"path\":\"" + path + "\",\"value\":" + value + "}]";
        return PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, patch))).applyTo(pod);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /metadata/labels/x | 1
            /metadata/labels/x | true
            /metadata/name | 5
            /spec/containers/0/command/- | 1
            /spec/containers/0/env/- | {"name":"X","value":1}
            /spec/containers/0/env/- | {"name":"X","value":false}
            /spec/hostPID | "true"
            /spec/hostPID | 1
            /spec/hostPID | ""
            /spec/securityContext/runAsUser | "0"
            /spec/securityContext/runAsUser | 0.9
            /spec/securityContext/runAsUser | true
            /spec/securityContext/supplementalGroups | ["1"]
            /spec/terminationGracePeriodSeconds | 1e30
            /spec/containers/0/ports | [{"containerPort":"80"}]
            /spec/containers/0/ports | [{"containerPort":80.5}]
            /spec/containers/0/ports | [{"containerPort":4294967296}]
            /spec/affinity | ""
            """)
    void aValueOfAnotherTypeIsRefused(String path, String value) {
        assertThatThrownBy(() -> patched(path, value))
                .isInstanceOf(PatchFailedException.class)
                .hasMessageContaining(
                        "it leaves something that is not a Pod, for example a number where a text belongs");
    }

    /** The hub writes a whole number without its point, and the server takes numbers as quantities. */
    @Test
    void whatAServerTakesIsApplied() {
        assertThat(patched("/spec/securityContext/runAsUser", "2002.0")
                        .getSpec()
                        .getSecurityContext()
                        .getRunAsUser())
                .isEqualTo(2002L);
        assertThat(patched("/spec/terminationGracePeriodSeconds", "1e3")
                        .getSpec()
                        .getTerminationGracePeriodSeconds())
                .isEqualTo(1000L);
        assertThat(patched("/spec/containers/0/resources", "{\"limits\":{\"cpu\":1,\"memory\":1.5,\"x/gpu\":\"1\"}}")
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getResources()
                        .getLimits())
                .hasSize(3)
                .hasEntrySatisfying("cpu", cpu -> assertThat(cpu.getAmount()).isEqualTo("1"))
                .hasEntrySatisfying(
                        "memory", memory -> assertThat(memory.getAmount()).isEqualTo("1.5"));
        assertThat(patched("/spec/containers/0/livenessProbe", "{\"httpGet\":{\"port\":\"http\"}}")
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getLivenessProbe()
                        .getHttpGet()
                        .getPort()
                        .getStrVal())
                .isEqualTo("http");
        assertThat(patched("/metadata/labels/x", "null").getMetadata().getLabels())
                .containsKey("x");
        assertThat(patched("/spec/tolerations", "null").getSpec().getTolerations())
                .isNullOrEmpty();
    }
}
