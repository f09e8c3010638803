package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.rwx.Fifos;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.call.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An owner puts a FIFO in place of a file or directory, and takes its name away while its open blocks: again and again.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class LostThreadsTest {

    private static final int MOST = 8;

    private final RwxVolume volume = new FakeProjects(RwxVolume.create()).volume;
    private final FileSystem owner = volume.mount(Mount.as(2001, 2001));
    private final ProjectFiles files = FakeProjects.files(volume).withOpenLimit(Duration.ofMillis(10));

    /** Whether the last copy came as far as the file system. */
    private final AtomicBoolean begun = new AtomicBoolean();

    /** Puts a FIFO there just before the name is opened, of which nobody finds the other end. */
    private void attack(Path attacked) {
        Path aside = aside(attacked);
        volume.beforeEachOperation(event -> {
            if (Thread.currentThread().getName().startsWith("cocalc-storage-files-release")) {
                throw new IllegalStateException("the name of the FIFO is gone");
            }
            begun.set(true);
            if (event.operation() == Operation.OPEN
                    && event.path().equals(attacked.getFileName().toString())) {
                try {
                    if (!Files.exists(aside)) {
                        Files.move(attacked, aside);
                        Fifos.create(attacked);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    private static Path aside(Path attacked) {
        return attacked.resolveSibling("aside");
    }

    private void putBack(Path attacked) throws IOException {
        if (Files.exists(aside(attacked))) {
            Files.delete(attacked);
            Files.move(aside(attacked), attacked);
        }
    }

    private static CopyRequest request() {
        return FakeProjects.request().comparingContents();
    }

    private @Nullable FilesException refusal() {
        begun.set(false);
        return catchThrowableOfType(FilesException.class, () -> files.copy(request()));
    }

    @ParameterizedTest
    @CsvSource({"A, notes/one", "B, in"})
    void oneProjectKeepsFewThreadsWaitingAndStopsNobodyElse(String whose, String name) throws Exception {
        String home = whose.equals("A") ? FakeProjects.A_HOME : FakeProjects.B_HOME;
        ProjectId attacker = whose.equals("A") ? Projects.A : Projects.B;
        ProjectId bystander = whose.equals("A") ? Projects.B : Projects.A;
        Path attacked = owner.getPath("/" + home + name);
        Set<Thread> before = WorkerThreads.running();
        attack(attacked);
        int blocked = 0;
        FilesException refused = refusal();
        while (refused == null || begun.get()) {
            putBack(attacked);
            blocked++;
            refused = refusal();
        }
        volume.beforeEachOperation(event -> {});
        putBack(attacked);

        // On a busy machine an open that is merely slow counts as blocked, and loses no thread.
        assertThat(blocked).isGreaterThanOrEqualTo(MOST);
        assertThat(refused.problem()).isEqualTo(Problem.BLOCKED);
        assertThat(refused)
                .hasMessage("at most 8 threads may wait to open FIFOs of project " + attacker
                        + " whose names are gone, but so many do; see what runs in that project, and restart the "
                        + "service");
        CopyRequest others = CopyRequest.from(ProjectId.parse(FakeProjects.C), FilePath.parse("sub"))
                .to(bystander, FilePath.parse("new"));
        assertThat(files.copy(others).files()).isEqualTo(1);

        volume.releaseFifos();
        WorkerThreads.awaitEnd(before);

        assertThat(files.copy(request()).files()).isPositive();
    }
}
