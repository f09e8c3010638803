package com.cocalc.storage.rwx;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Arguments that hardly anybody means: empty names, times of another world, values too large. Uses the JDK alone. */
final class JdkOddOperations {
    private interface InDirectory {
        @Nullable
        Object run(SecureDirectoryStream<Path> directory, Path name) throws Exception;
    }

    private interface Step {
        @Nullable
        Object run() throws Exception;
    }

    private final Map<String, JdkOperations.Operation> operations;

    private JdkOddOperations(Map<String, JdkOperations.Operation> operations) {
        this.operations = operations;
    }

    static void addTo(Map<String, JdkOperations.Operation> operations) {
        JdkOddOperations odd = new JdkOddOperations(operations);
        odd.emptyNames();
        odd.times();
        odd.others();
    }

    /** Relative to an open directory an empty name is missing, and not the directory. */
    private void emptyNames() {
        secure("nothing: newDirectoryStream", (directory, name) -> directory.newDirectoryStream(empty(name)));
        secure("nothing: newByteChannel", (directory, name) -> directory.newByteChannel(empty(name), Set.of(READ)));
        secure(
                "nothing: newByteChannel CREATE",
                (directory, name) -> directory.newByteChannel(empty(name), Set.of(WRITE, CREATE)));
        secure("nothing: deleteFile", (directory, name) -> {
            directory.deleteFile(empty(name));
            return "deleted";
        });
        secure("nothing: deleteDirectory", (directory, name) -> {
            directory.deleteDirectory(empty(name));
            return "deleted";
        });
        secure("nothing: move", (directory, name) -> {
            directory.move(empty(name), directory, name);
            return "moved";
        });
        secure("nothing: move to", (directory, name) -> {
            directory.move(name, directory, empty(name));
            return "moved";
        });
        secure(
                "nothing: attributes",
                (directory, name) -> directory
                        .getFileAttributeView(empty(name), BasicFileAttributeView.class)
                        .readAttributes()
                        .isDirectory());
        secure("nothing: set times", (directory, name) -> {
            directory
                    .getFileAttributeView(empty(name), BasicFileAttributeView.class)
                    .setTimes(FileTime.fromMillis(1), null, null);
            return "set";
        });
    }

    private static Path empty(Path like) {
        return like.getFileSystem().getPath("");
    }

    /** In microseconds, and without the second try of other views. */
    private void times() {
        for (FileTime time : new FileTime[] {
            null,
            FileTime.from(1_234_567_891, TimeUnit.NANOSECONDS),
            FileTime.from(-1, TimeUnit.NANOSECONDS),
            FileTime.from(-1500, TimeUnit.MILLISECONDS),
            FileTime.from(-3, TimeUnit.SECONDS)
        }) {
            secure("set times " + time, (directory, name) -> {
                BasicFileAttributeView view = directory.getFileAttributeView(name, BasicFileAttributeView.class);
                view.setTimes(time, null, null);
                return time == null ? "set" : view.readAttributes().lastModifiedTime();
            });
            secure("set own times " + time, (directory, name) -> {
                BasicFileAttributeView view = directory.getFileAttributeView(BasicFileAttributeView.class);
                view.setTimes(null, time, null);
                return time == null ? "set" : view.readAttributes().lastAccessTime();
            });
        }
    }

