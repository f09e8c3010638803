package com.cocalc.storage.rwx;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;

/** Does to a few names, as three clients, whatever {@code java.nio.file} can do, and does not care what fails. */
@SuppressWarnings("StreamResourceLeak") // What it opens, others close.
final class SpacePlayer {
    private static final String[] NAMES = {"a", "b", "d", "d/a", "d/e", "d/e/a", "d/e/f", "l", "l/a", "l/f/x"};
    private static final String[] ENTRIES = {"a", "e", "f", "..", ".", "e/a", "../a", "l"};
    private static final List<Set<StandardOpenOption>> OPTIONS = List.of(
            Set.of(StandardOpenOption.READ),
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING),
            Set.of(StandardOpenOption.APPEND, StandardOpenOption.CREATE),
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.SYNC),
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.DELETE_ON_CLOSE));

    private final Table table;
    private final SplittableRandom random;
    private boolean isInHook;
    private boolean isWalking;

    SpacePlayer(Table table, SplittableRandom random) {
        this.table = table;
        this.random = random;
    }

    /** What a hook throws in place of an operation. */
    static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** What all players have in common: a volume, its clients, and what these have open. */
    static final class Table {
        final RwxVolume volume;
        final List<Closeable> opened = new CopyOnWriteArrayList<>();
        private final AtomicReferenceArray<FileSystem> clients = new AtomicReferenceArray<>(3);

        Table(RwxVolume volume) {
            this.volume = volume;
            for (int i = 0; i < clients.length(); i++) {
                clients.set(i, mount(i));
            }
        }

        /** A client has all or, if that can be, a directory. */
        private FileSystem mount(int client) {
            if (client == 2) {
                try {
                    return volume.mount(Mount.asRoot().subPath("d"));
                } catch (IllegalArgumentException | Thrown e) {
                    // It is not a directory, or could not be made.
                }
            }
            return volume.mount(Mount.asRoot());
        }

        /** Another client comes in place of this one. */
        void replace(int client) throws IOException {
            FileSystem before = clients.getAndSet(client, mount(client));
            before.close();
        }

        int clients() {
            return clients.length();
        }

        void forgetClosed() {
            opened.removeIf(one -> one instanceof Channel channel ? !channel.isOpen() : !((Directory) one).isOpen());
        }

        void closeAll() throws IOException {
            for (Closeable one : opened) {
                try {
                    one.close();
                } catch (IOException e) {
                    // A client of NFS reports late that a file did not fit.
                }
            }
            for (int i = 0; i < clients.length(); i++) {
                clients.get(i).close();
            }
        }
    }

    /** An open directory, which its client closes with itself. */
    private static final class Directory implements Closeable {
        private final SecureDirectoryStream<Path> stream;
        private final FileSystem client;
        private volatile boolean isClosed;

        private Directory(DirectoryStream<Path> stream, FileSystem client) {
            this.stream = (SecureDirectoryStream<Path>) stream;
            this.client = client;
        }

        boolean isOpen() {
            return !isClosed && client.isOpen();
        }

        @Override
        public void close() throws IOException {
            isClosed = true;
            stream.close();
        }
    }

    /** One operation of another client, in a hook, which does not see what it does itself. */
    void operateInHook() {
        isInHook = true;
        try {
            operate();
        } finally {
            isInHook = false;
        }
    }

    /** One operation of any client, which may be interrupted. */
    void operate() {
        boolean isInterrupted = !isInHook && random.nextInt(30) == 0;
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            operate(random.nextInt(table.clients()));
        } catch (IOException | UncheckedIOException | Thrown | IllegalStateException | DirectoryIteratorException e) {
            // What fails is looked at as what works is.
        } finally {
            if (isInterrupted) {
                Thread.interrupted();
            }
        }
    }

    private void operate(int client) throws IOException {
        FileSystem files = table.clients.get(client);
        Path path = path(files);
        Path other = path(random.nextInt(8) == 0 ? table.clients.get(random.nextInt(3)) : files);
        int choice = random.nextInt(36);
        switch (choice) {
            case 0 -> Files.createDirectory(path);
            case 1 -> Files.createFile(path);
            case 2, 3, 4 -> Files.delete(path);
            case 5 -> Files.deleteIfExists(path);
            case 6 -> Files.createLink(path, other);
            case 7 -> Files.createSymbolicLink(path, files.getPath("x/".repeat(random.nextInt(100)) + "d"));
            case 8 -> Files.createSymbolicLink(files.getPath("l"), files.getPath("d/e"));
            case 9 -> Files.move(path, other);
            case 10 -> Files.move(path, other, StandardCopyOption.REPLACE_EXISTING);
            case 11 -> Files.move(path, other, StandardCopyOption.ATOMIC_MOVE);
            case 12 -> Files.copy(path, other);
            case 13 -> Files.copy(path, other, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            case 14 -> Files.write(path, new byte[random.nextInt(30_000)]);
            case 15 -> Files.write(path, new byte[random.nextInt(9_000)], StandardOpenOption.APPEND);
            case 16 -> Files.readAllBytes(path);
            case 17 -> Files.setAttribute(path, "user:x", new byte[random.nextInt(100)]);
            case 18 ->
                Files.getFileAttributeView(path, UserDefinedFileAttributeView.class)
                        .list();
            case 19 -> Files.setLastModifiedTime(path, FileTime.fromMillis(random.nextInt(10_000)));
            case 20 -> Files.setAttribute(path, "unix:mode", random.nextInt(010000));
            case 21 -> Files.createTempFile(path, "", "");
            case 22, 23 -> walk(path);
            case 24 -> path.register(files.newWatchService(), StandardWatchEventKinds.ENTRY_CREATE);
            case 25 -> openAsynchronously(path);
            case 26, 27 -> table.opened.add(FileChannel.open(path, options()));
            case 28 -> table.opened.add(new Directory(Files.newDirectoryStream(path), files));
            case 29 -> ((VirtualTime) table.volume.clock()).advance(Duration.ofSeconds(random.nextInt(20)));
            case 30 -> {
                if (random.nextInt(10) == 0) {
                    table.replace(client);
                } else if (random.nextInt(10) == 0) {
                    table.volume.restartServer();
                }
            }
            default -> use(choice, files);
        }
    }

    private Path path(FileSystem files) {
        return files.getPath(NAMES[random.nextInt(NAMES.length)]);
    }

    /** A hook must not open a file that has its name for one operation alone: nobody would have seen it. */
    private Set<StandardOpenOption> options() {
        return OPTIONS.get(random.nextInt(OPTIONS.size() - (isInHook ? 1 : 0)));
    }

    private void walk(Path path) throws IOException {
        boolean isInWalk = isWalking;
        isWalking = true;
        try (Stream<Path> all = Files.walk(path)) {
            all.forEach(each -> {});
        } finally {
            isWalking = isInWalk;
        }
    }

    /** Whether the JDK walks a tree: where the end of one directory throws, it forgets those above. */
    boolean isWalking() {
        return isWalking;
    }

    private void openAsynchronously(Path path) throws IOException {
        Set<StandardOpenOption> options = options();
        if (!options.contains(StandardOpenOption.APPEND)) {
            table.opened.add(AsynchronousFileChannel.open(path, options, null));
        }
    }

    private void use(int choice, FileSystem files) throws IOException {
        List<Closeable> all = List.copyOf(table.opened);
        if (all.isEmpty()) {
            return;
        }
        Closeable one = all.get(random.nextInt(all.size()));
        if (choice < 33) {
            one.close();
        } else if (one instanceof Directory directory) {
            use(directory, files);
        } else if (one instanceof FileChannel channel) {
            use(channel, all.get(random.nextInt(all.size())));
        }
    }

    private void use(FileChannel channel, Closeable other) throws IOException {
        long position = random.nextInt(40_000);
        switch (random.nextInt(8)) {
            case 0 -> channel.truncate(position);
            case 1 -> channel.force(random.nextBoolean());
            case 2 -> channel.read(ByteBuffer.allocate(random.nextInt(9_000)));
            case 3 -> channel.tryLock(position, 10, false);
            case 4 -> channel.position(position);
            case 5 -> {
                if (other instanceof FileChannel target) {
                    channel.transferTo(position / 2, random.nextInt(20_000), target);
                }
            }
            case 6 -> channel.write(ByteBuffer.allocate(random.nextInt(30_000)));
            default -> channel.write(ByteBuffer.allocate(random.nextInt(30_000)), position);
        }
    }

    private void use(Directory directory, FileSystem files) throws IOException {
        SecureDirectoryStream<Path> stream = directory.stream;
        Path name = files.getPath(ENTRIES[random.nextInt(ENTRIES.length)]);
        switch (random.nextInt(7)) {
            case 0 -> stream.deleteFile(name);
            case 1 -> stream.deleteDirectory(name);
            case 2 -> table.opened.add(new Directory(stream.newDirectoryStream(name), directory.client));
            case 3 -> table.opened.add((Closeable) stream.newByteChannel(name, options()));
            case 4 -> stream.move(name, stream, files.getPath("a"));
            case 5 ->
                stream.getFileAttributeView(name, PosixFileAttributeView.class)
                        .setTimes(FileTime.fromMillis(0), null, null);
            default -> stream.forEach(each -> {});
        }
    }
}
