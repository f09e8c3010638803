package com.cocalc.storage.kubernetes.audit;

/** The volume is there, but the node cannot mount it. */
public sealed interface MountCause extends Cause {

    /**
     * The server does not know the directory any more that the node has mounted.
     *
     * @param symptom what gave it away
     */
    record StaleHandle(Symptom symptom) implements MountCause {
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
    record AccessDenied(Symptom symptom) implements MountCause {
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
    record ServerUnreachable(Symptom symptom) implements MountCause {
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
    record MissingExport(Symptom symptom) implements MountCause {
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
     * The mount command does not take the options.
     *
     * @param symptom what gave it away
     */
    record BadOption(Symptom symptom) implements MountCause {
        @Override
        public String explanation() {
            return "the mount command refuses the options of the StorageClass or the volume";
        }

        @Override
        public String remedy() {
            return "correct mountOptions of the StorageClass; volumes that exist keep theirs, change those in the volume itself";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The node has no NFS client.
     *
     * @param symptom what gave it away
     */
    record NoNfsClient(Symptom symptom) implements MountCause {
        @Override
        public String explanation() {
            return "the node has no NFS client";
        }

        @Override
        public String remedy() {
            return "install nfs-common (Debian, Ubuntu) or nfs-utils (RHEL, Amazon Linux) on every node";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The CSI driver does not run on the node.
     *
     * @param driver its name
     * @param symptom what gave it away
     */
    record NoDriver(String driver, Symptom symptom) implements MountCause {
        @Override
        public String explanation() {
            return "CSI driver " + OneLine.quoted(driver) + " is not registered on the pod's node";
        }

        @Override
        public String remedy() {
            return "see that the driver's DaemonSet runs on this node, also with its taints";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The volume is in use on another node and allows one only.
     *
     * @param symptom what gave it away
     */
    record MultiAttach(Symptom symptom) implements MountCause {
        @Override
        public String explanation() {
            return "the volume is attached to another node, and its storage allows one node only";
        }

        @Override
        public String remedy() {
            return "use a claim of access mode ReadWriteMany on a storage that has it; if the other node is gone, delete its pods";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The pod has two volumes on one claim.
     *
     * @param claim the claim
     * @param volumes the names of the volumes
     * @param symptom what gave it away
     */
    record TwoVolumesOnOneClaim(String claim, String volumes, Symptom symptom) implements MountCause {
        @Override
        public String explanation() {
            return "volumes " + OneLine.quoted(volumes) + " of the pod are on one claim, " + OneLine.quoted(claim)
                    + "; kubelets before 1.35.6 and 1.36.3 then wait for ever";
        }

        @Override
        public String remedy() {
            return "use one volume for a claim, with readOnly and subPath on its mounts";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The claim is a raw device.
     *
     * @param symptom what gave it away
     */
    record BlockVolume(Symptom symptom) implements MountCause {
        @Override
        public String explanation() {
            return "the claim has volumeMode Block, and only Filesystem can be mounted";
        }

        @Override
        public String remedy() {
            return "create a claim of volumeMode Filesystem; the mode of a claim cannot be changed";
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
    record FsGroupRefused(Symptom symptom) implements MountCause {
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
     * The node waits for a volume and does not say why.
     *
     * @param volumes the volumes, as the kubelet lists them
     * @param symptom what gave it away
     */
    record TimedOut(String volumes, Symptom symptom) implements MountCause {
        @Override
        public String explanation() {
            return "the node waits for volumes " + OneLine.quoted(volumes) + " and gives no reason";
        }

        @Override
        public String remedy() {
            return "look at the older events of the pod, and at the kubelet's log on its node";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }
}
