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

    /** The same mount, after the squashing of this server. */
    static Mount squashed(BackEnd backEnd, Mount mount) {
        if (mapsEverybody(backEnd)) {
            return mount.allSquash(PosixIdentity.PROJECT_USER.uid(), PosixIdentity.PROJECT_USER.gid());
        }
        return backEnd.rootMayChown() ? mount : mount.rootSquash();
    }

    /** Whether it lies on one node: other nodes cannot use it. */
    static boolean isOnOneNode(BackEnd backEnd) {
        return backEnd == BackEnd.LOCAL || backEnd == BackEnd.HOST_PATH;
    }

    /** Whether a read-only source makes the mount on the node read-only, for the kubelet too. */
    static boolean mountsReadOnly(BackEnd backEnd) {
        return backEnd != BackEnd.HOST_PATH;
    }
}
