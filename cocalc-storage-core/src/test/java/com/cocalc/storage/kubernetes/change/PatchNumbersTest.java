package com.cocalc.storage.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.kubernetes.audit.Licenses;
import com.cocalc.storage.kubernetes.audit.Manifests;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a test, numbers are equal if they are the same number, as RFC 6902 has it, however they are written and kept. */
class PatchNumbersTest {

    private static final String POD = """
            metadata: { name: p, generation: 3, labels: { a: "2001" } }
            spec:
              securityContext: { runAsUser: 2001, supplementalGroups: [1, 2] }
              containers: [{ name: project, image: x, ports: [{ containerPort: 80 }] }]
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /spec/securityContext/runAsUser | 2001
            /spec/securityContext/runAsUser | 2001.0
            /spec/securityContext/runAsUser | 2.001e3
            /spec/securityContext/supplementalGroups | [1,2.0]
            /spec/containers/0/ports/0 | {"containerPort":80.0}
            /spec/containers/0/ports/0/containerPort | 80
            /metadata/labels/a | "2001"
            """)
    void theSameNumberIsEqual(String path, String value) {
        Pod pod = Manifests.pod(POD);

        assertThat(apply(path, value, pod)).isEqualTo(pod);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /spec/securityContext/runAsUser | 2002
            /spec/securityContext/runAsUser | 2001.5
            /spec/securityContext/runAsUser | "2001"
            /spec/securityContext/runAsUser | 1e999999999
            /spec/securityContext/runAsUser | 18446744073709553617
            /spec/securityContext/runAsUser | null
            /spec/securityContext/runAsUser | [2001]
            /spec/securityContext/supplementalGroups | [2,1]
            /spec/securityContext/supplementalGroups | [1]
            /spec/securityContext/supplementalGroups | {"0":1,"1":2}
            /metadata/labels/a | 2001
            """)
    void anythingElseIsNot(String path, String value) {
        assertThatThrownBy(() -> apply(path, value, Manifests.pod(POD)))
                .isInstanceOf(PatchFailedException.class)
                .hasMessageContaining("the pod has another value there");
    }

    private static Pod apply(String path, String value, Pod pod) {
        String test = "[{\"op\":\"test\",\"path\":\"" + path + "\",\"value\":" + value + "}]";
        return PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, test))).applyTo(pod);
    }
}
