package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.StorageClassName;
import com.cocalc.storage.StorageConfig;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResizePlanTest {

    private static PersistentVolumeClaim live(Consumer<PersistentVolumeClaim> change) {
        PersistentVolumeClaim claim = StorageClaims.of(StorageConfig.defaults())
                .persistentVolumeClaims()
                .get(0);
        PersistentVolumeClaimStatus status = new PersistentVolumeClaimStatus();
        status.setPhase("Bound");
        claim.setStatus(status);
        change.accept(claim);
        return claim;
    }

    private static PersistentVolumeClaim live() {
        return live(claim -> {});
    }

    private static List<StorageClass> classes(@Nullable Boolean expansion) {
        return List.of(
                new StorageClass(),
                new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("nfs")
                        .endMetadata()
                        .withAllowVolumeExpansion(expansion)
                        .build());
    }

    private static ResizePlan plan(String size, PersistentVolumeClaim live, List<StorageClass> classes) {
        return StorageClaims.bringYourOwn(
                        StorageConfig.defaults(), StorageClassName.parse("nfs"), ClaimSizes.parse(size, "10Gi"))
                .resize(live, classes);
    }

    @Test
    void aBoundClaimWhoseClassAllowsItGrows() {
        ResizePlan plan = plan("20Gi", live(), classes(true));

        assertThat(plan.isPossible()).isTrue();
        assertThat(plan.steps()).containsExactly(new ResizePlan.Grow("10Gi", "20Gi"));
        assertThat(plan).hasToString("claim projects-data:\n- grow from 10Gi to 20Gi");
    }

    @Test
    void anEqualSizeWrittenOtherwiseIsNoChange() {
        assertThat(plan("10240Mi", live(), List.of())).hasToString("claim projects-data: nothing to change");
    }

    @Test
    void aClaimNeverShrinks() {
        ResizePlan plan = plan("5Gi", live(), classes(true));

        assertThat(plan.isPossible()).isFalse();
        assertThat(plan).hasToString("""
                claim projects-data:
                - spec.resources.requests.storage cannot become 5Gi (it is 10Gi): a claim never shrinks; write at least \
                10Gi, or create a claim of another name, copy the files while nothing runs, and name that one in \
                values.yaml""");
    }

    @Test
    void aClaimThatIsNotBoundDoesNotGrow() {
        assertThat(plan("20Gi", live(claim -> claim.getStatus().setPhase("Pending")), classes(true)))
                .asString()
                .endsWith("(it is 10Gi): only a bound claim grows, and this one is Pending; let it be bound first, or"
                        + " delete it and create it with the new size, as it holds no files");
        assertThat(plan("20Gi", live(claim -> claim.setStatus(null)), classes(true)))
                .asString()
                .contains("this one is without a phase");
    }

    @Test
    void aClassThatDoesNotAllowItKeepsAClaimAsItIs() {
        assertThat(plan("20Gi", live(), classes(false)))
                .asString()
                .endsWith("its class \"nfs\" does not allow it; set allowVolumeExpansion: true on the class, if its"
                        + " storage can grow");
        assertThat(plan("20Gi", live(), classes(null))).asString().contains("its class \"nfs\" does not allow it");
        assertThat(plan("20Gi", live(), List.of()))
                .asString()
                .endsWith(
                        "its class \"nfs\" does not exist, so it cannot allow it; create the class with allowVolumeExpansion:"
                                + " true, if its storage can grow");
    }

    @Test
    void classModesAndVolumeModeNeverChange() {
        ResizePlan plan = plan(
                "10Gi",
                live(claim -> {
                    claim.getSpec().setStorageClassName("standard");
                    claim.getSpec().setAccessModes(List.of("ReadWriteOnce"));
                    claim.getSpec().setVolumeMode("Block");
                }),
                classes(true));

        assertThat(plan.steps())
                .extracting(step -> ((ResizePlan.Refused) step).field())
                .containsExactly("spec.accessModes", "spec.volumeMode", "spec.storageClassName");
        assertThat(plan)
                .asString()
                .contains("spec.accessModes cannot become [ReadWriteMany] (it is [ReadWriteOnce]): access modes never"
                        + " change, and pods on other nodes could not mount it; create a claim of another name")
                .contains("spec.storageClassName cannot become \"nfs\" (it is \"standard\"): the class of a claim never"
                        + " changes");
    }

    @Test
    void labelsAreSetWhateverElseIsRefusedAndThoseOfOthersStay() {
        ResizePlan plan = plan(
                "10Gi",
                live(claim -> {
                    claim.getStatus().setPhase("Pending");
                    claim.getMetadata()
                            .setLabels(Map.of("app.kubernetes.io/component", "db", "app.kubernetes.io/name", "x"));
                }),
                List.of());

        assertThat(plan.isPossible()).isTrue();
        assertThat(plan.steps())
                .containsExactly(
                        new ResizePlan.Label("app.kubernetes.io/part-of", "", "cocalc"),
                        new ResizePlan.Label("app.kubernetes.io/component", "db", "storage-projects"));
        assertThat(plan).hasToString("""
                claim projects-data:
                - set label app.kubernetes.io/part-of to cocalc
                - set label app.kubernetes.io/component to storage-projects (it is db)""");
        assertThat(plan("10Gi", live(claim -> claim.getMetadata().setLabels(null)), List.of())
                        .steps())
                .hasSize(2);
    }

    @Test
    void aClaimWithoutAVolumeModeIsAFileSystem() {
        assertThat(plan("10Gi", live(claim -> claim.getSpec().setVolumeMode(null)), List.of())
                        .steps())
                .isEmpty();
    }

    @Test
    void aClaimThatIsBeingDeletedIsReportedFirst() {
        ResizePlan plan = plan(
                "20Gi", live(claim -> claim.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z")), classes(true));

        assertThat(plan.isPossible()).isFalse();
        assertThat(plan.steps().get(0))
                .asString()
                .isEqualTo("metadata.deletionTimestamp cannot become absent (it is 2026-01-01T00:00:00Z): the claim is"
                        + " being deleted and goes as soon as no pod uses it; save the files now: set reclaimPolicy Retain"
                        + " on its volume, and bind that to a new claim");
    }

    @Test
    void aClaimWithoutSpecOrSizeIsReportedAndNoError() {
        assertThat(plan("20Gi", live(claim -> claim.setSpec(null)), classes(true)))
                .asString()
                .contains("spec.storageClassName cannot become \"nfs\" (it is absent)")
                .contains("no cluster has such a claim");
        PersistentVolumeClaim odd =
                live(claim -> claim.getSpec().getResources().setRequests(Map.of("storage", new Quantity("ten"))));
        assertThat(plan("20Gi", odd, classes(true))).asString().contains("(it is absent or no quantity)");
    }

    @Test
    void aClaimOfAnotherNameIsRefusedWithTheNamesThereAre() {
        assertThatThrownBy(() -> plan("20Gi", new PersistentVolumeClaimBuilder().build(), List.of()))
                .hasMessage("live must be one of the claims [projects-data, projects-software], but was nothing; pass"
                        + " the claim of that name");
        assertThatThrownBy(() -> plan("20Gi", live(claim -> claim.getMetadata().setName("other")), List.of()))
                .hasMessageContaining("but was \"other\"");
    }
}
