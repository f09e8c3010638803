package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims that Kubernetes makes for a pod, where they would take the place of ours. */
class MadeClaimsTest {

    @ParameterizedTest
    @ValueSource(strings = {"home", "ext"})
    void aClaimTemplateOfOurVolumesNameIsAConflict(String name) {
        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(statefulSet("web", name), "project"))
                .isInstanceOf(StorageConflictException.class)
                .hasMessage(
                        "stateful set web cannot take CoCalc's storage: spec.volumeClaimTemplates[0].metadata.name has"
                                + " the claim template \"" + name
                                + "\", but CoCalc's storage needs that name for a volume of its"
                                + " own; rename the template; its claims would take the place of that volume");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "shares"})
    void aClaimTemplateOfAServicesVolumeIsAConflict(String name) {
        StorageConfig config = StorageConfig.builder()
                .sharesClaim(ClaimName.parse("projects-shares"))
                .build();
        PodStorage storage = PodStorage.of(ServiceVolumes.forService(StorageService.MANAGE_SHARE, config));

        assertThatThrownBy(() -> storage.applyTo(statefulSet("web", name), "project"))
                .isInstanceOf(StorageConflictException.class)
                .hasMessageContaining(
                        "spec.volumeClaimTemplates[0].metadata.name has the claim template \"" + name + "\"");
    }

    @Test
    void aClaimTemplateOfAnotherNameStays() {
        StatefulSet set = statefulSet("web", "cache");

        StatefulSet result = Fixtures.readOnly().applyTo(set, "project");

        assertThat(result.getSpec().getVolumeClaimTemplates())
                .isEqualTo(set.getSpec().getVolumeClaimTemplates());
    }

    @Test
    void aClaimTemplateThatMakesOurClaimIsAConflict() {
        PodStorage storage = withDataClaim("scratch-web-12");

        assertThatThrownBy(() -> storage.applyTo(statefulSet("web", "scratch"), "project"))
                .hasMessage(
                        "stateful set web cannot take CoCalc's storage: spec.volumeClaimTemplates[0].metadata.name has"
                                + " the claim template \"scratch\", which makes the claim \"scratch-web-12\", but CoCalc's storage"
                                + " needs that claim as it is; rename the template");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scratch-web-", "scratch-web-012", "scratch-web-x", "scratch-web", "scratch-web-1-2"})
    void whatNoOrdinalMakesIsNoConflict(String claim) {
        assertThatCode(() -> withDataClaim(claim.endsWith("-") ? claim + "a" : claim)
                        .applyTo(statefulSet("web", "scratch"), "project"))
                .doesNotThrowAnyException();
    }

    @Test
    void anEphemeralVolumeThatMakesOurClaimIsAConflict() {
        Pod pod = podWith(ephemeral("data"));
        pod.getMetadata().setName("projects");

        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(pod, "project"))
                .hasMessage("pod projects cannot take CoCalc's storage: spec.volumes[0].name has the ephemeral volume"
                        + " \"data\", which makes the claim \"projects-data\", but CoCalc's storage needs that claim as it"
                        + " is; rename that volume");
        pod.getMetadata().setName("project");
        assertThatCode(() -> Fixtures.readOnly().applyTo(pod, "project")).doesNotThrowAnyException();
    }

    @Test
    void anEphemeralVolumeOfAStatefulSetsPodThatMakesOurClaimIsAConflict() {
        StatefulSet set = statefulSet("web", "cache");
        set.getSpec().getTemplate().getSpec().getVolumes().add(ephemeral("data"));

        assertThatThrownBy(() -> withDataClaim("web-3-data").applyTo(set, "project"))
                .hasMessage("stateful set web cannot take CoCalc's storage: spec.template.spec.volumes[0].name has the"
                        + " ephemeral volume \"data\", which makes the claim \"web-3-data\", but CoCalc's storage needs that"
                        + " claim as it is; rename that volume");
    }

    @Test
    void aClaimTemplateOrEphemeralVolumeThatMakesAClaimThatThisPodDoesNotMountIsAConflict() {
        PodStorage storage = PodStorage.of(ProjectVolumes.forProject(
                ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"),
                ProjectLicenses.none(),
                StorageConfig.builder().sharesClaim("cache-web-1").build()));

        assertThatThrownBy(() -> storage.applyTo(statefulSet("web", "cache"), "project"))
                .isInstanceOf(StorageConflictException.class)
                .hasMessageContaining("the claim template \"cache\", which makes the claim \"cache-web-1\"");
        StatefulSet set = statefulSet("cache-web", "other");
        assertThatCode(() -> storage.applyTo(set, "project")).doesNotThrowAnyException();
        Pod pod = podWith(ephemeral("1"));
        pod.getMetadata().setName("cache-web");
        assertThatThrownBy(() -> storage.applyTo(pod, "project"))
                .isInstanceOf(StorageConflictException.class)
                .hasMessageContaining("which makes the claim \"cache-web-1\"");
    }

    private static PodStorage withDataClaim(String claim) {
        return PodStorage.of(Fixtures.volumes(
                ProjectLicenses.none(),
                StorageConfig.builder().dataClaim(ClaimName.parse(claim)).build()));
    }

    private static StatefulSet statefulSet(String name, String template) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withTemplate(new PodTemplateSpec(null, Fixtures.pod().getSpec()))
                .addNewVolumeClaimTemplate()
                .withNewMetadata()
                .withName(template)
                .endMetadata()
                .endVolumeClaimTemplate()
                .endSpec()
                .build();
    }

    private static Pod podWith(Volume volume) {
        Pod pod = Fixtures.pod();
        pod.getSpec().getVolumes().add(volume);
        return pod;
    }

    private static Volume ephemeral(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEphemeral()
                .endEphemeral()
                .build();
    }
}
