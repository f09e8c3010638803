package com.cocalc.storage.rwx;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.cocalc.storage.rwx.call.Operation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Operations of {@code Files} by name, on one path or on two. Uses the JDK alone. */
final class JdkOperations {
    static final Map<String, Operation> ON_ONE = new LinkedHashMap<>();
    static final Map<String, Operation> ON_TWO = new LinkedHashMap<>();

    private JdkOperations() {}

    interface Operation {
        Object run(Path first, Path second) throws Exception;
    }

    private interface OnOne {
        Object run(Path path) throws Exception;
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void one(String name, OnOne operation) {
        ON_ONE.put(name, (first, second) -> operation.run(first));
    }

    private static Object done(Step step) throws Exception {
        step.run();
        return "done";
    }

    static {
        queries();
        changes();
        attributes();
        directories();
        for (OpenOption[] options : JdkOptions.sets()) {
            one("channel " + Arrays.toString(options), path -> channel(path, options));
        }
        one("inputStream", path -> {
            try (InputStream in = Files.newInputStream(path)) {
                return in.readAllBytes();
            }
        });
        one("inputStream WRITE", path -> Files.newInputStream(path, WRITE));
        one("inputStream APPEND", path -> Files.newInputStream(path, APPEND));
        one(
                "inputStream NOFOLLOW",
                path -> done(() -> Files.newInputStream(path, NOFOLLOW_LINKS).close()));
        for (OpenOption[] options :
                new OpenOption[][] {{}, {CREATE}, {APPEND}, {WRITE}, {CREATE_NEW}, {READ}, {APPEND, CREATE}}) {
            one(
                    "outputStream " + Arrays.toString(options),
                    path -> done(() -> {
                        try (OutputStream out = Files.newOutputStream(path, options)) {
                            out.write("abc".getBytes(StandardCharsets.UTF_8));
                        }
                    }));
        }
        onTwo();
        secure();
        JdkMoreOperations.addTo(ON_ONE);
        JdkOddOperations.addTo(ON_ONE);
    }

