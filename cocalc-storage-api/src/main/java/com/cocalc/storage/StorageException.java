package com.cocalc.storage;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when this library refuses its input: a value, a file, a pod or a patch.
 *
 * <p>It is the common supertype of {@link InvalidValueException} and of the exceptions of the readers, the pod merge,
 * the patches and the file operations, so that a program that reads foreign input catches one type. The message is one
 * line or, where several problems are reported together, one line for each: what must hold, what was found and how to
 * fix it. It never contains a secret or the contents of a file.
 *
 * <p>It extends {@link IllegalArgumentException} because a refused input is a bad argument: code that catches the JDK's
 * type keeps working. The modules of this library extend this class; a caller may do the same for input formats of its
 * own.
 */
public abstract class StorageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception with a message.
     *
     * @param message what must hold, what was found and how to fix it
     */
    protected StorageException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a message and a cause.
     *
     * @param message what must hold, what was found and how to fix it
     * @param cause the exception that revealed the problem, or null if there is none
     */
    protected StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
