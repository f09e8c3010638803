package com.cocalc.storage.kubernetes;

/** Whether the namespace of the projects admits containers that run as root. */
public enum RootContainers {
    /** Yes: the namespace enforces Pod Security {@code privileged}, {@code baseline} or nothing. */
    ADMITTED,
    /** No: the namespace enforces {@code restricted}, and refuses init containers of root as well. */
    REFUSED
}
