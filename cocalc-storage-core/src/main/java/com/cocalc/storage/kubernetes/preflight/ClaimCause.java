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
            return ClaimWords.named(claim) + " is not bound to a volume";
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

    /**
     * The claim has lost its volume.
     *
     * @param claim the claim, or nothing where the message does not name it
     * @param symptom what gave it away
     */
    record Lost(String claim, Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return ClaimWords.named(claim) + " has lost its volume, which somebody deleted";
        }

        @Override
        public String remedy() {
            return "find the storage first, it may still have the files; then create a volume for it, with reclaim policy"
                    + " Retain, and a claim that names it";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The claim names a volume that is bound to another claim.
     *
     * @param claim the claim, or nothing where the message does not name it
     * @param symptom what gave it away
     */
    record Misbound(String claim, Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return ClaimWords.named(claim) + " names a volume that belongs to another claim";
        }

        @Override
        public String remedy() {
            return "create the claim anew with another volume, or correct the claimRef of the volume";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The claim names a volume that does not fit.
     *
     * @param claim the claim, or nothing where the message does not name it
     * @param symptom what gave it away
     */
    record VolumeMismatch(String claim, Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return ClaimWords.named(claim) + " cannot be bound to the volume that it names: " + symptom;
        }

        @Override
        public String remedy() {
            return "compare size, access modes, volume mode, class and claimRef of the two; create the one that"
                    + " is wrong anew";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The claim cannot grow.
     *
     * @param claim the claim, or nothing where the message does not name it
     * @param symptom what gave it away
     */
    record ResizeFailed(String claim, Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return ClaimWords.named(claim) + " cannot grow: " + symptom;
        }

        @Override
        public String remedy() {
            return "read the log of the resizer; the storage may be full, or its driver cannot grow volumes";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The claim is bound to a volume that does not exist.
     *
     * @param volume the volume, or nothing where the message does not name it
     * @param symptom what gave it away
     */
    record VolumeMissing(String volume, Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return (volume.isEmpty() ? "the volume" : "volume " + MessageText.quoted(volume))
                    + ", to which a claim is bound, does not exist";
        }

        @Override
        public String remedy() {
            return "find the storage first; then create a volume of this name that leads to it, with"
                    + " reclaim policy Retain";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * No node has the space that the claim asks for.
     *
     * @param symptom what gave it away
     */
    record NoSpaceOnNodes(Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return "no node has enough free storage for a claim of the pod";
        }

        @Override
        public String remedy() {
            return "free space where the class makes its volumes, or create the claim anew with a smaller size";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The claim of an ephemeral volume was made by somebody else.
     *
     * @param claim the claim, or nothing where the message does not name it
     * @param symptom what gave it away
     */
    record EphemeralOfAnother(String claim, Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return ClaimWords.named(claim)
                    + " has the name of an ephemeral volume's claim, but was not made for this pod";
        }

        @Override
        public String remedy() {
            return "rename the volume in the pod, or remove the claim if nothing on it is needed";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The node may not read the claim.
     *
     * @param claim the claim, or nothing where the message does not name it
     * @param symptom what gave it away
     */
    record Forbidden(String claim, Symptom symptom) implements ClaimCause {
        @Override
        public String explanation() {
            return "the node may not read " + ClaimWords.named(claim);
        }

        @Override
        public String remedy() {
            return "look at the authorizer's reason in the message; a pod that was bound to the node by hand, or"
                    + " names a claim of another namespace, is refused so";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }
}
