package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.call.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a report and a listener say about bytes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class CopyFiguresTest {

    private static final int MEBIBYTE = 1 << 20;

    private final RwxVolume volume = RwxVolume.create();
    private final FileSystem all = volume.mount(Mount.as(2001, 2001));
    private final Path notes;
    private final Path out;
    private final ProjectFiles files;

    CopyFiguresTest() throws IOException {
        volume.populate("0755 2001:2001 - projects/\n0755 2001:2001 - " + FakeProjects.A_HOME + "\n0755 2001:2001 - "
                + FakeProjects.B_HOME + "\n");
        notes = Files.createDirectory(all.getPath("/" + FakeProjects.A_HOME + "notes"));
        out = all.getPath("/" + FakeProjects.B_HOME + "out");
        files = FakeProjects.files(volume);
    }

    private static CopyRequest request() {
        return CopyRequest.from(Projects.A, FilePath.parse("notes")).to(Projects.B, FilePath.parse("out"));
    }

    private void grow(Path file, int bytes) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.allocate(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int timesRead(RwxVolume volume, Runnable copy) {
        AtomicInteger reads = new AtomicInteger();
        volume.beforeEachOperation(event -> reads.addAndGet(event.operation() == Operation.READ ? 1 : 0));
        copy.run();
        volume.beforeEachOperation(event -> {});
        return reads.get();
    }

    @Test
    void aFileThatGrewAndWasReadAgainCountsOnceWithTheSizeOfItsCopy() throws IOException {
        Path log = Files.write(notes.resolve("log"), new byte[1000]);
        AtomicInteger reads = new AtomicInteger();
        volume.beforeEachOperation(event -> {
            if (event.operation() == Operation.READ && reads.incrementAndGet() == 1) {
                grow(log, 5 * MEBIBYTE);
            }
        });

        CopyReport report = files.copy(request());

        assertThat(Files.size(out.resolve("log"))).isEqualTo(5 * MEBIBYTE + 1000);
        assertThat(report.files()).isEqualTo(1);
        assertThat(report.bytes()).isEqualTo(5 * MEBIBYTE + 1000);
    }

    @Test
    void aFileThatGrowsForEverIsReportedAndTheOldOneStays() throws IOException {
        Path log = Files.writeString(notes.resolve("log"), "start");
        Files.createDirectory(out);
        Files.writeString(out.resolve("log"), "old");
        volume.beforeEachOperation(event -> {
            if (event.operation() == Operation.READ) {
                grow(log, 1000);
            }
        });

        CopyReport report = files.copy(request().overwritingNewer());

        assertThat(report.skipped()).containsExactly(new SkippedFile(FilePath.parse("notes/log"), SkipReason.CHANGING));
        assertThat(report.bytes()).isZero();
        assertThat(out.resolve("log")).hasContent("old");
    }

    @Test
    void holesCount() throws IOException {
        try (FileChannel sparse =
                FileChannel.open(notes.resolve("sparse"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.wrap(new byte[] {1}), 3L * MEBIBYTE);
        }

        assertThat(files.copy(request()).bytes()).isEqualTo(3 * MEBIBYTE + 1);
    }

    @Test
    void furtherNamesUnchangedFilesAndSkippedOnesCountNothing() throws IOException {
        Path one = Files.write(notes.resolve("one"), new byte[1000]);
        Files.createLink(notes.resolve("two"), one);

        CopyReport first = files.copy(request());
        CopyReport second = files.copy(request());
        Files.write(out.resolve("one"), new byte[10]);
        Files.setLastModifiedTime(out.resolve("one"), FileTime.from(Instant.parse("2200-01-01T00:00:00Z")));
        CopyReport third = files.copy(request());

        assertThat(List.of(first.files(), first.bytes(), first.unchanged())).containsExactly(2L, 1000L, 0L);
        assertThat(List.of(second.files(), second.bytes(), second.unchanged())).containsExactly(0L, 0L, 2L);
        assertThat(third.bytes()).isZero();
        assertThat(third.skippedByReason()).containsOnlyKeys(SkipReason.NEWER);
    }

    @Test
    void aDryRunCountsWhatWouldBeCopied() throws IOException {
        Files.write(notes.resolve("one"), new byte[1000]);
        Files.write(notes.resolve("two"), new byte[500]);

        assertThat(files.copy(request().asDryRun()).bytes()).isEqualTo(1500);
    }

    /** The reading waits until the listener has heard how far it is. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theListenerHearsHowFarALargeFileIs(int threads) throws IOException {
        int size = 40 * MEBIBYTE;
        Files.write(notes.resolve("large"), new byte[size]);
        CountDownLatch heard = new CountDownLatch(1);
        List<Long> bytes = new CopyOnWriteArrayList<>();
        AtomicInteger reads = new AtomicInteger();
        volume.beforeEachOperation(event -> {
            if (event.operation() == Operation.READ && reads.incrementAndGet() > 10) {
                await(heard);
            }
        });

        files.withThreads(threads).copy(request().tellingProgressTo(progress -> {
            if (progress.bytes() > 0) {
                bytes.add(progress.bytes());
                heard.countDown();
            }
        }));

        assertThat(bytes.get(0)).isPositive().isLessThan(size);
        assertThat(bytes).isSorted().allMatch(seen -> seen <= size);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The first copy of a large file is made so that its other names can be linked to it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aLargeFileWithSeveralNamesIsReadOnce(int threads) throws IOException {
        Path first = Files.write(notes.resolve("first"), new byte[100_000]);
        for (String directory : List.of("a", "b", "c/d")) {
            Files.createDirectories(notes.resolve(directory));
            Files.createLink(notes.resolve(directory).resolve("name"), first);
        }
        Files.createDirectories(out.resolve("b"));

        int reads = timesRead(volume, () -> files.withThreads(threads).copy(request()));

        assertThat(reads).isEqualTo(1);
        assertThat(Files.getAttribute(out.resolve("first"), "unix:nlink")).isEqualTo(4);
        assertThat(Files.isSameFile(out.resolve("first"), out.resolve("c/d/name")))
                .isTrue();
        assertThat(files.copy(request()).unchanged()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aSmallFileWithSeveralNamesIsReadTwiceAtMost(int threads) throws IOException {
        Path first = Files.write(notes.resolve("first"), new byte[1000]);
        for (String directory : List.of("a", "b", "c/d")) {
            Files.createDirectories(notes.resolve(directory));
            Files.createLink(notes.resolve(directory).resolve("name"), first);
        }

        int reads = timesRead(
                volume,
                () -> assertThat(files.withThreads(threads).copy(request()).files())
                        .isEqualTo(4));

        assertThat(reads).isLessThanOrEqualTo(2);
        assertThat(Files.getAttribute(out.resolve("first"), "unix:nlink")).isEqualTo(4);
    }

    @Test
    void aDryRunCountsFurtherNamesInNewDirectories() throws IOException {
        Path one = Files.write(notes.resolve("one"), new byte[1000]);
        Files.createLink(Files.createDirectory(notes.resolve("sub")).resolve("two"), one);
        Files.createLink(notes.resolve("three"), one);

        CopyReport dry = files.copy(request().asDryRun());
        CopyReport real = files.copy(request());

        assertThat(dry).hasToString(real.toString());
        assertThat(real.files()).isEqualTo(3);
    }

    /** The names before and after are the same: what was open in between was another file, of another size. */
    @Test
    void aFileThatWasAnotherWhileItWasOpenIsReadAgain() throws IOException {
        Path log = Files.writeString(notes.resolve("log"), "log");
        Path aside = notes.resolve("aside");
        AtomicInteger opened = new AtomicInteger();
        volume.beforeEachOperation(event -> {
            try {
                if (event.operation() == Operation.OPEN
                        && event.path().equals("log")
                        && opened.getAndIncrement() == 0) {
                    Files.move(log, aside);
                    Files.writeString(log, "another file");
                } else if (event.operation() == Operation.READ && Files.exists(aside)) {
                    Files.delete(log);
                    Files.move(aside, log);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        CopyReport report = files.copy(request());

        assertThat(out.resolve("log")).hasContent("log");
        assertThat(report.bytes()).isEqualTo(3);
    }
}
