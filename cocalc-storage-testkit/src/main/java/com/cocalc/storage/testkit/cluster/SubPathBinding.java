package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.testkit.cluster.program.UnixFile;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds the directory that a sub-path means, as root of the node: links are resolved once, and must stay inside the
 * volume. A missing directory is made with the mode of the volume's root.
 */
final class SubPathBinding {

    private static final int MAX_LINKS = 40;

    private final PodVolume volume;
    private final FileSystem files;
    private final String what;

    private SubPathBinding(PodVolume volume, FileSystem files, String what) {
        this.volume = volume;
        this.files = files;
        this.what = what;
    }

    /**
     * Finds or makes the directory.
     *
     * @param what which mount of which container, for messages
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
            return String.join("/", resolve(elements));
        } catch (IOException | InvalidPathException e) {
            // The kubelet keeps the reason to itself: it would tell about the node.
            throw Trouble.config("failed to prepare subPath for " + what);
        }
    }

    /** Behind the links of what is there, as a mount of the volume makes its sub-path. */
    private void make(List<String> elements) throws Trouble {
        try {
            List<String> real = List.of();
            int there = 0;
            try {
                while (there < elements.size()) {
                    real = resolve(elements.subList(0, there + 1));
                    there++;
                }
            } catch (NoSuchFileException e) {
                // From here on it is missing.
            }
            if (volume.isReadOnlyOnNode()) {
                throw new FileSystemException(elements.get(there), null, "Read-only file system");
            }
            List<String> whole = new ArrayList<>(real);
            whole.addAll(elements.subList(there, elements.size()));
            Mount made = volume.mountOfNode().subPath(String.join("/", whole));
            volume.volume().mount(made).close();
        } catch (IOException | IllegalArgumentException e) {
            throw Trouble.config("failed to create subPath directory for " + what);
        }
    }

    private Path path(List<String> names) {
        return files.getPath("/" + String.join("/", names));
    }

    /** The real names from the volume's root on. */
    private List<String> resolve(List<String> elements) throws IOException {
        Deque<String> waiting = new ArrayDeque<>(elements);
        List<String> real = new ArrayList<>();
        int links = 0;
        while (!waiting.isEmpty()) {
            String name = waiting.remove();
            if (name.equals("..")) {
                if (real.isEmpty()) {
                    throw new FileSystemException(name, null, "outside of the volume");
                }
                real.remove(real.size() - 1);
                continue;
            }
            real.add(name);
            Path path = path(real);
            if (UnixFile.lstat(path).isLink()) {
                links++;
                if (links > MAX_LINKS) {
                    throw new FileSystemException(name, null, "Too many levels of symbolic links");
                }
                real.remove(real.size() - 1);
                follow(Files.readSymbolicLink(path).toString(), real, waiting);
            }
        }
        return real;
    }

    /** An absolute target is one of the node, and may be inside the volume all the same. */
    private void follow(String target, List<String> real, Deque<String> waiting) throws IOException {
        String rest = target;
        if (target.startsWith("/")) {
            if (!(target + "/").startsWith(volume.nodePath() + "/")) {
                throw new FileSystemException(target, null, "outside of the volume");
            }
            rest = target.substring(volume.nodePath().length());
            real.clear();
        }
        List<String> elements = elements(rest);
        for (int i = elements.size() - 1; i >= 0; i--) {
            waiting.push(elements.get(i));
        }
    }
}