    private static void queries() {
        one("exists", path -> Files.exists(path) + " " + Files.exists(path, NOFOLLOW_LINKS));
        one("notExists", path -> Files.notExists(path) + " " + Files.notExists(path, NOFOLLOW_LINKS));
        one(
                "kind",
                path -> Files.isDirectory(path) + " " + Files.isRegularFile(path) + " " + Files.isSymbolicLink(path)
                        + " " + Files.isDirectory(path, NOFOLLOW_LINKS));
        one("access", path -> Files.isReadable(path) + " " + Files.isWritable(path) + " " + Files.isExecutable(path));
        for (var mode : java.nio.file.AccessMode.values()) {
            one(
                    "checkAccess " + mode,
                    path -> done(() -> path.getFileSystem().provider().checkAccess(path, mode)));
        }
        one("isHidden", Files::isHidden);
        one("size", path -> Files.isDirectory(path) ? "directory" : Files.size(path));
        one("readAllBytes", Files::readAllBytes);
        one("readSymbolicLink", Files::readSymbolicLink);
        one("toRealPath", path -> path.toRealPath());
        one("toRealPath NOFOLLOW", path -> path.toRealPath(NOFOLLOW_LINKS));
        one("getFileStore", path -> done(() -> Files.getFileStore(path)));
        one("getOwner", path -> Files.getOwner(path) + " " + Files.getOwner(path, NOFOLLOW_LINKS));
        one("getPosixFilePermissions", path -> PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        one("isSameFile itself", path -> Files.isSameFile(path, path));
    }

    private static void changes() {
        one("delete", path -> done(() -> Files.delete(path)));
        one("deleteIfExists", Files::deleteIfExists);
        one("createDirectory", Files::createDirectory);
        one("createDirectory rwxrwxrwx", path -> Files.createDirectory(path, permissions("rwxrwxrwx")));
        one("createDirectories", Files::createDirectories);
        one("createDirectories below", path -> Files.createDirectories(path.resolve("new/er")));
        one("createFile", path -> Files.createFile(path));
        one("createFile rwxrwxrwx", path -> Files.createFile(path, permissions("rwxrwxrwx")));
        one("createFile below", path -> Files.createFile(path.resolve("new")));
        one(
                "createSymbolicLink",
                path -> Files.createSymbolicLink(path, path.getFileSystem().getPath("to/there")));
        one(
                "createSymbolicLink empty",
                path -> Files.createSymbolicLink(path, path.getFileSystem().getPath("")));
        one(
                "createSymbolicLink with permissions",
                path -> Files.createSymbolicLink(path, path.getFileSystem().getPath("x"), permissions("rwx------")));
        one("createTempDirectory", path -> Files.createTempDirectory(path, "t").getParent());
        one("createTempFile", path -> Files.createTempFile(path, "t", null).getParent());
        one(
                "createTempFile rw-rw-rw-",
                path -> Files.createTempFile(path, "t", ".x", permissions("rw-rw-rw-"))
                        .getParent());
        one("copy from stream", path -> Files.copy(new ByteArrayInputStream(new byte[3]), path));
        one(
                "copy from stream REPLACE",
                path -> Files.copy(new ByteArrayInputStream(new byte[3]), path, REPLACE_EXISTING));
        one("write", path -> Files.write(path, new byte[] {1, 2}));
        one("writeString APPEND", path -> Files.writeString(path, "more", APPEND));
    }

    private static java.nio.file.attribute.FileAttribute<?> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    private static void attributes() {
        for (LinkOption[] options : new LinkOption[][] {{}, {NOFOLLOW_LINKS}}) {
            String suffix = " " + Arrays.toString(options);
            one("unix attributes" + suffix, path -> chosen(path, options));
            one("basic attributes" + suffix, path -> {
                BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class, options);
                return is.isDirectory() + " " + is.isOther() + " " + is.isRegularFile() + " " + is.isSymbolicLink();
            });
            one("posix attributes" + suffix, path -> {
                PosixFileAttributes is = Files.readAttributes(path, PosixFileAttributes.class, options);
                return is.owner() + " " + is.group() + " " + PosixFilePermissions.toString(is.permissions());
            });
            one(
                    "set permissions" + suffix,
                    path -> done(() -> Files.getFileAttributeView(path, PosixFileAttributeView.class, options)
                            .setPermissions(PosixFilePermissions.fromString("rwxr-x---"))));
            one("set unix:mode" + suffix, path -> done(() -> Files.setAttribute(path, "unix:mode", 03711, options)));
            one("set unix:uid same" + suffix, path -> done(() -> Files.setAttribute(path, "unix:uid", 2001, options)));
            one("set unix:uid 0" + suffix, path -> done(() -> Files.setAttribute(path, "unix:uid", 0, options)));
            one("set unix:gid same" + suffix, path -> done(() -> Files.setAttribute(path, "unix:gid", 2001, options)));
            one(
                    "set owner" + suffix,
                    path -> done(() -> Files.setAttribute(
                            path,
                            "owner:owner",
                            path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("2001"),
                            options)));
            one(
                    "set modified" + suffix,
                    path -> done(() -> times(path, options).setTimes(FileTime.fromMillis(5000), null, null)));
            one(
                    "set accessed" + suffix,
                    path -> done(() -> times(path, options).setTimes(null, FileTime.fromMillis(5000), null)));
            one(
                    "set no times" + suffix,
                    path -> done(() -> times(path, options).setTimes(null, null, FileTime.fromMillis(5000))));
        }
        one("user attributes", path -> Files.readAttributes(path, "user:*"));
        one(
                "set user attribute",
                path -> done(() -> Files.setAttribute(path, "user:colour", "red".getBytes(StandardCharsets.UTF_8))));
        one(
                "set user attribute NOFOLLOW",
                path -> done(() -> Files.setAttribute(
                        path, "user:colour", "red".getBytes(StandardCharsets.UTF_8), NOFOLLOW_LINKS)));
        one("missing user attribute", path -> Files.getAttribute(path, "user:none"));
        one("unknown attribute", path -> Files.getAttribute(path, "posix:colour"));
        one("unknown view", path -> Files.getAttribute(path, "zfs:colour"));
    }

    private static BasicFileAttributeView times(Path path, LinkOption... options) {
        return Files.getFileAttributeView(path, BasicFileAttributeView.class, options);
    }

    private static Object chosen(Path path, LinkOption... options) throws IOException {
        return Files.readAttributes(path, "unix:mode,uid,gid,nlink,rdev,isOther,permissions,owner,group", options)
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + "="
                        + (entry.getValue() instanceof Set<?> set ? new TreeSet<>(set) : entry.getValue()))
                .sorted()
                .toList();
    }

