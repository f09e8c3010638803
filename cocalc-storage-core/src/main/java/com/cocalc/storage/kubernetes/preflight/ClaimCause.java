package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.apiserver.NameRules;

/** The claim behind a volume is not there, or has nothing behind it. */
public sealed interface ClaimCause extends Cause {

    /**
     * The pod names a claim that does not exist.
     *
     * @param claim the name in the pod
     * @param symptom what gave it away
     */
    record Missing(String claim, Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return "claim " + MessageText.quoted(claim) + " does not exist in the pod's namespace";
        }

        @Override
        public String remedy() {
            return NameRules.isClaimName(claim)
                    ? "create the claim, or correct the name in values.yaml; the pod then starts by itself"
                    : "no claim can have this name (a DNS-1123 subdomain in lower case); correct the name in values.yaml";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The claim exists, but no volume is bound to it.
     *
     * @param claim the claim, or nothing where the message does not name it
     * @param symptom what gave it away
     */
    record Pending(String claim, Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return (claim.isEmpty() ? "a claim of the pod" : "claim " + MessageText.quoted(claim))
                    + " is not bound to a volume";
        }

        @Override
        public String remedy() {
            return "look at the claim's events: its class may be missing or have no provisioner; a preflight check tells which";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The claim names no class and there is no default class.
     *
     * @param claim the claim
     * @param symptom what gave it away
     */
    record NoDefaultClass(String claim, Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return "claim " + MessageText.quoted(claim)
                    + " names no class, the cluster has no default class, and no volume fits";
        }

        @Override
        public String remedy() {
            return "set storage.class (for example to \"nfs\") and create the claim anew, or make a class the default";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The claim's class does not exist.
     *
     * @param claim the claim
     * @param storageClass the class, or nothing where the message does not name it
     * @param symptom what gave it away
     */
    record ClassMissing(String claim, String storageClass, Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return "claim " + MessageText.quoted(claim) + " asks for a class that does not exist"
                    + (storageClass.isEmpty() ? "" : ", " + MessageText.quoted(storageClass));
        }

        @Override
        public String remedy() {
            return "install the class, or create the claim anew with one that `kubectl get storageclass` lists";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The provisioner could not make a volume.
     *
     * @param claim the claim
     * @param symptom what gave it away
     */
    record ProvisioningFailed(String claim, Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return "the provisioner could not make a volume for claim " + MessageText.quoted(claim) + ": " + symptom;
        }

        @Override
        public String remedy() {
            return "read the log of the provisioner; a full disk under the NFS server is the most common reason";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The claim waits for a provisioner that does not answer.
     *
     * @param claim the claim
     * @param symptom what gave it away
     */
    record WaitingForProvisioner(String claim, Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return "claim " + MessageText.quoted(claim) + " waits for its provisioner";
        }

        @Override
        public String remedy() {
            return "if this lasts, see whether the provisioner's pod runs and its name is that of the StorageClass";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The volume can only be reached from other nodes.
     *
     * @param symptom what gave it away
     */
    record OtherZone(Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return "a volume can only be used on nodes that the pod cannot run on";
        }

        @Override
        public String remedy() {
            return "use a storage that all nodes reach (ReadWriteMany over the network), not a disk of one zone or node";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The claim is being deleted.
     *
     * @param claim the claim
     * @param symptom what gave it away
     */
    record BeingDeleted(String claim, Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return "claim " + MessageText.quoted(claim)
                    + " is being deleted; it goes away with the last pod that uses it";
        }

        @Override
        public String remedy() {
            return "set the volume's reclaim policy to Retain now, so that its files survive; then create the claim anew"
                    + " and bind it to that volume";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }
}
