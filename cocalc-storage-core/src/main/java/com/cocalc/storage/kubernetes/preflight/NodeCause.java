package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.MessageText;

/** The node lacks what it needs to mount the volume, or does not say what it waits for. */
public sealed interface NodeCause extends MountCause {

    /**
     * The mount command does not take the options.
     *
     * @param symptom what gave it away
     */
    record BadOption(Symptom symptom) implements NodeCause {
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
    record NoNfsClient(Symptom symptom) implements NodeCause {
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
    record NoDriver(String driver, Symptom symptom) implements NodeCause {
        @Override
        public String explanation() {
            return "CSI driver " + MessageText.quoted(driver) + " is not registered on the pod's node";
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
     * The node waits for a volume and does not say why.
     *
     * @param volumes the volumes, as the kubelet lists them
     * @param symptom what gave it away
     */
    record TimedOut(String volumes, Symptom symptom) implements NodeCause {
        @Override
        public String explanation() {
            return "the node waits for volumes " + MessageText.quoted(volumes) + " and gives no reason";
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

    /**
     * The socket of a CSI driver on the node does not answer.
     *
     * @param symptom what gave it away
     */
    record DriverSilent(Symptom symptom) implements NodeCause {
        @Override
        public String explanation() {
            return "a CSI driver on the pod's node does not answer on its socket";
        }

        @Override
        public String remedy() {
            return "see whether the driver's pod runs on this node, and read its log; the storage itself was not asked";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The service for locks of NFS 3 does not run on the node.
     *
     * @param symptom what gave it away
     */
    record StatdMissing(Symptom symptom) implements NodeCause {
        @Override
        public String explanation() {
            return "rpc.statd does not run on the node, and NFS 3 needs it for locks";
        }

        @Override
        public String remedy() {
            return "start rpc-statd on every node (with rpcbind), or mount with vers=4.1; nolock would let"
                    + " two pods hold one lock";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The node has no program that mounts this kind of file system.
     *
     * @param type the kind of file system
     * @param symptom what gave it away
     */
    record NoMountProgram(String type, Symptom symptom) implements NodeCause {
        @Override
        public String explanation() {
            return "the node cannot mount " + MessageText.quoted(type)
                    + ", as its mount helper or kernel module is missing";
        }

        @Override
        public String remedy() {
            return "install cifs-utils, amazon-efs-utils or ceph-common on every node, or use the CSI driver,"
                    + " which brings its own";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The place of the mount is in use.
     *
     * @param symptom what gave it away
     */
    record Busy(Symptom symptom) implements NodeCause {
        @Override
        public String explanation() {
            return "the node says that the volume or the directory to mount it on is busy";
        }

        @Override
        public String remedy() {
            return "wait for the mount that is under way; if it lasts, look for mounts of an earlier pod on the node,"
                    + " or restart the node";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }
}
