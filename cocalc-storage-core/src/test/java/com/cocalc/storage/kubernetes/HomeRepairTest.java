package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The init container that repairs the home's owner, in a pod. */
class HomeRepairTest {

    private static PodStorage repairing(HomeOwnership ownership) {
        return PodStorage.of(Fixtures.volumes(
                ProjectLicenses.none(),
                StorageConfig.builder().homeOwnership(ownership).build()));
    }

    private static PodStorage repairing() {
        return repairing(HomeOwnership.fixPermissionsInit());
    }

    @Test
    void theInitContainerSeesTheHomeAloneAndHasTheImageOfTheContainer() {
        Golden.assertEqual(
                "pod-fix-permissions.yaml", KubernetesText.yaml(repairing().applyTo(Fixtures.pod(), "project")));
    }

    @Test
    void alwaysWalksWithoutLookingAtTheHomeFirst() {
        List<Container> containers =
                repairing(HomeOwnership.fixPermissionsInit().always()).initContainers();

        assertThat(containers).hasSize(1);
        assertThat(String.join(" ", containers.get(0).getCommand()))
                .isEqualTo("find /home/user /home/user/. -xdev ! -path /home/user ( ! -path /home/user/. -o -prune )"
                        + " ( ! -user 2001 -o ! -group 2001 )"
                        + " ( ! -type f -o -user 0 -o ! -perm -4000 ! -perm -2000 )"
                        + " -exec chown -h 2001:2001 {} +");
    }

    @Test
    void thereIsNoneUnlessTheConfigurationAsks() {
        assertThat(Fixtures.readOnly().initContainers()).isEmpty();
        assertThat(repairing(HomeOwnership.serverSide()).initContainers()).isEmpty();
    }

    @Test
    void whatTheKubeletWouldExpandIsEscapedAndWhatAPatternWouldMeanToo() {
        PodStorage storage = PodStorage.of(Fixtures.volumes(
                ProjectLicenses.none(),
                StorageConfig.builder()
                        .homePath("/home/$(U)[x]*?\\")
                        .identity(PosixIdentity.of(1000, 100))
                        .homeOwnership(HomeOwnership.fixPermissionsInit())
                        .build()));

        assertThat(storage.initContainers().get(0).getCommand())
                .startsWith(
                        "find",
                        "/home/$$(U)[x]*?\\",
                        "/home/$$(U)[x]*?\\/.",
                        "-xdev",
                        "-path",
                        "/home/$$(U)\\[x]\\*\\?\\\\",
                        "-user",
                        "1000",
                        "-group",
                        "100");
    }

    @Test
    void imageAndResourcesCanBeSet() {
        PodStorage storage = repairing()
                .withInitImage("busybox:1.37")
                .withInitResources(new ResourceRequirementsBuilder()
                        .addToLimits("memory", Quantity.parse("32Mi"))
                        .build());

        Container init = storage.applyTo(Fixtures.pod(), "project")
                .getSpec()
                .getInitContainers()
                .get(0);

        assertThat(init).isEqualTo(storage.initContainers().get(0));
        assertThat(init.getImage()).isEqualTo("busybox:1.37");
        assertThat(KubernetesText.yaml(init.getResources())).isEqualTo("limits:\n  memory: \"32Mi\"\n");
    }

    @Test
    void settingsOfARepairThatIsNotAskedForChangeNothing() {
        PodStorage storage = Fixtures.readOnly();

        assertThat(storage.withInitImage("busybox")).isSameAs(storage);
        assertThat(storage.withInitResources(HomeRepair.littleResources())).isSameAs(storage);
    }

    @Test
    void anImageThatNoRegistryCanHaveIsRefused() {
        for (String image : List.of("", " ", "busybox ", "busy box", "busybox\t")) {
            assertThatThrownBy(() -> repairing().withInitImage(image))
                    .hasMessage("image must be the name of an image, without blanks, but was \""
                            + image.replace("\t", "\\u0009") + "\"; write for example \"busybox:1.37\"");
        }
    }

    @Test
    void applyingTwiceIsApplyingOnceAlsoAfterTheServerFilledInDefaults() {
        Pod once = repairing().applyTo(Fixtures.pod(), "project");
        Pod stored = new PodBuilder(once)
                .editSpec()
                .editFirstInitContainer()
                .withTerminationMessagePath("/dev/termination-log")
                .withTerminationMessagePolicy("File")
                .withImagePullPolicy("IfNotPresent")
                .endInitContainer()
                .endSpec()
                .build();

        assertThat(repairing().applyTo(once, "project")).isEqualTo(once);
        assertThat(repairing().applyTo(stored, "project")).isEqualTo(stored);
    }

    @Test
    void aSecondContainerReusesTheRepairOfTheFirst() {
        Pod pod = new PodBuilder(Fixtures.pod())
                .editSpec()
                .addNewContainer()
                .withName("sidecar")
                .withImage("registry.example/other:2")
                .endContainer()
                .endSpec()
                .build();

        Pod both = repairing().applyTo(repairing().applyTo(pod, "project"), "sidecar");

        assertThat(both.getSpec().getInitContainers()).hasSize(1);
        assertThat(both.getSpec().getInitContainers().get(0).getImage()).isEqualTo("registry.example/project:1");
    }

    @Test
    void foreignInitContainersStayInFront() {
        Container foreign =
                new ContainerBuilder().withName("setup").withImage("setup:1").build();
        Pod pod = new PodBuilder(Fixtures.pod())
                .editSpec()
                .addToInitContainers(foreign)
                .endSpec()
                .build();

        assertThat(repairing().applyTo(pod, "project").getSpec().getInitContainers())
                .extracting(Container::getName)
                .containsExactly("setup", "fix-permissions");
    }

    @Test
    void anotherContainerOfThatNameIsAConflict() {
        Pod pod = new PodBuilder(Fixtures.pod())
                .editSpec()
                .addNewInitContainer()
                .withName("fix-permissions")
                .withCommand("chown", "-R", "2001:2001", "/home/user")
                .endInitContainer()
                .endSpec()
                .build();

        assertThatThrownBy(() -> repairing().applyTo(pod, "project"))
                .hasMessage("pod project-1 cannot take CoCalc's storage: spec.initContainers[0] has another container"
                        + " \"fix-permissions\", but CoCalc's storage needs that name for the container that repairs the"
                        + " home's owner; rename that container, or remove it");
    }

    /** Comparing such an amount with ours ended in a NumberFormatException. */
    @ParameterizedTest
    @ValueSource(strings = {"zz", "1e4294967296", "1e", "--", "1Gi Gi"})
    void ourContainerWithAnAmountThatIsNoneIsAConflict(String amount) {
        Pod pod = repairing().applyTo(Fixtures.pod(), "project");
        pod.getSpec().getInitContainers().get(0).getResources().getLimits().put("memory", new Quantity(amount));

        assertThatThrownBy(() -> repairing().applyTo(pod, "project"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("spec.initContainers[0] has another container \"fix-permissions\"");
    }

    @Test
    void aPodThatWantsNoRootStillStartsWithTheRepair() {
        Pod pod = new PodBuilder(Fixtures.pod())
                .editSpec()
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .endSecurityContext()
                .endSpec()
                .build();

        assertThat(repairing()
                        .applyTo(pod, "project")
                        .getSpec()
                        .getInitContainers()
                        .get(0)
                        .getSecurityContext()
                        .getRunAsNonRoot())
                .isFalse();
    }
}
