package com.cocalc.storage.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person reads who uses the extension wrongly. */
final class WrongUseTest {

    private static String messageOf(Class<?> sample) {
        return SampleRun.of(sample).failure().getMessage();
    }

    @Mounted(as = "0:0")
    @Retention(RetentionPolicy.RUNTIME)
    @interface AsRoot {}

    @ExtendWith(CocalcStorageExtension.class)
    static class TwoMounts {
        @Test
        void test(@AsRoot @Mounted(as = "2001:2001", readOnly = true) Path home) {}
    }

    @Test
    void twoAnnotationsOfOneKindConflict() {
        assertThat(messageOf(TwoMounts.class))
                .isEqualTo("parameter 1 of TwoMounts.test(Path) must have one @Mounted, but has @Mounted(as = \"0:0\","
                        + " readOnly = false) and @Mounted(as = \"2001:2001\", readOnly = true); remove one, also from"
                        + " annotations that carry it");
    }

    @AsRoot
    @Mounted(as = "2001:2001")
    @ExtendWith(CocalcStorageExtension.class)
    static class TwoMountsOfAClass {
        @Test
        void test() {}
    }

    @Test
    void theyConflictAtAClassThatAsksForNothingToo() {
        assertThat(messageOf(TwoMountsOfAClass.class))
                .startsWith("class com.cocalc.storage.testkit.junit.WrongUseTest$TwoMountsOfAClass must have one"
                        + " @Mounted, but has");
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class Bob {
        @Test
        void test(@Mounted(as = "bob") Path home) {}
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class BobAtTheTest {
        @Test
        @Mounted(as = "bob")
        void test() {}
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class TooLarge {
        @Test
        void test(@Mounted(as = "2147483648:0") Path home) {}
    }

    @Test
    void aUserIsTwoNumbers() {
        assertThat(messageOf(Bob.class))
                .isEqualTo("@Mounted(as = …) at parameter 1 of Bob.test(Path) must be uid:gid, two numbers from 0 to"
                        + " 2147483647, but was \"bob\"; write the numbers of the account, for example \"2001:2001\"");
        assertThat(messageOf(BobAtTheTest.class))
                .isEqualTo("@Mounted(as = …) at test() must be uid:gid, two numbers from 0 to 2147483647, but was"
                        + " \"bob\"; write the numbers of the account, for example \"2001:2001\"");
        assertThat(messageOf(TooLarge.class)).contains("but was \"2147483648:0\"");
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class MountedText {
        @Test
        void test(@Mounted String home) {}
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class SecondText {
        @Test
        void test(@Project(2) String home) {}
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class PlainText {
        @Test
        void test(String home) {}
    }

    @Test
    void aTypeThatTheExtensionDoesNotKnowIsRefused() {
        String rest = " must be a FakeCluster, RwxVolume, RunningProject, ProjectId or Path, but is a java.lang.String;"
                + " take it from one of these, or remove the annotation";

        assertThat(messageOf(MountedText.class)).isEqualTo("parameter 1 of MountedText.test(String)" + rest);
        assertThat(messageOf(SecondText.class)).isEqualTo("parameter 1 of SecondText.test(String)" + rest);
        assertThat(messageOf(PlainText.class))
                .startsWith("No ParameterResolver registered for parameter [java.lang.String ");
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class MountedProject {
        @Test
        void test(@Mounted RunningProject project) {}
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class MountedVolume {
        @Test
        void test(@Mounted RwxVolume volume) {}
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class LicensedPath {
        @Test
        void test(@Licensed(extRw = true) Path home) {}
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class SecondCluster {
        @Test
        void test(@Project(2) FakeCluster cluster) {}
    }

    @Test
    void anAnnotationWithoutAMeaningIsRefused() {
        assertThat(messageOf(MountedProject.class))
                .isEqualTo("parameter 1 of MountedProject.test(RunningProject) must not have @Mounted(as = \"\","
                        + " readOnly = false): its pod says how its home is mounted; ask for a Path");
        assertThat(messageOf(MountedVolume.class)).endsWith(": it is not mounted; ask for a Path");
        assertThat(messageOf(LicensedPath.class))
                .isEqualTo("parameter 1 of LicensedPath.test(Path) must not have @Licensed(extRw = true, status ="
                        + " ACTIVE): it has no licences; ask for a RunningProject");
        assertThat(messageOf(SecondCluster.class))
                .isEqualTo("parameter 1 of SecondCluster.test(FakeCluster) must not have @Project(2): it is not of one"
                        + " project");
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class ProjectZero {
        @Test
        void test(@Project(0) ProjectId id) {}
    }

    @Test
    void projectsAreCountedFromOne() {
        assertThat(messageOf(ProjectZero.class))
                .isEqualTo("@Project at parameter 1 of ProjectZero.test(ProjectId) must be 1 to 999, but was 0; count a"
                        + " test's projects from 1");
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class OtherLicense {
        @BeforeEach
        void setUp(RunningProject project) {}

        @Test
        void test(@Licensed(extRw = true) RunningProject project) {}
    }

    @Test
    void aProjectThatRunsHasItsLicences() {
        assertThat(messageOf(OtherLicense.class))
                .isEqualTo("parameter 1 of OtherLicense.test(RunningProject) must have the licences that project 1 was"
                        + " started with in this test, but has @Licensed(extRw = true, status = ACTIVE); move the"
                        + " annotation to the first parameter of the project, or restart it with other licences");
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class BeforeAllTests {
        @BeforeAll
        static void setUp(FakeCluster cluster) {}

        @Test
        void test() {}
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @ExtendWith(CocalcStorageExtension.class)
    static class OneInstance {
        OneInstance(Path home) {}

        @Test
        void test() {}
    }

    @Test
    void nothingIsSharedByTests() {
        assertThat(messageOf(BeforeAllTests.class))
                .isEqualTo("parameter 1 of BeforeAllTests.setUp(FakeCluster) must belong to one test, but is shared by"
                        + " all tests of a class, and the storage is fresh for each of them; move it to the test or to"
                        + " @BeforeEach");
        assertThat(messageOf(OneInstance.class)).startsWith("parameter 1 of OneInstance.");
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class Twice {
        @RegisterExtension
        static final CocalcStorage STORAGE = CocalcStorage.builder().build();

        @Test
        void test() {}
    }

    @Test
    void oneExtensionIsEnough() {
        assertThat(messageOf(Twice.class))
                .isEqualTo("CocalcStorage must be registered once for a test, but is there twice; keep either"
                        + " @ExtendWith(CocalcStorageExtension.class) or one @RegisterExtension field");
    }

    static class SquashedCeph {
        @RegisterExtension
        static final CocalcStorage STORAGE =
                CocalcStorage.builder().backEnd(BackEnd.CEPHFS).build();

        @Test
        @RootSquash
        void test() {}
    }

    @Test
    void aServerThatCannotSquashIsNotAskedTo() {
        assertThat(messageOf(SquashedCeph.class))
                .isEqualTo("@RootSquash must be used with the back end GANESHA or one that squashes root by itself, but"
                        + " CocalcStorage has CEPHFS, which has no such setting; remove one of the two");
    }
}
