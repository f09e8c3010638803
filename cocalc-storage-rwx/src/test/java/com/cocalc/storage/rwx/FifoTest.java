package com.cocalc.storage.rwx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FifoTest {
    private final RwxVolume volume = RwxVolume.builder().traceHandles().build();
    private final FileSystem files = volume.mount(Mount.asRoot());
    private final Path fifo = files.getPath("/fifo");

    @Test
    void theFakeAnswersAsAFifoOnTheRealDisk(@TempDir Path directory) throws Exception {
        Path real = directory.resolve("fifo");
        assumeTrue(hasMkfifo(real), "no mkfifo");
        Fifos.create(fifo);

        List<String> answers = answers(fifo, files.getPath("/file"));

        assertThat(answers).isEqualTo(answers(real, directory.resolve("file")));
        assertThat(answers)
                .contains(
                        "isOther: true",
                        "position: IOException: Illegal seek",
                        "read at: IOException: Illegal seek",
                        "force: IOException: Invalid argument",
                        "write without readers: IOException: Broken pipe",
                        "end: -1");
    }

    private static boolean hasMkfifo(Path path) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", path.toString()).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> answers(Path fifo, Path file) throws Exception {
        List<String> answers = new ArrayList<>();
        Files.writeString(file, "abcdef");
        BasicFileAttributes attributes = Files.readAttributes(fifo, BasicFileAttributes.class);
        ask(answers, "isOther", attributes::isOther);
        ask(answers, "isRegularFile", attributes::isRegularFile);
        ask(answers, "size", attributes::size);
        ask(answers, "type", () -> ((Integer) Files.getAttribute(fifo, "unix:mode") & 0170000));
        ask(answers, "create new", () -> FileChannel.open(fifo, CREATE_NEW, WRITE));
        ask(answers, "create directory", () -> Files.createDirectory(fifo));
        ask(answers, "below", () -> Files.exists(fifo.resolve("x")));
        ask(answers, "no follow", () -> Files.isDirectory(fifo, LinkOption.NOFOLLOW_LINKS));
        try (FileChannel both = FileChannel.open(fifo, READ, WRITE, CREATE, TRUNCATE_EXISTING)) {
            ask(answers, "position", both::position);
            ask(answers, "set position", () -> both.position(3));
            ask(answers, "size of channel", both::size);
            ask(answers, "truncate", () -> both.truncate(0));
            ask(answers, "read at", () -> both.read(ByteBuffer.allocate(3), 0));
            ask(answers, "write at", () -> both.write(ByteBuffer.allocate(3), 0));
            ask(answers, "write", () -> both.write(bytes("hello")));
            ask(answers, "read a part", () -> both.read(ByteBuffer.allocate(3)));
            ask(answers, "read the rest", () -> both.read(ByteBuffer.allocate(9)));
            ask(answers, "gather", () -> both.write(new ByteBuffer[] {bytes("ab"), bytes("cde")}));
            ask(answers, "scatter", () -> both.read(new ByteBuffer[] {ByteBuffer.allocate(1), ByteBuffer.allocate(9)}));
            ask(answers, "force", () -> {
                both.force(true);
                return "done";
            });
            ask(answers, "transfer to", () -> both.transferTo(0, 3, FileChannel.open(file, WRITE)));
            ask(answers, "transfer from", () -> both.transferFrom(FileChannel.open(file), 0, 3));
            ask(answers, "times", () -> Files.setLastModifiedTime(fifo, FileTime.fromMillis(5000)) == fifo);
            ask(answers, "time", () -> Files.getLastModifiedTime(fifo));
            ask(answers, "mode", () -> Files.setAttribute(fifo, "unix:mode", 0640) == fifo);
        }
        CompletableFuture<FileChannel> writer = opened(fifo, APPEND);
        try (FileChannel reader = FileChannel.open(fifo, READ)) {
            ask(answers, "position of appending", () -> writer.get().position());
            ask(answers, "append", () -> writer.get().write(bytes("abc")));
            ask(answers, "read what was appended", () -> reader.read(ByteBuffer.allocate(9)));
            ask(answers, "write to the reading end", () -> reader.write(bytes("x")));
            writer.get().close();
            ask(answers, "end", () -> reader.read(ByteBuffer.allocate(9)));
            ask(answers, "end again", () -> reader.read(ByteBuffer.allocate(9)));
        }
        CompletableFuture<FileChannel> lonely = opened(fifo, WRITE);
        FileChannel.open(fifo, READ).close();
        ask(answers, "write without readers", () -> lonely.get().write(bytes("abc")));
        lonely.get().close();
        FutureTask<Path> sender = new FutureTask<>(() -> Files.writeString(fifo, "hello"));
        new Thread(sender).start();
        ask(answers, "string", () -> Files.readString(fifo));
        sender.get();
        Path link = fifo.resolveSibling("link");
        ask(answers, "hard link", () -> Files.createLink(link, fifo) == link);
        ask(answers, "names", () -> Files.getAttribute(fifo, "unix:nlink"));
        ask(answers, "rename", () -> Files.move(fifo, link) == link);
        ask(answers, "delete", () -> Files.deleteIfExists(link));
        return answers;
    }

    private static void ask(List<String> answers, String what, Callable<?> question) {
        String answer;
        try {
            answer = String.valueOf(question.call());
        } catch (FileSystemException e) {
            answer = e.getClass().getSimpleName() + ": " + e.getReason();
        } catch (Exception e) {
            answer = e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        answers.add(what + ": " + answer);
    }

    private static CompletableFuture<FileChannel> opened(Path path, StandardOpenOption... options) {
        CompletableFuture<FileChannel> opened = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                opened.complete(FileChannel.open(path, options));
            } catch (IOException e) {
                opened.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return opened;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    @Test
    void whoOpensItToReadWaitsForAWriterAndTheReverse() throws Exception {
        Fifos.create(fifo);
        Waiting<FileChannel> reader = waiting(() -> FileChannel.open(fifo, READ));
        FileChannel writer = FileChannel.open(fifo, WRITE);
        reader.get().close();
        writer.close();

        Waiting<FileChannel> second = waiting(() -> FileChannel.open(fifo, WRITE));
        FileChannel.open(fifo, READ).close();

        second.get().close();
        assertThat(volume.openHandles()).isEmpty();
    }

    @Test
    void aTestReleasesThoseWhoWaitForTheOtherEnd() throws Exception {
        Fifos.create(fifo);
        Waiting<String> reader = waiting(() -> Files.readString(fifo));
        volume.releaseFifos();
        assertThat(reader.get()).isEmpty();

        Waiting<Path> writer = waiting(() -> Files.writeString(fifo, "x"));
        volume.releaseFifos();
        assertThatThrownBy(writer::get).hasCauseInstanceOf(IOException.class).hasMessageContaining("Broken pipe");
    }

    @Test
    @SuppressWarnings("StreamResourceLeak") // there never is a stream
    void aDirectoryStreamAndACopyOfAFifoWaitAsWell() throws Exception {
        Fifos.create(fifo);
        Waiting<?> stream = waiting(() -> Files.newDirectoryStream(fifo));
        volume.releaseFifos();
        assertThatThrownBy(stream::get).hasCauseInstanceOf(NotDirectoryException.class);

        Waiting<Path> copy = waiting(() -> Files.copy(fifo, files.getPath("/copy")));
        volume.releaseFifos();
        assertThat(copy.get()).isRegularFile().isEmptyFile();
    }

    @Test
    void anInterruptDoesNotReachWhoOpensIt() throws Exception {
        Fifos.create(fifo);
        Waiting<FileChannel> reader = waiting(() -> FileChannel.open(fifo, READ));

        reader.thread.interrupt();
        reader.awaitWaiting();
        volume.releaseFifos();

        assertThat(reader.get().isOpen()).isTrue();
    }

    @Test
    void anInterruptClosesAChannelThatWaitsForBytes() throws Exception {
        Fifos.create(fifo);
        FileChannel channel = FileChannel.open(fifo, READ, WRITE);
        Waiting<Integer> reader = waiting(() -> channel.read(ByteBuffer.allocate(1)));

        reader.thread.interrupt();

        assertThatThrownBy(reader::get).hasCauseInstanceOf(ClosedByInterruptException.class);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void closingAChannelFreesWhoWaitsForBytesOnIt() throws Exception {
        Fifos.create(fifo);
        FileChannel channel = FileChannel.open(fifo, READ, WRITE);
        Waiting<Integer> reader = waiting(() -> channel.read(ByteBuffer.allocate(1)));

        channel.close();

        assertThatThrownBy(reader::get).hasCauseInstanceOf(AsynchronousCloseException.class);
    }

    @Test
    void closingAFullChannelTellsWhatWasWritten() throws Exception {
        Fifos.create(fifo);
        FileChannel channel = FileChannel.open(fifo, READ, WRITE);
        Waiting<Integer> writer = waiting(() -> channel.write(ByteBuffer.allocate(100_000)));

        channel.close();

        assertThat(writer.get()).isEqualTo(65_536);
    }

    @Test
    void closingTheVolumeOrACrashFreesWhoWaitsForTheOtherEnd() throws Exception {
        Fifos.create(fifo);
        Waiting<FileChannel> reader = waiting(() -> FileChannel.open(fifo, READ));

        volume.close();

        assertThatThrownBy(reader::get)
                .hasCauseInstanceOf(FileSystemException.class)
                .hasMessageContaining("Stale file handle");
        assertThat(volume.openHandles()).isEmpty();
    }

    @Test
    void whatIsInItComesOutInOrderAndIsGoneWhenNobodyHasItOpen() throws Exception {
        Fifos.create(fifo);
        byte[] sent = new byte[300_000];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31);
        }
        Waiting<Path> writer = waiting(() -> Files.write(fifo, sent));
        assertThat(Files.readAllBytes(fifo)).isEqualTo(sent);
        writer.get();

        FileChannel both = FileChannel.open(fifo, READ, WRITE);
        both.write(bytes("lost"));
        both.close();
        Waiting<String> reader = waiting(() -> Files.readString(fifo));
        volume.releaseFifos();
        assertThat(reader.get()).isEmpty();
    }

    @Test
    void withoutWaitingItIsOpenedOrRefusedAtOnce() throws Exception {
        Calls calls = Calls.on(volume, Mount.asRoot());
        Calls.must(() -> calls.system().mkfifo(null, Calls.bytes("fifo"), 0600));

        assertThat(Calls.errno(() -> calls.open("fifo", OpenFlags.WRITE | OpenFlags.NONBLOCK)))
                .isEqualTo(Errno.ENXIO);
        OpenFile reader = calls.open("fifo", OpenFlags.READ | OpenFlags.NONBLOCK);
        ByteBuffer read = ByteBuffer.allocate(8);
        assertThat(reader.readNext(read, 0)).isEqualTo(-1);
        OpenFile writer = calls.open("fifo", OpenFlags.WRITE | OpenFlags.NONBLOCK);
        assertThat(Calls.errno(() -> reader.readNext(read, 0))).isEqualTo(Errno.EAGAIN);
        assertThat(writer.writeNext(ByteBuffer.allocate(70_000), 0)).isEqualTo(65_536);
        assertThat(Calls.errno(() -> writer.writeNext(ByteBuffer.allocate(1), 0)))
                .isEqualTo(Errno.EAGAIN);
    }

    @Test
    void aReadOnlyMountLetsAFifoBeWrittenButNotMade() throws Exception {
        Fifos.create(fifo);
        Path readOnly = volume.mount(Mount.asRoot().readOnly()).getPath("/fifo");
        FileChannel channel = FileChannel.open(readOnly, READ, WRITE);

        assertThat(channel.write(bytes("x"))).isEqualTo(1);
        assertThatThrownBy(() -> Fifos.create(readOnly.resolveSibling("other")))
                .isInstanceOf(FileSystemException.class)
                .hasMessage("/other: Read-only file system");
    }

    @Test
    void itIsMadeByItsUserAndNotOverWhatIsThere() throws Exception {
        Files.createDirectory(files.getPath("/d"));
        Files.setAttribute(files.getPath("/d"), "unix:mode", 0777);
        FileSystem user = ContainerFiles.builder(RwxVolume.create(), PosixIdentity.PROJECT_USER)
                .mount("/home", volume, Mount.as(PosixIdentity.PROJECT_USER).umask(027))
                .build();
        Path made = Fifos.create(user.getPath("/home/d/fifo"));

        assertThat(volume.tree()).isEqualTo("0755 0:0 - /\n0777 0:0 - d/\n0640 2001:2001 - d/fifo|\n");
        assertThatThrownBy(() -> Fifos.create(made)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fifos.create(Path.of("x")))
                .withMessage("fifo must be a path of a mounted volume, but was x; take it from the file system that"
                        + " RwxVolume.mount or ContainerFiles returns");
    }

    @Test
    void aTreeWithFifosIsReadAgainAndCopiedIntoAnotherVolume(@TempDir Path disk) throws Exception {
        String tree = "0755 0:0 - /\n0600 1:2 0 bar\\x7c\n0640 2001:2001 - fifo|\n0755 0:0 - sub/\n";
        volume.populate(tree);
        assertThat(volume.tree()).isEqualTo(tree);

        RwxVolume other = RwxVolume.create();
        other.populate(files.getPath("/"));
        assertThat(other.tree()).isEqualTo(tree);
        RwxVolume third = RwxVolume.create();
        volume.copyTo(third.mount(Mount.asRoot()).getPath("/"));
        assertThat(third.tree()).isEqualTo(tree.replace("2001:2001", "0:0").replace("1:2", "0:0"));
        assertThatThrownBy(() -> volume.copyTo(disk))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage(disk.resolve("fifo")
                        + " is a FIFO, which only a volume can have; remove it from the volume first, or"
                        + " copy into another volume");
    }

    @Test
    void aMoveToAnotherVolumeMakesItAnew() throws Exception {
        Fifos.create(fifo);
        Files.setAttribute(fifo, "unix:mode", 0604);
        RwxVolume other = RwxVolume.create();

        Files.move(fifo, other.mount(Mount.asRoot()).getPath("/moved"));

        assertThat(other.tree()).isEqualTo("0755 0:0 - /\n0604 0:0 - moved|\n");
        assertThat(fifo).doesNotExist();
    }

    @Test
    void aCrashLeavesAForcedFifo() throws Exception {
        RwxVolume crashable = RwxVolume.builder().crashable().build();
        Fifos.create(crashable.mount(Mount.asRoot()).getPath("/fifo"));
        crashable.sync();

        assertThat(crashable.afterCrash(1).tree()).isEqualTo("0755 0:0 - /\n0644 0:0 - fifo|\n");
    }

    /** What a thread does that has to wait in the middle of it. */
    private static final class Waiting<T> {
        private final FutureTask<T> task;
        private final Thread thread;

        private Waiting(Callable<T> call) {
            task = new FutureTask<>(call);
            thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
        }

        private void awaitWaiting() {
            while (thread.getState() != Thread.State.WAITING && !task.isDone()) {
                Thread.onSpinWait();
            }
        }

        private T get() throws ExecutionException, InterruptedException {
            return task.get();
        }
    }

    private static <T> Waiting<T> waiting(Callable<T> call) {
        Waiting<T> waiting = new Waiting<>(call);
        waiting.awaitWaiting();
        return waiting;
    }
}
