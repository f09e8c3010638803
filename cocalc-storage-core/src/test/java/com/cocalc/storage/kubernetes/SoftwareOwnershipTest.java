package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.StorageConfig;
import org.junit.jupiter.api.Test;

class SoftwareOwnershipTest {

    private static final SoftwareOwnership REPAIR = SoftwareOwnership.of(StorageConfig.defaults());

    @Test
    void theJobMountsTheSoftwareAloneAndChangesItsRoot() {
        Golden.assertEqual("job-software-ownership.yaml", KubernetesText.yaml(REPAIR.job("busybox:1.37")));
    }

    @Test
    void aJobWithoutAnImageIsRefused() {
        assertThatThrownBy(() -> REPAIR.job(" "))
                .hasMessage("image must be the name of an image, but was \" \"; write for example \"busybox:1.37\"");
    }

    @Test
    void whereRootIsNotRootOrNotAdmittedTheJobCannotWork() {
        assertThat(REPAIR.check(BackEnd.GANESHA, RootContainers.ADMITTED)).isEmpty();
        assertThat(REPAIR.check(BackEnd.EFS_ACCESS_POINT, RootContainers.REFUSED))
                .extracting(Caution::toString)
                .containsExactly(
                        "job cocalc-software-ownership is on EFS_ACCESS_POINT: the server does not take root for root,"
                                + " and chown fails with \"Operation not permitted\"; change the owner of the exported"
                                + " directory on the server itself",
                        "job cocalc-software-ownership is in a restricted namespace: it runs as root, and its pod is"
                                + " refused with 403; let the namespace enforce baseline while it runs");
    }
}
