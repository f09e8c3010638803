package com.cocalc.storage.files;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.StorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when files are not copied, or not all of them.
 *
 * <p>The message names the project and the path inside it, never a path of the host.
 */
public final class FilesException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** What was in the way. */
    public enum Problem {
        /** The source does not exist. */
        SOURCE_MISSING,
        /** The target project has no home directory yet. */
        HOME_MISSING,
        /** A name on the way is a symbolic link or no directory. */
        NOT_A_DIRECTORY,
        /** Source and target are the same. */
        ONTO_ITSELF,
        /** The target lies in the source. */
        INTO_ITSELF,
        /** A file would replace a directory, or a directory a file. */
        OTHER_KIND,
        /** It is a link or a FIFO, which cannot be published. */
        NOT_PUBLISHABLE,
        /** There is more than the request allows. */
        TOO_MUCH,
        /** The time of the request is up. */
        TIME_UP,
        /** Somebody cancelled the operation. */
        CANCELLED,
        /** A name could not be opened in time: it is a FIFO, or the file system does not answer. */
        BLOCKED,
        /** Another publisher is at work on the share. */
        BUSY,
        /** The file system cannot do what safety needs. */
        UNSAFE,
        /** The service may not do this. */
        DENIED,
        /** The file system failed: no space, a quota, a stale handle, a broken disk. */
        FAILED
    }

    /** What was in the way. */
    private final Problem problem;

    /** What was done before. */
    private final transient @Nullable CopyReport report;

    FilesException(Problem problem, String message) {
        super(message);
        this.problem = problem;
        this.report = null;
    }

    private FilesException(Problem problem, String message, @Nullable Throwable cause, @Nullable CopyReport report) {
        super(message, cause);
        this.problem = problem;
        this.report = report;
    }

    /** A failure of the file system. Its own message is left out of it, as that names the host's path. */
    static FilesException of(String doing, String place, IOException cause) {
        Problem problem = cause instanceof AccessDeniedException ? Problem.DENIED : Problem.FAILED;
        return new FilesException(
                problem,
                doing + " " + place + " failed: " + reason(cause) + "; what is there already is whole, "
                        + "fix the cause and copy again",
                withoutPath(cause),
                null);
    }

    FilesException with(CopyReport done) {
        FilesException told = new FilesException(problem, requireNonNull(getMessage(), "message"), getCause(), done);
        told.setStackTrace(getStackTrace());
        for (Throwable suppressed : getSuppressed()) {
            told.addSuppressed(suppressed);
        }
        return told;
    }

    /** What the file system said, without the path. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (e instanceof NotDirectoryException) {
            return "Not a directory";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "Directory not empty";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "File exists";
        }
        if (e instanceof FileSystemException f) {
            String reason = f.getReason();
            return reason == null ? "the file system gave no reason" : reason;
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static IOException withoutPath(IOException e) {
        if (!(e instanceof FileSystemException)) {
            return e;
        }
        IOException bare = new IOException(e.getClass().getSimpleName() + ": " + reason(e));
        bare.setStackTrace(e.getStackTrace());
        return bare;
    }

    /**
     * Returns what was in the way.
     *
     * @return the problem
     */
    public Problem problem() {
        return problem;
    }

    /**
     * Returns what was done before the operation ended.
     *
     * @return the report, empty if the operation was refused before it began
     */
    public Optional<CopyReport> findReport() {
        return Optional.ofNullable(report);
    }
}
