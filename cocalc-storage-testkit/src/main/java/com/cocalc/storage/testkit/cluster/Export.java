package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.Mount;

/** The mapping of users by the server of a back end. */
final class Export {

    private Export() {}

    static boolean mapsEverybody(BackEnd backEnd) {
        return backEnd.strategy() instanceof HomeOwnership.ServerSide;
    }

    /** Returns a mount with its user as this server maps it. */
    static Mount squashed(BackEnd backEnd, Mount mount) {
        if (mapsEverybody(backEnd)) {
            return mount.allSquash(PosixIdentity.PROJECT_USER.uid(), PosixIdentity.PROJECT_USER.gid());
        }
        return backEnd.rootMayChown() ? mount : mount.rootSquash();
    }

    /** Returns whether the storage is on one node, so that other nodes cannot use it. */
    static boolean isOnOneNode(BackEnd backEnd) {
        return backEnd == BackEnd.LOCAL || backEnd == BackEnd.HOST_PATH;
    }

    /** Returns whether a read-only source makes the mount on the node read-only, also for the kubelet. */
    static boolean mountsReadOnly(BackEnd backEnd) {
        return backEnd != BackEnd.HOST_PATH;
    }
}
