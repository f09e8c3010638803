package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import org.jspecify.annotations.Nullable;

/**
 * A volume as it is mounted on the node for one pod.
 *
 * @param backEnd whose server it comes from, null for what lies on the node
 * @param isReadOnly whether every container sees it read-only
 * @param isReadOnlyOnNode whether the kubelet cannot write to it either
 * @param nodePath where the node has it
 */
record PodVolume(
        String name,
        RwxVolume volume,
        @Nullable BackEnd backEnd,
        boolean isReadOnly,
        boolean isReadOnlyOnNode,
        String nodePath) {

    /** The same mount as the server takes it. */
    Mount squashed(Mount mount) {
        return backEnd == null ? mount : Export.squashed(backEnd, mount);
    }

    /** Root of the node. */
    Mount mountOfNode() {
        Mount root = squashed(Mount.asRoot());
        return isReadOnlyOnNode ? root.readOnly() : root;
    }
}
