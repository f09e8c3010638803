package com.cocalc.storage.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.apiserver.ApiServer;
import com.cocalc.storage.kubernetes.apiserver.ServerAnswer;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import com.cocalc.storage.testkit.cluster.FakeClusterBuilder;
import com.cocalc.storage.testkit.cluster.PodOutcome;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

/** Pods as users make them. */
@Domain(CocalcStorageDomain.class)
final class UserPodTest {

    @Property
    void theServerTakesThePodBeforeAndAfter(@ForAll UserPod sample) {
        assertThat(ApiServer.answer(sample.pod())).matches(ServerAnswer::isAccepted);
        assertThat(ApiServer.answer(sample.withStorage())).matches(ServerAnswer::isAccepted);
    }

    @Property
    void storageIsAddedOnce(@ForAll UserPod sample) {
        Pod once = sample.withStorage();

        assertThat(PodStorage.of(sample.volumes()).applyTo(once, sample.container()))
                .isEqualTo(once);
    }

    @Property(tries = 300)
    void aClusterStartsThePod(@ForAll UserPod sample) {
        FakeClusterBuilder builder = FakeCluster.builder()
                .storageClass("nfs", BackEnd.GANESHA)
                .claimsOf(sample.volumes().config(), "nfs")
                .configMap("settings", Map.of("part", "1"))
                .secret("keys", Map.of("part", "1"));
        for (int i = 0; i < 5; i++) {
            builder.claim("datasets-of-somebody-else-" + i, "nfs");
        }

        assertThat(builder.build().submit(sample.withStorage())).isInstanceOf(PodOutcome.Running.class);
    }

    @Test
    void podsHaveThingsOfTheirOwn() {
        List<UserPod> samples = Samples.of(UserPod.arbitrary(), 2000).toList();

        assertThat(samples)
                .anyMatch(sample -> sample.pod().getSpec().getContainers().size() == 4);
        assertThat(samples).anyMatch(sample -> !sample.container().equals("project"));
        assertThat(samples)
                .anyMatch(sample -> !sample.pod().getSpec().getInitContainers().isEmpty());
        assertThat(samples)
                .anyMatch(sample -> sample.pod().getSpec().getVolumes().stream()
                        .anyMatch(volume -> volume.getPersistentVolumeClaim() != null));
        assertThat(samples)
                .anyMatch(sample -> sample.pod().getSpec().getContainers().stream()
                        .anyMatch(container -> container.getVolumeMounts().size() > 1));
    }

    @Test
    void changingASampleChangesNoOther() {
        var shrinkable = Samples.shrinkables(UserPod.arbitrary(), 1).findFirst().orElseThrow();

        shrinkable.value().pod().getSpec().getContainers().clear();

        assertThat(shrinkable.value().pod().getSpec().getContainers()).hasSize(1);
    }
}
