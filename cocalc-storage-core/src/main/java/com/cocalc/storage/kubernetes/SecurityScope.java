package com.cocalc.storage.kubernetes;

/** The part of a pod's security context that is written. */
enum SecurityScope {
    /** Nothing, because the chart of a service sets its own. */
    UNTOUCHED,
    /** The user and groups. */
    IDENTITY,
    /** The user and groups, and what Pod Security {@code restricted} requires. */
    RESTRICTED
}
