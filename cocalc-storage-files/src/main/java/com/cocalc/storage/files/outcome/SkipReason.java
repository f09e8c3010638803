package com.cocalc.storage.files.outcome;

/** Why something was not copied. */
public enum SkipReason {
    /** The target is newer, and the request does not overwrite newer files. */
    NEWER("the target is newer"),
    /** It is a FIFO, a socket or a device. */
    SPECIAL("a FIFO, socket or device"),
    /** It kept changing while it was read. */
    CHANGING("it changed while it was read"),
    /** It was there and is gone, or was replaced by something else. */
    GONE("it is gone"),
    /** The service may not read it. */
    UNREADABLE("it may not be read"),
    /** A directory with files in it is in the way. */
    IN_THE_WAY("a directory that is not empty is in the way"),
    /** What it would replace cannot be kept as a backup: the name would be too long, or a directory has it. */
    NO_BACKUP("what is there cannot be kept as a backup"),
    /** The service may not read the directory that the target has there. */
    TARGET_CLOSED("the directory in the target may not be read"),
    /** The target lies in it. */
    HOLDS_THE_TARGET("the target lies in it"),
    /** It is missing in the source, and not deleted because the source lies in it. */
    HOLDS_THE_SOURCE("the source lies in it"),
    /** It is deeper than a path may be long, and a link can be read by path alone. */
    LINK_TOO_DEEP("the path of the link is too long to read it"),
    /** The link leads out of what is copied. */
    LINK_LEADS_OUT("the link leads out of the tree"),
    /** The link leads to a directory that holds it, so following it would not end. */
    LINK_LOOPS("the link leads to a directory that holds it"),
    /** So many links were followed already. */
    TOO_MANY_LINKS("too many links were followed before"),
    /** It is missing in the source, and not deleted because of what is in it. */
    NOT_DELETED("it holds what is excluded or kept");

    private final String text;

    SkipReason(String text) {
        this.text = text;
    }

    /** Returns the reason in words. */
    @Override
    public String toString() {
        return text;
    }
}
