package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Stat;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The implementation of {@code Files.copy} and {@code Files.move} with the JDK's order of steps, so that a failure
 * loses the same files.
 */
final class Transfer {
    private final RwxPath source;
    private final RwxPath target;
    private final Syscalls from;
    private final Syscalls to;
    private boolean isReplacing;
    private boolean isAtomic;
    private boolean isWithAttributes;
    private boolean isFollowing = true;

    private Transfer(RwxPath source, RwxPath target) {
        this.source = source;
        this.target = target;
        this.from = source.getFileSystem().syscalls();
        this.to = target.getFileSystem().syscalls();
    }

    static void copy(RwxPath source, RwxPath target, CopyOption... options) throws IOException {
        Transfer transfer = new Transfer(source, target);
        for (CopyOption option : options) {
            if (option == StandardCopyOption.REPLACE_EXISTING) {
                transfer.isReplacing = true;
            } else if (option == StandardCopyOption.COPY_ATTRIBUTES) {
                transfer.isWithAttributes = true;
            } else if (option == LinkOption.NOFOLLOW_LINKS) {
                transfer.isFollowing = false;
            } else if (!isToBeInterrupted(option)) {
                throw unsupported(option);
            }
        }
        transfer.copy();
    }

    static void move(RwxPath source, RwxPath target, CopyOption... options) throws IOException {
        Transfer transfer = new Transfer(source, target);
        transfer.isWithAttributes = true;
        transfer.isFollowing = false;
        for (CopyOption option : options) {
            if (option == StandardCopyOption.REPLACE_EXISTING) {
                transfer.isReplacing = true;
            } else if (option == StandardCopyOption.ATOMIC_MOVE) {
                transfer.isAtomic = true;
            } else if (option != LinkOption.NOFOLLOW_LINKS) {
                throw unsupported(option);
            }
        }
        transfer.move();
    }

    /**
     * Returns whether the option is the JDK's additional one, which is in an optional module. It has no effect, as a
     * copy in memory ends before it is interrupted.
     */
    private static boolean isToBeInterrupted(CopyOption option) {
        return option instanceof Enum<?> constant
                && constant.getDeclaringClass().getName().equals("com.sun.nio.file.ExtendedCopyOption");
    }

    private static UnsupportedOperationException unsupported(CopyOption option) {
        Objects.requireNonNull(option);
        return new UnsupportedOperationException("Unsupported copy option");
    }

    private void copy() throws IOException {
        Stat stat = sourceStat();
        if (clearTarget(stat)) {
            new FileCopy(source, target, stat, isWithAttributes).run();
        }
    }

    private void move() throws IOException {
        if (isAtomic) {
            moveAtomically();
            return;
        }
        Stat stat = sourceStat();
        if (!clearTarget(stat)) {
            return;
        }
        try {
            rename();
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EXDEV) {
                throw Failures.of(e, source, target);
            }
            moveAcrossMounts(stat);
        }
    }

    private void moveAtomically() throws IOException {
        try {
            rename();
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EXDEV) {
                throw new AtomicMoveNotSupportedException(
                        source.toString(), target.toString(), e.errno().text());
            }
            throw Failures.of(e, source, target);
        }
    }

    private void rename() throws ErrnoException {
        from.rename(null, source.callBytes(), to, null, target.callBytes());
    }

    private void moveAcrossMounts(Stat stat) throws IOException {
        if (stat.isDirectory()) {
            requireEmpty();
        }
        new FileCopy(source, target, stat, true).runForMove();
        try {
            FileCopy.remove(from, source, stat.isDirectory());
        } catch (ErrnoException e) {
            FileCopy.ignoring(() -> FileCopy.remove(to, target, stat.isDirectory()));
            throw removalFailure(e, source, stat);
        }
    }

    private void requireEmpty() throws IOException {
        try {
            OpenFile directory = from.open(null, source.callBytes(), OpenFlags.READ | OpenFlags.DIRECTORY, 0);
            boolean isEmpty;
            try {
                isEmpty = directory.readdir().isEmpty();
            } finally {
                directory.close();
            }
            if (!isEmpty) {
                throw new DirectoryNotEmptyException(source.toString());
            }
        } catch (ErrnoException e) {
            throw Failures.of(e, source);
        }
    }

    private Stat sourceStat() throws IOException {
        try {
            return from.stat(null, source.callBytes(), isFollowing);
        } catch (ErrnoException e) {
            throw Failures.of(e, source);
        }
    }

    /** Clears the target. Returns false if source and target are the same file, so that nothing has to be done. */
    private boolean clearTarget(Stat stat) throws IOException {
        Stat existing = targetStat();
        if (existing == null) {
            return true;
        }
        if (existing.ino() == stat.ino() && existing.dev() == stat.dev()) {
            return false;
        }
        if (!isReplacing) {
            throw new FileAlreadyExistsException(target.toString());
        }
        try {
            FileCopy.remove(to, target, existing.isDirectory());
        } catch (ErrnoException e) {
            throw removalFailure(e, target, existing);
        }
        return true;
    }

    private @Nullable Stat targetStat() {
        try {
            return to.findStat(target.callBytes());
        } catch (ErrnoException e) {
            // Whatever is wrong with it will show when something is put there.
            return null;
        }
    }

    private static IOException removalFailure(ErrnoException cause, RwxPath path, Stat stat) {
        boolean isFull = cause.errno() == Errno.ENOTEMPTY || cause.errno() == Errno.EEXIST;
        return stat.isDirectory() && isFull
                ? new DirectoryNotEmptyException(path.toString())
                : Failures.of(cause, path);
    }
}
