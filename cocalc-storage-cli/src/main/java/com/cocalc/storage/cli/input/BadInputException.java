package com.cocalc.storage.cli.input;

/** Thrown for mistakes of the user, which are shown as one line each and never as a stack trace. */
public final class BadInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BadInputException(String message, Throwable cause) {
        super(message, cause);
    }

    public BadInputException(String message) {
        super(message);
    }

    public BadInputException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
