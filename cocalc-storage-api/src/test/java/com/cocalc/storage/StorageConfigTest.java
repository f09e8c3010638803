package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StorageConfigTest {

    @Test
    void theDefaultsAreThoseOfTheChart() {
        StorageConfig config = StorageConfig.defaults();

        assertThat(config.dataClaim()).hasToString("projects-data");
        assertThat(config.softwareClaim()).hasToString("projects-software");
        assertThat(config.sharesClaim()).hasToString("projects-data");
        assertThat(config.sharesOnDataClaim()).isTrue();
        assertThat(config.projectsSchema()).hasToString("projects/[project_id]");
        assertThat(config.sharesSchema()).hasToString("shares/[project_id]");
        assertThat(config.homePath()).hasToString("/home/user");
        assertThat(config.softwarePath()).hasToString("/ext");
        assertThat(config.jupyterPath()).isEqualTo(JupyterPath.UNTOUCHED);
        assertThat(config.identity()).hasToString("2001:2001");
        assertThat(config.homeOwnership()).isEqualTo(new HomeOwnership.AsIs());
        assertThat(config.created())
                .contains(CreatedClaims.of(
                        StorageClassName.parse("nfs"), StorageSize.parse("10Gi"), StorageSize.parse("10Gi")));
    }

    @Test
    void theSoftwareIsNeverOnTheDataClaim() {
        assertThatThrownBy(() ->
                        StorageConfig.builder().softwareClaim("projects-data").build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("softwareClaim must differ from dataClaim, but was \"projects-data\" for both; name another"
                        + " claim; every project mounts the software claim whole, and would see every home");
    }

    @Test
    void theSharesAreNeverOnTheSoftwareClaim() {
        assertThatThrownBy(() ->
                        StorageConfig.builder().sharesClaim("projects-software").build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("sharesClaim must differ from softwareClaim, but was \"projects-software\" for both; name"
                        + " another claim; every project mounts the software claim whole, and would see all shares");
    }

    @ParameterizedTest
    @CsvSource({"/ext, /ext", "/ext, /ext/home", "/home/user/ext, /home/user", "/home, /home/user"})
    void homeAndSoftwareAreMountedSideBySide(String software, String home) {
        assertThatThrownBy(() -> StorageConfig.builder()
                        .softwarePath(software)
                        .homePath(home)
                        .build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("softwarePath must not equal, contain or be inside homePath, but was \"" + software
                        + "\" beside \"" + home
                        + "\"; mount them side by side; a nested mount leaves a directory of root in the outer one");
    }

    @ParameterizedTest
    @CsvSource({
        "projects/[project_id], projects/[project_id]",
        "projects/[project_id], projects/[project_id]/shares",
        "projects/[project_id], projects/shares/[project_id]",
        "files/projects/[project_id], files/[project_id]",
        "projects/[project_id], [project_id]",
        "[project_id], shares/[project_id]",
        "[project_id], [project_id]/shares"
    })
    void directoriesOfTwoSchemasOnOneClaimNeverMeet(String projects, String shares) {
        assertThatThrownBy(() -> StorageConfig.builder()
                        .projectsSchema(projects)
                        .sharesSchema(shares)
                        .build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("sharesSchema must start with a directory of its own beside that of projectsSchema, as both"
                        + " are on one claim, but was \"" + shares + "\" beside \"" + projects
                        + "\"; change the elements before [project_id], or give the shares a claim of their own; a"
                        + " service that serves shares would see homes");
        assertThat(StorageConfig.builder()
                        .projectsSchema(projects)
                        .sharesSchema(shares)
                        .sharesClaim("shares")
                        .build()
                        .sharesSchema())
                .hasToString(shares);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 2001"})
    void aProjectIsNeverRoot(long uid, long gid) {
        assertThatThrownBy(() -> StorageConfig.builder()
                        .identity(PosixIdentity.of(uid, gid))
                        .build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("identity must not be root, but was uid 0; use the project's user, 2001:2001; root in a"
                        + " project may change every file of a shared volume");
    }

    @Test
    void theKernelsHaveRoomBelowTheSoftware() {
        String longest = ("/" + "a".repeat(255)).repeat(15) + "/" + "b".repeat(4095 - 15 * 256 - 1 - 8);
        StorageConfig.Builder fits =
                StorageConfig.builder().softwarePath(longest).jupyterPath(JupyterPath.WITH_SOFTWARE);

        assertThat(fits.build().softwarePath().value()).hasSize(4087);
        assertThatThrownBy(() -> fits.softwarePath(longest + "b").build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("softwarePath must be at most 4087 bytes long in UTF-8 where jupyterPath is WITH_SOFTWARE,"
                        + " but was \"/" + "a".repeat(79)
                        + "…\" (4088 characters); shorten it; the kernels are in its directory jupyter");
        assertThat(fits.jupyterPath(JupyterPath.UNTOUCHED)
                        .build()
                        .softwarePath()
                        .value())
                .hasSize(4088);
    }

    @Test
    void textIsCheckedWhereItIsSet() {
        StorageConfig.Builder builder = StorageConfig.builder();

        assertThatThrownBy(() -> builder.dataClaim("A")).hasMessageStartingWith("claim name must be");
        assertThatThrownBy(() -> builder.softwareClaim("A")).hasMessageStartingWith("claim name must be");
        assertThatThrownBy(() -> builder.sharesClaim("A")).hasMessageStartingWith("claim name must be");
        assertThatThrownBy(() -> builder.projectsSchema("a")).hasMessageStartingWith("path schema must have");
        assertThatThrownBy(() -> builder.sharesSchema("a")).hasMessageStartingWith("path schema must have");
        assertThatThrownBy(() -> builder.homePath("a")).hasMessageStartingWith("mount path must be");
        assertThatThrownBy(() -> builder.softwarePath("a")).hasMessageStartingWith("mount path must be");
        assertThat(builder.build()).isEqualTo(StorageConfig.defaults());
    }

    @Test
    void everySettingMakesADifference() {
        StorageConfig.Builder all = StorageConfig.builder()
                .dataClaim("d")
                .softwareClaim("s")
                .sharesClaim("h")
                .projectsSchema("p/[project_id]")
                .sharesSchema("q/[project_id]")
                .homePath("/h")
                .softwarePath("/s")
                .jupyterPath(JupyterPath.WITH_SOFTWARE)
                .identity(PosixIdentity.of(1, 2))
                .homeOwnership(HomeOwnership.fixPermissionsInit().always())
                .bringYourOwnClaims();

        assertThat(all.build())
                .hasToString("StorageConfig[d, s, Optional[h], p/[project_id], q/[project_id], /h, /s, WITH_SOFTWARE,"
                        + " 1:2, FixPermissionsInit[walk=ALWAYS], Optional.empty]");
        assertThat(all.build().created()).isEmpty();
        assertThat(all.created(CreatedClaims.DEFAULTS).build().created()).contains(CreatedClaims.DEFAULTS);
        assertThat(all.build())
                .isEqualTo(all.build().toBuilder().build())
                .hasSameHashCodeAs(all.build())
                .isNotEqualTo(StorageConfig.defaults())
                .isNotEqualTo(Optional.empty());
    }

    @Test
    void aBuilderThatIsUsedOnLeavesWhatItBuilt() {
        StorageConfig.Builder builder = StorageConfig.builder();
        StorageConfig before = builder.build();

        builder.dataClaim("other");

        assertThat(before.dataClaim()).hasToString("projects-data");
    }

    @Test
    void sharesOnTheDataClaimFollowItHoweverThatWasSaid() {
        StorageConfig said =
                StorageConfig.builder().sharesClaim("projects-data").build();

        assertThat(said).isEqualTo(StorageConfig.defaults());
        assertThat(said.toBuilder().dataClaim("other").build().sharesClaim()).hasToString("other");
    }

    @Test
    void nullIsRefusedByName() {
        StorageConfig.Builder builder = StorageConfig.builder();

        assertThatThrownBy(() -> builder.dataClaim((ClaimName) null)).hasMessage("dataClaim");
        assertThatThrownBy(() -> builder.softwareClaim((ClaimName) null)).hasMessage("softwareClaim");
        assertThatThrownBy(() -> builder.sharesClaim((ClaimName) null)).hasMessage("sharesClaim");
        assertThatThrownBy(() -> builder.projectsSchema((PathSchema) null)).hasMessage("projectsSchema");
        assertThatThrownBy(() -> builder.sharesSchema((PathSchema) null)).hasMessage("sharesSchema");
        assertThatThrownBy(() -> builder.homePath((MountPath) null)).hasMessage("homePath");
        assertThatThrownBy(() -> builder.softwarePath((MountPath) null)).hasMessage("softwarePath");
        assertThatThrownBy(() -> builder.jupyterPath(null)).hasMessage("jupyterPath");
        assertThatThrownBy(() -> builder.identity(null)).hasMessage("identity");
        assertThatThrownBy(() -> builder.homeOwnership(null)).hasMessage("homeOwnership");
        assertThatThrownBy(() -> builder.created(null)).hasMessage("created");
        assertThatThrownBy(() -> CreatedClaims.of(null, StorageSize.parse("1"), StorageSize.parse("1")))
                .hasMessage("storageClass");
        assertThatThrownBy(() -> CreatedClaims.of(StorageClassName.parse("a"), null, StorageSize.parse("1")))
                .hasMessage("dataSize");
        assertThatThrownBy(() -> CreatedClaims.of(StorageClassName.parse("a"), StorageSize.parse("1"), null))
                .hasMessage("softwareSize");
        assertThatThrownBy(() -> new HomeOwnership.FixPermissionsInit(null)).hasMessage("walk");
    }

    @Test
    void theThreeWaysToOwnAHomeAreThemselves() {
        assertThat(HomeOwnership.asIs()).isEqualTo(new HomeOwnership.AsIs());
        assertThat(HomeOwnership.serverSide()).isEqualTo(new HomeOwnership.ServerSide());
        assertThat(HomeOwnership.fixPermissionsInit().walk()).isEqualTo(HomeOwnership.Walk.WHEN_HOME_DIFFERS);
        assertThat(HomeOwnership.fixPermissionsInit().always().walk()).isEqualTo(HomeOwnership.Walk.ALWAYS);
    }

    @Test
    void createdClaimsSayWhatTheyAreMadeOf() {
        CreatedClaims claims =
                CreatedClaims.of(StorageClassName.parse("nfs"), StorageSize.parse("1Gi"), StorageSize.parse("2Gi"));

        assertThat(claims.storageClass().value()).isEqualTo("nfs");
        assertThat(claims.dataSize()).isEqualTo(StorageSize.parse("1Gi"));
        assertThat(claims.softwareSize()).isEqualTo(StorageSize.parse("2Gi"));
        assertThat(claims).hasToString("class nfs, data 1Gi, software 2Gi");
    }
}
