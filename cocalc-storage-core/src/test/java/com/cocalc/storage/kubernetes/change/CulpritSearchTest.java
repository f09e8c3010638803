package com.cocalc.storage.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Licenses;
import com.cocalc.storage.kubernetes.audit.Manifests;
import com.cocalc.storage.kubernetes.change.PatchRun.Wanted;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How often a pod is judged until it is known which operation brought something. */
class CulpritSearchTest {

    private static final Pod POD = Manifests.pod("""
            metadata: { name: p, labels: { a: b } }
            spec: { containers: [{ name: project, image: x }], volumes: [{ name: first, emptyDir: {} }] }
            """);

    private final AtomicInteger judged = new AtomicInteger();

    /** As many operations as licences may carry. */
    private static List<PatchOperation> operations(String... first) {
        List<String> all = new ArrayList<>(List.of(first));
        while (all.size() < 1_000) {
            all.add("{'op':'add','path':'/metadata/labels/l%d','value':'v'}".formatted(all.size()));
        }
        String[] parts = new String[5];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = "[" + String.join(",", all.subList(200 * i, 200 * i + 200)) + "]";
        }
        return PodPatches.of(Licenses.of(
                        Licenses.patch("a", parts[0].replace('\'', '"')),
                        Licenses.patch("b", parts[1].replace('\'', '"')),
                        Licenses.patch("c", parts[2].replace('\'', '"')),
                        Licenses.patch("d", parts[3].replace('\'', '"')),
                        Licenses.patch("e", parts[4].replace('\'', '"'))))
                .operations();
    }

    private Map<String, Integer> labelsAndVolumes(Pod pod) {
        judged.incrementAndGet();
        Map<String, Integer> counts = new HashMap<>();
        pod.getMetadata().getLabels().keySet().forEach(label -> counts.put(label, 1));
        counts.put("volumes", pod.getSpec().getVolumes().size());
        return counts;
    }

    @Test
    void aThousandOperationsAreSearchedWithTenJudgements() {
        List<PatchOperation> operations = operations();

        assertThat(operations).hasSize(1_000);
        for (int i : new int[] {0, 1, 499, 500, 998, 999}) {
            judged.set(0);
            assertThat(new PatchRun(POD).culprits(operations, List.of(new Wanted("l" + i, 1)), this::labelsAndVolumes))
                    .containsExactly(operations.get(i));
            assertThat(judged).hasValueLessThanOrEqualTo(10);
        }
    }

    @Test
    void whatOneStateTellsIsAskedOnce() {
        List<PatchOperation> operations = operations();

        assertThat(new PatchRun(POD)
                        .culprits(
                                operations,
                                List.of(new Wanted("l1", 1), new Wanted("l2", 1), new Wanted("l3", 1)),
                                this::labelsAndVolumes))
                .containsExactly(operations.get(1), operations.get(2), operations.get(3));
        assertThat(judged).hasValueLessThanOrEqualTo(12);
    }

    @Test
    void theSecondOfAKindBelongsToTheOperationThatBringsTheSecond() {
        String volume = "{'op':'add','path':'/spec/volumes/-','value':{'name':'v','emptyDir':{}}}";
        List<PatchOperation> operations =
                operations("{'op':'test','path':'/metadata/name','value':'p'}", volume, volume);

        assertThat(new PatchRun(POD)
                        .culprits(
                                operations,
                                List.of(new Wanted("volumes", 2), new Wanted("volumes", 3)),
                                this::labelsAndVolumes))
                .containsExactly(operations.get(1), operations.get(2));
    }

    @Test
    void whereThereIsNoPodForTheMomentThereIsNothing() {
        List<PatchOperation> operations = operations(
                "{'op':'add','path':'/spec/volumes/-','value':{'name':'v','emptyDir':{}}}",
                "{'op':'add','path':'/spec/hostPID','value':'perhaps'}",
                "{'op':'add','path':'/metadata/labels/x','value':'1'}",
                "{'op':'add','path':'/spec/hostPID','value':false}");

        assertThat(new PatchRun(POD).culprits(operations, List.of(new Wanted("x", 1)), this::labelsAndVolumes))
                .containsExactly(operations.get(3));
    }
}
