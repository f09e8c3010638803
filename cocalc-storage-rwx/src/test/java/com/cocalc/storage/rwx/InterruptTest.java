package com.cocalc.storage.rwx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an interrupt does to channels: the same on the real disk, where that is named. */
class InterruptTest {
    private final RwxVolume volume = RwxVolume.create();
    private final Path file = volume.mount(Mount.asRoot()).getPath("/file");

    @AfterEach
    void noInterruptIsLeft() {
        Thread.interrupted();
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private interface Use {
        void use(FileChannel channel) throws IOException;
    }

    private static List<Use> interruptibleUses() {
        return List.of(
                channel -> channel.read(ByteBuffer.allocate(1)),
                channel -> channel.read(ByteBuffer.allocate(1), 0),
                channel -> channel.read(new ByteBuffer[] {ByteBuffer.allocate(1)}),
                channel -> channel.write(ByteBuffer.allocate(1)),
                channel -> channel.write(ByteBuffer.allocate(1), 0),
                channel -> channel.write(new ByteBuffer[] {ByteBuffer.allocate(1)}),
                FileChannel::position,
                channel -> channel.position(3),
                FileChannel::size,
                channel -> channel.truncate(0),
                channel -> channel.force(true));
    }

    @Test
    void eachOperationOfAnInterruptedThreadClosesTheChannelHereAndOnTheDisk(@TempDir Path disk) throws IOException {
        for (Path path : List.of(file, disk.resolve("file"))) {
            for (Use use : interruptibleUses()) {
                FileChannel channel = open(path);
                Thread.currentThread().interrupt();

                assertThatThrownBy(() -> use.use(channel)).isExactlyInstanceOf(ClosedByInterruptException.class);
                assertThat(Thread.interrupted()).isTrue();
                assertThat(channel.isOpen()).isFalse();
            }
        }
        assertThat(Files.size(file)).isZero();
    }

    @Test
    void whatIsWrongAnywayIsSaidFirstAndLeavesTheChannelOpenHereAndOnTheDisk(@TempDir Path disk) throws IOException {
        for (Path path : List.of(file, disk.resolve("file"))) {
            Files.writeString(path, "x");
            try (FileChannel channel = FileChannel.open(path)) {
                Thread.currentThread().interrupt();

                assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)))
                        .isExactlyInstanceOf(NonWritableChannelException.class);
                assertThat(Thread.interrupted()).isTrue();
                assertThat(channel.isOpen()).isTrue();
            }
        }
    }

    @Test
    void anInterruptInTheMiddleOfAnOperationClosesTheChannel() throws IOException {
        FileChannel channel = open(file);
        volume.beforeEachOperation(event -> {
            if (event.operation() == Operation.WRITE) {
                Thread.currentThread().interrupt();
            }
        });

        assertThatThrownBy(() -> channel.write(ByteBuffer.wrap("x".getBytes(UTF_8))))
                .isExactlyInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(channel.isOpen()).isFalse();
        assertThat(Files.readString(file)).isEqualTo("x");
    }

    @Test
    void aFailureToCloseIsBesideTheInterrupt() throws IOException {
        FileChannel channel = open(file);
        volume.inject(Fault.every(Operation.CLOSE, Errno.EIO));
        Thread.currentThread().interrupt();

        assertThatThrownBy(channel::size)
                .isExactlyInstanceOf(ClosedByInterruptException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    }

    @Test
    void aChannelThatAnotherThreadClosesFailsItsOperation() throws IOException {
        FileChannel channel = open(file);
        volume.beforeEachOperation(event -> {
            if (event.operation() == Operation.WRITE) {
                closed(channel);
            }
        });

        assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)))
                .isExactlyInstanceOf(AsynchronousCloseException.class);
    }

    private static void closed(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void streamsPassInterruptsByHereAndOnTheDisk(@TempDir Path disk) throws IOException {
        for (Path path : List.of(file, disk.resolve("file"))) {
            Thread.currentThread().interrupt();

            Files.writeString(path, "text");
            try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.APPEND)) {
                out.write('!');
            }
            assertThat(new String(Files.newInputStream(path).readAllBytes(), UTF_8))
                    .isEqualTo("text!");
            assertThat(Files.readAllLines(path)).containsExactly("text!");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** The JDK recognizes its own channels there; nobody else's can be told from one that the caller opened. */
    @Test
    void readingAllBytesOfAFileIsInterruptedThoughTheDiskPassesItBy(@TempDir Path disk) throws IOException {
        Files.writeString(file, "text");
        Path real = Files.writeString(disk.resolve("file"), "text");
        Thread.currentThread().interrupt();

        assertThat(Files.readString(real)).isEqualTo("text");
        assertThatThrownBy(() -> Files.readString(file)).isExactlyInstanceOf(ClosedByInterruptException.class);
    }

    @Test
    void asynchronousChannelsPassInterruptsBy() throws IOException {
        Files.writeString(file, "text");
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(file)) {
            Thread.currentThread().interrupt();

            assertThat(channel.size()).isEqualTo(4);
            assertThat(channel.isOpen()).isTrue();
        }
    }

    @Test
    void aLockIsInterruptedHereAndOnTheDisk(@TempDir Path disk) throws IOException {
        for (Path path : List.of(file, disk.resolve("file"))) {
            FileChannel channel = open(path);
            Thread.currentThread().interrupt();

            assertThatThrownBy(channel::lock).isExactlyInstanceOf(FileLockInterruptionException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(channel.isOpen()).isFalse();
        }
    }

    @Test
    void whoWaitsForALockIsToldWhenHisChannelIsClosedOrHisServerCrashes() throws Exception {
        RwxVolume crashable = RwxVolume.builder().crashable().build();
        Path shared = crashable.mount(Mount.asRoot()).getPath("f");
        open(shared).lock();
        FileChannel closing = open(crashable.mount(Mount.asRoot()).getPath("f"));
        FileChannel crashing = open(crashable.mount(Mount.asRoot()).getPath("f"));
        CompletableFuture<Object> first = waiting(closing::lock);
        CompletableFuture<Object> second = waiting(crashing::lock);

        closing.close();
        assertThatThrownBy(first::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseExactlyInstanceOf(AsynchronousCloseException.class);
        crashable.crash(1);
        assertThatThrownBy(second::join).hasRootCauseMessage("Stale file handle");
    }

    /** Calls on a thread of its own, and returns when that one waits. */
    private static CompletableFuture<Object> waiting(ThrowingCallable call) {
        CompletableFuture<Object> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                call.call();
                result.complete("done");
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.WAITING && !result.isDone()) {
            Thread.onSpinWait();
        }
        return result;
    }

    /** Newer compilers warn of the JDK's enum of them whenever it is named, hence by name. */
    @Test
    void openOptionsOfOnePlatformAreRefused() throws ReflectiveOperationException {
        OpenOption direct = (OpenOption) Class.forName("com.sun.nio.file.ExtendedOpenOption")
                .getField("DIRECT")
                .get(null);

        assertThatThrownBy(() -> FileChannel.open(file, direct))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("DIRECT not supported");
    }
}
