package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.OpenDirectory;
import com.cocalc.storage.files.tree.Worker;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * Deletes what is in a staging directory. Whatever the depth, at most two directories are open: what lies in a
 * directory is moved up beside it. Somebody may still have a discarded directory open, so names in there are as foreign
 * as before. The JDK gives no rights to a directory that may not be read: one that has entries is left.
 */
final class Clearing {

    private final Staging staging;
    private final OpenDirectory directory;
    private final Worker worker;
    private final CopyGuard guard;
    private final Set<Path> left = new HashSet<>();

    /**
     * Creates the clearing of a directory.
     *
     * @param guard asked before each step
     */
    Clearing(Staging staging, Worker worker, CopyGuard guard) {
        this.staging = staging;
        this.directory = staging.directory();
        this.worker = worker;
        this.guard = guard;
    }

    /** Deletes everything; false if something stays. */
    boolean clear() throws IOException {
        boolean found = true;
        while (found) {
            found = false;
            try (OpenDirectory listed = OpenDirectory.ofTrusted(staging.path())) {
                Iterator<Path> names = listed.names();
                while (OpenDirectory.hasNext(names)) {
                    Path name = names.next();
                    FileState state = left.contains(name) ? null : directory.find(name);
                    if (state != null) {
                        found = true;
                        remove(name, state);
                    }
                }
            }
        }
        return left.isEmpty();
    }

    private void remove(Path name, FileState state) throws IOException {
        guard.keep();
        if (!state.isDirectory()) {
            directory.deleteFile(name);
        } else if (isEmptied(name, state)) {
            directory.deleteDirectory(name);
        } else {
            left.add(name);
        }
    }

    private boolean isEmptied(Path name, FileState state) throws IOException {
        if (!state.mode().containsAll(Staging.PRIVATE)) {
            Files.setPosixFilePermissions(staging.path().resolve(name), Staging.PRIVATE);
        }
        boolean empty = true;
        try (OpenDirectory doomed = worker.enter(directory, name, staging::discarded)) {
            Iterator<Path> entries = doomed.names();
            while (OpenDirectory.hasNext(entries)) {
                guard.keep();
                Path entry = entries.next();
                FileState inside = doomed.find(entry);
                if (inside == null) {
                    continue;
                }
                if (inside.isDirectory()) {
                    empty &= isLiftedOut(doomed, entry, inside);
                } else {
                    doomed.deleteFile(entry);
                }
            }
        }
        return empty;
    }

    private boolean isLiftedOut(OpenDirectory doomed, Path entry, FileState state) throws IOException {
        try {
            staging.letMove(worker, doomed, entry, state);
        } catch (AccessDeniedException e) {
            return isDeletedAsEmpty(doomed, entry);
        }
        doomed.move(entry, directory, staging.freshName());
        return true;
    }

    /** Deletes a directory that nobody may look into. */
    private static boolean isDeletedAsEmpty(OpenDirectory doomed, Path entry) throws IOException {
        try {
            doomed.deleteDirectory(entry);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }
}