    @SuppressWarnings("StreamResourceLeak") // One is closed before its end: what then?
    private static void directories() {
        one("newDirectoryStream", JdkOperations::names);
        one("newDirectoryStream glob", path -> {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(path, "[x-z]*")) {
                return sorted(stream);
            }
        });
        one("list", path -> {
            try (var entries = Files.list(path)) {
                return entries.map(Path::toString).sorted().toList();
            }
        });
        one("walk", path -> {
            try (var entries = Files.walk(path)) {
                return entries.map(Path::toString).sorted().toList();
            }
        });
        one("walk FOLLOW", path -> {
            try (var entries = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
                return entries.map(Path::toString).sorted().toList();
            }
        });
        one("walkFileTree", path -> {
            List<String> seen = new ArrayList<>();
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    seen.add("file " + file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    seen.add("failed " + failure);
                    return FileVisitResult.CONTINUE;
                }
            });
            seen.sort(null);
            return seen;
        });
        one("two iterators", path -> {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
                var unused = stream.iterator();
                return stream.iterator();
            }
        });
        one("iterator after close", path -> {
            DirectoryStream<Path> stream = Files.newDirectoryStream(path);
            stream.close();
            return stream.iterator();
        });
        one("next behind the end", path -> {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
                var entries = stream.iterator();
                while (entries.hasNext()) {
                    entries.next();
                }
                return entries.next();
            }
        });
        one("failing filter", path -> {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(path, entry -> {
                throw new IOException("no");
            })) {
                return sorted(stream);
            }
        });
    }

    private static List<String> names(Path path) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
            return sorted(stream);
        }
    }

    private static List<String> sorted(DirectoryStream<Path> stream) {
        List<String> names = new ArrayList<>();
        stream.forEach(entry -> names.add(entry.toString()));
        names.sort(null);
        return names;
    }

    private static Object channel(Path path, OpenOption... options) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(path, new LinkedHashSet<>(Arrays.asList(options)))) {
            return use(channel, path);
        }
    }

    /** Each step by itself: what it gives or throws is the outcome. */
    private static Object use(SeekableByteChannel channel, Path path) {
        List<String> seen = new ArrayList<>();
        boolean isDirectory = Files.isDirectory(path);
        step(seen, () -> isDirectory ? "directory" : "size " + channel.size() + " at " + channel.position());
        step(seen, () -> channel.read(ByteBuffer.allocate(3)));
        step(seen, () -> channel.write(ByteBuffer.wrap(new byte[] {7, 8})));
        step(seen, () -> isDirectory ? "" : channel.position());
        step(seen, () -> isDirectory ? "" : channel.position(9).position());
        step(seen, () -> channel.read(ByteBuffer.allocate(3)));
        step(seen, () -> channel.write(ByteBuffer.wrap(new byte[] {9})));
        step(seen, () -> isDirectory ? "" : channel.truncate(100).size() + " at " + channel.position());
        step(seen, () -> isDirectory ? "" : channel.truncate(6).size() + " at " + channel.position());
        step(seen, () -> ((FileChannel) channel).write(ByteBuffer.wrap(new byte[] {4}), 1));
        step(seen, () -> done(() -> ((FileChannel) channel).force(true)));
        step(seen, () -> ((FileChannel) channel).transferFrom(channelOf("from"), 2, 9));
        step(
                seen,
                () -> ((FileChannel) channel).read(new ByteBuffer[] {ByteBuffer.allocate(1), ByteBuffer.allocate(2)}));
        return seen;
    }

    private static java.nio.channels.ReadableByteChannel channelOf(String text) {
        return java.nio.channels.Channels.newChannel(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private interface Query {
        Object ask() throws Exception;
    }

    private static void step(List<String> seen, Query query) {
        try {
            seen.add(String.valueOf(query.ask()));
        } catch (Exception e) {
            seen.add(e.toString());
        }
    }

    private static void onTwo() {
        for (CopyOption[] options : new CopyOption[][] {
            {},
            {REPLACE_EXISTING},
            {COPY_ATTRIBUTES},
            {NOFOLLOW_LINKS, REPLACE_EXISTING},
            {REPLACE_EXISTING, COPY_ATTRIBUTES},
            {ATOMIC_MOVE},
            {interruptible()},
            {null}
        }) {
            ON_TWO.put("copy " + Arrays.toString(options), (from, to) -> Files.copy(from, to, options));
        }
        for (CopyOption[] options : new CopyOption[][] {
            {}, {REPLACE_EXISTING}, {ATOMIC_MOVE}, {COPY_ATTRIBUTES}, {NOFOLLOW_LINKS}, {interruptible()}
        }) {
            ON_TWO.put("move " + Arrays.toString(options), (from, to) -> Files.move(from, to, options));
        }
        ON_TWO.put("createLink", Files::createLink);
        ON_TWO.put("isSameFile", Files::isSameFile);
        ON_TWO.put("mismatch", Files::mismatch);
        ON_TWO.put("secure move", (from, to) -> {
            try (var source = open(from.getParent());
                    var target = open(to.getParent())) {
                source.move(from.getFileName(), target, to.getFileName());
                return "done";
            }
        });
    }

    private interface InDirectory {
        Object run(SecureDirectoryStream<Path> directory, Path name) throws Exception;
    }

    private static void secure(String name, InDirectory operation) {
        one("secure " + name, path -> {
            try (var directory = open(path.getParent())) {
                return operation.run(directory, path.getFileName());
            }
        });
    }

    // SecureDirectoryStream<Path> is what Linux gives. The callers close it.
    @SuppressWarnings({"unchecked", "StreamResourceLeak"})
    private static SecureDirectoryStream<Path> open(Path directory) throws IOException {
        return (SecureDirectoryStream<Path>) Files.newDirectoryStream(directory);
    }

    private static void secure() {
        secure("deleteFile", (directory, name) -> done(() -> directory.deleteFile(name)));
        secure("deleteDirectory", (directory, name) -> done(() -> directory.deleteDirectory(name)));
        for (LinkOption[] options : new LinkOption[][] {{}, {NOFOLLOW_LINKS}}) {
            String suffix = " " + Arrays.toString(options);
            secure("newDirectoryStream" + suffix, (directory, name) -> {
                try (DirectoryStream<Path> stream = directory.newDirectoryStream(name, options)) {
                    return sorted(stream);
                }
            });
            secure("attributes" + suffix, (directory, name) -> {
                PosixFileAttributes is = directory
                        .getFileAttributeView(name, PosixFileAttributeView.class, options)
                        .readAttributes();
                return is.owner() + PosixFilePermissions.toString(is.permissions()) + is.isSymbolicLink();
            });
            secure(
                    "set permissions" + suffix,
                    (directory, name) -> done(() -> directory
                            .getFileAttributeView(name, PosixFileAttributeView.class, options)
                            .setPermissions(PosixFilePermissions.fromString("rwx--x---"))));
            secure(
                    "set owner" + suffix,
                    (directory, name) -> done(() -> {
                        var view = directory.getFileAttributeView(name, PosixFileAttributeView.class, options);
                        view.setOwner(view.getOwner());
                    }));
            secure(
                    "set modified" + suffix,
                    (directory, name) -> done(() -> directory
                            .getFileAttributeView(name, BasicFileAttributeView.class, options)
                            .setTimes(FileTime.fromMillis(5000), null, null)));
        }
        for (OpenOption[] options : new OpenOption[][] {
            {READ}, {WRITE, CREATE}, {WRITE, CREATE_NEW}, {READ, NOFOLLOW_LINKS}, {READ, DELETE_ON_CLOSE}
        }) {
            secure("channel " + Arrays.toString(options), (directory, name) -> {
                try (SeekableByteChannel channel = directory.newByteChannel(name, Set.of(options))) {
                    return channel.isOpen();
                }
            });
        }
        secure(
                "own permissions",
                (directory, name) -> done(() -> directory
                        .getFileAttributeView(PosixFileAttributeView.class)
                        .setPermissions(PosixFilePermissions.fromString("rwx--x--x"))));
        one("secure absolute", path -> {
            try (var directory = open(path.getParent())) {
                directory.newByteChannel(path, Set.of(READ)).close();
                return "opened";
            }
        });
        secure(
                "through ..",
                (directory, name) ->
                        done(() -> directory.deleteFile(name.getFileSystem().getPath("..", "no", "such"))));
        secure("after close", (directory, name) -> {
            directory.close();
            directory.deleteFile(name);
            return "deleted";
        });
    }

    /** Newer compilers warn of the JDK's enum of it whenever it is named, hence by name. */
    private static CopyOption interruptible() {
        try {
            return (CopyOption) Class.forName("com.sun.nio.file.ExtendedCopyOption")
                    .getField("INTERRUPTIBLE")
                    .get(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
