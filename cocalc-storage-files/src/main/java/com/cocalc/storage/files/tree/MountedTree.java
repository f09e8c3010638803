package com.cocalc.storage.files.tree;

import com.cocalc.storage.MountPath;
import com.cocalc.storage.files.outcome.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A mount of a service: a directory that no project can change, with directories of projects below. */
public final class MountedTree {

    private final Path root;
    private final PathNames names;

    public MountedTree(Path root) {
        this.root = root;
        this.names = new PathNames(root);
    }

    /**
     * Refuses a mount whose file system cannot do what safety needs.
     *
     * @param path where the mount is, for messages
     */
    public void requireSafe(MountPath path) {
        try (OpenDirectory directory = OpenDirectory.ofTrusted(root)) {
            directory.state();
        } catch (UnsafeFileSystemException e) {
            throw new OperationException(
                    Problem.UNSAFE,
                    "the file system at " + path + " must hold directories open for safe access, but " + e.getMessage()
                            + "; use Linux and the JDK's own file system");
        } catch (IOException e) {
            throw OperationException.of("opening", "the mount " + path, e);
        }
    }

    public Path root() {
        return root;
    }

    public PathNames names() {
        return names;
    }

    /** What makes a directory that is missing on the way. */
    @FunctionalInterface
    public interface Maker {
        OpenDirectory make(Worker worker, OpenDirectory parent, Path name) throws IOException;
    }

    /**
     * Opens a directory, one name at a time, none of them a link.
     *
     * @param places names the first so many names of the way for a message
     * @param maker makes what is missing from the name with this number on; null makes nothing
     * @return the way, or null if a name is missing
     */
    @Nullable
    public Way open(
            Worker worker, List<byte[]> way, IntFunction<ForeignName> places, int firstMade, @Nullable Maker maker)
            throws IOException {
        OpenDirectory directory = OpenDirectory.ofTrusted(root);
        List<Way.Step> steps = new ArrayList<>();
        Path path = root;
        try {
            for (int i = 0; i < way.size(); i++) {
                Path name = names.of(way.get(i));
                int depth = i + 1;
                FileState state = directory.find(name);
                OpenDirectory next;
                if (state == null) {
                    if (maker == null || i < firstMade) {
                        directory.close();
                        return null;
                    }
                    next = maker.make(worker, directory, name);
                } else if (state.isDirectory()) {
                    next = worker.enter(directory, name, () -> places.apply(depth));
                } else {
                    throw new OperationException(
                            Problem.NOT_A_DIRECTORY,
                            places.apply(depth).text() + " must be a directory, but is a "
                                    + (state.kind() == FileState.Kind.LINK ? "symbolic link" : "file")
                                    + "; name the directory itself, links are not followed");
                }
                directory.close();
                directory = next;
                path = path.resolve(name);
                steps.add(new Way.Step(path, directory.state().key()));
            }
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
        return new Way(directory, path, steps);
    }
}
