package com.cocalc.storage.rwx;

/** A script could not be run: it is malformed, or names what does not exist. */
final class ScriptFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScriptFailure(String message) {
        super(message);
    }
}
