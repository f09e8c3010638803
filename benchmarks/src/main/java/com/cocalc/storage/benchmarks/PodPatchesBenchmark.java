package com.cocalc.storage.benchmarks;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.json.LicensesJson;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.change.PatchGuard;
import com.cocalc.storage.kubernetes.change.PatchedPod;
import com.cocalc.storage.kubernetes.change.PodPatches;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The most operations that licences may carry, on a project's ordinary pod. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PodPatchesBenchmark {

    private static final int LICENCES = 5;
    private static final int OPERATIONS = 200;

    private final ProjectVolumes project =
            ProjectVolumes.forProject(UUID.fromString("3f5ea6cb-d334-4dfe-a43f-2072073c2b13"), ProjectLicenses.none());

    /**
     * What the operations add: labels, labels after one change of the storage that the guard then has to trace, or
     * volumes with their mounts after such a change.
     */
    @Param({"labels", "storage", "volumes"})
    public String added = "labels";

    private Pod pod = new Pod();
    private PodPatches patches = PodPatches.of(ProjectLicenses.none());

    /** Makes the pod and the licences. */
    @Setup
    public void prepare() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode licenses = mapper.createObjectNode();
        for (int i = 0; i < LICENCES; i++) {
            ArrayNode patch = mapper.createArrayNode();
            for (int j = 0; j < OPERATIONS; j++) {
                int number = i * OPERATIONS + j;
                boolean label = !added.equals("volumes") || number < 2;
                patch.add(label ? label(mapper, i, j) : volumeOrMount(mapper, number));
            }
            if (i == 0 && !added.equals("labels")) {
                patch.set(
                        0,
                        mapper.createObjectNode()
                                .put("op", "add")
                                .put("path", "/spec/containers/0/volumeMounts/1/readOnly")
                                .put("value", false));
            }
            licenses.putObject("licence-" + i).putObject("quota").put("patch", patch.toString());
        }
        patches = PodPatches.of(LicensesJson.parse(licenses.toString()));
        pod = PodStorage.of(project)
                .applyTo(
                        new PodBuilder()
                                .withNewMetadata()
                                .withName("project")
                                .addToLabels("run", "project")
                                .endMetadata()
                                .withNewSpec()
                                .addNewContainer()
                                .withName("project")
                                .withImage("registry.example/project:1")
                                .endContainer()
                                .endSpec()
                                .build(),
                        "project");
        if (patches.operations().size() != LICENCES * OPERATIONS) {
            throw new IllegalStateException("all operations must count, but left out are " + patches.omitted());
        }
    }

    private static ObjectNode label(ObjectMapper mapper, int licence, int number) {
        return mapper.createObjectNode()
                .put("op", "add")
                .put("path", "/metadata/labels/l" + licence + "-" + number)
                .put("value", "v");
    }

    private static ObjectNode volumeOrMount(ObjectMapper mapper, int number) {
        boolean volume = number % 2 == 0;
        ObjectNode operation = mapper.createObjectNode()
                .put("op", "add")
                .put("path", volume ? "/spec/volumes/-" : "/spec/containers/0/volumeMounts/-");
        ObjectNode value = operation.putObject("value").put("name", "v" + number / 2);
        if (volume) {
            value.putObject("emptyDir");
        } else {
            value.put("mountPath", "/m" + number / 2);
        }
        return operation;
    }

    /**
     * Applies all operations.
     *
     * @return the patched pod
     */
    @Benchmark
    public Pod applyTo() {
        return patches.applyTo(pod);
    }

    /**
     * Applies them and finds out which of them did something to the storage.
     *
     * @return the patched pod with what was found
     */
    @Benchmark
    public PatchedPod guard() {
        return PatchGuard.reporting(project).apply(patches, pod);
    }
}
