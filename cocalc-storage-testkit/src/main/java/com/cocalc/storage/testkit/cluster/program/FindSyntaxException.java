package com.cocalc.storage.testkit.cluster.program;

/** A command line that find refuses. */
final class FindSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    FindSyntaxException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
