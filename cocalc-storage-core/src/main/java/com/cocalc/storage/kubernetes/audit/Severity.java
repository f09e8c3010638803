package com.cocalc.storage.kubernetes.audit;

/** The severity of a finding. */
public enum Severity {
    /** The pod shows or loses data, does not start, or has another access than the licences grant. */
    ERROR,
    /** The pod works, but not in every cluster or not for ever. */
    WARNING,
    /** The pod works, and could be written more clearly. */
    HINT
}
