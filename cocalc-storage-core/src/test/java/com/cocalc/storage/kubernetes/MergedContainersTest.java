package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.StorageConfig;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container has already, and how the storage is merged with it. */
final class MergedContainersTest {

    private static final String HOME = "projects/" + Fixtures.PROJECT;
    private static final String OUR_HOME = "volume \"home\", subPath \"" + HOME + "\", read-write at \"/home/user\"";

    @Test
    void ourVolumeAsADeviceOfTheContainerItselfIsAConflict() {
        assertConflict(
                spec -> project(spec).getVolumeDevices().add(new VolumeDevice("/dev/disk", "home")),
                "spec.containers[0].volumeDevices[0] has volume \"home\" as a device, but CoCalc's storage needs it as a"
                        + " file system; remove that device");
    }

    @Test
    void aSecondMountThatSeesMoreOfTheVolumeIsAConflict() {
        assertConflict(
                spec -> project(spec)
                        .getVolumeMounts()
                        .add(mount("home", "/all").build()),
                "spec.containers[0].volumeMounts[0] has volume \"home\", whole, read-write at \"/all\", but CoCalc's"
                        + " storage needs " + OUR_HOME
                        + "; remove that mount; nothing in the pod may see more of the volume");
    }

    @Test
    void aSecondMountThatSeesAsMuchOrLessStays() {
        VolumeMount same = mount("home", "/again").withSubPath(HOME).build();
        VolumeMount reading =
                mount("home", "/reading").withSubPath(HOME).withReadOnly(true).build();
        VolumeMount allBelow = mount("ext", "/software")
                .withReadOnly(true)
                .withRecursiveReadOnly("Enabled")
                .build();

        Pod result = apply(spec -> {
            project(spec).getVolumeMounts().add(same);
            project(spec).getVolumeMounts().add(reading);
            project(spec).getVolumeMounts().add(allBelow);
        });

        assertThat(project(result.getSpec()).getVolumeMounts()).hasSize(5).contains(same, reading, allBelow);
    }

    @Test
    void aMountWithDefaultsWrittenOutIsOurs() {
        VolumeMount software = mount("ext", "/ext/")
                .withReadOnly(true)
                .withSubPath("")
                .withSubPathExpr("")
                .withMountPropagation("None")
                .withRecursiveReadOnly("Disabled")
                .build();

        Pod result = apply(spec -> project(spec).getVolumeMounts().add(software));

        assertThat(project(result.getSpec()).getVolumeMounts()).hasSize(2).contains(software);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bidirectional", "HostToContainer"})
    void anotherPropagationAtOurPlaceIsAConflict(String propagation) {
        VolumeMount home = mount("home", "/home/user")
                .withSubPath(HOME)
                .withMountPropagation(propagation)
                .build();

        assertThatThrownBy(() -> apply(spec -> project(spec).getVolumeMounts().add(home)))
                .isInstanceOf(StorageConflictException.class)
                .hasMessageContaining("spec.containers[0].volumeMounts[0] has volume \"home\"");
    }

    @Test
    void aDeviceOfAnotherClaimOfTheInstallationIsAConflict() {
        StorageConfig config =
                StorageConfig.builder().sharesClaim("projects-shares").build();
        Volume shares = new VolumeBuilder()
                .withName("published")
                .withNewPersistentVolumeClaim("projects-shares", false)
                .build();
        Pod pod = edit(spec -> {
            spec.getVolumes().add(shares);
            project(spec).getVolumeDevices().add(new VolumeDevice("/dev/disk", "published"));
        });

        assertThatThrownBy(() -> PodStorage.of(Fixtures.volumes(ProjectLicenses.none(), config))
                        .applyTo(pod, "project"))
                .isInstanceOf(StorageConflictException.class)
                .hasMessageContaining("spec.containers[0].volumeDevices[0] has the claim \"projects-shares\" of the"
                        + " installation, but CoCalc's storage needs no mount of that claim in this pod");
    }

    @Test
    void theRepairOfTheHomeRunsInTheImageOfTheProjectAndIsPulledAlike() {
        Pod result = repairing().applyTo(edit(spec -> project(spec).setImagePullPolicy("Always")), "project");

        Container repair = result.getSpec().getInitContainers().get(0);
        assertThat(repair.getImage()).isEqualTo("registry.example/project:1");
        assertThat(repair.getImagePullPolicy()).isEqualTo("Always");
    }

    @Test
    void aRepairWithoutAnImageGetsItAndItsPolicy() {
        Container repair = repairing().initContainers().get(0);
        repair.setImage(null);
        Container keeping = repairing().initContainers().get(0);
        keeping.setImage(null);
        keeping.setImagePullPolicy("Never");

        assertThat(repairOf(spec -> spec.getInitContainers().add(repair)).getImagePullPolicy())
                .isEqualTo("Always");
        assertThat(repairOf(spec -> spec.getInitContainers().add(keeping)).getImagePullPolicy())
                .isEqualTo("Never");
        assertThat(repairOf(spec -> spec.getInitContainers().add(keeping)).getImage())
                .isEqualTo("registry.example/project:1");
    }

    @Test
    void aRepairWithTheRequestsThatTheServerFillsInIsOurs() {
        PodStorage storage = repairing()
                .withInitResources(new ResourceRequirementsBuilder()
                        .addToLimits("memory", Quantity.parse("64Mi"))
                        .addToLimits("cpu", Quantity.parse("1"))
                        .addToRequests("cpu", Quantity.parse("100m"))
                        .build());
        Pod first = storage.applyTo(Fixtures.pod(), "project");
        Container repair = first.getSpec().getInitContainers().get(0);
        repair.setResources(new ResourceRequirementsBuilder(repair.getResources())
                .addToRequests("memory", Quantity.parse("64Mi"))
                .build());

        assertThat(storage.applyTo(first, "project")).isEqualTo(first);

        repair.getResources().getRequests().put("memory", Quantity.parse("32Mi"));
        assertThatThrownBy(() -> storage.applyTo(first, "project"))
                .hasMessageContaining("spec.initContainers[0] has another container \"fix-permissions\"");
    }

    private static Container repairOf(Consumer<PodSpec> change) {
        Pod pod = edit(change.andThen(spec -> project(spec).setImagePullPolicy("Always")));
        return repairing().applyTo(pod, "project").getSpec().getInitContainers().get(0);
    }

    private static PodStorage repairing() {
        return PodStorage.of(Fixtures.volumes(
                ProjectLicenses.none(),
                StorageConfig.builder()
                        .homeOwnership(HomeOwnership.fixPermissionsInit())
                        .build()));
    }

    private static Container project(PodSpec spec) {
        return spec.getContainers().get(0);
    }

    private static VolumeMountBuilder mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path);
    }

    private static Pod edit(Consumer<PodSpec> change) {
        Pod pod = Fixtures.pod();
        pod.getSpec().getContainers().set(0, new ContainerBuilder(project(pod.getSpec())).build());
        change.accept(pod.getSpec());
        return pod;
    }

    private static Pod apply(Consumer<PodSpec> change) {
        return Fixtures.readOnly().applyTo(edit(change), "project");
    }

    private static void assertConflict(Consumer<PodSpec> change, String conflict) {
        assertThatThrownBy(() -> apply(change))
                .isInstanceOf(StorageConflictException.class)
                .hasMessage("pod project-1 cannot take CoCalc's storage: " + conflict);
    }
}
