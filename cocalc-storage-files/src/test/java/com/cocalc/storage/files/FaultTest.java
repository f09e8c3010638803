package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.Fault;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The file system fails at any operation of a copy, in each way that it can. */
final class FaultTest {

    private static final boolean DEEP = Boolean.getBoolean("cocalc.deep");

    /** In the ordinary run each operation fails in one of these ways, in turn; in the long one in all. */
    static final List<Errno> ERRORS =
            List.of(Errno.ENOSPC, Errno.EDQUOT, Errno.ESTALE, Errno.EIO, Errno.EACCES, Errno.EROFS);

    /** Whether an operation fails in this way: in the ordinary run, in one of so many. */
    static boolean isTried(Errno errno, Operation operation, int n, int oneIn) {
        return DEEP || (ERRORS.indexOf(errno) + operation.name().length() + n) % oneIn == 0;
    }

    static List<Errno> errors() {
        return ERRORS;
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aFailureIsOneClearErrorAndLeavesNothingHalf(Errno errno) throws IOException {
        RwxVolume whole = RwxVolume.create();
        new FakeProjects(whole);
        FakeProjects.files(whole).copy(FakeProjects.request());
        List<String> finished = FakeProjects.lines(whole, FakeProjects.B_HOME);
        int failures = 0;

        for (Operation operation : Operation.values()) {
            int length = operations(operation);
            for (int n = 1; n <= length; n++) {
                if (isTried(errno, operation, n, ERRORS.size())) {
                    failures += fail(operation, n, errno, finished) ? 1 : 0;
                }
            }
        }

        assertThat(failures).isGreaterThan(DEEP ? 50 : 8);
    }

    private static int operations(Operation operation) {
        RwxVolume volume = RwxVolume.create();
        new FakeProjects(volume);
        ProjectFiles files = FakeProjects.files(volume);
        int[] count = {0};
        volume.beforeEachOperation(event -> count[0] += event.operation() == operation ? 1 : 0);
        files.copy(FakeProjects.request());
        return count[0];
    }

    private static boolean fail(Operation operation, int n, Errno errno, List<String> finished) throws IOException {
        String what = errno + " at " + operation + " " + n;
        RwxVolume volume = RwxVolume.builder().traceHandles().build();
        new FakeProjects(volume);
        ProjectFiles files = FakeProjects.files(volume);
        volume.inject(Fault.nth(n, operation, errno));
        boolean failed = false;
        try {
            files.copy(FakeProjects.request());
        } catch (FilesException e) {
            failed = true;
            assertThat(e.getMessage()).as(what).doesNotContain("/projects/").doesNotContain("\n");
        } catch (RuntimeException e) {
            throw new AssertionError(what, e);
        }
        volume.heal();
        if (operation != Operation.CLOSE) {
            assertThat(volume.openHandles()).as(what).isEmpty();
        }

        checkWhole(volume.mount(Mount.asRoot()), what);
        files.recover(Duration.ZERO);
        assertThat(FakeProjects.lines(volume, FakeProjects.PROJECTS + ".cocalc-storage/staging/"))
                .as(what)
                .hasSizeLessThan(2);
        files.copy(FakeProjects.request());
        assertThat(FakeProjects.lines(volume, FakeProjects.B_HOME)).as(what).isEqualTo(finished);
        return failed;
    }

    private static void checkWhole(FileSystem files, String what) throws IOException {
        for (String file : List.of("one", "sub/two", "sub/twin", "sub/deep/three")) {
            Path path = files.getPath("/" + FakeProjects.B_HOME + "in/notes/" + file);
            if (Files.exists(path)) {
                assertThat(Files.readString(path))
                        .as(what)
                        .isIn("one, old", "two, old", "one, new", "two, new", "three, new");
            }
        }
    }

    @Test
    void aMountThatIsReadOnlyIsRefusedBeforeAnythingIsCopied() {
        RwxVolume volume = RwxVolume.create();
        new FakeProjects(volume);
        ProjectFiles files = ProjectFiles.below(
                com.cocalc.storage.ServiceVolumes.forService(com.cocalc.storage.StorageService.MANAGE_COPY),
                volume.mount(Mount.as(2001, 2001).readOnly()).getPath("/"));

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                        FilesException.class, () -> files.copy(FakeProjects.request())))
                .hasMessageContaining("Read-only file system");
    }
}
