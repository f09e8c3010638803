package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.kubernetes.ClaimPreparation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import org.junit.jupiter.api.Test;

/** Pods that end by themselves. */
class JobsTest {

    @Test
    void aJobLeavesNoPodBehind() {
        FakeCluster cluster = FakeCluster.create();
        Job job = ClaimPreparation.of(StorageModel.of(StorageConfig.defaults())).job("busybox:1.37");

        PodOutcome first = cluster.run(job);
        PodOutcome second = cluster.run(job);

        assertThat(first).isInstanceOf(PodOutcome.Completed.class);
        assertThat(second).hasToString("pod cocalc-claim-preparation-0 has completed");
        assertThat(cluster).hasToString("cluster of [node-1] with pods []");
        assertThatThrownBy(first::running)
                .isInstanceOf(PodNotRunningException.class)
                .hasMessage("pod cocalc-claim-preparation-0 has completed");
    }

    @Test
    void aJobWithoutATemplateOrAWrongOneIsRefused() {
        FakeCluster cluster = FakeCluster.create();
        Job withoutName = new JobBuilder().withNewSpec().endSpec().build();
        Job withoutTemplate =
                new JobBuilder().withNewMetadata().withName("j").endMetadata().build();
        Job withoutPod = new JobBuilder()
                .withNewMetadata()
                .withName("j")
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .endTemplate()
                .endSpec()
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster.run(withoutName))
                .withMessage("job must have metadata, but was without it; write it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster.run(withoutTemplate))
                .withMessage("job must have spec, but was without it; write it");
        assertThat(refused(cluster.run(withoutPod)).code()).isEqualTo(422);
    }
}
