package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.kubernetes.apiserver.OneLine;

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
     * The node waits for a volume and does not say why.
     *
     * @param volumes the volumes, as the kubelet lists them
     * @param symptom what gave it away
     */
    record TimedOut(String volumes, Symptom symptom) implements NodeCause {
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
