package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The errors of file operations as the texts of {@code strerror}, which Unix programs print. */
public final class Reasons {

    /** The text for a link that leads back to itself. */
    public static final String TOO_MANY_LINKS = "Too many levels of symbolic links";

    private Reasons() {}

    /**
     * Returns the text for a failure.
     *
     * @param e the exception of a file system
     * @return for example {@code Permission denied}
     */
    public static String of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "File exists";
        }
        if (e instanceof NotDirectoryException) {
            return "Not a directory";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "Directory not empty";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        if (reason == null) {
            return "Input/output error";
        }
        return reason.startsWith(TOO_MANY_LINKS) ? TOO_MANY_LINKS : reason;
    }
}
