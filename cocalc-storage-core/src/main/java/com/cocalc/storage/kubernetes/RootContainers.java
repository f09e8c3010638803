package com.cocalc.storage.kubernetes;

/** Whether the namespace of the projects admits containers that run as root. */
public enum RootContainers {
    /** The namespace admits root: it enforces Pod Security {@code privileged}, {@code baseline} or nothing. */
    ADMITTED,
    /** The namespace enforces {@code restricted}, and refuses init containers of root as well. */
    REFUSED
}
