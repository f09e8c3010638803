package com.cocalc.storage.rwx;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The conveniences of {@code Files}, visitors and channels, on one path. Uses the JDK alone. */
final class JdkMoreOperations {
    private interface OnOne {
        Object run(Path path) throws Exception;
    }

    private interface Step {
        Object run() throws Exception;
    }

    private final Map<String, JdkOperations.Operation> operations;

    private JdkMoreOperations(Map<String, JdkOperations.Operation> operations) {
        this.operations = operations;
    }

    static void addTo(Map<String, JdkOperations.Operation> operations) {
        JdkMoreOperations more = new JdkMoreOperations(operations);
        more.text();
        more.attributes();
        more.trees();
        more.channels();
        more.locks();
        more.asynchronous();
    }

    private void one(String name, OnOne operation) {
        operations.put(name, (first, second) -> operation.run(first));
    }

    private static FileAttribute<?> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    private void text() {
        one("readString", Files::readString);
        one("readAllLines", Files::readAllLines);
        one("lines", path -> {
            try (var lines = Files.lines(path)) {
                return lines.toList();
            }
        });
        one("bufferedReader", path -> {
            try (BufferedReader reader = Files.newBufferedReader(path)) {
                return reader.readLine();
            }
        });
        one("bufferedWriter", path -> {
            try (BufferedWriter writer = Files.newBufferedWriter(path, CREATE_NEW)) {
                writer.write("text");
            }
            return "written";
        });
        one("write lines", path -> Files.write(path, List.of("a", "b"), APPEND));
        one("writeString CREATE_NEW", path -> Files.writeString(path, "new", CREATE_NEW, WRITE));
        one("writeString READ", path -> Files.writeString(path, "new", READ));
        one("copy to stream", path -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            return Files.copy(path, out) + " " + out.size();
        });
        one("createTempFile with a slash", path -> Files.createTempFile(path, "a/b", null));
        one(
                "createTempDirectory rwxrwxrwx",
                path -> Files.createTempDirectory(path, "t", permissions("rwxrwxrwx"))
                        .getParent());
        one("createFile rws", path -> Files.createFile(path.resolve("x/y"), permissions("r-x------")));
        one("createLink to itself", path -> Files.createLink(path, path));
        one("isSameFile by another way", path -> Files.isSameFile(path, path.resolve("../" + path.getFileName())));
    }

    private void attributes() {
        one("setOwner", path -> Files.setOwner(path, accounts(path).lookupPrincipalByName("2002")));
        one("setOwner root", path -> Files.setOwner(path, accounts(path).lookupPrincipalByName("0")));
        one("set posix:group", path -> set(path, "posix:group", accounts(path).lookupPrincipalByGroupName("2002")));
        one(
                "set posix:group NOFOLLOW",
                path -> set(path, "posix:group", accounts(path).lookupPrincipalByGroupName("2001"), NOFOLLOW_LINKS));
        one(
                "setPosixFilePermissions",
                path -> Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-")));
        one("setLastModifiedTime", path -> Files.setLastModifiedTime(path, FileTime.fromMillis(123_456)));
        one("set creationTime", path -> set(path, "basic:creationTime", FileTime.fromMillis(7_000)));
        one("set lastAccessTime", path -> set(path, "lastAccessTime", FileTime.fromMillis(7_000)));
        one("set size", path -> set(path, "size", 7L));
        one("set unix:mode of a wrong type", path -> set(path, "unix:mode", "755"));
        one("set unix:mode with kind", path -> set(path, "unix:mode", 0100640));
        one("set unix:gid other", path -> set(path, "unix:gid", 2002));
        one("set unix:nlink", path -> set(path, "unix:nlink", 2));
        one("set nothing", path -> set(path, "", 2));
        one("old", path -> Files.getLastModifiedTime(path, NOFOLLOW_LINKS).equals(JdkArena.LONG_AGO));
        one(
                "created long ago",
                path -> Files.getAttribute(path, "creationTime", NOFOLLOW_LINKS).equals(JdkArena.LONG_AGO));
        one(
                "basic attributes alone",
                path -> Files.readAttributes(path, BasicFileAttributes.class) instanceof PosixFileAttributes);
        one("attribute list", path -> Files.readAttributes(path, "posix:isDirectory,group,isOther", NOFOLLOW_LINKS));
        one("attributes of nothing", path -> Files.readAttributes(path, "posix:"));
        one("user attributes with NUL", path -> {
            UserDefinedFileAttributeView view = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
            List<String> seen = new ArrayList<>();
            step(seen, () -> view.write("cut\0off", ByteBuffer.wrap(new byte[] {1})));
            step(seen, () -> view.size("cut"));
            step(seen, () -> view.write("\0", ByteBuffer.wrap(new byte[] {1})));
            step(seen, view::list);
            return seen;
        });
        one("user attribute steps", path -> {
            UserDefinedFileAttributeView view = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
            List<String> seen = new ArrayList<>();
            step(seen, view::list);
            step(seen, () -> view.write("colour", ByteBuffer.wrap(new byte[] {1, 2, 3})));
            step(seen, view::list);
            step(seen, () -> view.size("colour"));
            step(seen, () -> view.read("colour", ByteBuffer.allocate(2)));
            step(seen, () -> view.read("colour", ByteBuffer.allocate(9)));
            step(seen, () -> view.read("none", ByteBuffer.allocate(9)));
            step(seen, () -> {
                view.delete("colour");
                return "deleted";
            });
            step(seen, () -> {
                view.delete("colour");
                return "deleted";
            });
            return seen;
        });
    }

    private static Object set(Path path, String name, Object value, LinkOption... options) throws IOException {
        return Files.setAttribute(path, name, value, options).equals(path);
    }

    private static UserPrincipalLookupService accounts(Path path) {
        return path.getFileSystem().getUserPrincipalLookupService();
    }

    private void trees() {
        one("find", path -> {
            try (var found = Files.find(path, 2, (entry, is) -> is.isRegularFile())) {
                return found.map(Path::toString).sorted().toList();
            }
        });
        one("walk 0", path -> {
            try (var found = Files.walk(path, 0)) {
                return found.map(Path::toString).toList();
            }
        });
        one("walk 1 FOLLOW", path -> {
            try (var found = Files.walk(path, 1, FileVisitOption.FOLLOW_LINKS)) {
                return found.map(Path::toString).sorted().toList();
            }
        });
        one("visit", path -> visit(path, EnumSet.noneOf(FileVisitOption.class), 9));
        one("visit FOLLOW", path -> visit(path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), 9));
        one("visit 1", path -> visit(path, EnumSet.noneOf(FileVisitOption.class), 1));
        one("delete the tree", path -> {
            List<String> seen = new ArrayList<>();
            Files.walkFileTree(path, new Deleting(seen));
            seen.sort(null);
            return seen;
        });
    }

    private static List<String> visit(Path path, Set<FileVisitOption> options, int depth) throws IOException {
        List<String> seen = new ArrayList<>();
        Files.walkFileTree(path, options, depth, new Listing(seen));
        seen.sort(null);
        return seen;
    }

    private static class Listing implements FileVisitor<Path> {
        final List<String> seen;

        Listing(List<String> seen) {
            this.seen = seen;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes is) {
            seen.add("into " + directory + is.isDirectory());
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
            seen.add("at " + file + is.isSymbolicLink() + is.isDirectory() + is.isRegularFile());
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            seen.add("not " + file + " " + failure);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            seen.add("out of " + directory + " " + failure);
            return FileVisitResult.CONTINUE;
        }
    }

    private static final class Deleting extends Listing {
        Deleting(List<String> seen) {
            super(seen);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
            step(seen, () -> Files.deleteIfExists(file));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
            step(seen, () -> Files.deleteIfExists(directory));
            return FileVisitResult.CONTINUE;
        }
    }

    private void channels() {
        one("edges of a channel", path -> {
            FileChannel channel = FileChannel.open(path, READ, WRITE);
            List<String> seen = new ArrayList<>();
            step(seen, () -> channel.position(-1));
            step(seen, () -> channel.truncate(-1));
            step(seen, () -> channel.read(ByteBuffer.allocate(1), -1));
            step(seen, () -> channel.write(ByteBuffer.allocate(1), -1));
            step(seen, () -> channel.read(ByteBuffer.allocate(1), Long.MAX_VALUE));
            step(seen, () -> channel.read(ByteBuffer.allocate(0), Long.MAX_VALUE));
            step(seen, () -> channel.read(ByteBuffer.allocate(1).asReadOnlyBuffer()));
            step(seen, () -> channel.read(new ByteBuffer[0]));
            step(seen, () -> channel.write(new ByteBuffer[] {ByteBuffer.allocate(2)}, 0, 2));
            step(seen, () -> channel.transferTo(0, -1, channel));
            step(seen, () -> channel.transferTo(2, 2, channel));
            step(seen, () -> channel.size() + " " + channel.position());
            step(seen, () -> channel.transferFrom(channel, 99, 1));
            step(seen, () -> channel.truncate(0).write(ByteBuffer.allocate(0)));
            channel.close();
            step(seen, channel::size);
            step(seen, () -> channel.position(-1));
            step(seen, channel::lock);
            return seen;
        });
        for (OpenOption[] options : new OpenOption[][] {
            {WRITE, CREATE_NEW, SPARSE}, {READ, WRITE, DSYNC}, {WRITE, CREATE, TRUNCATE_EXISTING, NOFOLLOW_LINKS}
        }) {
            one("FileChannel.open " + List.of(options), path -> {
                try (FileChannel channel = FileChannel.open(path, Set.of(options), permissions("rwxrwxrwx"))) {
                    return channel.write(ByteBuffer.wrap(new byte[] {1, 2})) + " " + channel.position();
                }
            });
        }
        one("FileChannel.open with another attribute", path -> {
            try (FileChannel channel = FileChannel.open(path, Set.of(WRITE, CREATE), new FileAttribute<String>() {
                @Override
                public String name() {
                    return "user:colour";
                }

                @Override
                public String value() {
                    return "red";
                }
            })) {
                return channel.size();
            }
        });
    }

    private void locks() {
        one("locks", path -> {
            try (FileChannel reader = FileChannel.open(path, READ);
                    FileChannel writer = FileChannel.open(path, WRITE)) {
                List<String> seen = new ArrayList<>();
                step(seen, () -> reader.tryLock());
                step(seen, () -> reader.tryLock(0, 2, true).isShared());
                step(seen, () -> writer.tryLock(1, 2, false));
                step(seen, () -> writer.tryLock(2, 2, true));
                step(seen, () -> writer.tryLock(2, 2, false).isValid());
                step(seen, () -> writer.lock(-1, 2, false));
                step(seen, () -> writer.lock(0, -2, false));
                step(seen, () -> writer.lock(8, Long.MAX_VALUE, false));
                return seen;
            }
        });
    }

    private void asynchronous() {
        one("asynchronous", path -> {
            AsynchronousFileChannel channel = AsynchronousFileChannel.open(path, READ, WRITE);
            List<String> seen = new ArrayList<>();
            step(seen, () -> channel.read(ByteBuffer.allocate(3), 1).get());
            step(seen, () -> channel.read(ByteBuffer.allocate(3), 99).get());
            step(
                    seen,
                    () -> channel.write(ByteBuffer.wrap(new byte[] {1, 2}), 4).get());
            step(seen, () -> channel.read(ByteBuffer.allocate(3), -1).get());
            step(seen, () -> channel.truncate(3).size());
            step(seen, () -> channel.truncate(-1));
            step(seen, () -> channel.tryLock(0, 1, true).isShared());
            channel.close();
            step(seen, channel::size);
            step(seen, () -> channel.read(ByteBuffer.allocate(3), 1).get());
            return seen;
        });
        one("asynchronous reader", path -> {
            try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(path)) {
                List<String> seen = new ArrayList<>();
                step(seen, () -> channel.write(ByteBuffer.allocate(1), 0).get());
                step(seen, () -> channel.truncate(0));
                step(seen, () -> channel.lock(0, 1, false).get());
                return seen;
            }
        });
        for (Set<OpenOption> options : List.of(
                Set.<OpenOption>of(WRITE, APPEND),
                Set.<OpenOption>of(READ, APPEND),
                Set.<OpenOption>of(APPEND, TRUNCATE_EXISTING))) {
            one("asynchronous " + new TreeSet<>(options), path -> AsynchronousFileChannel.open(path, options, null));
        }
        one("asynchronous CREATE_NEW", path -> {
            try (AsynchronousFileChannel channel =
                    AsynchronousFileChannel.open(path, Set.of(WRITE, CREATE_NEW), null, permissions("rw-rw-rw-"))) {
                return channel.size();
            }
        });
    }

    /** What a step gives or throws is the outcome; no identity of an object shows. */
    private static void step(List<String> seen, Step step) {
        try {
            Object given = step.run();
            seen.add(
                    given == null
                                    || given instanceof Number
                                    || given instanceof Boolean
                                    || given instanceof List
                                    || given instanceof String
                            ? String.valueOf(given)
                            : "something");
        } catch (Exception e) {
            seen.add(e.toString());
        }
    }
}
