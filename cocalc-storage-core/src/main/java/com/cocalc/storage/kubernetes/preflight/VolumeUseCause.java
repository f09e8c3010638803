package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.MessageText;

/** The pod uses the volume in a way that it is not made for. */
public sealed interface VolumeUseCause extends MountCause {

    /**
     * The volume is in use on another node and allows one only.
     *
     * @param symptom what gave it away
     */
    record MultiAttach(Symptom symptom) implements VolumeUseCause {
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
    record TwoVolumesOnOneClaim(String claim, String volumes, Symptom symptom) implements VolumeUseCause {
        @Override
        public String explanation() {
            return "volumes " + MessageText.quoted(volumes) + " of the pod are on one claim, "
                    + MessageText.quoted(claim) + "; kubelets before 1.35.6 and 1.36.3 then wait for ever";
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
    record BlockVolume(Symptom symptom) implements VolumeUseCause {
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
     * The attachment of the volume to the node is being deleted.
     *
     * @param symptom what gave it away
     */
    record AttachmentBeingDeleted(Symptom symptom) implements VolumeUseCause {
        @Override
        public String explanation() {
            return "the attachment of the volume to the node is being deleted";
        }

        @Override
        public String remedy() {
            return "wait until the driver has detached it; if it lasts, look at the VolumeAttachment and the driver's controller";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }
}
