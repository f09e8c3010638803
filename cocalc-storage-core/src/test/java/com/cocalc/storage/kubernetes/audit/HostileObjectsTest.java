package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.JupyterPath;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.StorageClaims;
import com.cocalc.storage.kubernetes.change.Difference;
import com.cocalc.storage.kubernetes.change.Impact;
import com.cocalc.storage.kubernetes.change.PatchFailedException;
import com.cocalc.storage.kubernetes.change.PatchGuard;
import com.cocalc.storage.kubernetes.change.PatchedPod;
import com.cocalc.storage.kubernetes.change.PodPatches;
import com.cocalc.storage.kubernetes.change.StorageDiff;
import com.cocalc.storage.kubernetes.preflight.ClusterSnapshot;
import com.cocalc.storage.kubernetes.preflight.Diagnosis;
import com.cocalc.storage.kubernetes.preflight.PreflightFinding;
import com.cocalc.storage.kubernetes.preflight.PreflightRule;
import com.cocalc.storage.kubernetes.preflight.StoragePreflight;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Objects of which anything may be missing, null or absurd give an answer, and one in printable lines. */
class HostileObjectsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final UUID PROJECT = UUID.fromString("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    private static final String POD = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"project-1","namespace":"cocalc","uid":"1",
             "labels":{"run":"project"}},
             "spec":{"securityContext":{"runAsUser":2001,"fsGroup":2001},
              "initContainers":[{"name":"fix-permissions","command":["true"],
                "volumeMounts":[{"name":"home","mountPath":"/home/user","subPathExpr":"$(A)"}]}],
              "containers":[{"name":"project","image":"ganesha","env":[{"name":"EXT","value":"/ext"}],
                "securityContext":{"runAsUser":0},
                "volumeMounts":[{"name":"home","mountPath":"/home/user","subPath":"projects/1"},
                                {"name":"ext","mountPath":"/export","readOnly":true}]}],
              "ephemeralContainers":[{"name":"debug","volumeMounts":[{"name":"ext","mountPath":"/x"}]}],
              "volumes":[{"name":"home","persistentVolumeClaim":{"claimName":"projects-data"}},
                         {"name":"ext","emptyDir":{}}]},
             "status":{"phase":"Pending","containerStatuses":[{"name":"project",
               "state":{"waiting":{"reason":"CreateContainerConfigError","message":"failed to prepare subPath for volumeMount"}},
               "lastState":{"terminated":{"reason":"Error","message":"x\\nchown: /home/user: Operation not permitted"}}}]}}""";
    private static final String BARE = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"project-1","labels":{"run":"project"}},
             "spec":{"securityContext":{"runAsUser":2001},"initContainers":[{"name":"setup","image":"x"}],
              "containers":[{"name":"project","image":"x","env":[{"name":"A","value":"1"}],
                "volumeMounts":[{"name":"shm","mountPath":"/dev/shm"}],
                "securityContext":{"capabilities":{"drop":["ALL"]}}},
                {"name":"sidecar","image":"x","volumeMounts":[{"name":"shm","mountPath":"/dev/shm"}]}],
              "volumes":[{"name":"shm","emptyDir":{"medium":"Memory"}}]}}""";
    private static final ProjectLicenses PATCHED = Licenses.of(Licenses.patch(Licenses.A, """
            [{"op":"add","path":"/spec/containers/0/volumeMounts/0/readOnly","value":false},
             {"op":"add","path":"/metadata/labels","value":{}},
             {"op":"replace","path":"/spec/volumes","value":[{"name":"home","persistentVolumeClaim":
               {"claimName":"projects-data"}},{"name":"ext","persistentVolumeClaim":{"claimName":"projects-software"}}]},
             {"op":"add","path":"/spec/containers/0/volumeMounts","value":
               [null,{"name":"ext","mountPath":"/ext"},{"name":null,"mountPath":null}]}]"""));
    private static final List<PodStorage> STORAGES = List.of(
            PodStorage.of(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none())),
            PodStorage.of(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none()))
                    .hardened(),
            PodStorage.of(ProjectVolumes.forProject(
                    PROJECT,
                    ProjectLicenses.none(),
                    StorageConfig.builder()
                            .homeOwnership(HomeOwnership.fixPermissionsInit())
                            .jupyterPath(JupyterPath.WITH_SOFTWARE)
                            .build())),
            PodStorage.of(ServiceVolumes.forService(StorageService.MANAGE_SHARE))
                    .withSecurityContext());
    private static final String OTHERS = """
            [{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"projects-data","namespace":"cocalc"},
              "spec":{"accessModes":["ReadWriteMany"],"storageClassName":"nfs","volumeName":"v"},
              "status":{"phase":"Bound","capacity":{"storage":"1Gi"}}},
             {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"projects-software"},
              "spec":{"storageClassName":"nfs"},"status":{"phase":"Pending"}},
             {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"v"},
              "spec":{"csi":{"driver":"d","volumeHandle":"h"},"accessModes":["ReadWriteMany"]}},
             {"apiVersion":"storage.k8s.io/v1","kind":"CSIDriver","metadata":{"name":"d"},"spec":{"fsGroupPolicy":"None"}},
             {"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"nfs","annotations":{"a":"b"}},
              "provisioner":"p","parameters":{"rootSquash":"true"},"mountOptions":["vers=3"]},
             {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"cocalc",
              "labels":{"pod-security.kubernetes.io/enforce":"restricted"}}},
             {"apiVersion":"v1","kind":"Event","reason":"FailedMount","message":"unmounted volumes=[home]: timed out",
              "involvedObject":{"kind":"Pod","name":"project-1","namespace":"cocalc","uid":"1"}},
             {"apiVersion":"v1","kind":"Event","reason":"ProvisioningFailed","message":"x",
              "involvedObject":{"kind":"PersistentVolumeClaim","name":"projects-data","namespace":"cocalc"}}]""";

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aDamagedPodIsComparedAndDiagnosed(@ForAll("seeds") long seed, @ForAll("words") String word) {
        Random random = new Random(seed);
        Pod pod = damaged(POD, Pod.class, random, word);
        if (pod == null) {
            return;
        }
        Event event = damaged(
                "{\"reason\":\"FailedMount\",\"message\":\"x\",\"involvedObject\":{\"kind\":\"Pod\",\"name\":\"project-1\"}}",
                Event.class,
                random,
                word);

        StorageDiff diff =
                StorageDiff.between(pod, PodStorage.of(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none())));
        Diagnosis diagnosis = Diagnosis.of(pod, Arrays.asList(event, null), Arrays.asList(word, null));

        assertPrintable(diff.toString());
        assertPrintable(diagnosis.toString());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aDamagedClusterIsChecked(@ForAll("seeds") long seed, @ForAll("words") String word)
            throws JsonProcessingException {
        Random random = new Random(seed);
        ArrayNode items = (ArrayNode) MAPPER.readTree(OTHERS);
        items.add(MAPPER.readTree(POD));
        damage(items, random, word);
        ClusterSnapshot snapshot;
        try {
            snapshot = ClusterSnapshot.parse(
                    "cocalc", MAPPER.createObjectNode().set("items", items).toString());
        } catch (IllegalArgumentException e) {
            return; // a wrong type, which has a test of its own
        }
        StorageConfig config = StorageConfig.builder()
                .homeOwnership(random.nextBoolean() ? HomeOwnership.asIs() : HomeOwnership.fixPermissionsInit())
                .build();

        for (PreflightFinding finding : StoragePreflight.check(StorageModel.of(config), snapshot)) {
            assertPrintable(finding.toString());
        }
    }

    /** A mount of the pod's own that named a missing volume, which the storage brought: it is not taken away. */
    private static boolean hasFoundItsVolume(Difference difference, Pod before, Pod after) {
        Set<String> volumes = present(before.getSpec().getVolumes())
                .map(Volume::getName)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        JsonNode mount = MAPPER.valueToTree(after).at(difference.pointer());
        return difference.impact() == Impact.FILES_DISAPPEAR
                && mount.path("name").isTextual()
                && !volumes.contains(mount.path("name").asText());
    }

    private static <T> Stream<T> present(List<T> list) {
        return list == null ? Stream.empty() : list.stream().filter(Objects::nonNull);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aDamagedPodGetsItsStorageOrAClearRefusal(@ForAll("seeds") long seed, @ForAll("words") String word) {
        Random random = new Random(seed);
        Pod pod = damaged(random.nextBoolean() ? POD : BARE, Pod.class, random, word);
        if (pod == null) {
            return;
        }
        for (PodStorage storage : STORAGES) {
            try {
                Pod once = storage.applyTo(pod, "project");

                assertThat(storage.applyTo(once, "project")).isEqualTo(once);
                assertThat(StorageDiff.between(once, "project", storage).differences())
                        .filteredOn(difference -> difference.aspect() == Difference.Aspect.MOUNT)
                        .filteredOn(difference -> !hasFoundItsVolume(difference, pod, once))
                        .isEmpty();
            } catch (IllegalArgumentException e) {
                assertPrintable(String.valueOf(e.getMessage()));
            }
        }
    }

    @Example
    void aDamagedPodWhoseOwnMountFindsItsVolume() {
        aDamagedPodGetsItsStorageOrAClearRefusal(-4336, "");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aDamagedPodIsPatchedAndGuarded(@ForAll("seeds") long seed, @ForAll("words") String word) {
        Random random = new Random(seed);
        Pod pod = damaged(random.nextBoolean() ? POD : BARE, Pod.class, random, word);
        if (pod == null) {
            return;
        }
        ProjectVolumes project = ProjectVolumes.forProject(PROJECT, PATCHED);

        assertPrintable(StorageDiff.between(pod, PodStorage.of(project)).toString());
        try {
            PatchedPod patched = PatchGuard.reporting(project).apply(PodPatches.of(PATCHED), pod);

            patched.findings().forEach(finding -> assertPrintable(finding.toString()));
        } catch (PatchFailedException e) {
            assertPrintable(String.valueOf(e.getMessage()));
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aDamagedClaimIsPlannedOrRefused(@ForAll("seeds") long seed, @ForAll("words") String word)
            throws JsonProcessingException {
        Random random = new Random(seed);
        JsonNode objects = MAPPER.readTree(OTHERS);
        PersistentVolumeClaim claim =
                damaged(objects.get(random.nextInt(2)).toString(), PersistentVolumeClaim.class, random, word);
        StorageClass nfs = damaged(objects.get(4).toString(), StorageClass.class, random, word);
        if (claim == null || nfs == null) {
            return;
        }
        try {
            assertPrintable(StorageClaims.of(StorageConfig.defaults())
                    .resize(claim, Arrays.asList(nfs, null))
                    .toString());
        } catch (IllegalArgumentException e) {
            assertPrintable(String.valueOf(e.getMessage()));
        }
    }

    @Test
    void tenThousandObjectsAreAuditedPatchedMountedAndChecked() throws JsonProcessingException {
        Pod large = MAPPER.readValue(BARE, Pod.class);
        ArrayNode items = MAPPER.createArrayNode();
        for (int i = 0; i < 10_000; i++) {
            String name = "v" + i;
            large.getSpec()
                    .getVolumes()
                    .add(new VolumeBuilder()
                            .withName(name)
                            .withNewPersistentVolumeClaim("c" + i, false)
                            .build());
            large.getSpec()
                    .getContainers()
                    .get(0)
                    .getVolumeMounts()
                    .add(new VolumeMountBuilder()
                            .withName(name)
                            .withMountPath("/" + name)
                            .build());
            items.addObject()
                    .put("apiVersion", "v1")
                    .put("kind", "PersistentVolumeClaim")
                    .putObject("metadata")
                    .put("name", "c" + i)
                    .put("namespace", "cocalc");
        }
        ProjectVolumes project = ProjectVolumes.forProject(PROJECT, PATCHED);

        Pod mounted = PodStorage.of(project).applyTo(large, "project");
        PatchedPod patched = PatchGuard.reporting(project).apply(PodPatches.of(PATCHED), mounted);
        ClusterSnapshot snapshot = ClusterSnapshot.parse(
                "cocalc", MAPPER.createObjectNode().set("items", items).toString());

        assertThat(mounted.getSpec().getVolumes()).hasSize(10_003);
        assertThat(PodAudit.audit(mounted, Expected.forProject(project))).isEmpty();
        assertThat(patched.findings())
                .extracting(finding -> finding.finding().rule())
                .contains(AuditRule.WRITABLE);
        assertThat(StorageDiff.between(mounted, PodStorage.of(project)).differences())
                .extracting(Difference::impact)
                .contains(Impact.WRITE_ACCESS_GAINED);
        assertThat(StoragePreflight.check(StorageModel.of(StorageConfig.defaults()), snapshot))
                .extracting(finding -> finding.finding().rule())
                .contains(PreflightRule.CLAIM_MISSING);
    }

    @Test
    void tenThousandVolumesAndContainersAreNoHang() throws JsonProcessingException {
        ObjectNode pod = (ObjectNode) MAPPER.readTree(POD);
        ArrayNode volumes = (ArrayNode) pod.at("/spec/volumes");
        ArrayNode mounts = (ArrayNode) pod.at("/spec/containers/0/volumeMounts");
        for (int i = 0; i < 10_000; i++) {
            volumes.addObject()
                    .put("name", "v" + i)
                    .putObject("persistentVolumeClaim")
                    .put("claimName", "c" + i);
            mounts.addObject().put("name", "v" + i).put("mountPath", "/v" + i);
        }
        Pod large = MAPPER.treeToValue(pod, Pod.class);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            lines.add("cp: cannot create regular file '/v" + i + "': Permission denied");
        }

        Diagnosis diagnosis = Diagnosis.of(large, List.of(), lines);
        StorageDiff diff =
                StorageDiff.between(large, PodStorage.of(ProjectVolumes.forProject(PROJECT, ProjectLicenses.none())));

        assertThat(diagnosis.causes()).hasSizeGreaterThan(1_000);
        assertThat(diff.isEmpty()).isFalse();
    }

    @Test
    void aLineOfAMegabyteIsNoHang() {
        for (String piece :
                List.of("/", "'", "‘/", "[", "(", "a ", "unmounted volumes=[", "persistentvolumeclaim \"", ": ")) {
            String line = piece.repeat(1_000_000 / piece.length());
            Diagnosis.of(new Pod(), List.of(), List.of(line, line + "Permission denied"));
            Event event = new Event();
            event.setReason("FailedMount");
            event.setMessage(line);

            assertThat(Diagnosis.of(new Pod(), List.of(event)).causes()).hasSize(1);
        }
    }

    private static void assertPrintable(String text) {
        assertThat(text.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f) || c == '…');
    }

    private static <T> @Nullable T damaged(String json, Class<T> type, Random random, String word) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            damage(tree, random, word);
            return MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            return null; // of a wrong type: no such object
        }
    }

    /** Takes away, nulls or replaces about one field or element in twelve. */
    private static void damage(JsonNode node, Random random, String word) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                switch (random.nextInt(36)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.putNull(name);
                    case 2 -> {
                        if (object.get(name).isTextual() && !name.equals("kind") && !name.equals("apiVersion")) {
                            object.put(name, word);
                        }
                    }
                    default -> damage(object.get(name), random, word);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (random.nextInt(24) == 0) {
                    array.setNull(i);
                } else {
                    damage(array.get(i), random, word);
                }
            }
        }
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs();
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "\n\u0000\u202e\u2028",
                        "/",
                        "../..",
                        "$($(A))",
                        "\ud800",
                        "stale file handle",
                        "persistentvolumeclaim \"\n\" not found",
                        "chown: /home/user/\u0007: Operation not permitted"),
                Arbitraries.strings().ofMaxLength(40));
    }
}
