package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.CreatedClaims;
import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.JupyterPath;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageClassName;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.StorageSize;
import com.cocalc.storage.kubernetes.apiserver.ApiServer;
import com.cocalc.storage.kubernetes.apiserver.PodSecurity;
import com.cocalc.storage.kubernetes.apiserver.PodSecurityLevel;
import com.cocalc.storage.kubernetes.apiserver.ServerAnswer;
import com.cocalc.storage.kubernetes.audit.Expected;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Laws of everything that is emitted, in any installation. */
class EmittedObjectsPropertiesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Set<String> JUDGED = new HashSet<>();
    private static final ProjectId PROJECT = ProjectId.of(new UUID(1, 2));

    @Property
    void everythingThatIsEmittedPassesTheAuditAndReadsBackEqual(
            @ForAll("configs") StorageConfig config,
            @ForAll Grant grant,
            @ForAll("servers") NfsServer server,
            @ForAll("ranges") List<String> ranges)
            throws IOException {
        ProjectVolumes project = ProjectVolumes.forProject(PROJECT, grant.licenses(), config);
        PodStorage storage = PodStorage.of(project);
        assertPasses(storage, Expected.forProject(project), PodSecurityLevel.BASELINE);
        if (!(config.homeOwnership() instanceof HomeOwnership.FixPermissionsInit)) {
            assertPasses(storage.hardened(), Expected.forProject(project), PodSecurityLevel.RESTRICTED);
        }
        for (StorageService service : StorageService.values()) {
            ServiceVolumes view = ServiceVolumes.forService(service, config);
            PodStorage ofService = PodStorage.of(view);
            assertPasses(ofService, Expected.forService(view), PodSecurityLevel.BASELINE);
            assertPasses(ofService.withSecurityContext(), Expected.forService(view), PodSecurityLevel.BASELINE);
            assertPasses(ofService.hardened(), Expected.forService(view), PodSecurityLevel.RESTRICTED);
        }
        List<HasMetadata> objects = objectsBesidePods(config);
        objects.add(server.storageClass());
        NfsIsolation.Builder isolation = NfsIsolation.builder(server);
        ranges.forEach(isolation::nodes);
        objects.add(isolation.build().networkPolicy());
        for (HasMetadata object : objects) {
            assertAccepted(object);
        }
    }

    /** The audit has the server's rules among its own. */
    private static void assertPasses(PodStorage storage, Expected expected, PodSecurityLevel level) throws IOException {
        Pod pod = storage.applyTo(Fixtures.pod(), "project");

        assertThat(PodAudit.audit(pod, expected)).isEmpty();
        assertThat(PodSecurity.of(level).violations(pod)).isEmpty();
        assertThat(JSON.readValue(JSON.writeValueAsBytes(pod), Pod.class)).isEqualTo(pod);
    }

    @Property
    void aHarmlessPodStaysWithoutFindingsWhicheverContainerGetsTheStorage(
            @ForAll("configs") StorageConfig config, @ForAll Grant grant, @ForAll long seed) {
        ProjectVolumes project = ProjectVolumes.forProject(PROJECT, grant.licenses(), config);
        assertHarmless(PodStorage.of(project), Expected.forProject(project), new HarmlessPods(seed).pod());
        for (StorageService service : StorageService.values()) {
            ServiceVolumes view = ServiceVolumes.forService(service, config);
            Pod pod = new HarmlessPods(seed).pod();
            assertHarmless(PodStorage.of(view), Expected.forService(view), pod);
            assertHarmless(PodStorage.of(view).withSecurityContext(), Expected.forService(view), pod);
        }
    }

    private static void assertHarmless(PodStorage storage, Expected expected, Pod pod) {
        Pod result = storage.applyTo(pod, "project");

        assertThat(PodAudit.audit(result, expected.inContainer("project"))).isEmpty();
    }

    /** The same object comes of many installations, and is judged once. */
    private static void assertAccepted(HasMetadata object) throws JsonProcessingException {
        String json = JSON.writeValueAsString(object);
        if (JUDGED.add(json)) {
            assertThat((Object) JSON.readValue(json, object.getClass())).isEqualTo(object);
            assertThat(answer(object)).as(json).isInstanceOf(ServerAnswer.Accepted.class);
        }
    }

    @Property(tries = 100)
    void aTemplateGetsWhatAPodGetsWhateverHoldsIt(@ForAll("configs") StorageConfig config, @ForAll Grant grant) {
        ProjectVolumes project = ProjectVolumes.forProject(PROJECT, grant.licenses(), config);
        PodStorage storage = PodStorage.of(project);
        PodSpec ofPod = storage.applyTo(Fixtures.pod(), "project").getSpec();
        PodTemplateSpec template = new PodTemplateSpec(null, Fixtures.pod().getSpec());

        List<PodTemplateSpec> templates = List.of(
                storage.applyTo(template, "project"),
                storage.applyTo(
                                new DeploymentBuilder()
                                        .withNewSpec()
                                        .withTemplate(template)
                                        .endSpec()
                                        .build(),
                                "project")
                        .getSpec()
                        .getTemplate(),
                storage.applyTo(
                                new StatefulSetBuilder()
                                        .withNewSpec()
                                        .withTemplate(template)
                                        .endSpec()
                                        .build(),
                                "project")
                        .getSpec()
                        .getTemplate(),
                storage.applyTo(
                                new JobBuilder()
                                        .withNewSpec()
                                        .withTemplate(template)
                                        .endSpec()
                                        .build(),
                                "project")
                        .getSpec()
                        .getTemplate(),
                storage.applyTo(
                                new CronJobBuilder()
                                        .withNewSpec()
                                        .withNewJobTemplate()
                                        .withNewSpec()
                                        .withTemplate(template)
                                        .endSpec()
                                        .endJobTemplate()
                                        .endSpec()
                                        .build(),
                                "project")
                        .getSpec()
                        .getJobTemplate()
                        .getSpec()
                        .getTemplate());

        assertThat(templates).allSatisfy(holder -> {
            assertThat(holder.getSpec()).isEqualTo(ofPod);
            assertThat(PodAudit.audit(holder, Expected.forProject(project))).isEmpty();
        });
    }

    /** Apart, as reading YAML takes ten times as long. */
    @Property(tries = 300)
    void textThatIsWrittenReadsBackEqual(
            @ForAll("configs") StorageConfig config, @ForAll StorageService service, @ForAll Grant grant)
            throws JsonProcessingException {
        for (HasMetadata object : objects(config, service, grant)) {
            assertThat((Object) YAML.readValue(KubernetesText.yaml(object), object.getClass()))
                    .isEqualTo(object);
            assertThat((Object) JSON.readValue(KubernetesText.json(object), object.getClass()))
                    .isEqualTo(object);
            assertThat(answer(object)).isInstanceOf(ServerAnswer.Accepted.class);
        }
    }

    @Test
    void serverClassAndPolicyAreAcceptedAndReadBackEqual() throws JsonProcessingException {
        for (String options : List.of("vers=3", "vers=4.1")) {
            NfsServer server =
                    NfsServer.builder("storage", "nfs").mountOptions(options).build();
            NfsIsolation isolation = NfsIsolation.builder(server)
                    .nodes("10.0.0.0/8")
                    .nodes("fd00::/8")
                    .except("10.2.0.0/16")
                    .build();

            for (HasMetadata object : List.of(server.storageClass(), isolation.networkPolicy())) {
                assertThat((Object) YAML.readValue(KubernetesText.yaml(object), object.getClass()))
                        .isEqualTo(object);
                assertThat(answer(object)).isInstanceOf(ServerAnswer.Accepted.class);
            }
        }
    }

    @Property
    void applyingTwiceIsApplyingOnce(
            @ForAll("configs") StorageConfig config, @ForAll StorageService service, @ForAll Grant grant) {
        PodStorage project = PodStorage.of(ProjectVolumes.forProject(PROJECT, grant.licenses(), config));
        Pod once = project.applyTo(Fixtures.pod(), "project");
        PodStorage ofService =
                PodStorage.of(ServiceVolumes.forService(service, config)).withSecurityContext();
        Pod servicePod = ofService.applyTo(Fixtures.pod(), "project");

        assertThat(project.applyTo(once, "project")).isEqualTo(once);
        assertThat(ofService.applyTo(servicePod, "project")).isEqualTo(servicePod);
    }

    /** Jobs are judged by their template. */
    private static ServerAnswer answer(HasMetadata object) {
        if (object instanceof Job job) {
            PodTemplateSpec template = job.getSpec().getTemplate();
            return ApiServer.answer(template);
        }
        return ApiServer.answer(object);
    }

    private static List<HasMetadata> objectsBesidePods(StorageConfig config) {
        List<HasMetadata> objects = new ArrayList<>(StorageClaims.of(config).persistentVolumeClaims());
        objects.addAll(StorageClaims.bringYourOwn(
                        config, StorageClassName.parse("nfs"), ClaimSizes.parse("1.5Ti", "100000000"))
                .persistentVolumeClaims());
        objects.add(ClaimPreparation.of(StorageModel.of(config)).job("busybox:1.37"));
        return objects;
    }

    private static List<HasMetadata> objects(StorageConfig config, StorageService service, Grant grant) {
        List<HasMetadata> objects = objectsBesidePods(config);
        PodStorage project = PodStorage.of(ProjectVolumes.forProject(PROJECT, grant.licenses(), config));
        objects.add(project.applyTo(Fixtures.pod(), "project"));
        if (!(config.homeOwnership() instanceof HomeOwnership.FixPermissionsInit)) {
            objects.add(project.hardened().applyTo(Fixtures.pod(), "project"));
        }
        PodStorage ofService = PodStorage.of(ServiceVolumes.forService(service, config));
        objects.add(ofService.applyTo(Fixtures.pod(), "project"));
        objects.add(ofService.withSecurityContext().applyTo(Fixtures.pod(), "project"));
        return objects;
    }

    /** Whether a licence lets the project write to the software. */
    enum Grant {
        NONE,
        WRITE;

        ProjectLicenses licenses() {
            return this == NONE
                    ? ProjectLicenses.none()
                    : ProjectLicenses.active(
                            List.of(LicenseQuota.builder().extRw().build()));
        }
    }

    @Provide
    Arbitrary<StorageConfig> configs() {
        Arbitrary<String> claims = Arbitraries.of("projects-data", "a", "1", "x.y-z", "c".repeat(253));
        Arbitrary<HomeOwnership> ownerships = Arbitraries.of(
                HomeOwnership.asIs(),
                HomeOwnership.serverSide(),
                HomeOwnership.fixPermissionsInit(),
                HomeOwnership.fixPermissionsInit().always());
        Arbitrary<PosixIdentity> identities =
                Arbitraries.of(PosixIdentity.PROJECT_USER, PosixIdentity.of(1, 0), PosixIdentity.of(2147483647, 1));
        Arbitrary<List<String>> names = Combinators.combine(claims, claims, schemas(), schemas())
                .as((data, shares, projects, published) -> List.of(data, shares, projects, published));
        Arbitrary<List<String>> paths = Arbitraries.of(
                List.of("/home/user", "/ext"),
                List.of("/h", "/e/$(X)"),
                List.of("/home/[a]*?\\", "/$$"),
                List.of("/projects", "/shares"));
        return Combinators.combine(
                        names,
                        paths,
                        ownerships,
                        identities,
                        Arbitraries.of(JupyterPath.class),
                        Arbitraries.of(0, 1, 2))
                .as(EmittedObjectsPropertiesTest::config)
                .filter(Objects::nonNull);
    }

    @Provide
    Arbitrary<NfsServer> servers() {
        Arbitrary<String> names = Arbitraries.of("nfs", "a", "1", "n-1", "r".repeat(30));
        Arbitrary<List<String>> options = Arbitraries.of(
                        "vers=3", "vers=4.1", "hard", "soft", "timeo=600", "retrans=2", "noatime", "nconnect=4")
                .list()
                .uniqueElements()
                .ofMaxSize(4);
        return Combinators.combine(
                        names,
                        names,
                        options,
                        Arbitraries.of(RootSquash.class),
                        Arbitraries.of(ReclaimPolicy.class),
                        Arbitraries.of(0, 1, 2001, 2147483647))
                .as((namespace, release, mountOptions, squash, policy, group) -> {
                    NfsServer.Builder server = NfsServer.builder(namespace, release)
                            .rootSquash(squash)
                            .reclaimPolicy(policy);
                    if (group > 0) {
                        server.writableForGroup(group);
                    }
                    try {
                        return server.mountOptions(mountOptions.toArray(String[]::new))
                                .build();
                    } catch (IllegalArgumentException e) {
                        return server.build(); // options that contradict each other
                    }
                });
    }

    @Provide
    Arbitrary<List<String>> ranges() {
        return Arbitraries.of("10.0.0.0/8", "192.168.1.7/32", "0.0.0.0/0", "fd00::/8", "::/0", "2001:db8::1/128")
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static Arbitrary<String> schemas() {
        Arbitrary<String> element = Arbitraries.oneOf(
                Arbitraries.of("projects", "shares", "a b", "$(X)", "x:y", "yes", "0", "#", "ü", "...", "-"),
                Arbitraries.strings()
                        .withCharRange(' ', '~')
                        .excludeChars('/', '\\', '[', ']')
                        .ofLength(3));
        Arbitrary<List<String>> some = element.list().ofMaxSize(2).withoutEdgeCases();
        return Combinators.combine(some, some).as((before, after) -> {
            List<String> all = new ArrayList<>(before);
            all.add("[project_id]");
            all.addAll(after);
            return String.join("/", all);
        });
    }

    /** Null where the rules of {@link StorageConfig} refuse the combination. */
    private static @Nullable StorageConfig config(
            List<String> names,
            List<String> paths,
            HomeOwnership ownership,
            PosixIdentity identity,
            JupyterPath jupyter,
            int created) {
        try {
            StorageConfig.Builder builder = StorageConfig.builder()
                    .dataClaim(names.get(0))
                    .sharesClaim(names.get(1))
                    .projectsSchema(names.get(2))
                    .sharesSchema(names.get(3))
                    .homePath(paths.get(0))
                    .softwarePath(paths.get(1))
                    .homeOwnership(ownership)
                    .identity(identity)
                    .jupyterPath(jupyter);
            if (created == 0) {
                builder.bringYourOwnClaims();
            } else if (created == 1) {
                builder.created(CreatedClaims.of(
                        StorageClassName.parse("x.y"), StorageSize.parse("1e3"), StorageSize.parse("7E")));
            }
            return builder.build();
        } catch (InvalidValueException e) {
            return null;
        }
    }
}
