package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.FilePlace.Sight;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws that hold in every installation. */
final class StorageModelPropertiesTest {

    @Provide
    Arbitrary<StorageConfig> configs() {
        return RandomConfigs.configs();
    }

    @Provide
    Arbitrary<ProjectId> projects() {
        return RandomConfigs.projects();
    }

    /** Where on its claim a path in a service's container lies, worked out from the mounts alone. */
    private static String onClaim(ServiceVolumes view, String path) {
        for (StorageMount mount : view.mounts()) {
            String prefix = mount.mountPath() + "/";
            if (path.startsWith(prefix)) {
                String part = mount.part() instanceof SubPath subPath ? subPath + "/" : "";
                return mount.claim() + ":" + part + path.substring(prefix.length());
            }
        }
        throw new AssertionError(path + " is below no mount of " + view);
    }

    @Property
    void everyComponentResolvesAProjectToTheSamePlaceOnTheSameClaim(
            @ForAll("configs") StorageConfig config, @ForAll("projects") ProjectId project) {
        StorageModel model = StorageModel.of(config);
        StorageMount home = model.project(project, ProjectLicenses.none()).home();
        String homePlace = home.claim() + ":" + home.part();
        String sharePlace = config.sharesClaim() + ":" + config.sharesSchema().resolve(project);

        for (ServiceVolumes view : model.services()) {
            view.findHome(project)
                    .ifPresent(path -> assertThat(onClaim(view, path.value())).isEqualTo(homePlace));
            view.findShare(project)
                    .ifPresent(path -> assertThat(onClaim(view, path.value())).isEqualTo(sharePlace));
        }
    }

    @Property
    void theVariablesResolvedForAProjectAreItsPaths(
            @ForAll("configs") StorageConfig config, @ForAll("projects") ProjectId project) {
        for (ServiceVolumes view : StorageModel.of(config).services()) {
            String projects = view.environment().get(ServiceVolumes.PROJECTS);
            String shares = view.environment().get(ServiceVolumes.SHARES);

            assertThat(view.findHome(project).map(ContainerPath::value).orElse(null))
                    .isEqualTo(projects == null ? null : projects.replace("[project_id]", project.toString()));
            assertThat(view.findShare(project).map(ContainerPath::value).orElse(null))
                    .isEqualTo(shares == null ? null : shares.replace("[project_id]", project.toString()));
        }
    }

    @Property
    void whoSeesAFileIsWhoHasAPathToIt(@ForAll("configs") StorageConfig config, @ForAll("projects") ProjectId project) {
        StorageModel model = StorageModel.of(config);
        List<Sight> seenBy = model.home(project).seenBy();

        assertThat(seenBy.get(0).component()).isEqualTo(new ProjectPod(project));
        for (ServiceVolumes view : model.services()) {
            assertThat(seenBy.stream()
                            .filter(sight -> sight.component() == view.service())
                            .map(Sight::path))
                    .isEqualTo(view.findHome(project).stream().toList());
        }
    }

    @Property
    void noTwoProjectsMeetAndNoneSeesTheShares(
            @ForAll("configs") StorageConfig config,
            @ForAll("projects") ProjectId one,
            @ForAll("projects") ProjectId other) {
        Assume.that(!one.equals(other));
        StorageModel model = StorageModel.of(config);
        SubPath home = model.home(one).path();

        assertThat(home.contains(model.home(other).path())).isFalse();
        assertThat(model.share(one).seenBy()).extracting(Sight::component).doesNotContain(new ProjectPod(one));
        for (StorageMount mount : model.project(one, ProjectLicenses.none()).mounts()) {
            if (mount.claim().equals(config.dataClaim()) || mount.claim().equals(config.sharesClaim())) {
                assertThat(mount.part()).isEqualTo(home);
            }
        }
    }

    @Property
    void onlyAServiceThatNeedsThemSeesTheHomes(
            @ForAll("configs") StorageConfig config, @ForAll("projects") ProjectId project) {
        StorageModel model = StorageModel.of(config);

        assertThat(model.home(project).seenBy())
                .extracting(Sight::component)
                .containsExactly(
                        new ProjectPod(project),
                        StorageService.MANAGE_SHARE,
                        StorageService.MANAGE_COPY,
                        StorageService.HUB_PROXY);
        assertThat(model.share(project).seenBy())
                .extracting(Sight::component)
                .containsExactly(StorageService.HUB_NEXT, StorageService.MANAGE_SHARE);
    }

    @Property
    void noPodHasTwoVolumesOnOneClaim(@ForAll("configs") StorageConfig config) {
        for (ServiceVolumes view : StorageModel.of(config).services()) {
            for (StorageMount one : view.mounts()) {
                for (StorageMount other : view.mounts()) {
                    assertThat(one.volume().equals(other.volume()))
                            .isEqualTo(one.claim().equals(other.claim()));
                }
            }
        }
    }

    @Property
    void theDrawingIsOneAndTheSameForEqualInstallations(@ForAll("configs") StorageConfig config) {
        assertThat(StorageModel.of(config).toMermaid())
                .isEqualTo(StorageModel.of(config.toBuilder().build()).toMermaid());
    }
}
