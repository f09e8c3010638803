package com.cocalc.storage.files.share;

import com.cocalc.storage.files.copy.LinkRule;
import com.cocalc.storage.files.tree.Worker;

/**
 * Keeps the links that cannot leave the published tree, whatever the names on their way are.
 *
 * <p>That holds for a relative text that goes up first, at most to the top of the tree, and then only down. The first
 * part starts at the directory that holds the link and climbs real directories; each name after it is a file, a
 * directory or another link of which the same holds. A text that goes up behind a name is not one of them, even where
 * it ends inside: {@code d/../../x} leads out of the tree as soon as {@code d} becomes a link to a directory higher up.
 *
 * @param depth how many directories of the published tree lie above the root of the copied one
 */
public record InnerLinks(int depth) implements LinkRule {

    @Override
    public Decision decide(Worker worker, byte[] link, byte[] text) {
        if (link.length == 0) {
            // The published path itself is no link, whatever is published above it.
            return Decision.LEAVE_OUT;
        }
        int above = depth;
        for (byte b : link) {
            above += b == '/' ? 1 : 0;
        }
        return staysInside(text, above) ? Decision.KEEP : Decision.LEAVE_OUT;
    }

    /**
     * Returns whether a link stays inside.
     *
     * @param text what the link says
     * @param depth how many directories of the tree are above the link, without its top: 0 for a link in the top
     */
    public static boolean staysInside(byte[] text, int depth) {
        if (text.length == 0 || text[0] == '/') {
            return false;
        }
        int up = 0;
        boolean down = false;
        int start = 0;
        for (int i = 0; i <= text.length; i++) {
            if (i < text.length && text[i] != '/') {
                continue;
            }
            int length = i - start;
            boolean parent = length == 2 && text[start] == '.' && text[start + 1] == '.';
            boolean here = length == 0 || (length == 1 && text[start] == '.');
            if (parent && (down || ++up > depth)) {
                return false;
            }
            down |= !parent && !here;
            start = i + 1;
        }
        return true;
    }
}
