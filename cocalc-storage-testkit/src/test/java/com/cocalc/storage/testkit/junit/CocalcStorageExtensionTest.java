package com.cocalc.storage.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.LicenseStatus;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import com.cocalc.storage.testkit.cluster.PodNotRunningException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test is given: by the extension as it is, and by one with settings. */
@ExtendWith(CocalcStorageExtension.class)
final class CocalcStorageExtensionTest {

    @Test
    void allParametersOfATestShowOneCluster(
            FakeCluster cluster, RwxVolume volume, RunningProject project, ProjectId id, Path home) throws IOException {
        Files.writeString(project.home().resolve("notes"), "hello");

        assertThat(home.resolve("notes")).hasContent("hello");
        assertThat(project.id()).isEqualTo(id).hasToString("c0ca1c00-0000-4000-8000-000000000001");
        assertThat(cluster.claim("projects-data").volume()).isSameAs(volume);
        assertThat(volume.tree()).isEqualTo("""
                        0755 0:0 - /
                        0755 0:0 - projects/
                        0755 2001:2001 - projects/c0ca1c00-0000-4000-8000-000000000001/
                        0644 2001:2001 5 projects/c0ca1c00-0000-4000-8000-000000000001/notes
                        """);
    }

    @RepeatedTest(2)
    void eachTestStartsWithAnEmptyHome(Path home) throws IOException {
        Files.createFile(home.resolve("left by the test before"));
    }

    @Test
    void aProjectSeesWhatTheModelSays(RunningProject project) {
        assertThat(project.home()).hasToString("/home/user");
        assertThat(project.software()).hasToString("/ext");
        assertThat(project.container().environment()).containsEntry("EXT", "/ext");
        assertThat(project.container().identity()).isEqualTo(PosixIdentity.PROJECT_USER);
        assertThat(project.pod().name()).isEqualTo("project-c0ca1c00-0000-4000-8000-000000000001");
        assertThat(project.fileSystem()).isSameAs(project.home().getFileSystem());
        assertThat(project).hasToString("project c0ca1c00-0000-4000-8000-000000000001");
    }

    @Test
    void withoutALicenceTheSoftwareIsReadOnly(RunningProject project) {
        assertThatThrownBy(() -> Files.createFile(project.software().resolve("kernel")))
                .isInstanceOf(FileSystemException.class)
                .hasMessage("/ext/kernel: Read-only file system");
    }

    @Test
    @Licensed(extRw = true)
    void aLicenceForAllProjectsOfATestGrantsWriting(RunningProject first, @Project(2) RunningProject second)
            throws IOException {
        Files.writeString(first.software().resolve("kernel"), "1");

        assertThat(second.software().resolve("kernel")).hasContent("1");
        Files.delete(second.software().resolve("kernel"));
    }

    @Test
    void aLicenceAtAParameterIsForThatProjectAlone(
            @Licensed(extRw = true) RunningProject licensed, @Project(2) RunningProject other) {
        assertThat(licensed.volumes().softwareAccess().access().isReadOnly()).isFalse();
        assertThat(other.volumes().softwareAccess().access().isReadOnly()).isTrue();
    }

    @Test
    void anExpiredLicenceGrantsNothing(@Licensed(extRw = true, status = LicenseStatus.EXPIRED) RunningProject project) {
        assertThat(project.volumes().softwareAccess().access().isReadOnly()).isTrue();
    }

    @Test
    void licencesCountFromTheNextStartOn(@Licensed(extRw = true) RunningProject project) throws IOException {
        Files.writeString(project.home().resolve("notes"), "hello");
        Path before = project.home();

        project.restart(ProjectLicenses.none());

        assertThat(project.volumes().softwareAccess().access().isReadOnly()).isTrue();
        assertThat(project.home().resolve("notes")).hasContent("hello");
        assertThat(before.getFileSystem().isOpen()).isFalse();
        assertThat(project.restart().home().resolve("notes")).hasContent("hello");
    }

