package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import java.util.Arrays;

/** The links that a walk has followed, and what is left of the paths that they stand in. */
final class LinksOnTheWay {
    private static final int MAX_LINKS = 40;
    private static final byte[][] NO_PATHS = {};
    private static final int[] NO_POSITIONS = {};

    private int count;
    private int waiting;
    private byte[][] paths = NO_PATHS;
    private int[] positions = NO_POSITIONS;

    /** Counts a link: the 41st of a walk is one too many. */
    void count() throws ErrnoException {
        if (++count > MAX_LINKS) {
            throw ErrnoException.of(Errno.ELOOP);
        }
    }

    boolean isNoneWaiting() {
        return waiting == 0;
    }

    /** The rest of this path has to wait until the target of a link in it is walked. */
    void push(byte[] path, int rest) {
        if (waiting == paths.length) {
            paths = Arrays.copyOf(paths, waiting + 4);
            positions = Arrays.copyOf(positions, waiting + 4);
        }
        paths[waiting] = path;
        positions[waiting] = rest;
        waiting++;
    }

    /** The path that goes on now. */
    byte[] path() {
        return paths[waiting - 1];
    }

    /** Where it goes on. */
    int pop() {
        return positions[--waiting];
    }
}
