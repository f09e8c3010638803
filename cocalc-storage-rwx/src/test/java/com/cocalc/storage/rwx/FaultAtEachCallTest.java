package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.OperationEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each system call of each operation of {@code java.nio.file} fails once. The operation throws what its declaration
 * allows, or goes on as the JDK does, and nothing stays open.
 */
class FaultAtEachCallTest {
    /** What a program does with a directory that has the same tree on each of two volumes. */
    private interface Use {
        void of(Path here, Path there) throws IOException;
    }

    private static final Map<String, Use> USES = new LinkedHashMap<>();

    static {
        USES.put("newDirectoryStream", (here, there) -> {
            try (DirectoryStream<Path> names = Files.newDirectoryStream(here.resolve("dir"))) {
                names.forEach(name -> {});
            }
        });
        USES.put("newDirectoryStream of a pattern", (here, there) -> {
            try (DirectoryStream<Path> names = Files.newDirectoryStream(here.resolve("dir"), "f*")) {
                names.forEach(name -> {});
            }
        });
        USES.put("list", (here, there) -> count(Files.list(here.resolve("dir"))));
        USES.put("walk", (here, there) -> count(Files.walk(here)));
        USES.put("find", (here, there) -> count(Files.find(here, 9, (path, attributes) -> attributes.isRegularFile())));
        USES.put("lines", (here, there) -> count(Files.lines(here.resolve("file"))));
        USES.put(
                "walkFileTree",
                (here, there) -> Files.walkFileTree(here, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }
                }));
        USES.put("readString", (here, there) -> Files.readString(here.resolve("file")));
        USES.put("readAllBytes by a link", (here, there) -> Files.readAllBytes(here.resolve("link")));
        USES.put("write", (here, there) -> Files.writeString(here.resolve("new"), "text"));
        USES.put("append", (here, there) -> Files.writeString(here.resolve("file"), "text", StandardOpenOption.APPEND));
        USES.put("truncate", (here, there) -> Files.writeString(here.resolve("file"), "t"));
        USES.put("copy of a file", (here, there) -> Files.copy(here.resolve("file"), here.resolve("new")));
        USES.put(
                "copy of a file onto another",
                (here, there) -> Files.copy(
                        here.resolve("file"),
                        here.resolve("dir/file"),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES));
        USES.put("copy of a directory", (here, there) -> Files.copy(here.resolve("dir"), here.resolve("new")));
        USES.put(
                "copy of a link",
                (here, there) -> Files.copy(here.resolve("link"), here.resolve("new"), LinkOption.NOFOLLOW_LINKS));
        USES.put(
                "copy to another volume",
                (here, there) -> Files.copy(
                        here.resolve("file"),
                        there.resolve("file"),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES));
        USES.put("move", (here, there) -> Files.move(here.resolve("file"), here.resolve("new")));
        USES.put(
                "move onto another",
                (here, there) -> Files.move(
                        here.resolve("file"), here.resolve("dir/file"), StandardCopyOption.REPLACE_EXISTING));
        USES.put(
                "move to another volume",
                (here, there) ->
                        Files.move(here.resolve("file"), there.resolve("file"), StandardCopyOption.REPLACE_EXISTING));
        USES.put(
                "move of a link to another volume",
                (here, there) -> Files.move(here.resolve("link"), there.resolve("new")));
        USES.put(
                "move of an empty directory to another volume",
                (here, there) -> Files.move(here.resolve("dir/sub"), there.resolve("new")));
        USES.put("copy from a stream", (here, there) -> {
            try (var in = Files.newInputStream(here.resolve("file"))) {
                Files.copy(in, there.resolve("new"));
            }
        });
        USES.put("copy to a stream", (here, there) -> {
            try (OutputStream out = Files.newOutputStream(there.resolve("new"))) {
                Files.copy(here.resolve("file"), out);
            }
        });
        USES.put("createFile", (here, there) -> Files.createFile(here.resolve("new")));
        USES.put(
                "createFile with permissions",
                (here, there) -> Files.createFile(
                        here.resolve("new"),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
        USES.put("createDirectories", (here, there) -> Files.createDirectories(here.resolve("a/b/c")));
        USES.put("createTempFile", (here, there) -> Files.createTempFile(here, "x", null));
        USES.put("createTempDirectory", (here, there) -> Files.createTempDirectory(here, "x"));
        USES.put("createLink", (here, there) -> Files.createLink(here.resolve("new"), here.resolve("file")));
        USES.put(
                "createSymbolicLink",
                (here, there) -> Files.createSymbolicLink(
                        here.resolve("new"), here.getFileSystem().getPath("file")));
        USES.put("readSymbolicLink", (here, there) -> Files.readSymbolicLink(here.resolve("link")));
        USES.put("delete", (here, there) -> Files.delete(here.resolve("file")));
        USES.put("deleteIfExists", (here, there) -> Files.deleteIfExists(here.resolve("dir/sub")));
        USES.put("isSameFile", (here, there) -> Files.isSameFile(here.resolve("file"), here.resolve("link")));
        USES.put("mismatch", (here, there) -> Files.mismatch(here.resolve("file"), there.resolve("dir/file")));
        USES.put(
                "toRealPath",
                (here, there) -> assertThat(here.resolve("link").toRealPath()).isEqualTo(here.resolve("file")));
        USES.put("exists", (here, there) -> Files.exists(here.resolve("file")));
        USES.put(
                "getFileStore",
                (here, there) -> Files.getFileStore(here.resolve("file")).getUsableSpace());
        USES.put("attributes", (here, there) -> Files.readAttributes(here.resolve("file"), "unix:*"));
        USES.put("times", (here, there) -> Files.setLastModifiedTime(here.resolve("file"), FileTime.fromMillis(5)));
        USES.put(
                "permissions",
                (here, there) -> Files.setPosixFilePermissions(
                        here.resolve("link"), PosixFilePermissions.fromString("rwx------")));
        USES.put("owner", (here, there) -> Files.setOwner(here.resolve("file"), Files.getOwner(here.resolve("link"))));
        USES.put("extended attributes", (here, there) -> {
            UserDefinedFileAttributeView view =
                    Files.getFileAttributeView(here.resolve("file"), UserDefinedFileAttributeView.class);
            view.write("name", ByteBuffer.wrap(new byte[] {1}));
            view.list();
            view.read("name", ByteBuffer.allocate(view.size("name")));
            view.delete("name");
        });
        USES.put("FileChannel", (here, there) -> {
            try (FileChannel channel = FileChannel.open(
                    here.resolve("file"), StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.SYNC)) {
                channel.lock().release();
                channel.write(ByteBuffer.wrap(new byte[] {1, 2}));
                channel.truncate(1);
                channel.force(true);
                channel.position(channel.size());
            }
        });
        USES.put("deleted when closed", (here, there) -> {
            try (SeekableByteChannel channel = Files.newByteChannel(
                    here.resolve("new"),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE)) {
                channel.write(ByteBuffer.wrap(new byte[] {1, 2}));
            }
        });
        USES.put("transfer", (here, there) -> {
            try (FileChannel from = FileChannel.open(here.resolve("file"));
                    FileChannel to = FileChannel.open(there.resolve("file"), StandardOpenOption.WRITE)) {
                from.transferTo(0, 9, to);
                from.position(0);
                to.transferFrom(from, 0, 9);
            }
        });
        USES.put("AsynchronousFileChannel", (here, there) -> {
            try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(
                    here.resolve("file"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                channel.lock().get().release();
                channel.write(ByteBuffer.wrap(new byte[] {1, 2}), 0).get();
                channel.read(ByteBuffer.allocate(5), 0).get();
            } catch (ExecutionException e) {
                throw (IOException) e.getCause();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        USES.put("SecureDirectoryStream", (here, there) -> {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(here)) {
                SecureDirectoryStream<Path> directory = (SecureDirectoryStream<Path>) stream;
                Path file = here.getFileSystem().getPath("file");
                Path dir = here.getFileSystem().getPath("dir");
                try (SecureDirectoryStream<Path> below = directory.newDirectoryStream(dir)) {
                    directory.move(file, below, file);
                    below.newByteChannel(file, Set.of(StandardOpenOption.READ)).close();
                    below.getFileAttributeView(file, BasicFileAttributeView.class)
                            .readAttributes();
                    below.deleteFile(file);
                    below.deleteDirectory(here.getFileSystem().getPath("sub"));
                    below.forEach(name -> {});
                }
            }
        });
        USES.put("WatchService", (here, there) -> {
            try (WatchService watch = here.getFileSystem().newWatchService()) {
                here.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
                Files.writeString(here.resolve("new"), "text");
                watch.poll();
            }
        });
    }

    private static void count(Stream<?> stream) {
        try (stream) {
            stream.forEach(element -> {});
        }
    }

    @TestFactory
    Stream<DynamicTest> eachOperationFailsCleanly() {
        return USES.entrySet().stream()
                .map(use -> DynamicTest.dynamicTest(use.getKey(), () -> failAtEachCall(use.getValue())));
    }

    private static void failAtEachCall(Use use) throws IOException {
        Arena calm = new Arena();
        calm.failAt(Integer.MAX_VALUE, Errno.EIO);
        use.of(calm.here, calm.there);
        int calls = calm.calls;
        assertThat(calls).as("system calls of the use").isPositive();
        for (Errno errno : List.of(Errno.EIO, Errno.ESTALE, Errno.ENOSPC, Errno.EACCES, Errno.ENOENT)) {
            for (int call = 1; call <= calls; call++) {
                new Arena().judge(use, call, errno);
            }
        }
    }

    /** Two volumes with the same tree. */
    private static final class Arena {
        private static final String TREE = """
                0755 0:0 - dir/
                0644 0:0 "old" dir/file
                0755 0:0 - dir/sub/
                0644 0:0 "content" file
                0777 0:0 - link -> file
                """;

        private final RwxVolume one = RwxVolume.builder().traceHandles().build();
        private final RwxVolume two = RwxVolume.builder().traceHandles().build();
        private final FileSystem ones = one.mount(Mount.asRoot());
        private final FileSystem twos = two.mount(Mount.asRoot());
        private final Path here = ones.getPath("/");
        private final Path there = twos.getPath("/");
        private final List<OperationEvent> failed = new ArrayList<>();
        private int calls;

        Arena() {
            one.populate(TREE);
            two.populate(TREE);
        }

        private void failAt(int call, Errno errno) {
            for (RwxVolume volume : List.of(one, two)) {
                volume.beforeEachOperation(event -> {
                    volume.heal();
                    if (++calls == call) {
                        failed.add(event);
                        volume.inject(Fault.every(event.operation(), errno));
                    }
                });
            }
        }

        private void judge(Use use, int call, Errno errno) {
            failAt(call, errno);
            Throwable thrown = null;
            try {
                use.of(here, there);
            } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
                thrown = e;
            }
            String where = "call " + call + " fails with " + errno + ": " + failed + ", thrown " + thrown;
            assertThat(failed).as(where).isNotEmpty();
            assertThat(one.openHandles()).as(where).isEmpty();
            assertThat(two.openHandles()).as(where).isEmpty();
        }
    }
}
