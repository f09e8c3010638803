package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Pages;
import com.cocalc.storage.rwx.disk.Stat;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Copies one file, link or empty directory to a name that is free, with the system calls of the JDK. */
final class FileCopy {
    private final RwxPath source;
    private final RwxPath target;
    private final Stat stat;
    private final boolean isWithAttributes;
    private final Syscalls from;
    private final Syscalls to;

    FileCopy(RwxPath source, RwxPath target, Stat stat, boolean isWithAttributes) {
        this.source = source;
        this.target = target;
        this.stat = stat;
        this.isWithAttributes = isWithAttributes;
        this.from = source.getFileSystem().syscalls();
        this.to = target.getFileSystem().syscalls();
    }

    void run() throws IOException {
        if (stat.isDirectory()) {
            copyDirectory();
        } else if (stat.isLink()) {
            copyLink();
        } else {
            copyFile();
        }
    }

    private void copyDirectory() throws IOException {
        try {
            to.mkdir(null, target.callBytes(), stat.permissions());
            if (isWithAttributes) {
                copyDirectoryAttributes();
            }
        } catch (ErrnoException e) {
            throw Failures.of(e, target);
        }
    }

    private void copyDirectoryAttributes() throws ErrnoException {
        OpenFile made = openOrNull(to, target);
        if (made == null) {
            // A directory that its maker cannot read: by path then, and without extended attributes.
            ignoring(() -> {
                to.chown(null, target.callBytes(), stat.uid(), stat.gid(), true);
                to.chmod(null, target.callBytes(), stat.permissions(), true);
            });
            removingOnFailure(true, () -> to.utimens(null, target.callBytes(), accessed(), modified(), true));
            return;
        }
        try {
            copyOwnerAndMode(made);
            OpenFile original = openOrNull(from, source);
            if (original != null) {
                copyExtendedOf(original, made);
            }
            removingOnFailure(true, () -> made.utimens(accessed(), modified()));
        } finally {
            made.close();
        }
    }

    private static void copyExtendedOf(OpenFile original, OpenFile made) throws ErrnoException {
        try {
            ignoring(() -> copyExtended(original, made));
        } finally {
            original.close();
        }
    }

    /** Returns the access time of the copy, which the JDK sets in whole microseconds. */
    private long accessed() throws ErrnoException {
        return Times.wholeMicroseconds(null, stat.atimeNs());
    }

    private long modified() throws ErrnoException {
        return Times.wholeMicroseconds(null, stat.mtimeNs());
    }

    private void copyLink() throws IOException {
        byte[] text;
        try {
            text = from.readlink(null, source.callBytes());
        } catch (ErrnoException e) {
            throw Failures.of(e, source);
        }
        try {
            to.symlink(text, null, target.callBytes());
        } catch (ErrnoException e) {
            throw Failures.of(e, target);
        }
        if (isWithAttributes) {
            ignoring(() -> to.chown(null, target.callBytes(), stat.uid(), stat.gid(), false));
        }
    }

    /** Copies for a move, which creates a FIFO; a copy opens a FIFO like any file, and copies what it reads. */
    void runForMove() throws IOException {
        if (!stat.isFifo()) {
            run();
            return;
        }
        try {
            to.mkfifo(null, target.callBytes(), stat.permissions());
            ignoring(() -> {
                to.chown(null, target.callBytes(), stat.uid(), stat.gid(), true);
                to.chmod(null, target.callBytes(), stat.permissions(), true);
            });
        } catch (ErrnoException e) {
            throw Failures.of(e, target);
        }
    }

    private void copyFile() throws IOException {
        try (Handle original = new Handle(open(from, source, OpenFlags.READ, 0));
                Handle made = new Handle(
                        open(to, target, OpenFlags.WRITE | OpenFlags.CREAT | OpenFlags.EXCL, stat.permissions()))) {
            removingOnFailure(false, () -> copyData(original.file, made.file));
            if (isWithAttributes) {
                copyFileAttributes(original.file, made.file);
            }
        } catch (ErrnoException e) {
            throw Failures.of(e, source, target);
        }
    }

    /** Copies attributes; a failure here is reported for the target. */
    private void copyFileAttributes(OpenFile original, OpenFile made) throws IOException {
        try {
            copyOwnerAndMode(made);
            ignoring(() -> copyExtended(original, made));
            removingOnFailure(false, () -> made.utimens(accessed(), modified()));
        } catch (ErrnoException e) {
            throw Failures.of(e, target);
        }
    }

    private static OpenFile open(Syscalls syscalls, RwxPath path, int flags, int mode) throws IOException {
        try {
            return syscalls.open(null, path.callBytes(), flags, mode);
        } catch (ErrnoException e) {
            throw Failures.of(e, path);
        }
    }

    private static @Nullable OpenFile openOrNull(Syscalls syscalls, RwxPath path) {
        try {
            return syscalls.open(null, path.callBytes(), OpenFlags.READ, 0);
        } catch (ErrnoException e) {
            return null;
        }
    }

    private static void copyData(OpenFile original, OpenFile made) throws ErrnoException {
        long size = Math.min(original.size(), Pages.SIZE * Pages.MOST);
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(Pages.SIZE, size));
        long position = 0;
        while (original.readNext(buffer.clear(), position) > 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                position += made.write(buffer, position);
            }
        }
    }

    /**
     * Copies the owner and then the mode, as the JDK does, so that the mode stays as created if the owner may not be
     * changed.
     */
    private void copyOwnerAndMode(OpenFile made) {
        ignoring(() -> {
            made.chown(stat.uid(), stat.gid());
            made.chmod(stat.permissions());
        });
    }

    private static void copyExtended(OpenFile original, OpenFile made) throws ErrnoException {
        for (byte[] name : original.listxattr()) {
            made.setxattr(name, original.getxattr(name));
        }
    }

    private void removingOnFailure(boolean isDirectory, Call call) throws ErrnoException {
        boolean isDone = false;
        try {
            call.run();
            isDone = true;
        } finally {
            if (!isDone) {
                ignoring(() -> remove(to, target, isDirectory));
            }
        }
    }

    static void remove(Syscalls syscalls, RwxPath path, boolean isDirectory) throws ErrnoException {
        if (isDirectory) {
            syscalls.rmdir(null, path.callBytes());
        } else {
            syscalls.unlink(null, path.callBytes());
        }
    }

    /** Runs a call whose failure the JDK ignores. */
    static void ignoring(Call call) {
        try {
            call.run();
        } catch (ErrnoException e) {
            // Without the right to change them, the owner and group stay.
        }
    }

    /** System calls. */
    interface Call {
        void run() throws ErrnoException;
    }

    private final class Handle implements AutoCloseable {
        private final OpenFile file;

        private Handle(OpenFile file) {
            this.file = file;
        }

        /** Throws a new exception each time, as one cannot suppress itself. */
        @Override
        public void close() throws IOException {
            try {
                file.close();
            } catch (ErrnoException e) {
                throw Failures.of(e, source, target);
            }
        }
    }
}
