package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Services, and the kinds of objects that hold a pod template. */
class ServicePodTest {

    private static final StorageConfig OWN_SHARES = StorageConfig.builder()
            .sharesClaim("projects-shares")
            .sharesSchema("[project_id]/files")
            .build();

    private static PodStorage storage(StorageService service, StorageConfig config) {
        return PodStorage.of(ServiceVolumes.forService(service, config));
    }

    private static PodTemplateSpec template() {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .addToLabels("app", "cocalc")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/service:1")
                .endContainer()
                .endSpec()
                .build();
    }

    private static Deployment deployment(StorageService service) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(service.toString())
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", "cocalc")
                .endSelector()
                .withTemplate(template())
                .endSpec()
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void aServiceMountsWhatItsJobNeeds(StorageService service) {
        Deployment result = storage(service, StorageConfig.defaults()).applyTo(deployment(service), "main");

        Golden.assertEqual("deployment-" + service + ".yaml", KubernetesText.yaml(result));
    }

    @ParameterizedTest
    @EnumSource
    void aServiceMountsASharesClaimOfItsOwnWhole(StorageService service) {
        Deployment result = storage(service, OWN_SHARES).applyTo(deployment(service), "main");

        Golden.assertEqual("deployment-" + service + "-own-shares.yaml", KubernetesText.yaml(result));
    }

    @Test
    void theSecurityContextOfAServiceIsWrittenOnlyWhenAsked() {
        PodStorage storage = storage(StorageService.HUB_NEXT, StorageConfig.defaults());

        assertThat(storage.applyTo(template(), "main").getSpec().getSecurityContext())
                .isNull();
        assertThat(storage.withSecurityContext()
                        .applyTo(template(), "main")
                        .getSpec()
                        .getSecurityContext())
                .isEqualTo(Fixtures.readOnly().securityContext());
        assertThat(storage.securityContext()).isEqualTo(Fixtures.readOnly().securityContext());
    }

    @Test
    void aServiceThatRunsAsSomebodyElseIsAConflictOnlyWhenAsked() {
        PodTemplateSpec other = new PodTemplateSpecBuilder(template())
                .editSpec()
                .withNewSecurityContext()
                .withRunAsUser(33L)
                .endSecurityContext()
                .endSpec()
                .build();
        PodStorage storage = storage(StorageService.HUB_NEXT, StorageConfig.defaults());

        assertThat(storage.applyTo(other, "main").getSpec().getSecurityContext())
                .isEqualTo(other.getSpec().getSecurityContext());
        assertThatThrownBy(() -> storage.withSecurityContext().applyTo(other, "main"))
                .hasMessage("the pod template cannot take CoCalc's storage: spec.securityContext.runAsUser has 33, but"
                        + " CoCalc's storage needs 2001; remove that field");
    }

    @Test
    void everyKindThatHoldsATemplateGetsTheSameTemplate() {
        PodStorage storage = Fixtures.granted();
        PodTemplateSpec expected = storage.applyTo(template(), "main");
        Deployment deployment = deployment(StorageService.HUB_NEXT);
        StatefulSet statefulSet = new StatefulSetBuilder()
                .withNewSpec()
                .withServiceName("kept")
                .withTemplate(template())
                .endSpec()
                .build();
        Job job = new JobBuilder()
                .withNewSpec()
                .withBackoffLimit(7)
                .withTemplate(template())
                .endSpec()
                .build();
        CronJob cronJob = new CronJobBuilder()
                .withNewSpec()
                .withSchedule("kept")
                .withNewJobTemplate()
                .withSpec(job.getSpec())
                .endJobTemplate()
                .endSpec()
                .build();

        assertThat(storage.applyTo(deployment, "main"))
                .isEqualTo(new DeploymentBuilder(deployment)
                        .editSpec()
                        .withTemplate(expected)
                        .endSpec()
                        .build());
        assertThat(storage.applyTo(statefulSet, "main"))
                .isEqualTo(new StatefulSetBuilder(statefulSet)
                        .editSpec()
                        .withTemplate(expected)
                        .endSpec()
                        .build());
        assertThat(storage.applyTo(job, "main"))
                .isEqualTo(new JobBuilder(job)
                        .editSpec()
                        .withTemplate(expected)
                        .endSpec()
                        .build());
        assertThat(storage.applyTo(cronJob, "main"))
                .isEqualTo(new CronJobBuilder(cronJob)
                        .editSpec()
                        .editJobTemplate()
                        .editSpec()
                        .withTemplate(expected)
                        .endSpec()
                        .endJobTemplate()
                        .endSpec()
                        .build());
    }

