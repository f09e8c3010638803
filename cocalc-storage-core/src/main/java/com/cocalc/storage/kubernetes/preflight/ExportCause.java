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

    /**
     * The server refuses the node or its credentials.
     *
     * @param symptom what gave it away
     */
    record PermissionDenied(Symptom symptom) implements ExportCause {
        @Override
        public String explanation() {
            return "the server answers the mount with: Permission denied";
        }

        @Override
        public String remedy() {
            return "for NFS, add the node's address to the export and look at its sec= option; for SMB and CephFS, correct user"
                    + " and key in the secret";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The server or the kernel does not permit the mount.
     *
     * @param symptom what gave it away
     */
    record NotPermitted(Symptom symptom) implements ExportCause {
        @Override
        public String explanation() {
            return "the mount is answered with: Operation not permitted";
        }

        @Override
        public String remedy() {
            return "see whether the export asks for ports below 1024 or for another NFS version, and whether the"
                    + " node itself may mount";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The server does not offer the protocol.
     *
     * @param symptom what gave it away
     */
    record ProtocolUnavailable(Symptom symptom) implements ExportCause {
        @Override
        public String explanation() {
            return "the server does not offer the NFS version or transport that the node asks for";
        }

        @Override
        public String remedy() {
            return "write the version that it offers into mountOptions (vers=4.1 or vers=3)";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * CephFS has no metadata server.
     *
     * @param symptom what gave it away
     */
    record NoMetadataServer(Symptom symptom) implements ExportCause {
        @Override
        public String explanation() {
            return "CephFS has no metadata server that is up, or the key may not use it";
        }

        @Override
        public String remedy() {
            return "see what `ceph fs status` says, and whether the key of the secret is for this file system";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The storage fails.
     *
     * @param symptom what gave it away
     */
    record InputOutput(Symptom symptom) implements ExportCause {
        @Override
        public String explanation() {
            return "the storage answers with: Input/output error";
        }

        @Override
        public String remedy() {
            return "read the kernel's log on the node and the log of the server; stop writing until the disk under"
                    + " it was looked at";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The server gives no locks.
     *
     * @param symptom what gave it away
     */
    record NoLocks(Symptom symptom) implements ExportCause {
        @Override
        public String explanation() {
            return "the server gives no locks (No locks available)";
        }

        @Override
        public String remedy() {
            return "see that rpc.statd runs on node and server (NFS 3), or mount with vers=4.1, which needs none";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * Files went away while the kubelet changed their group.
     *
     * @param symptom what gave it away
     */
    record FilesWentAway(Symptom symptom) implements ExportCause {
        @Override
        public String explanation() {
            return "a file went away while the kubelet changed the group of all files (fsGroup)";
        }

        @Override
        public String remedy() {
            return "the kubelet tries again by itself; if it lasts, set fsGroupChangePolicy: OnRootMismatch, so that it does not"
                    + " walk through homes in use";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }
}
