package com.cocalc.storage.testkit.cluster;

/** Thrown when the API server refuses a claim or a storage class. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(String what, Refusal refusal) {
        super(what + " refused: " + refusal);
        this.refusal = refusal;
    }

    /** {@return the server's answer} */
    public Refusal refusal() {
        return refusal;
    }
}
