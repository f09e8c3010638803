package com.cocalc.storage.rwx.nio;

import java.nio.file.LinkOption;
import java.util.Objects;

/** The option whether a link at the end of a path is followed. */
final class LinkFollowing {
    private LinkFollowing() {}

    static boolean from(LinkOption... options) {
        boolean isFollowing = true;
        for (LinkOption option : options) {
            if (Objects.requireNonNull(option) == LinkOption.NOFOLLOW_LINKS) {
                isFollowing = false;
            }
        }
        return isFollowing;
    }
}
