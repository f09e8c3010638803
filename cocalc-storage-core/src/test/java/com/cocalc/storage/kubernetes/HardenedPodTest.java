package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.StorageConfig;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import org.junit.jupiter.api.Test;

/** The form that a namespace with Pod Security restricted admits. */
class HardenedPodTest {

    private static Pod pod(SecurityContext context) {
        return new PodBuilder(Fixtures.pod())
                .editSpec()
                .editFirstContainer()
                .withSecurityContext(context)
                .endContainer()
                .endSpec()
                .build();
    }

    @Test
    void everythingThatRestrictedWantsIsWritten() {
        Golden.assertEqual(
                "pod-hardened.yaml",
                KubernetesText.yaml(Fixtures.readOnly().hardened().applyTo(Fixtures.pod(), "project")));
    }

    @Test
    void nothingOfItIsWrittenUnlessAsked() {
        assertThat(KubernetesText.yaml(Fixtures.readOnly().applyTo(Fixtures.pod(), "project")))
                .doesNotContain("runAsNonRoot", "seccomp", "capabilities", "allowPrivilegeEscalation");
    }

    @Test
    void applyingTwiceIsApplyingOnce() {
        PodStorage storage = Fixtures.readOnly().hardened();
        Pod once = storage.applyTo(Fixtures.pod(), "project");

        assertThat(storage.applyTo(once, "project")).isEqualTo(once);
    }

    @Test
    void whatIsAsStrictAlreadyIsKept() {
        SecurityContext strict = new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .addToAdd("NET_BIND_SERVICE")
                .addToDrop("NET_RAW")
                .endCapabilities()
                .withNewSeccompProfile("p.json", "Localhost")
                .build();
        Pod result = Fixtures.readOnly().hardened().applyTo(pod(strict), "project");

        assertThat(KubernetesText.yaml(result.getSpec().getContainers().get(0).getSecurityContext()))
                .isEqualTo("""
                allowPrivilegeEscalation: false
                capabilities:
                  add:
                    - NET_BIND_SERVICE
                  drop:
                    - NET_RAW
                    - ALL
                seccompProfile:
                  localhostProfile: p.json
                  type: Localhost
                """);
    }

    @Test
    void everythingThatRestrictedRefusesIsAConflict() {
        SecurityContext loose = new SecurityContextBuilder()
                .withPrivileged(true)
                .withRunAsNonRoot(false)
                .withAllowPrivilegeEscalation(true)
                .withNewCapabilities()
                .addToAdd("CHOWN")
                .endCapabilities()
                .withNewSeccompProfile(null, "Unconfined")
                .build();

        assertThatThrownBy(() -> Fixtures.readOnly().hardened().applyTo(pod(loose), "project"))
                .isInstanceOfSatisfying(
                        StorageConflictException.class,
                        e -> assertThat(e.conflicts())
                                .extracting(Conflict::place)
                                .containsExactly(
                                        "spec.containers[0].securityContext.privileged",
                                        "spec.containers[0].securityContext.runAsNonRoot",
                                        "spec.containers[0].securityContext.allowPrivilegeEscalation",
                                        "spec.containers[0].securityContext.seccompProfile",
                                        "spec.containers[0].securityContext.capabilities.add"))
                .hasMessageContaining("spec.containers[0].securityContext.capabilities.add has [CHOWN], but CoCalc's"
                        + " storage needs none but NET_BIND_SERVICE in the hardened form; remove that field, a restricted"
                        + " namespace refuses it");
    }

    @Test
    void anUnconfinedPodIsAConflictAndALocalProfileIsKept() {
        Pod unconfined = new PodBuilder(Fixtures.pod())
                .editSpec()
                .withNewSecurityContext()
                .withNewSeccompProfile(null, "Unconfined")
                .endSecurityContext()
                .endSpec()
                .build();
        Pod local = new PodBuilder(Fixtures.pod())
                .editSpec()
                .withNewSecurityContext()
                .withNewSeccompProfile("p.json", "Localhost")
                .endSecurityContext()
                .endSpec()
                .build();

        assertThatThrownBy(() -> Fixtures.readOnly().hardened().applyTo(unconfined, "project"))
                .hasMessage("pod project-1 cannot take CoCalc's storage: spec.securityContext.seccompProfile.type has"
                        + " Unconfined, but CoCalc's storage needs RuntimeDefault; remove that field");
        assertThat(Fixtures.readOnly()
                        .hardened()
                        .applyTo(local, "project")
                        .getSpec()
                        .getSecurityContext()
                        .getSeccompProfile())
                .isEqualTo(local.getSpec().getSecurityContext().getSeccompProfile());
    }

    @Test
    void aRootInitContainerCannotBeHardened() {
        PodStorage storage = PodStorage.of(Fixtures.volumes(
                ProjectLicenses.none(),
                StorageConfig.builder()
                        .homeOwnership(HomeOwnership.fixPermissionsInit())
                        .build()));

        assertThatThrownBy(storage::hardened)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("homeOwnership must not be fixPermissionsInit in the hardened form, but was"
                        + " WHEN_HOME_DIFFERS; its init container runs as root, which a restricted namespace refuses. Use"
                        + " HomeOwnership.serverSide() with a storage that maps every client to 2001:2001, or repair homes"
                        + " from another namespace");
    }
}
