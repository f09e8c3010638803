package com.cocalc.storage.testkit.law;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MergeLawsTest {

    private static final ProjectVolumes VOLUMES = Homes.VOLUMES;

    private static Pod merge(Pod pod) {
        return PodStorage.of(VOLUMES).applyTo(pod, "project");
    }

    private static Pod usersPod() {
        return new PodBuilder(Homes.withVolumeOfItsOwn(Homes.bare()))
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("LANG")
                .withValue("C")
                .endEnv()
                .endContainer()
                .endSpec()
                .build();
    }

    private static List<String> judge(UnaryOperator<Pod> merge) {
        return MergeLaws.check(usersPod(), VOLUMES, merge).stream()
                .map(violation -> violation.law().id() + " at " + violation.where() + ": found " + violation.found()
                        + ", expected " + violation.expected())
                .toList();
    }

    @Test
    void theLibrarysMergeObeys() {
        assertThat(judge(MergeLawsTest::merge)).isEmpty();
    }

    @Test
    void theLibrarysRefusalObeys() {
        Pod clashing = new PodBuilder(Homes.bare())
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("EXT")
                .withValue("/elsewhere")
                .endEnv()
                .endContainer()
                .endSpec()
                .build();

        assertThat(MergeLaws.check(clashing, VOLUMES, MergeLawsTest::merge)).isEmpty();
    }

    @Test
    void aMergeThatBreaksALawIsCaught() {
        assertThat(judge(pod -> {
                    Pod merged = new PodBuilder(merge(pod)).build();
                    merged.getSpec()
                            .getContainers()
                            .get(0)
                            .getVolumeMounts()
                            .get(1)
                            .setSubPath(null);
                    return merged;
                }))
                .first()
                .isEqualTo(
                        "merge-keeps-the-laws at /spec/containers/0/volumeMounts/1: found data-claim-in-part: the whole"
                                + " of projects-data, expected subPath \"" + Homes.HOME + "\"");
    }

    @Test
    void aMergeThatAddsAgainIsCaught() {
        AtomicInteger times = new AtomicInteger();

        assertThat(judge(pod -> new PodBuilder(merge(pod))
                        .editSpec()
                        .addNewVolume()
                        .withName("v" + times.incrementAndGet())
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .endVolume()
                        .endSpec()
                        .build()))
                .singleElement()
                .asString()
                .startsWith("merge-twice-is-once at the second merge, line ")
                .endsWith("found \"    - emptyDir: {}\", expected the end");
    }

    @Test
    void aMergeThatChangesTheUsersPartsIsCaught() {
        assertThat(judge(pod -> {
                    pod.getSpec().getContainers().get(0).setImage("mine");
                    return merge(pod);
                }))
                .containsExactly("merge-leaves-the-rest at the given pod: found changed, expected as it was");
        assertThat(judge(pod -> {
                    Pod merged = new PodBuilder(merge(pod)).build();
                    merged.getMetadata().setName("mine");
                    merged.getSpec().getVolumes().remove(0);
                    merged.getSpec()
                            .getVolumes()
                            .add(0, usersPod().getSpec().getVolumes().get(0));
                    merged.getSpec().getVolumes().get(0).getEmptyDir().setMedium("Memory");
                    merged.getSpec().getContainers().get(0).getEnv().remove(0);
                    merged.getSpec().getContainers().get(0).setImage("mine");
                    return merged;
                }))
                .contains(
                        "merge-leaves-the-rest at /metadata: found other metadata, expected as it was",
                        "merge-leaves-the-rest at /spec/volumes: found own is gone or changed, expected as it was",
                        "merge-leaves-the-rest at /spec/containers/project: found another image, command or resources,"
                                + " expected as it was",
                        "merge-leaves-the-rest at /spec/containers/project/env: found LANG is gone or changed, expected as"
                                + " it was");
        assertThat(judge(pod -> {
                    Pod merged = new PodBuilder(merge(pod)).build();
                    merged.getSpec().getContainers().get(0).setName("other");
                    return merged;
                }))
                .contains(
                        "merge-leaves-the-rest at /spec/containers/project: found no such container, expected as it was");
    }

    @Test
    void aRefusalWithoutAConflictIsCaught() {
        assertThat(judge(pod -> {
                    throw new IllegalStateException("no");
                }))
                .containsExactly(
                        "clash-is-named at the merge: found java.lang.IllegalStateException: no, expected a pod,"
                                + " or a StorageConflictException");
    }
}
