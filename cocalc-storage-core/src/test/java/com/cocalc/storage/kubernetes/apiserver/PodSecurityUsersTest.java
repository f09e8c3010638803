package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A pod with users of its own is root nowhere else: since 1.35 three rules let it pass, and one level keeps one. */
class PodSecurityUsersTest {

    @Test
    void rootOfItsOwnIsAdmittedByRestrictedSince135() {
        assertThat(checks(PodSecurityLevel.RESTRICTED, "v1.34", false, null))
                .containsExactly("runAsNonRoot", "runAsUser");
        assertThat(checks(PodSecurityLevel.RESTRICTED, "v1.35", false, null)).isEmpty();
        assertThat(checks(PodSecurityLevel.RESTRICTED, "latest", false, null)).isEmpty();
    }

    @Test
    void rootOfTheNodeIsRefusedByEveryVersion() {
        for (Boolean hostUsers : new Boolean[] {true, null}) {
            assertThat(checks(PodSecurityLevel.RESTRICTED, "v1.34", hostUsers, null))
                    .containsExactly("runAsNonRoot", "runAsUser");
            assertThat(checks(PodSecurityLevel.RESTRICTED, "v1.35", hostUsers, null))
                    .containsExactly("runAsNonRoot", "runAsUser");
        }
    }

    @Test
    void anUnmaskedProcIsAdmittedByBaselineSince135WhereThePodHasUsersOfItsOwn() {
        assertThat(checks(PodSecurityLevel.BASELINE, "v1.34", false, "Unmasked"))
                .containsExactly("procMount");
        assertThat(checks(PodSecurityLevel.BASELINE, "v1.35", false, "Unmasked"))
                .isEmpty();
        assertThat(checks(PodSecurityLevel.BASELINE, "v1.35", true, "Unmasked")).containsExactly("procMount");
        assertThat(checks(PodSecurityLevel.BASELINE, "v1.35", null, "Unmasked")).containsExactly("procMount");
    }

    @Test
    void restrictedRefusesAnUnmaskedProcOnceAndInEveryVersion() {
        assertThat(checks(PodSecurityLevel.RESTRICTED, "v1.34", false, "Unmasked"))
                .containsExactly("procMount", "runAsNonRoot", "runAsUser");
        assertThat(checks(PodSecurityLevel.RESTRICTED, "v1.35", false, "Unmasked"))
                .containsExactly("procMount_restricted");
        assertThat(checks(PodSecurityLevel.RESTRICTED, "v1.35", true, "Unmasked"))
                .containsExactly("runAsNonRoot", "runAsUser", "procMount_restricted");
        assertThat(checks(PodSecurityLevel.RESTRICTED, "v1.35", false, "Default"))
                .isEmpty();
        assertThat(checks(PodSecurityLevel.RESTRICTED, "v1.35", false, "")).isEmpty();
    }

    private static List<String> checks(
            PodSecurityLevel level, String version, @Nullable Boolean hostUsers, @Nullable String procMount) {
        Pod root = new PodBuilder()
                .withNewSpec()
                .withHostUsers(hostUsers)
                .addNewContainer()
                .withNewSecurityContext()
                .withRunAsUser(0L)
                .withRunAsNonRoot(false)
                .withProcMount(procMount)
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
        return PodSecurity.of(level, PodSecurityVersion.parse(version)).violations(root).stream()
                .map(PodSecurityViolation::check)
                .toList();
    }
}
