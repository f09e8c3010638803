package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.program.Reasons;
import com.cocalc.storage.testkit.cluster.program.UnixFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A container as the runtime sees it while it mounts: as root, with what is mounted already. Paths here are absolute
 * and clean; the root is the empty text.
 */
final class RuntimeView implements AutoCloseable {

    /** The step in which runc makes a file. */
    static final String MAKE_FILE = "create target of file bind-mount: mknod regular file";

    private static final int MAX_LINKS = 255;
    private static final String NOT_A_DIRECTORY = "Not a directory";

    /** The mounts by path: the image at the root, files as empty values. */
    private final Map<String, Mounted> mounted = new HashMap<>();

    private final List<Mounted> hidden = new ArrayList<>();

    /** The kind of the entry at a path. */
    private enum Kind {
        DIRECTORY,
        /** Anything other than a directory. */
        FILE,
        MISSING
    }

    private sealed interface Mounted permits Directory, SingleFile {}

    private record Directory(FileSystem files) implements Mounted {}

    private record SingleFile() implements Mounted {}

    RuntimeView(RwxVolume image) {
        mounted.put("", new Directory(image.mount(Mount.asRoot())));
    }

    void addDirectory(String path, FileSystem files) {
        mounted.put(path, new Directory(files));
    }

    /** A volume is mounted on the root, and hides what was mounted before. */
    void hideAll(FileSystem files) {
        hidden.addAll(mounted.values());
        mounted.clear();
        mounted.put("", new Directory(files));
    }

    void addFile(String path) {
        mounted.put(path, new SingleFile());
    }

    boolean isMountPoint(String path) {
        return mounted.containsKey(path);
    }

    /** Returns whether no volume is mounted at a path or above it. */
    boolean isOfImage(String path) {
        return hidden.isEmpty() && pointAbove(path).isEmpty();
    }

    /** Returns the mount path of the innermost mount that contains a path. */
    private String pointAbove(String path) {
        String innermost = "";
        for (String point : mounted.keySet()) {
            boolean isAbove =
                    path.startsWith(point) && (path.length() == point.length() || path.charAt(point.length()) == '/');
            innermost = isAbove && point.length() > innermost.length() ? point : innermost;
        }
        return innermost;
    }

    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /**
     * Follows links as securejoin, the library of runc, does: none leads out of the container's root, and missing names
     * are kept like any other.
     */
    String resolve(String path) throws MountPointException {
        Deque<String> waiting = new ArrayDeque<>(List.of(path.split("/", -1)));
        String resolved = "";
        int links = 0;
        while (!waiting.isEmpty()) {
            String name = waiting.remove();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                resolved = parent(resolved);
                continue;
            }
            String next = resolved + "/" + name;
            if (!isLink(next)) {
                resolved = next;
                continue;
            }
            links++;
            if (links > MAX_LINKS) {
                throw new MountPointException("SecureJoin", "/" + path, Reasons.TOO_MANY_LINKS);
            }
            String target = target(next);
            resolved = target.startsWith("/") ? "" : resolved;
            String[] names = target.split("/", -1);
            for (int i = names.length - 1; i >= 0; i--) {
                waiting.push(names[i]);
            }
        }
        return resolved;
    }

    private String target(String link) throws MountPointException {
        try {
            return Files.readSymbolicLink(path(link)).toString();
        } catch (IOException e) {
            throw new MountPointException("readlink", "/" + link, Reasons.of(e));
        }
    }

    private boolean isLink(String path) throws MountPointException {
        try {
            return !isMountPoint(path) && UnixFile.lstat(path(path)).isLink();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            if (Reasons.of(e).equals(NOT_A_DIRECTORY)) {
                return false;
            }
            throw new MountPointException("lstat", "/" + path, Reasons.of(e));
        }
    }

    boolean isDirectory(String path) {
        return isOfKind(path, Kind.DIRECTORY);
    }

    boolean isFile(String path) {
        return isOfKind(path, Kind.FILE);
    }

    private boolean isOfKind(String path, Kind kind) {
        try {
            return kind(path) == kind;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the kind of the entry at a resolved path. */
    private Kind kind(String path) throws IOException {
        if (mounted.get(path) instanceof SingleFile) {
            return Kind.FILE;
        }
        try {
            return UnixFile.lstat(path(path)).isDirectory() ? Kind.DIRECTORY : Kind.FILE;
        } catch (NoSuchFileException e) {
            return Kind.MISSING;
        }
    }

    /** Makes a resolved path and its missing parents into directories. */
    void makeDirectories(String path) throws MountPointException {
        makeDirectories(path, "");
    }

    private void makeDirectories(String path, String purpose) throws MountPointException {
        String next = "";
        for (String name : path.substring(Math.min(1, path.length())).split("/", -1)) {
            next = next + "/" + name;
            if (!name.isEmpty() && !isDirectory(next, purpose)) {
                try {
                    Files.createDirectory(path(next));
                } catch (IOException e) {
                    throw new MountPointException(purpose + "mkdirat", next, Reasons.of(e));
                }
            }
        }
    }

    /** Returns whether a directory is there, or nothing. */
    private boolean isDirectory(String path, String purpose) throws MountPointException {
        Kind kind;
        try {
            kind = kind(path);
        } catch (IOException e) {
            throw new MountPointException(purpose + "openat", path, Reasons.of(e));
        }
        if (kind == Kind.FILE) {
            throw new MountPointException(purpose + "cannot mkdir in", path, NOT_A_DIRECTORY);
        }
        return kind == Kind.DIRECTORY;
    }

    /** Makes a file at a resolved path, unless one is there. */
    void makeFile(String path) throws MountPointException {
        if (isFile(path)) {
            return;
        }
        makeDirectories(parent(path), "make parent dir of file bind-mount: ");
        try {
            Files.createFile(path(path));
        } catch (IOException e) {
            throw new MountPointException(MAKE_FILE, path, Reasons.of(e));
        }
    }

    /**
     * Makes a path's missing directories as Go's {@code MkdirAll} does: it does not make the target of a link.
     *
     * @throws FileSystemException if one cannot be made, with its path in the container
     */
    void makeMissing(String path) throws FileSystemException {
        String above = "";
        for (String name : path.split("/", -1)) {
            if (!name.isEmpty()) {
                makeMissing(above, name);
                above = above + "/" + name;
            }
        }
    }

    private void makeMissing(String above, String name) throws FileSystemException {
        try {
            String real = resolve(above + "/" + name);
            Kind kind = kind(real);
            if (kind == Kind.FILE) {
                throw new FileSystemException(real, null, NOT_A_DIRECTORY);
            }
            if (kind == Kind.MISSING && isLink(resolve(above) + "/" + name)) {
                throw new FileAlreadyExistsException(real);
            }
            if (kind == Kind.MISSING) {
                Files.createDirectory(path(real));
            }
        } catch (IOException e) {
            throw new FileSystemException(above + "/" + name, null, Reasons.of(e));
        }
    }

    /** Returns whether root can enter a directory. */
    boolean isSearchable(String directory) {
        try {
            UnixFile.stat(path(resolve(directory)).resolve("."));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Path path(String path) throws IOException {
        String point = pointAbove(path);
        if (mounted.get(point) instanceof Directory directory) {
            return directory.files().getPath("/" + path.substring(Math.min(path.length(), point.length() + 1)));
        }
        throw new FileSystemException(path, null, NOT_A_DIRECTORY);
    }

    @Override
    public void close() throws IOException {
        hidden.addAll(mounted.values());
        for (Mounted mount : hidden) {
            if (mount instanceof Directory directory) {
                directory.files().close();
            }
        }
    }
}
