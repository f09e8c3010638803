package com.cocalc.storage.cli.input;

/** A mistake of the user's: shown as one line each, never as a stack trace. */
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