    @Test
    void theGivenObjectIsLeftAsItIsAndTwiceIsOnce() {
        PodStorage storage = storage(StorageService.MANAGE_SHARE, StorageConfig.defaults());
        Deployment deployment = deployment(StorageService.MANAGE_SHARE);

        Deployment once = storage.applyTo(deployment, "main");

        assertThat(deployment).isEqualTo(deployment(StorageService.MANAGE_SHARE));
        assertThat(storage.applyTo(once, "main")).isEqualTo(once);
    }

    @Test
    void aConflictNamesTheObjectAndThePlaceInIt() {
        PodTemplateSpec other = new PodTemplateSpecBuilder(template())
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("SHARES")
                .withValue("/x")
                .endEnv()
                .endContainer()
                .endSpec()
                .build();
        Deployment deployment = new DeploymentBuilder(deployment(StorageService.HUB_NEXT))
                .editSpec()
                .withTemplate(other)
                .endSpec()
                .build();
        CronJob cronJob = new CronJobBuilder()
                .withNewSpec()
                .withNewJobTemplate()
                .withNewSpec()
                .withTemplate(other)
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build();
        PodStorage storage = storage(StorageService.HUB_NEXT, StorageConfig.defaults());

        assertThatThrownBy(() -> storage.applyTo(deployment, "main"))
                .hasMessage("deployment hub-next cannot take CoCalc's storage:"
                        + " spec.template.spec.containers[0].env[0] has SHARES = \"/x\", but CoCalc's storage needs the"
                        + " value \"/shares/[project_id]\"; remove that variable, it is set from the configuration");
        assertThatThrownBy(() -> storage.applyTo(cronJob, "main"))
                .hasMessageStartingWith("the cron job cannot take CoCalc's storage:"
                        + " spec.jobTemplate.spec.template.spec.containers[0].env[0] has SHARES");
    }

    @Test
    void anObjectWithoutATemplateHasNoSuchContainer() {
        PodStorage storage = Fixtures.readOnly();

        assertNoContainer(() -> storage.applyTo(new Deployment(), "main"), "deployment");
        assertNoContainer(() -> storage.applyTo(new StatefulSet(), "main"), "stateful set");
        assertNoContainer(() -> storage.applyTo(new Job(), "main"), "job");
        assertNoContainer(() -> storage.applyTo(new CronJob(), "main"), "cron job");
        assertNoContainer(() -> storage.applyTo(new PodTemplateSpec(), "main"), "pod template");
        CronJob empty = new CronJobBuilder().withNewSpec().endSpec().build();
        assertNoContainer(() -> storage.applyTo(empty, "main"), "cron job");
        empty.getSpec().setJobTemplate(new JobTemplateSpec());
        assertNoContainer(() -> storage.applyTo(empty, "main"), "cron job");
    }

    private static void assertNoContainer(Supplier<Object> call, String kind) {
        assertThatThrownBy(call::get)
                .hasMessage("containerName must name a container of the " + kind + ", but was \"main\"; it has none");
    }

    @Test
    void aServiceHasNoInitContainer() {
        assertThat(storage(StorageService.MANAGE_COPY, StorageConfig.defaults()).initContainers())
                .isEmpty();
    }

    @Test
    void resultsKeepTheKind() {
        HasMetadata result = storage(StorageService.MANAGE_COPY, StorageConfig.defaults())
                .applyTo(deployment(StorageService.MANAGE_COPY), "main");

        assertThat(result.getKind()).isEqualTo("Deployment");
    }
}
