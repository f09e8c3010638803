package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.CreatedClaims;
import com.cocalc.storage.StorageClassName;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageSize;
import org.junit.jupiter.api.Test;

class StorageClaimsTest {

    private static final StorageClassName CLASS = StorageClassName.parse("nfs");

    @Test
    void theChartCreatesTheDataAndTheSoftwareClaim() {
        Golden.assertEqual(
                "claims-created.yaml",
                KubernetesText.yamlStream(
                        StorageClaims.of(StorageConfig.defaults()).persistentVolumeClaims()));
    }

    @Test
    void nothingIsCreatedWhereTheOperatorBringsTheClaims() {
        assertThat(StorageClaims.of(StorageConfig.builder().bringYourOwnClaims().build())
                        .persistentVolumeClaims())
                .isEmpty();
    }

    @Test
    void anOperatorCreatesASharesClaimOfItsOwnAsWell() {
        StorageConfig config =
                StorageConfig.builder().sharesClaim("projects-shares").build();
        ClaimSizes sizes = ClaimSizes.parse("500Gi", "1e11").withShares(StorageSize.parse("1.5Ti"));

        Golden.assertEqual(
                "claims-brought.yaml",
                KubernetesText.yamlStream(
                        StorageClaims.bringYourOwn(config, CLASS, sizes).persistentVolumeClaims()));
    }

    @Test
    void bothWaysGiveTheSameObjects() {
        StorageConfig config = StorageConfig.builder()
                .created(CreatedClaims.of(CLASS, StorageSize.parse("3Gi"), StorageSize.parse("4Gi")))
                .build();

        assertThat(StorageClaims.of(config).persistentVolumeClaims())
                .isEqualTo(StorageClaims.bringYourOwn(config, CLASS, ClaimSizes.parse("3Gi", "4Gi"))
                        .persistentVolumeClaims());
    }

    @Test
    void aSharesClaimIsAsLargeAsTheDataClaimUnlessSaid() {
        assertThat(ClaimSizes.parse("3Gi", "4Gi").shares()).isEqualTo(StorageSize.parse("3Gi"));
    }
}
