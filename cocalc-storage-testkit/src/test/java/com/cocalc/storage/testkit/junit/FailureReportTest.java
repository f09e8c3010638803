package com.cocalc.storage.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import com.cocalc.storage.rwx.RwxVolume;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a person reads when a test of theirs fails. */
final class FailureReportTest {

    @ExtendWith(CocalcStorageExtension.class)
    static class Failing {
        @Test
        void fails(RunningProject project) throws IOException {
            Files.createDirectory(project.home().resolve("docs"));
            Files.writeString(project.home().resolve("docs/notes"), "hello");
            assertEquals(1, 2, "arithmetic");
        }
    }

    @Test
    void aFailureKeepsItsMessageAndCarriesTreeAndOperations() {
        Throwable failure = SampleRun.of(Failing.class).failure();

        assertThat(failure).hasMessage("arithmetic ==> expected: <1> but was: <2>");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0]).hasMessage("""
                        the storage when the test failed:
                        claim projects-data:
                          0755 0:0 - /
                          0755 0:0 - projects/
                          0755 2001:2001 - projects/c0ca1c00-0000-4000-8000-000000000001/
                          0755 2001:2001 - projects/c0ca1c00-0000-4000-8000-000000000001/docs/
                          0644 2001:2001 5 projects/c0ca1c00-0000-4000-8000-000000000001/docs/notes
                          operations:
                            MKDIR /home/user/docs
                            OPEN /home/user/docs/notes
                            WRITE /home/user/docs/notes
                            CLOSE /home/user/docs/notes
                        claim projects-software:
                          0755 2001:2001 - /
                          operations: none""");
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class FailingBefore {
        @BeforeEach
        void setUp(Path home) throws IOException {
            Files.createDirectory(home.resolve("docs"));
            throw new IOException("not set up");
        }

        @Test
        void neverRuns() {}
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class FailingAfter {
        @Test
        void passes(Path home) throws IOException {
            Files.createDirectory(home.resolve("docs"));
        }

        @AfterEach
        void tearDown() throws IOException {
            throw new IOException("not torn down");
        }
    }

    @Test
    void failuresBeforeAndAfterATestAreReportedAlike() {
        Throwable before = SampleRun.of(FailingBefore.class).failure();
        Throwable after = SampleRun.of(FailingAfter.class).failure();

        assertThat(before).hasMessage("not set up");
        assertThat(before.getSuppressed()[0]).message().contains("operations:\n    MKDIR /docs\nclaim");
        assertThat(after).hasMessage("not torn down");
        assertThat(after.getSuppressed()[0]).message().contains("operations:\n    MKDIR /docs\nclaim");
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class ManyOperations {
        @Test
        void fails(Path home) throws IOException {
            for (int i = 0; i < 250; i++) {
                Files.createDirectory(home.resolve("d" + i));
            }
            throw new IOException("too many");
        }
    }

    @Test
    void aReportEndsSomewhere() {
        String report =
                SampleRun.of(ManyOperations.class).failure().getSuppressed()[0].getMessage();

        assertThat(report).contains("\n  … 53 more\n  operations:\n    … 50 before these\n    MKDIR /d50\n");
        assertThat(report.lines()).hasSize(408);
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class WithoutStorage {
        @Test
        void fails() throws IOException {
            throw new IOException("no storage here");
        }
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class Aborted {
        @Test
        void aborts(RwxVolume volume) {
            abort("not on this machine");
        }
    }

    @Test
    void aTestWithoutStorageIsReportedWithoutIt() {
        assertThat(SampleRun.of(WithoutStorage.class).failure().getSuppressed()).isEmpty();
    }

    @Test
    void anAssumptionThatDoesNotHoldIsNoFailure() {
        SampleRun run = SampleRun.of(Aborted.class);

        assertThat(run.aborted()).isEqualTo(1);
        assertThat(run.failures()).isEmpty();
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class Leaking {
        @Test
        @SuppressWarnings("StreamResourceLeak") // that is the point
        void leaks(RunningProject project) throws IOException {
            InputStream never =
                    Files.newInputStream(Files.createFile(project.home().resolve("b")));
            DirectoryStream<Path> neither = Files.newDirectoryStream(project.home());
            assertThat(never).isNotSameAs(neither);
        }
    }

    @Test
    void whatIsLeftOpenFailsTheTestWithItsOrigin() {
        Throwable failure = SampleRun.of(Leaking.class).failure();
        String origin =
                "opened at com.cocalc.storage.testkit.junit.FailureReportTest$Leaking.leaks(FailureReportTest.java";

        assertThat(failure).isExactlyInstanceOf(AssertionError.class);
        assertThat(failure.getMessage().replaceAll(":\\d+\\)", ")"))
                .isEqualTo(
                        "everything must be closed at the end of a test, but 2 handles are open; use try-with-resources"
                                + "\n  /home/user, " + origin + ")\n  /home/user/b, " + origin + ")");
        assertThat(failure.getSuppressed()).hasSize(2);
        assertThat(failure.getSuppressed()[1].getMessage()).startsWith("/home/user/b (");
        assertThat(failure.getSuppressed()[1].getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("leaks"));
    }

    @ExtendWith(CocalcStorageExtension.class)
    static class FailingAndLeaking {
        @Test
        void fails(Path home) throws IOException {
            Files.newInputStream(Files.createFile(home.resolve("b")));
            throw new IOException("first");
        }
    }

    @Test
    void aLeakNeverHidesTheFailureOfTheTest() {
        Throwable failure = SampleRun.of(FailingAndLeaking.class).failure();

        assertThat(failure).hasMessage("first");
        assertThat(failure.getSuppressed()).hasSize(2);
        assertThat(failure.getSuppressed()[1]).message().startsWith("everything must be closed");
    }
}
