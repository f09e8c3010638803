package com.cocalc.storage.files;

import java.io.IOException;

/** Which symbolic links are copied. */
@FunctionalInterface
interface LinkRule {

    LinkRule KEEP_ALL = (worker, link, text) -> true;

    /**
     * Returns whether a link is kept.
     *
     * @param worker whose thread asks
     * @param link the path of the link, relative to the root of the copied tree
     * @param text what it says
     */
    boolean keeps(Worker worker, byte[] link, byte[] text) throws IOException;
}
