package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.HomeOwnership;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackEndTest {

    private static List<String> check(BackEnd backEnd, HomeOwnership ownership, RootContainers root) {
        return backEnd.check(ownership, root).stream().map(Caution::toString).toList();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GANESHA_ROOT_SQUASH")
    void theChosenStrategyWorksWhereTheNamespaceAdmitsRoot(BackEnd backEnd) {
        assertThat(check(backEnd, backEnd.strategy(), RootContainers.ADMITTED)).isEmpty();
        assertThat(check(backEnd, backEnd.strategy(), RootContainers.ADMITTED)).isEmpty();
    }

    @Test
    void rootReachesTheServerOnlyWhereItIsNotSquashed() {
        assertThat(BackEnd.values())
                .filteredOn(BackEnd::rootMayChown)
                .containsExactly(
                        BackEnd.GANESHA,
                        BackEnd.CEPHFS,
                        BackEnd.NFS_CSI,
                        BackEnd.CSI_DEFAULT_POLICY,
                        BackEnd.HOST_PATH,
                        BackEnd.LOCAL);
        assertThat(BackEnd.values())
                .filteredOn(BackEnd::appliesFsGroup)
                .containsExactly(BackEnd.CEPHFS, BackEnd.NFS_CSI, BackEnd.LOCAL);
    }

    @Test
    void anInitContainerUnderRootSquashIsReported() {
        assertThat(check(BackEnd.GANESHA_ROOT_SQUASH, HomeOwnership.fixPermissionsInit(), RootContainers.ADMITTED))
                .containsExactly("homeOwnership is fixPermissionsInit on GANESHA_ROOT_SQUASH: the server does not take"
                        + " root for root; chown fails with \"Operation not permitted\", and the project never starts; set"
                        + " rootSquash \"false\" on a new StorageClass");
        assertThat(check(
                        BackEnd.EFS_ACCESS_POINT,
                        HomeOwnership.fixPermissionsInit().always(),
                        RootContainers.ADMITTED))
                .singleElement()
                .asString()
                .endsWith("use serverSide, nothing is left to repair");
    }

    @Test
    void aRootInitContainerInARestrictedNamespaceIsReported() {
        assertThat(check(BackEnd.CEPHFS, HomeOwnership.fixPermissionsInit(), RootContainers.REFUSED))
                .containsExactly("homeOwnership is fixPermissionsInit in a restricted namespace: its init container"
                        + " runs as root, and the API server refuses the pod with 403; let the namespace enforce baseline,"
                        + " or use serverSide with a storage that maps everybody to 2001:2001");
    }

    @Test
    void aServerThatMapsNobodyIsNotServerSide() {
        assertThat(check(BackEnd.NFS_CSI, HomeOwnership.serverSide(), RootContainers.ADMITTED))
                .containsExactly("homeOwnership is serverSide on NFS_CSI: this storage maps nobody to the project's"
                        + " user, so a new home stays root's; export with all_squash to 2001:2001, or use"
                        + " fixPermissionsInit");
    }

    @Test
    void fsGroupWithTheDefaultPolicyDoesNothingAndIsReported() {
        assertThat(check(BackEnd.CSI_DEFAULT_POLICY, HomeOwnership.asIs(), RootContainers.REFUSED))
                .containsExactly("homeOwnership is asIs on CSI_DEFAULT_POLICY: without an fsGroupPolicy the kubelet"
                        + " applies fsGroup to ReadWriteOnce volumes alone; a new home is writable only if the root of the"
                        + " claim is writable for everybody or its group, else \"Permission denied\"; set fsGroupPolicy"
                        + " File on the CSIDriver, or use fixPermissionsInit in a namespace that enforces baseline");
    }

    @Test
    void asItIsNeedsAKubeletOrAServerThatHelps() {
        assertThat(BackEnd.values())
                .filteredOn(backEnd -> check(backEnd, HomeOwnership.asIs(), RootContainers.ADMITTED)
                        .isEmpty())
                .containsExactly(
                        BackEnd.NFS_ALL_SQUASH,
                        BackEnd.EFS_ACCESS_POINT,
                        BackEnd.CEPHFS,
                        BackEnd.NFS_CSI,
                        BackEnd.LOCAL);
        assertThat(check(BackEnd.GANESHA_ROOT_SQUASH, HomeOwnership.asIs(), RootContainers.ADMITTED))
                .singleElement()
                .asString()
                .endsWith("use fixPermissionsInit with rootSquash \"false\"");
    }
}
