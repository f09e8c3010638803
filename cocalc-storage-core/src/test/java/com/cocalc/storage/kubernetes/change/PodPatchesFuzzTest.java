package com.cocalc.storage.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Licenses;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a licence holds, a pod or the one documented exception comes out, and nothing else happens. */
class PodPatchesFuzzTest {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anOddPatchGivesAPodOrTheDocumentedException(
            @ForAll("patches") String first, @ForAll("patches") String second) {
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch("1", first), Licenses.patch("2", second)));
        Pod pod = pod();

        try {
            assertThat(patches.applyTo(pod)).isNotNull();
        } catch (PatchFailedException e) {
            assertThat(patches.operations()).contains(e.operation());
            assertThat(e.getMessage().chars()).allMatch(c -> c >= ' ');
        }

        assertThat(pod).isEqualTo(pod());
    }

    @Property
    void anyTextIsAPatchOrLeftOut(@ForAll String text) {
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch("1", whole(text))));

        assertThat(patches.operations().size() + patches.omitted().size()).isNotZero();
    }

    /** A text of JSON in the model has no half surrogate pairs. */
    private static String whole(String text) {
        StringBuilder whole = new StringBuilder();
        text.codePoints().filter(c -> c < 0xd800 || c > 0xdfff).forEach(whole::appendCodePoint);
        return whole.toString();
    }

    @Provide
    Arbitrary<String> patches() {
        Arbitrary<String> op = Arbitraries.of("add", "remove", "replace", "move", "copy", "test");
        Arbitrary<String> value = Arbitraries.of(
                "null", "1", "-1", "1e400", "true", "\"x\"", "{}", "[]", "[null]", "{\"name\":null}", "{\"\":[{}]}");
        return Combinators.combine(op, pointers(), pointers(), value)
                .as((o, path, from, v) -> "{\"op\":\"" + o + "\",\"path\":\"" + path + "\",\"from\":\"" + from
                        + "\",\"value\":" + v + "}")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(operations -> "[" + String.join(",", operations) + "]");
    }

    private static Arbitrary<String> pointers() {
        Arbitrary<String> element = Arbitraries.of(
                "spec",
                "containers",
                "volumes",
                "volumeMounts",
                "metadata",
                "name",
                "labels",
                "securityContext",
                "0",
                "1",
                "-",
                "-1",
                "00",
                "99999999999999999999",
                "2147483647",
                "",
                "~",
                "~0",
                "~2",
                "a~",
                "__proto__",
                "constructor",
                "kind");
        Arbitrary<String> path =
                element.list().ofMaxSize(5).map(elements -> elements.isEmpty() ? "" : "/" + String.join("/", elements));
        return Arbitraries.oneOf(
                path,
                Arbitraries.of(
                        "spec",
                        "/spec/containers/0",
                        "/spec/containers",
                        "/spec/containers/-",
                        "/spec/containers/0/volumeMounts",
                        "/spec",
                        "/kind",
                        "~"));
    }

    private static Pod pod() {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("project-1")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("project")
                .addNewVolumeMount()
                .withName("home")
                .withMountPath("/home/user")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
        PodSpec spec = pod.getSpec();
        spec.setVolumes(null);
        spec.setInitContainers(Collections.singletonList((Container) null));
        pod.getMetadata().setLabels(null);
        pod.getMetadata().setFinalizers(List.of());
        return pod;
    }
}
