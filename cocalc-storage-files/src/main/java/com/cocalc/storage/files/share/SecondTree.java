package com.cocalc.storage.files.share;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.files.tree.TrustedFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;

/**
 * A second tree of the same files: its directories are new, and everything in them is a further name of what the first
 * tree has. So it costs no space, and replacing a file in it by a rename leaves the first tree as it is.
 *
 * <p>Works by paths, so both trees must be out of the reach of projects.
 */
public final class SecondTree {

    private static final Set<PosixFilePermission> USABLE = PosixFilePermissions.fromString("rwx------");

    private record Pair(Path from, Path to) {}

    private SecondTree() {}

    /** When the names in the new directories last. */
    enum Lasting {
        /** When somebody forces them. */
        LATER,
        /** At once. */
        FORCED
    }

    /**
     * Makes the tree {@code to}, which must not exist, of {@code from}.
     *
     * @param owner to whom the directories belong
     * @param wanted called before each entry, ends this with an exception
     */
    static void make(Path from, Path to, Lasting lasting, PosixIdentity owner, Runnable wanted) throws IOException {
        Deque<Pair> pairs = new ArrayDeque<>();
        if (!add(from, to, owner, pairs)) {
            Files.createLink(to, from);
        }
        while (!pairs.isEmpty()) {
            Pair pair = pairs.pop();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(pair.from)) {
                for (Path entry : entries) {
                    wanted.run();
                    Path second = pair.to.resolve(entry.getFileName());
                    if (!add(entry, second, owner, pairs)) {
                        Files.createLink(second, entry);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            if (lasting == Lasting.FORCED) {
                TrustedFiles.force(pair.to);
            }
        }
    }

    /** Makes a directory, to be filled later; false if it is none. */
    private static boolean add(Path from, Path to, PosixIdentity owner, Deque<Pair> pairs) throws IOException {
        if (!TrustedFiles.isDirectory(from)) {
            return false;
        }
        Set<PosixFilePermission> mode = EnumSet.copyOf(USABLE);
        mode.addAll(Files.getPosixFilePermissions(from, LinkOption.NOFOLLOW_LINKS));
        Files.createDirectory(to);
        TrustedFiles.give(to, owner);
        Files.setPosixFilePermissions(to, mode);
        pairs.push(new Pair(from, to));
        return true;
    }
}
