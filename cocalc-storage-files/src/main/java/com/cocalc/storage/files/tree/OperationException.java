package com.cocalc.storage.files.tree;

import com.cocalc.storage.files.outcome.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** Ends an operation. Users see it as {@code FilesException}, with what was done before. */
public final class OperationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What was in the way. */
    private final Problem problem;

    public OperationException(Problem problem, String message) {
        this(problem, message, null);
    }

    private OperationException(Problem problem, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    /** A failure of the file system. Its own message is left out of it, as that names the host's path. */
    public static OperationException of(String doing, String place, IOException cause) {
        Problem problem = cause instanceof AccessDeniedException ? Problem.DENIED : Problem.FAILED;
        return new OperationException(
                problem,
                doing + " " + place + " failed: " + reason(cause) + "; what is there already is whole, "
                        + "fix the cause and copy again",
                withoutPath(cause));
    }

    public Problem problem() {
        return problem;
    }

    /** What the file system said, without the path. */
    public static String reason(IOException e) {
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

    /** The same exception, if need be without the path of the host in its message. */
    public static Throwable withoutHostPath(Throwable e) {
        return e instanceof IOException failure ? withoutPath(failure) : e;
    }

    private static IOException withoutPath(IOException e) {
        if (!(e instanceof FileSystemException)) {
            return e;
        }
        IOException bare = new IOException(e.getClass().getSimpleName() + ": " + reason(e));
        bare.setStackTrace(e.getStackTrace());
        return bare;
    }
}
