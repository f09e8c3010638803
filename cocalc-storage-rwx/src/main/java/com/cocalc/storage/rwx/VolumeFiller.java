package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Pages;
import com.cocalc.storage.rwx.disk.Stat;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import com.cocalc.storage.rwx.kernel.Syscalls;
import com.cocalc.storage.rwx.nio.path.HostPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts files into a volume from outside, as root. */
final class VolumeFiller {
    private static final int CHUNK = 1 << 16;

    private final Syscalls calls;
    /** The first names of files that may have additional ones, by the key of the file. */
    private final Map<String, byte[]> copied = new HashMap<>();

    VolumeFiller(RwxVolume volume) {
        this.calls = volume.server().syscallsOfTest(Mount.asRoot().umask(0).attachment());
    }

    /** Creates the files of a text tree. */
    void fill(String tree) {
        for (String text : tree.lines().toList()) {
            // Further blanks that Unicode knows may be part of a name.
            String trimmed = text.trim();
            if (!trimmed.isEmpty()) {
                TreeLine line = TreeLine.parse(trimmed);
                try {
                    put(line);
                } catch (ErrnoException e) {
                    throw new IllegalArgumentException(
                            "line of a tree could not be created (" + e.errno().text() + "): " + trimmed, e);
                }
            }
        }
    }

    private void put(TreeLine line) throws ErrnoException {
        byte[] path = TreeLine.unescaped(line.path().isEmpty() ? "." : line.path());
        makeParents(path);
        if (line.kind() == TreeLine.Kind.SAME) {
            putName(line, path);
            return;
        }
        switch (line.kind()) {
            case DIRECTORY -> makeDirectory(path);
            case LINK -> calls.symlink(TreeLine.unescaped(String.valueOf(line.target())), null, path);
            case FILE -> putFile(line, path);
            case FIFO -> calls.mkfifo(null, path, line.mode());
            case SAME -> throw new AssertionError(line);
        }
        calls.chown(null, path, line.uid(), line.gid(), false);
        if (line.kind() != TreeLine.Kind.LINK) {
            calls.chmod(null, path, line.mode(), true);
        }
    }

    /** Adds a name to an existing file; refuses a line that states anything that the file does not have. */
    private void putName(TreeLine line, byte[] path) throws ErrnoException {
        byte[] first = TreeLine.unescaped(String.valueOf(line.target()));
        Stat file = calls.stat(null, first, false);
        if (file.permissions() != line.mode() || file.uid() != line.uid() || file.gid() != line.gid()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "a further name must have mode and owner of its file, %04o %d:%d, but has %04o %d:%d: %s",
                    file.permissions(),
                    file.uid(),
                    file.gid(),
                    line.mode(),
                    line.uid(),
                    line.gid(),
                    line.path()));
        }
        calls.link(null, first, null, path);
    }

    private void putFile(TreeLine line, byte[] path) throws ErrnoException {
        OpenFile file = create(path);
        try {
            String contents = line.contents();
            if (contents.startsWith("\"")) {
                write(file, JsonString.parse(contents).getBytes(StandardCharsets.UTF_8));
            } else if (!contents.equals("-")) {
                file.truncate(Long.parseLong(contents));
            }
        } finally {
            file.close();
        }
    }

    private void makeParents(byte[] path) throws ErrnoException {
        for (int i = 1; i < path.length; i++) {
            if (path[i] == '/') {
                makeDirectory(Arrays.copyOf(path, i));
            }
        }
    }

    private void makeDirectory(byte[] path) throws ErrnoException {
        try {
            calls.mkdir(null, path, 0755);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }

    private OpenFile create(byte[] path) throws ErrnoException {
        return calls.open(null, path, OpenFlags.WRITE | OpenFlags.CREAT | OpenFlags.EXCL, 0644);
    }

    private static void write(OpenFile file, byte[] contents) throws ErrnoException {
        ByteBuffer src = ByteBuffer.wrap(contents);
        while (src.hasRemaining()) {
            file.append(src);
        }
    }

    /** Copies a directory of another file system, with modes and owners if it has them. */
    void fill(Path directory) throws IOException {
        // A link to a directory would be copied as a link.
        Path real = directory.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new NotDirectoryException(directory.toString());
        }
        for (Path path : below(real)) {
            byte[] name = HostPath.bytes(real.relativize(path));
            try {
                copyIn(path, name.length == 0 ? new byte[] {'.'} : name);
            } catch (ErrnoException e) {
                throw new IOException(
                        path + " could not be copied into the volume: "
                                + e.errno().text(),
                        e);
            }
        }
    }

    private static List<Path> below(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void copyIn(Path from, byte[] path) throws IOException, ErrnoException {
        Map<String, @Nullable Object> unix = unixAttributes(from);
        boolean mayHaveMore = unix.get("nlink") instanceof Integer names && names > 1;
        if (mayHaveMore && !Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            byte[] first = copied.putIfAbsent(unix.get("dev") + ":" + unix.get("ino"), path);
            if (first != null) {
                calls.link(null, first, null, path);
                return;
            }
        }
        Object mode = unix.get("mode");
        if (Files.isSymbolicLink(from)) {
            calls.symlink(HostPath.bytes(Files.readSymbolicLink(from)), null, path);
        } else if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            makeDirectory(path);
        } else if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
            copyContents(from, path);
        } else if (mode instanceof Integer bits && (bits & Stat.TYPE_MASK) == Stat.FIFO) {
            calls.mkfifo(null, path, bits & 07777);
        } else {
            throw new IOException(
                    from + " is not a directory, file, link or FIFO, and a volume has nothing else; leave it out");
        }
        if (unix.get("uid") instanceof Integer uid && unix.get("gid") instanceof Integer gid) {
            calls.chown(null, path, Integer.toUnsignedLong(uid), Integer.toUnsignedLong(gid), false);
        }
        if (mode instanceof Integer bits && !Files.isSymbolicLink(from)) {
            calls.chmod(null, path, bits & 07777, true);
        }
    }

    private void copyContents(Path from, byte[] path) throws IOException, ErrnoException {
        OpenFile file = create(path);
        try (InputStream in = Files.newInputStream(from)) {
            long end = 0;
            byte[] chunk = in.readNBytes(CHUNK);
            while (chunk.length > 0) {
                writeBlocks(file, chunk, end);
                end += chunk.length;
                chunk = in.readNBytes(CHUNK);
            }
            file.truncate(end);
        } finally {
            file.close();
        }
    }

    /** Java cannot ask for the holes of a file, and one of zeros takes no memory. */
    private static void writeBlocks(OpenFile file, byte[] chunk, long position) throws ErrnoException {
        for (int start = 0; start < chunk.length; start += Pages.SIZE) {
            int end = Math.min(chunk.length, start + Pages.SIZE);
            if (!isZero(chunk, start, end)) {
                ByteBuffer block = ByteBuffer.wrap(chunk, start, end - start);
                for (long at = position + start; block.hasRemaining(); ) {
                    at += file.write(block, at);
                }
            }
        }
    }

    private static boolean isZero(byte[] chunk, int start, int end) {
        for (int i = start; i < end; i++) {
            if (chunk[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, @Nullable Object> unixAttributes(Path path) throws IOException {
        boolean isUnix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        if (!isUnix) {
            return Map.of();
        }
        return new HashMap<>(Files.readAttributes(path, "unix:mode,uid,gid,nlink,dev,ino", LinkOption.NOFOLLOW_LINKS));
    }
}
