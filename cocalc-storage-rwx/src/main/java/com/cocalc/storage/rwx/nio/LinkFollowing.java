package com.cocalc.storage.rwx.nio;

import java.nio.file.LinkOption;
import java.util.Objects;

/** Whether a link at the end of a path stands for its target. */
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
