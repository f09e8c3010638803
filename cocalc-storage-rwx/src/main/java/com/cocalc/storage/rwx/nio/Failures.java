package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.disk.ErrnoException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The exception that java.nio.file throws for an errno. */
public final class Failures {
    private Failures() {}

    public static IOException of(ErrnoException cause, Path file) {
        return of(cause, file.toString(), null);
    }

    static IOException of(ErrnoException cause, Path file, Path other) {
        return of(cause, file.toString(), other.toString());
    }

    public static IOException of(ErrnoException cause, @Nullable String file, @Nullable String other) {
        return switch (cause.errno()) {
            case EACCES -> new AccessDeniedException(file, other, null);
            case ENOENT -> new NoSuchFileException(file, other, null);
            case EEXIST -> new FileAlreadyExistsException(file, other, null);
            case ELOOP ->
                new FileSystemException(
                        file, other, cause.errno().text() + " or unable to access attributes of symbolic link");
            default -> new FileSystemException(file, other, cause.errno().text());
        };
    }

    /** Returns the exception of an open channel, where the JDK does not know the path. */
    static IOException onChannel(ErrnoException cause) {
        return new IOException(cause.errno().text());
    }
}
