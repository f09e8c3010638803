package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import org.jspecify.annotations.Nullable;

/**
 * A volume as it is mounted on the node for one pod.
 *
 * @param base the part of {@code volume} that it is, without a slash at either end; empty for the whole
 * @param backEnd whose server it comes from, null for what lies on the node
 * @param access the processes that may write to it
 * @param nodePath where the node has it
 */
record PodVolume(
        String name,
        RwxVolume volume,
        String base,
        @Nullable BackEnd backEnd,
        Access access,
        String nodePath) {

    /** The processes that may write to a volume. */
    enum Access {
        ALL,
        /** The kubelet, which makes sub-paths. */
        KUBELET,
        /** The kubelet, and the runtime, which makes mount points. */
        KUBELET_AND_RUNTIME,
        NOBODY
    }

    /** Whether every container sees it read-only. */
    boolean isReadOnly() {
        return access != Access.ALL;
    }

    /** The same mount as the server takes it. */
    Mount squashed(Mount mount) {
        return backEnd == null ? mount : Export.squashed(backEnd, mount);
    }

    /** Root of the node. */
    Mount mountOfNode() {
        Mount root = squashed(Mount.asRoot());
        return access == Access.NOBODY ? root.readOnly() : root;
    }

    /** Whether a path of the node lies in this volume. */
    boolean holds(String onNode) {
        return (onNode + "/").startsWith(nodePath + "/");
    }

    /** Where a path of the node that lies in this volume is in {@link #volume}, without a slash at either end. */
    String partAt(String onNode) {
        String rest = onNode.substring(nodePath.length());
        return base.isEmpty() ? rest.substring(rest.isEmpty() ? 0 : 1) : base + rest;
    }

    /** Where the node has a part of {@link #volume}. */
    String onNode(String part) {
        String rest = base.isEmpty() ? "/" + part : part.substring(base.length());
        return part.isEmpty() ? nodePath : nodePath + rest;
    }
}
