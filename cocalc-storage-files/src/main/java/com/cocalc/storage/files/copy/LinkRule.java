package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.tree.Worker;
import java.io.IOException;

/** What becomes of symbolic links. */
@FunctionalInterface
public interface LinkRule {

    LinkRule KEEP_ALL = (worker, link, text) -> Decision.KEEP;

    /** What becomes of one link. */
    enum Decision {
        /** It is copied as a link. */
        KEEP,
        /** It is not copied. */
        LEAVE_OUT,
        /** The rule sees to it later: neither the link nor what the target has in its place is touched. */
        LATER
    }

    /**
     * Decides about a link.
     *
     * @param worker whose thread asks
     * @param link the path of the link, relative to the root of the copied tree
     * @param text what it says
     */
    Decision decide(Worker worker, byte[] link, byte[] text) throws IOException;
}
