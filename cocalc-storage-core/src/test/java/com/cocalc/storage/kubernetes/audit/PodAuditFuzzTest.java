package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.apiserver.ApiServer;
import com.cocalc.storage.kubernetes.apiserver.PodSecurity;
import com.cocalc.storage.kubernetes.apiserver.PodSecurityLevel;
import com.cocalc.storage.kubernetes.apiserver.PodText;
import com.cocalc.storage.kubernetes.apiserver.ServerAnswer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a pod looks like: findings or a clear error, and always the same. */
class PodAuditFuzzTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int PODS_PER_TRY = Boolean.getBoolean("cocalc.deep") ? 2000 : 10;

    @Property(tries = 100)
    void damagedTextGivesFindingsAndAnAnswer(@ForAll long seed) {
        MutatedPods pods = new MutatedPods(seed);
        for (int i = 0; i < PODS_PER_TRY; i++) {
            JsonNode pod = pods.next();
            String json = pod.toString();

            List<Finding> findings = PodAudit.auditJson(json, Audited.project());

            assertThat(PodAudit.auditJson(json, Audited.licensed())).isNotNull();
            assertThat(PodAudit.auditJson(json, Audited.project())).isEqualTo(findings);
            // An audit is content without the words that say what it is.
            if (pod.path("kind").asText().equals("Pod")
                    && pod.path("apiVersion").isTextual()) {
                assertRefusalsAgree(withoutSystem(pod).toString());
            }
        }
    }

    /**
     * The operating system of a pod is one finding of an audit, and a server refuses each field that it does not have.
     */
    private static JsonNode withoutSystem(JsonNode pod) {
        JsonNode copy = pod.deepCopy();
        if (copy.path("spec") instanceof ObjectNode spec) {
            spec.remove("os");
        }
        return copy;
    }

    /** What the server refuses has an error at the server's own field, if it is about storage or identity. */
    private static void assertRefusalsAgree(String json) {
        List<Finding> findings = PodAudit.auditJson(json, Audited.project());
        ServerAnswer answer = ApiServer.answer(json);
        List<String> fields = findings.stream()
                .flatMap(finding -> finding.serverFields().stream())
                .distinct()
                .toList();
        if (answer.code() == 422) {
            assertThat(fields).containsExactlyInAnyOrderElementsOf(answer.fields());
        } else if (!PodText.parse(json).causes().isEmpty()) {
            assertThat(answer.code()).isEqualTo(400);
            assertThat(findings).extracting(Finding::severity).contains(Severity.ERROR);
        }
    }

    @Property(tries = 100)
    void damagedObjectsGiveFindings(@ForAll long seed) {
        MutatedPods pods = new MutatedPods(seed);
        for (int i = 0; i < PODS_PER_TRY; i++) {
            JsonNode json = pods.next();
            Pod pod;
            try {
                pod = MAPPER.treeToValue(json, Pod.class);
            } catch (JsonProcessingException e) {
                continue; // no object, nothing to audit
            }

            assertThat(PodAudit.audit(pod, Audited.project())).isNotNull();
            assertThat(PodSecurity.of(PodSecurityLevel.RESTRICTED).violations(pod))
                    .isNotNull();
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void podsOfMountsGiveFindings(@ForAll("specs") PodSpec spec) {
        Pod pod = new Pod();
        pod.setSpec(spec);

        List<Finding> findings = PodAudit.audit(pod, Audited.project());

        assertThat(findings).doesNotHaveDuplicates();
        assertThat(PodAudit.audit(new PodTemplateSpec(null, spec), Audited.licensed()))
                .isNotNull();
    }

    @Example
    void aPodWithoutAnythingGivesFindings() {
        Pod pod = new Pod();
        pod.setMetadata(null);
        pod.setSpec(null);

        assertThat(Audited.places(PodAudit.audit(pod, Audited.project())))
                .containsExactly(
                        "refused-by-server@/metadata/name",
                        "refused-by-server@/spec/containers",
                        "fs-group@/spec/securityContext/fsGroup",
                        "fs-group-change-policy@/spec/securityContext/fsGroupChangePolicy");
        assertThat(PodAudit.audit(new PodTemplateSpec(null, null), Audited.project()))
                .isNotEmpty();
    }

    @Example
    void nullListsAndNullElementsAreReadAsTheServerReadsThem() {
        PodSpec spec = new PodSpec();
        spec.setVolumes(Arrays.asList((Volume) null));
        Container container = new Container();
        container.setVolumeMounts(Arrays.asList((VolumeMount) null));
        container.setEnv(Arrays.asList((io.fabric8.kubernetes.api.model.EnvVar) null));
        container.setVolumeDevices(null);
        container.setAdditionalProperties(null);
        spec.setContainers(Arrays.asList(null, container));
        spec.setInitContainers(null);
        spec.setEphemeralContainers(Arrays.asList((EphemeralContainer) null));
        Pod pod = new Pod();
        pod.setSpec(spec);

        List<Finding> findings = PodAudit.audit(pod, Audited.project());

        assertThat(findings).extracting(Finding::pointer).contains("/spec/containers/1/volumeMounts/0/mountPath");
    }

    @Example
    void theWorkGrowsWithTheVolumesAndMountsAndNotWithTheirSquare() {
        long few = reads(1_000, i -> "/m/" + i, i -> "v" + i);
        long many = reads(10_000, i -> "/m/" + i, i -> "v" + i);

        assertThat(few).isPositive();
        assertThat(many).isLessThanOrEqualTo(10 * few);
    }

    @Example
    void mountsInsideEachOtherAreNoMoreWork() {
        long beside = reads(10_000, i -> "/m/" + i, i -> "v" + i % 7);
        long inside = reads(10_000, i -> "/a".repeat(1 + i % 2_000), i -> "v" + i % 7);

        assertThat(inside).isLessThanOrEqualTo(2 * beside);
    }

    /** How often an audit of a pod with that many mounts asks the volumes and mounts for something. */
    private static long reads(int size, IntFunction<String> path, IntFunction<String> volume) {
        AtomicLong reads = new AtomicLong();
        Map<String, Volume> volumes = new LinkedHashMap<>();
        List<VolumeMount> mounts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String name = volume.apply(i);
            volumes.computeIfAbsent(name, n -> new CountedVolume(n, reads));
            mounts.add(new CountedMount(name, path.apply(i), reads));
        }
        PodSpec spec = new PodSpec();
        spec.setVolumes(new ArrayList<>(volumes.values()));
        Container container =
                new ContainerBuilder().withName("c").withImage("x").build();
        container.setVolumeMounts(mounts); // a builder would copy them
        spec.setContainers(List.of(container));
        Pod pod = new Pod();
        pod.setSpec(spec);

        assertThat(PodAudit.audit(pod, Audited.project())).isNotEmpty();
        return reads.get();
    }

    private static final class CountedVolume extends Volume {

        private static final long serialVersionUID = 1L;

        private final transient AtomicLong reads;

        CountedVolume(String name, AtomicLong reads) {
            this.reads = reads;
            setName(name);
            setPersistentVolumeClaim(new PersistentVolumeClaimVolumeSource(name, null));
        }

        @Override
        public String getName() {
            reads.incrementAndGet();
            return super.getName();
        }

        @Override
        public PersistentVolumeClaimVolumeSource getPersistentVolumeClaim() {
            reads.incrementAndGet();
            return super.getPersistentVolumeClaim();
        }
    }

    private static final class CountedMount extends VolumeMount {

        private static final long serialVersionUID = 1L;

        private final transient AtomicLong reads;

        CountedMount(String name, String path, AtomicLong reads) {
            this.reads = reads;
            setName(name);
            setMountPath(path);
            setSubPath("a/b/c");
        }

        @Override
        public String getName() {
            reads.incrementAndGet();
            return super.getName();
        }

        @Override
        public String getMountPath() {
            reads.incrementAndGet();
            return super.getMountPath();
        }

        @Override
        public Boolean getReadOnly() {
            reads.incrementAndGet();
            return super.getReadOnly();
        }
    }

    @Provide
    Arbitrary<PodSpec> specs() {
        Arbitrary<String> names = Arbitraries.of("home", "ext", "x", "", "Y");
        Arbitrary<Volume> volumes = Combinators.combine(
                        names,
                        Arbitraries.of("projects-data", "projects-software", "", "Bad_Name"),
                        Arbitraries.of(true, false, null),
                        Arbitraries.integers().between(0, 4))
                .as((name, claim, readOnly, kind) -> {
                    VolumeBuilder volume = new VolumeBuilder().withName(name);
                    return switch (kind) {
                        case 0 -> volume.build();
                        case 1 -> volume.withNewEmptyDir().endEmptyDir().build();
                        case 2 -> volume.withNewHostPath(claim, null).build();
                        default ->
                            volume.withNewPersistentVolumeClaim(claim, readOnly).build();
                    };
                })
                .injectNull(0.05);
        Arbitrary<String> paths = Arbitraries.of(
                "/home/user", "/ext", "/", "", "home", "/home/user/ext", "/home/./user/", "/proc/1", "/a:b c", "/..");
        Arbitrary<String> parts = Arbitraries.of(
                "projects/" + Audited.ID, "projects", "projects/" + Audited.OTHER_ID, "", ".", "/x", "a/../b", "$(A)");
        Arbitrary<VolumeMount> mounts = Combinators.combine(
                        names,
                        paths.injectNull(0.05),
                        parts.injectNull(0.2),
                        parts.injectNull(0.8),
                        Arbitraries.of(true, false, null))
                .as((name, path, part, expression, readOnly) -> new VolumeMountBuilder()
                        .withName(name)
                        .withMountPath(path)
                        .withSubPath(part)
                        .withSubPathExpr(expression)
                        .withReadOnly(readOnly)
                        .build())
                .injectNull(0.05);
        Arbitrary<Container> containers = Combinators.combine(
                        names, mounts.list().ofMaxSize(6))
                .as((name, list) -> {
                    Container container = new Container();
                    container.setName(name);
                    container.setVolumeMounts(list);
                    return container;
                })
                .injectNull(0.05);
        return Combinators.combine(
                        volumes.list().ofMaxSize(4).injectNull(0.05),
                        containers.list().ofMaxSize(3).injectNull(0.05),
                        containers.list().ofMaxSize(2).injectNull(0.05))
                .as((volumeList, regular, init) -> {
                    PodSpec spec = new PodSpec();
                    spec.setVolumes(volumeList);
                    spec.setContainers(regular);
                    spec.setInitContainers(init);
                    return spec;
                });
    }
}
