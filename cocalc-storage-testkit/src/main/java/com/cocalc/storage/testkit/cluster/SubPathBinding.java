package com.cocalc.storage.testkit.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cocalc.storage.testkit.cluster.program.Reasons;
import com.cocalc.storage.testkit.cluster.program.UnixFile;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds the directory or file of a sub-path, as root of the node: links are resolved once, as paths of the node, and
 * must stay inside the volume. A missing directory is created with the mode of the volume's root.
 */
final class SubPathBinding {

    private static final int MAX_LINKS = 255;
    private static final int MAX_PATH = 4095;

    private final PodVolume volume;
    private final FileSystem files;
    private final String what;

    private SubPathBinding(PodVolume volume, FileSystem files, String what) {
        this.volume = volume;
        this.files = files;
        this.what = what;
    }

    /**
     * Finds the directory or file of a sub-path, or creates the directory.
     *
     * @param what the container and mount, as of {@link #what}
     * @return its real path on the volume, without a slash at either end; empty for the whole
     */
    static String bind(PodVolume volume, String subPath, String what) throws Trouble {
        List<String> elements = elements(subPath);
        try (FileSystem files = volume.volume().mount(volume.mountOfNode())) {
            new SubPathBinding(volume, files, what).makeIfMissing(elements);
        } catch (IOException e) {
            throw new AssertionError("closing a mount in memory", e);
        }
        // Afresh: a client of NFS goes on to miss what it missed once.
        try (FileSystem files = volume.volume().mount(volume.mountOfNode())) {
            return new SubPathBinding(volume, files, what).find(elements);
        } catch (IOException e) {
            throw new AssertionError("closing a mount in memory", e);
        }
    }

    /** Returns the container and mount, for messages. */
    static String what(Container container, VolumeMount mount) {
        return "volumeMount \"" + mount.getName() + "\" of container \"" + container.getName() + "\"";
    }

    private static List<String> elements(String path) {
        List<String> elements = new ArrayList<>();
        for (String element : path.split("/", -1)) {
            if (!element.isEmpty() && !element.equals(".")) {
                elements.add(element);
            }
        }
        return elements;
    }

    private void makeIfMissing(List<String> elements) throws Trouble {
        try {
            resolve(elements);
        } catch (NoSuchFileException e) {
            make(elements);
        } catch (IOException | InvalidPathException e) {
            // The kubelet only asks whether it is there, and goes on.
        }
    }

    private String find(List<String> elements) throws Trouble {
        try {
            String real = resolve(elements);
            if (volume.holds(real)) {
                return volume.partAt(real);
            }
        } catch (IOException | InvalidPathException e) {
            // Refused like what is outside of the volume.
        }
        // The kubelet keeps the reason to itself: it would tell about the node.
        throw Trouble.config("failed to prepare subPath for " + what);
    }

    /**
     * Creates directories below the existing ones, after their links, with all bits of the root's mode, whatever the
     * umask is.
     */
    private void make(List<String> elements) throws Trouble {
        int mode = modeOfVolume();
        try {
            String real = volume.nodePath();
            int there = 0;
            try {
                while (there < elements.size()) {
                    real = resolve(elements.subList(0, there + 1));
                    there++;
                }
            } catch (NoSuchFileException e) {
                // From here on it is missing.
            }
            if (!volume.holds(real)) {
                throw new FileSystemException(real, null, "outside of the volume");
            }
            for (String element : elements.subList(there, elements.size())) {
                real = real + "/" + element;
                Files.createDirectory(path(real));
                UnixFile.chmod(path(real), mode);
            }
        } catch (IOException | InvalidPathException e) {
            throw Trouble.config("failed to create subPath directory for " + what);
        }
    }

    private int modeOfVolume() throws Trouble {
        try {
            return UnixFile.stat(path(volume.nodePath())).permissions();
        } catch (IOException e) {
            throw Trouble.config("stat " + volume.writtenPath() + ": " + Trouble.inGo(e));
        }
    }

    private Path path(String onNode) {
        return files.getPath("/" + volume.partAt(onNode));
    }

    /** Returns the real path on the node, as Go's filepath.EvalSymlinks finds it. */
    private String resolve(List<String> elements) throws IOException {
        Deque<String> waiting = new ArrayDeque<>(List.of(volume.nodePath().split("/", -1)));
        waiting.addAll(elements);
        if (String.join("/", waiting).getBytes(UTF_8).length > MAX_PATH) {
            throw new FileSystemException(volume.nodePath(), null, "File name too long");
        }
        String real = "";
        int links = 0;
        while (!waiting.isEmpty()) {
            String name = waiting.remove();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                real = RuntimeView.parent(real);
                continue;
            }
            String next = real + "/" + name;
            if (isDirectoryOfNode(next)) {
                real = next;
                continue;
            }
            if (!volume.holds(next)) {
                requireFileOfNode(next, waiting);
                real = next;
                continue;
            }
            UnixFile file = UnixFile.lstat(path(next));
            if (!file.isLink()) {
                requireEnd(file.isDirectory(), next, waiting);
                real = next;
                continue;
            }
            links++;
            if (links > MAX_LINKS) {
                throw new FileSystemException(next, null, Reasons.TOO_MANY_LINKS);
            }
            String target = Files.readSymbolicLink(path(next)).toString();
            requireNoSlashBehindFile(next, target);
            real = target.startsWith("/") ? "" : real;
            String[] names = target.split("/", -1);
            for (int i = names.length - 1; i >= 0; i--) {
                waiting.push(names[i]);
            }
        }
        return real;
    }

    /** Checks that a link's target has no slash after a file, which Java leaves out. */
    private void requireNoSlashBehindFile(String link, String target) throws IOException {
        if (target.startsWith("/") || target.contains("..")) {
            return;
        }
        try {
            UnixFile.stat(path(link));
        } catch (IOException e) {
            if (Reasons.of(e).equals("Not a directory")) {
                throw e;
            }
        }
    }

    private boolean isDirectoryOfNode(String path) {
        return NodeTree.DIRECTORIES.contains(path) || (volume.nodePath() + "/").startsWith(path + "/");
    }

    private static void requireFileOfNode(String path, Deque<String> behind) throws IOException {
        // It tells a missing target from one that is merely outside.
        if (!NodeTree.FILES.contains(path)) {
            throw new NoSuchFileException(path);
        }
        requireEnd(false, path, behind);
    }

    /** Checks that nothing follows a file, not even a slash. */
    private static void requireEnd(boolean isDirectory, String path, Deque<String> behind) throws IOException {
        if (!isDirectory && !behind.isEmpty()) {
            throw new NotDirectoryException(path);
        }
    }
}
