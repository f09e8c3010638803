package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.StorageClassName;
import com.cocalc.storage.StorageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NfsServerTest {

    private static NfsServer.Builder server() {
        return NfsServer.builder("storage", "nfs");
    }

    private static NfsServer unsafe() {
        return server().withoutPersistence()
                .asDefaultClass()
                .withoutExpansion()
                .reclaimPolicy(ReclaimPolicy.DELETE)
                .mountOptions("vers=4.1", "soft")
                .rootSquash(RootSquash.ON)
                .writableForGroup(2001)
                .build();
    }

    @Test
    void theDefaultsKeepFilesAndNeedNoCaution() {
        NfsServer server = server().build();

        Golden.assertEqual("nfs-server-values.yaml", server.chartValues());
        Golden.assertEqual("nfs-server-storageclass.yaml", KubernetesText.yaml(server.storageClass()));
        assertThat(server.cautions()).isEmpty();
    }

    @Test
    void whatIsUnsafeWorks() {
        Golden.assertEqual("nfs-server-values-unsafe.yaml", unsafe().chartValues());
        Golden.assertEqual("nfs-server-storageclass-unsafe.yaml", KubernetesText.yaml(unsafe().storageClass()));
    }

    @Test
    void whatIsUnsafeIsReportedWithWhatHappens() {
        assertThat(unsafe().cautions())
                .extracting(Caution::toString)
                .containsExactly(
                        "persistence.enabled is false: all files of all projects are lost with the server's pod; set a"
                                + " size, and a class of block storage",
                        "storageClass.defaultClass is true: every claim without a class lands on this server, and"
                                + " shares its one disk; name the class in the claims that need it",
                        "storageClass.allowVolumeExpansion is false: a claim that is full can only be copied to a"
                                + " larger one; allow expansion",
                        "storageClass.reclaimPolicy is Delete: deleting a claim deletes all projects; use Retain, and"
                                + " remove volumes by hand",
                        "mountOptions is soft: a server that is away for a moment gives programs errors, and leaves"
                                + " files half written; write \"hard\", the default",
                        "storageClass.parameters.rootSquash is \"true\": a new home belongs to nobody, and"
                                + " fixPermissionsInit fails with \"Operation not permitted\"; use \"false\", and keep"
                                + " others off the server with a network policy");
    }

    @Test
    void sizeAndClassOfTheDiskReachTheChart() {
        NfsServer server = server().persistenceSize(StorageSize.parse("2Ti"))
                .persistenceClass(StorageClassName.parse("fast-ssd"))
                .storageClassName(StorageClassName.parse("shared"))
                .build();

        assertThat(server.chartValues()).contains("""
                persistence:
                  enabled: true
                  size: "2Ti"
                  storageClass: fast-ssd
                """).contains("  name: shared\n");
        assertThat(server.storageClassName()).hasToString("shared");
    }

    @Test
    void theServersDiskCannotBeOnTheServer() {
        assertThatThrownBy(() ->
                        server().persistenceClass(StorageClassName.parse("nfs")).build())
                .hasMessage("persistenceClass must differ from storageClassName, but was \"nfs\" for both; name a class"
                        + " of block storage, or the server waits for itself");
    }

    @Test
    void theProvisionerIsNamedAsTheChartWould() {
        assertThat(server().build().storageClass().getProvisioner())
                .isEqualTo("cluster.local/nfs-nfs-server-provisioner");
        assertThat(NfsServer.builder("n", "my-nfs-server-provisioner")
                        .build()
                        .storageClass()
                        .getProvisioner())
                .isEqualTo("cluster.local/my-nfs-server-provisioner");
        assertThat(NfsServer.builder("n", "a".repeat(53)).build().storageClass().getProvisioner())
                .isEqualTo("cluster.local/" + "a".repeat(53) + "-nfs-serve");
        assertThat(NfsServer.builder("n", "a".repeat(48)).build().storageClass().getProvisioner())
                .isEqualTo("cluster.local/" + "a".repeat(48) + "-nfs-server-pro");
        assertThat(NfsServer.builder("n", "a".repeat(51)).build().storageClass().getProvisioner())
                .isEqualTo("cluster.local/" + "a".repeat(51) + "-nfs-server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "A", "a.b", "a_b"})
    void namesThatHelmOrKubernetesRefuseAreRefused(String name) {
        assertThatThrownBy(() -> NfsServer.builder("n", name))
                .hasMessage("release must be a DNS-1123 label (lower case, digits, '-'; a letter or digit at both ends;"
                        + " at most 53 characters), but was \"" + name + "\"; rename the release");
        assertThatThrownBy(() -> NfsServer.builder(name, "r")).hasMessageStartingWith("namespace must be a DNS-1123");
        assertThatThrownBy(() -> NfsServer.builder("n", "a".repeat(54))).hasMessageStartingWith("release must");
    }

    @Test
    void aGroupThatCannotBeIsRefused() {
        for (long gid : new long[] {0, -1, 2147483648L}) {
            assertThatThrownBy(() -> server().writableForGroup(gid))
                    .hasMessage("gid must be 1 to 2147483647, but was " + gid
                            + "; use the number of a Unix group, 2001 for projects");
        }
    }

    @Test
    void aBuilderUsedAgainDoesNotChangeWhatItBuilt() {
        NfsServer.Builder builder = server();
        NfsServer first = builder.build();
        builder.withoutExpansion();

        assertThat(first.cautions()).isEmpty();
        assertThat(first.namespace()).isEqualTo("storage");
    }
}
