package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.kubernetes.PodStorage;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The pods of hub-next, manage-share, manage-copy and hub-proxy. */
class ServicePodAuditTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @EnumSource
    void aServiceAsItIsMeantHasNoFinding(StorageService service) throws Exception {
        assertThat(findings(service, spec -> {})).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aServiceThatMountsTheWholeClaimIsFound(StorageService service) throws Exception {
        List<String> places = findings(service, spec -> mount(spec, 0).setSubPath(null));

        assertThat(places).containsExactly("whole-claim@/spec/containers/0/volumeMounts/0");
    }

    @Test
    void manageShareMayNotWriteToProjects() throws Exception {
        List<String> places =
                findings(StorageService.MANAGE_SHARE, spec -> mount(spec, 0).setReadOnly(null));

        assertThat(places).containsExactly("writable@/spec/containers/0/volumeMounts/0");
    }

    @Test
    void manageShareHasToWriteToShares() throws Exception {
        List<String> places =
                findings(StorageService.MANAGE_SHARE, spec -> mount(spec, 1).setReadOnly(true));

        assertThat(places).containsExactly("read-only@/spec/containers/0/volumeMounts/1/readOnly");
    }

    @Test
    void homesAndSharesInEachOthersPlacesAreFound() throws Exception {
        List<String> places = findings(StorageService.MANAGE_SHARE, spec -> {
            String first = mount(spec, 0).getMountPath();
            mount(spec, 0).setMountPath(mount(spec, 1).getMountPath());
            mount(spec, 1).setMountPath(first);
        });

        assertThat(places)
                .containsExactly(
                        "mounted-elsewhere@/spec/containers/0/volumeMounts/0/mountPath",
                        "mounted-elsewhere@/spec/containers/0/volumeMounts/1/mountPath");
    }

    @Test
    void hubNextSeesNoHomes() throws Exception {
        List<String> places =
                findings(StorageService.HUB_NEXT, spec -> mount(spec, 0).setSubPath("projects"));

        assertThat(places).containsExactly("other-directory@/spec/containers/0/volumeMounts/0/subPath");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                Audited.ID + ", none",
                Audited.ID + "/plots, sub-path-in-home@/spec/containers/0/volumeMounts/1/subPath"
            })
    void aServiceOfAWholeClaimMayMountOneShareOfIt(String subPath, String place) throws Exception {
        StorageConfig config = StorageConfig.builder()
                .sharesClaim(ClaimName.parse("published"))
                .sharesSchema("[project_id]")
                .build();

        List<String> places = findings(ServiceVolumes.forService(StorageService.HUB_NEXT, config), spec -> {
            VolumeMount whole = mount(spec, 0);
            VolumeMount one = new VolumeMountBuilder(whole)
                    .withMountPath("/one")
                    .withSubPath(subPath)
                    .build();
            spec.getVolumes().get(0).getPersistentVolumeClaim().setReadOnly(null);
            spec.getContainers().get(0).getVolumeMounts().add(one);
        });

        assertThat(places).isEqualTo(place == null ? List.of() : List.of(place));
    }

    @Test
    void aServiceWithTheSoftwareIsFound() throws Exception {
        List<String> places = findings(StorageService.HUB_PROXY, spec -> {
            Volume volume = spec.getVolumes().get(0);
            volume.getPersistentVolumeClaim().setClaimName("projects-software");
        });

        assertThat(places)
                .containsExactly(
                        "over-our-path@/spec/containers/0/volumeMounts/0/name",
                        "claim-not-expected@/spec/containers/0/volumeMounts/0/subPath");
    }

    @Test
    void aServiceWithAnotherUserIsFoundOnlyIfItSaysSo() throws Exception {
        List<String> places = findings(StorageService.MANAGE_COPY, spec -> {
            PodSecurityContext context = new PodSecurityContext();
            context.setRunAsUser(1000L);
            context.setRunAsGroup(2001L);
            context.setFsGroup(1L);
            spec.setSecurityContext(context);
        });

        assertThat(places)
                .containsExactly(
                        "fs-group@/spec/securityContext/fsGroup",
                        "fs-group-change-policy@/spec/securityContext/fsGroupChangePolicy",
                        "run-as-user@/spec/securityContext/runAsUser");
    }

    /** The runtime takes the group from the image, as it takes the user where none is written. */
    @Test
    void aServiceWithAUserAndNoGroupIsTakenAtItsWord() throws Exception {
        List<String> places = findings(StorageService.MANAGE_COPY, spec -> {
            PodSecurityContext context = new PodSecurityContext();
            context.setRunAsUser(2001L);
            spec.setSecurityContext(context);
        });

        assertThat(places).isEmpty();
    }

    @Test
    void aServiceThatLooksElsewhereIsFound() throws Exception {
        List<String> places = findings(StorageService.MANAGE_COPY, spec -> {
            EnvVar variable = spec.getContainers().get(0).getEnv().get(0);
            variable.setValue("/data/[project_id]");
        });

        assertThat(places).containsExactly("variable-wrong@/spec/containers/0/env/0");
    }

    private static VolumeMount mount(PodSpec spec, int number) {
        return spec.getContainers().get(0).getVolumeMounts().get(number);
    }

    private static List<String> findings(StorageService service, Consumer<PodSpec> change) throws Exception {
        return findings(ServiceVolumes.forService(service), change);
    }

    private static List<String> findings(ServiceVolumes volumes, Consumer<PodSpec> change) throws Exception {
        PodStorage storage = PodStorage.of(volumes);
        Container container = new ContainerBuilder()
                .withName("service")
                .withImage("x")
                .withEnv(storage.env())
                .withVolumeMounts(storage.volumeMounts())
                .build();
        PodSpec spec = new PodSpec();
        spec.setVolumes(storage.volumes());
        spec.setContainers(List.of(container));
        PodTemplateSpec template =
                MAPPER.readValue(MAPPER.writeValueAsString(new PodTemplateSpec(null, spec)), PodTemplateSpec.class);
        change.accept(template.getSpec());
        return Audited.places(PodAudit.audit(template, Expected.forService(volumes)));
    }
}