    private void others() {
        for (FileTime time : new FileTime[] {
            FileTime.from(1_234_567_891, TimeUnit.NANOSECONDS),
            FileTime.from(-1, TimeUnit.NANOSECONDS),
            FileTime.from(-1500, TimeUnit.MILLISECONDS),
            FileTime.from(-3, TimeUnit.SECONDS)
        }) {
            for (LinkOption[] options : new LinkOption[][] {{}, {LinkOption.NOFOLLOW_LINKS}}) {
                one("set both times " + time + Arrays.toString(options), path -> {
                    BasicFileAttributeView view =
                            Files.getFileAttributeView(path, BasicFileAttributeView.class, options);
                    view.setTimes(time, FileTime.from(-7, TimeUnit.SECONDS), null);
                    return view.readAttributes().lastModifiedTime() + " "
                            + view.readAttributes().lastAccessTime();
                });
            }
        }
        secure("set owner to nothing", (directory, name) -> {
            directory.getFileAttributeView(name, FileOwnerAttributeView.class).setOwner(null);
            return "set";
        });
        secure("set group to nothing", (directory, name) -> {
            directory.getFileAttributeView(name, PosixFileAttributeView.class).setGroup(null);
            return "set";
        });
        secure("set what are no permissions", (directory, name) -> {
            directory.getFileAttributeView(name, PosixFileAttributeView.class).setPermissions(noPermissions());
            return "set";
        });
        one("attribute of no view without an option", path -> Files.getAttribute(path, ":size", (LinkOption) null));
        one("watch with a modifier", path -> {
            try (WatchService service = path.getFileSystem().newWatchService()) {
                WatchEvent.Kind<?>[] kinds = {StandardWatchEventKinds.ENTRY_CREATE};
                return path.register(service, kinds, () -> "unknown").isValid();
            }
        });
        one("watch", path -> {
            WatchService service = path.getFileSystem().newWatchService();
            List<String> seen = new ArrayList<>();
            step(seen, () -> path.register(service, StandardWatchEventKinds.OVERFLOW));
            step(
                    seen,
                    () -> path.register(service, StandardWatchEventKinds.ENTRY_CREATE)
                            .isValid());
            step(seen, service::poll);
            service.close();
            step(seen, () -> service.poll(0, null));
            step(seen, () -> path.register(service, StandardWatchEventKinds.ENTRY_CREATE));
            return seen;
        });
        one("odd user attributes", path -> {
            UserDefinedFileAttributeView view = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
            List<String> seen = new ArrayList<>();
            step(seen, () -> view.write("", ByteBuffer.allocate(1)));
            step(seen, () -> view.write("", ByteBuffer.allocate(65_537)));
            step(seen, () -> view.write("n".repeat(251), ByteBuffer.allocate(1)));
            step(seen, () -> view.size(""));
            step(seen, () -> view.size("n".repeat(251)));
            step(seen, () -> view.read("", ByteBuffer.allocate(1)));
            step(seen, () -> {
                view.delete("");
                return "deleted";
            });
            return seen;
        });
        one("user attribute without a name", path -> Files.readAttributes(path, "user:colour,"));
        one("user attribute of a long name", path -> Files.getAttribute(path, "user:" + "n".repeat(251)));
        one("asynchronous truncate after close", path -> {
            AsynchronousFileChannel channel = AsynchronousFileChannel.open(path);
            channel.close();
            List<String> seen = new ArrayList<>();
            step(seen, () -> channel.truncate(-1));
            step(seen, () -> channel.truncate(0));
            return seen;
        });
        one("asynchronous writer", path -> {
            AsynchronousFileChannel channel = AsynchronousFileChannel.open(path, WRITE);
            List<String> seen = new ArrayList<>();
            ByteBuffer readOnly = ByteBuffer.allocate(1).asReadOnlyBuffer();
            step(seen, () -> channel.read(readOnly, 0).get());
            step(seen, () -> channel.lock(0, 5, false).get().isValid());
            step(seen, () -> channel.lock(4, 1, false).get());
            step(seen, () -> channel.tryLock(4, 1, false));
            step(seen, () -> channel.lock(-1, 1, false).get());
            step(seen, () -> channel.lock(9, -1, false).get());
            channel.close();
            step(seen, () -> channel.truncate(0));
            step(seen, () -> channel.tryLock(0, 1, true));
            step(seen, () -> channel.tryLock(-1, 1, false));
            step(seen, () -> channel.lock(-1, 1, false).get());
            return seen;
        });
        one("remove by iterator", path -> {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
                stream.iterator().remove();
                return "removed";
            }
        });
    }

    @SuppressWarnings("unchecked") // The point of it.
    private static Set<PosixFilePermission> noPermissions() {
        return (Set<PosixFilePermission>) (Set<?>) Set.of("text");
    }

    private interface OnOne {
        @Nullable
        Object run(Path path) throws Exception;
    }

    private void one(String name, OnOne operation) {
        operations.put(name, (first, second) -> operation.run(first));
    }

    private void secure(String name, InDirectory operation) {
        one("secure " + name, path -> {
            try (SecureDirectoryStream<Path> directory = open(path.getParent())) {
                return operation.run(directory, path.getFileName());
            }
        });
    }

    // SecureDirectoryStream<Path> is what Linux gives. The callers close it.
    @SuppressWarnings({"unchecked", "StreamResourceLeak"})
    private static SecureDirectoryStream<Path> open(Path directory) throws IOException {
        return (SecureDirectoryStream<Path>) Files.newDirectoryStream(directory);
    }

    private static void step(List<String> seen, Step step) {
        try {
            seen.add(String.valueOf(step.run()));
        } catch (Exception e) {
            seen.add(e.toString());
        }
    }
}