    @Test
    void aStoppedProjectHasNoContainer(RunningProject project) {
        project.stop();

        assertThatThrownBy(project::home)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("container must be one of [], but was \"project\"; the pod was stopped, start it again");
    }

    @Test
    void twoPathsAreTwoClientsOfOneHome(
            Path mine, @Mounted(as = "2002:2002") Path theirs, @Mounted(readOnly = true) Path mirror)
            throws IOException {
        Files.writeString(mine.resolve("notes"), "hello");

        assertThat(theirs.resolve("notes")).hasContent("hello");
        assertThatThrownBy(() -> Files.writeString(theirs.resolve("notes"), "x"))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> Files.writeString(mirror.resolve("notes"), "x"))
                .isInstanceOfAny(FileSystemException.class, ReadOnlyFileSystemException.class)
                .hasMessage("/notes: Read-only file system");
    }

    @Test
    @Mounted(as = "0:0")
    @RootSquash
    void underRootSquashRootIsNobody(Path home, @Mounted Path ofUser) {
        assertThatThrownBy(() -> Files.createFile(home.resolve("x"))).isInstanceOf(AccessDeniedException.class);
        assertThat(Files.isWritable(ofUser)).isTrue();
    }

    @Test
    @RootSquash
    void underRootSquashAProjectRunsInItsHome(RunningProject project) throws IOException {
        Files.createFile(project.home().resolve("x"));
    }

    @Test
    @RootSquash
    void underRootSquashTheKubeletMakesNoHome(FakeCluster cluster, RunningProject project) {
        ProjectVolumes other = ProjectVolumes.forProject(
                ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"), ProjectLicenses.none());

        assertThatThrownBy(() -> RunningProject.start(cluster, other)).isInstanceOf(PodNotRunningException.class);
    }

    @Test
    void aPathOfAnotherExtensionIsLeftToIt(@TempDir Path directory, Path home) {
        assertThat(directory.getFileSystem()).isNotSameAs(home.getFileSystem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void argumentsOfAParameterizedTestStayArguments(Path argument, Path home) throws IOException {
        Files.createFile(home.resolve(argument.toString()));

        try (var names = Files.list(home)) {
            assertThat(names).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"})
    void anArgumentMayBeAnIdOfItsOwn(int number, ProjectId argument, ProjectId injected) {
        assertThat(argument).hasToString("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
        assertThat(injected).isNotEqualTo(argument);
    }

    @Test
    void theJarSetsNothingForOtherTests() {
        assertThat(CocalcStorage.class.getResource("/junit-platform.properties"))
                .isNull();
    }

    /** Storage before the test, and what a nested class changes. */
    @Nested
    @Licensed(extRw = true)
    class WithWhatIsSetUp {

        private final ProjectId ofConstructor;

        WithWhatIsSetUp(ProjectId id, RunningProject project) throws IOException {
            ofConstructor = id;
            Files.createFile(project.home().resolve("constructed"));
        }

        @BeforeEach
        void setUp(RunningProject project) throws IOException {
            Files.createFile(project.home().resolve("set up"));
        }

        @Test
        void constructorsAndMethodsOfATestShareIt(RunningProject project, ProjectId id) {
            assertThat(project.home().resolve("constructed")).exists();
            assertThat(project.home().resolve("set up")).exists();
            assertThat(id).isEqualTo(ofConstructor);
        }

        @Test
        void theClassAroundATestLicensesItsProjects(RunningProject project) {
            assertThat(project.volumes().softwareAccess().access().isReadOnly()).isFalse();
        }

        /** One level deeper. */
        @Nested
        class AndFurtherIn {

            @Test
            @Licensed
            void theNearestAnnotationCounts(RunningProject project) {
                assertThat(project.volumes().softwareAccess().access().isReadOnly())
                        .isTrue();
            }
        }
    }
}
