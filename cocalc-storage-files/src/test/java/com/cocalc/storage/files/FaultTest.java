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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The file system fails at any operation of a copy, in each way that it can. */
final class FaultTest {

    private static final boolean DEEP = Boolean.getBoolean("cocalc.deep");

    /** The ways in which a call fails. */
    static final List<Errno> ERRORS =
            List.of(Errno.ENOSPC, Errno.EDQUOT, Errno.ESTALE, Errno.EIO, Errno.EACCES, Errno.EROFS);

    /** The n-th call of an operation, which fails in this way. */
    record Failure(Operation operation, int n, Errno errno) {
        Fault fault() {
            return Fault.nth(n, operation, errno);
        }

        @Override
        public String toString() {
            return operation + " number " + n + " fails with " + errno;
        }
    }

    /**
     * Each call fails in each way; in the ordinary run one of so many, at least one of each operation. It should have
     * no divisor in common with the number of ways.
     *
     * @param operations how often each operation is called
     */
    static List<Failure> sample(Map<Operation, Integer> operations, int oneIn, int shift) {
        List<Failure> sample = new ArrayList<>();
        int start = shift;
        for (Map.Entry<Operation, Integer> called : new TreeMap<>(operations).entrySet()) {
            int all = called.getValue() * ERRORS.size();
            int first = DEEP ? 0 : start % Math.min(oneIn, all);
            for (int i = first; i < all; i += DEEP ? 1 : oneIn) {
                sample.add(new Failure(called.getKey(), 1 + i / ERRORS.size(), ERRORS.get(i % ERRORS.size())));
            }
            start++; // other errors for other operations
        }
        return sample;
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

        for (Failure failure : sample(operations(), 7, 0)) {
            if (failure.errno() == errno) {
                failures += fail(failure, finished) ? 1 : 0;
            }
        }

        assertThat(failures).isGreaterThan(DEEP ? 50 : 8);
    }

    /** How often each operation is called. */
    private static Map<Operation, Integer> operations() {
        RwxVolume volume = RwxVolume.create();
        new FakeProjects(volume);
        ProjectFiles files = FakeProjects.files(volume);
        Map<Operation, Integer> operations = new EnumMap<>(Operation.class);
        volume.beforeEachOperation(event -> operations.merge(event.operation(), 1, Integer::sum));
        files.copy(FakeProjects.request());
        return operations;
    }

    private static boolean fail(Failure failure, List<String> finished) throws IOException {
        String what = failure.toString();
        RwxVolume volume = RwxVolume.builder().traceHandles().build();
        new FakeProjects(volume);
        ProjectFiles files = FakeProjects.files(volume);
        volume.inject(failure.fault());
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
        if (failure.operation() != Operation.CLOSE) {
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
