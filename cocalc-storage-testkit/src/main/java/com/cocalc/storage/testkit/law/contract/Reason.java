package com.cocalc.storage.testkit.law.contract;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The error of a file system as the text of Linux, which the JDK replaces by exception types in some cases. */
final class Reason {

    static final String DENIED = "Permission denied";
    static final String NOT_PERMITTED = "Operation not permitted";
    static final String READ_ONLY = "Read-only file system";
    static final String QUOTA = "Disk quota exceeded";
    static final String FULL = "No space left on device";
    static final String STALE = "Stale file handle";
    static final String MISSING = "No such file or directory";
    static final String EXISTS = "File exists";
    static final String NOT_EMPTY = "Directory not empty";
    static final String BUSY = "Device or resource busy";

    private static final String TOO_MANY_LINKS = "Too many levels of symbolic links";

    private Reason() {}

    static String of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return DENIED;
        }
        if (e instanceof NoSuchFileException) {
            return MISSING;
        }
        if (e instanceof FileAlreadyExistsException) {
            return EXISTS;
        }
        if (e instanceof DirectoryNotEmptyException) {
            return NOT_EMPTY;
        }
        if (e instanceof NotDirectoryException) {
            return "Not a directory";
        }
        if (e instanceof AtomicMoveNotSupportedException) {
            return "Invalid cross-device link";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        if (reason == null) {
            return e.toString();
        }
        // The JDK adds a guess of its own.
        return reason.startsWith(TOO_MANY_LINKS) ? TOO_MANY_LINKS : reason;
    }
}
