package com.cocalc.storage.kubernetes;

/** What a namespace enforces of the Pod Security Standards. */
public enum PodSecurityLevel {
    /** Everything is admitted. */
    PRIVILEGED,
    /** Root is admitted; the host is not. */
    BASELINE,
    /** Nothing that runs as root is admitted, init containers included. */
    RESTRICTED
}
