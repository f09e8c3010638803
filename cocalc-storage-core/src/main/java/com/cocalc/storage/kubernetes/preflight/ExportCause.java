package com.cocalc.storage.kubernetes.preflight;

/** The NFS server behind the volume is not there, or does not give the node what it asks for. */
public sealed interface ExportCause extends MountCause {

    /**
     * The server does not know the directory any more that the node has mounted.
     *
     * @param symptom what gave it away
     */
    record StaleHandle(Symptom symptom) implements ExportCause {
        @Override
        public String explanation() {
            return "the node holds a directory that the NFS server does not know any more (stale file handle)";
        }

        @Override
        public String remedy() {
            return "delete the pod so that the volume is mounted anew; if many pods show this, the server came back with another"
                    + " file system: see whether its persistence is on";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The server does not let the node mount.
     *
     * @param symptom what gave it away
     */
    record AccessDenied(Symptom symptom) implements ExportCause {
        @Override
        public String explanation() {
            return "the NFS server does not let this node mount the export";
        }

        @Override
        public String remedy() {
            return "add the node's address to the export, and see that no firewall rewrites it";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The node cannot reach the server.
     *
     * @param symptom what gave it away
     */
    record ServerUnreachable(Symptom symptom) implements ExportCause {
        @Override
        public String explanation() {
            return "the node cannot reach the NFS server";
        }

        @Override
        public String remedy() {
            return "see that the server's pod runs, that nodes may reach port 2049 (for NFS 3 also 111, 20048, 662, 875 and 32803),"
                    + " and that its name resolves on the node, which does not use the cluster's DNS";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The server has no such directory.
     *
     * @param symptom what gave it away
     */
    record MissingExport(Symptom symptom) implements ExportCause {
        @Override
        public String explanation() {
            return "the NFS server has no such export";
        }

        @Override
        public String remedy() {
            return "see whether the server lost its data (persistence off), or the volume names another server's directory";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The storage does not let the kubelet hand the volume to the pod's group.
     *
     * @param symptom what gave it away
     */
    record FsGroupRefused(Symptom symptom) implements ExportCause {
        @Override
        public String explanation() {
            return "the kubelet may not change the group of the volume's files (fsGroup), as root is squashed by the server";
        }

        @Override
        public String remedy() {
            return "export with no_root_squash, or set fsGroupPolicy None in the CSIDriver";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }
}
