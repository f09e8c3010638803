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

    private static final int MAX_LINKS = 255;
    private static final String NOT_A_DIRECTORY = "Not a directory";

    /** The mounts by path: the image at the root, files as empty values. */
    private final Map<String, Mounted> mounted = new HashMap<>();

    private final List<Mounted> hidden = new ArrayList<>();

    /** The kind of the entry at a path. */
    enum Kind {
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
    String resolve(String path) throws IOException {
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
                throw new FileSystemException(path, null, Reasons.TOO_MANY_LINKS);
            }
            String target = Files.readSymbolicLink(path(next)).toString();
            resolved = target.startsWith("/") ? "" : resolved;
            String[] names = target.split("/", -1);
            for (int i = names.length - 1; i >= 0; i--) {
                waiting.push(names[i]);
            }
        }
        return resolved;
    }

    private boolean isLink(String path) throws IOException {
        try {
            return !isMountPoint(path) && UnixFile.lstat(path(path)).isLink();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            if (Reasons.of(e).equals(NOT_A_DIRECTORY)) {
                return false;
            }
            throw e;
        }
    }

    /** Returns the kind of the entry at a resolved path. */
    Kind kind(String path) throws IOException {
        if (mounted.get(path) instanceof SingleFile) {
            return Kind.FILE;
        }
        try {
            return UnixFile.lstat(path(path)).isDirectory() ? Kind.DIRECTORY : Kind.FILE;
        } catch (NoSuchFileException e) {
            return Kind.MISSING;
        }
    }

    void makeDirectories(String path) throws IOException {
        if (path.isEmpty() || kind(path) == Kind.DIRECTORY) {
            return;
        }
        makeDirectories(parent(path));
        Files.createDirectory(path(path));
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

    void makeFile(String path) throws IOException {
        makeDirectories(parent(path));
        Files.createFile(path(path));
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
