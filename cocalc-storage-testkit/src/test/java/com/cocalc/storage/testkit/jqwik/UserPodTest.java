package com.cocalc.storage.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.ApiServer;
import com.cocalc.storage.kubernetes.audit.ServerAnswer;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
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
