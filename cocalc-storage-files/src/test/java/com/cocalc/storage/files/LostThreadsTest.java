package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.rwx.Fifos;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.call.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An owner puts a FIFO in place of a file, and takes its name away while its open blocks: again and again. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class LostThreadsTest {

    private static final int MOST = 64;

    private final RwxVolume volume = new FakeProjects(RwxVolume.create()).volume;
    private final Path one = volume.mount(Mount.as(2001, 2001)).getPath("/" + FakeProjects.A_HOME + "notes/one");
    private final Path aside = one.resolveSibling("aside");
    private final ProjectFiles files = FakeProjects.files(volume).withOpenLimit(Duration.ofMillis(10));

    /** Puts a FIFO there just before the file is opened, of which nobody finds the other end. */
    private void attack() {
        volume.beforeEachOperation(event -> {
            if (Thread.currentThread().getName().startsWith("cocalc-storage-files-release")) {
                throw new IllegalStateException("the name of the FIFO is gone");
            }
            if (event.operation() == Operation.OPEN && event.path().equals("one")) {
                try {
                    if (!Files.exists(aside)) {
                        Files.move(one, aside);
                        Fifos.create(one);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    private void putBack() throws IOException {
        if (Files.exists(aside)) {
            Files.move(aside, one, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private CopyRequest request() {
        return FakeProjects.request().comparingContents();
    }

    @Test
    void theNumberOfThreadsThatAreLeftBehindIsBounded() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        attack();
        int blocked = 0;
        FilesException refused = catchThrowableOfType(FilesException.class, () -> files.copy(request()));
        while (refused == null || refused.getMessage().contains(" blocks when it is opened")) {
            putBack();
            blocked++;
            refused = catchThrowableOfType(FilesException.class, () -> files.copy(request()));
        }
        volume.beforeEachOperation(event -> {});
        putBack();

        // On a busy machine an open that is merely slow counts as blocked, and loses no thread.
        assertThat(blocked).isGreaterThanOrEqualTo(MOST);
        assertThat(refused.problem()).isEqualTo(Problem.BLOCKED);
        assertThat(refused)
                .hasMessage("at most 64 threads may wait to open FIFOs whose names are gone, but so many do; restart "
                        + "the service, and see whose projects earlier operations named as blocked");
        List<Thread> lost = new ArrayList<>(Thread.getAllStackTraces().keySet());
        lost.removeAll(before);

        volume.releaseFifos();
        for (Thread thread : lost) {
            if (thread.getName().matches("cocalc-storage-files-[0-9]+")) {
                thread.join();
            }
        }

        assertThat(files.copy(request()).files()).isPositive();
    }
}
