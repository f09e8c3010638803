package com.cocalc.storage.cli;

/** A mistake of the user's: shown as one line each, never as a stack trace. */
final class BadInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadInputException(String message, Throwable cause) {
        super(message, cause);
    }

    BadInputException(String message) {
        super(message);
    }

    BadInputException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
