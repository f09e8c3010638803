package com.cocalc.storage.kubernetes;

/** How much of a pod's security context is written. */
enum SecurityScope {
    /** Nothing: the chart of a service has its own. */
    UNTOUCHED,
    /** User and groups. */
    IDENTITY,
    /** User and groups, and what Pod Security {@code restricted} wants. */
    RESTRICTED
}
