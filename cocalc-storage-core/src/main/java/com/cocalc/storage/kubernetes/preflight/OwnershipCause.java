package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.MessageText;

/** Everything is mounted, but the files do not let the user in. */
public sealed interface OwnershipCause extends Cause {

    /**
     * The home is not the user's.
     *
     * @param path the path that was refused
     * @param symptom what gave it away
     */
    record WrongOwnerOfHome(String path, Symptom symptom) implements OwnershipCause {
        @Override
        public String explanation() {
            return "the project's user may not write to its home (at " + MessageText.quoted(path)
                    + "): the kubelet makes a missing home as root";
        }

        @Override
        public String remedy() {
            return "set manage.project.fixPermissionsInit: true, which needs a storage that trusts root (no_root_squash), or let the"
                    + " server map everybody to 2001";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The software is mounted read-write but is not the user's.
     *
     * @param path the path that was refused
     * @param symptom what gave it away
     */
    record WrongOwnerOfSoftware(String path, Symptom symptom) implements OwnershipCause {
        @Override
        public String explanation() {
            return "the mount of the software is read-write, but its files are not (at " + MessageText.quoted(path)
                    + "): the root of a fresh claim is root's";
        }

        @Override
        public String remedy() {
            return "run the one-off Job that hands the root of the software claim to 2001";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The shares are mounted read-write but are not the user's.
     *
     * @param path the path that was refused
     * @param symptom what gave it away
     */
    record WrongOwnerOfShares(String path, Symptom symptom) implements OwnershipCause {
        @Override
        public String explanation() {
            return "the service may not write to the shares (at " + MessageText.quoted(path)
                    + "): the kubelet makes their directory as root";
        }

        @Override
        public String remedy() {
            return "run the one-off Job that hands the directory of all shares to 2001";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The software is read-only and cannot even be read.
     *
     * @param path the path that was refused
     * @param symptom what gave it away
     */
    record SoftwareNotReadable(String path, Symptom symptom) implements OwnershipCause {
        @Override
        public String explanation() {
            return "the software cannot be read (at " + MessageText.quoted(path)
                    + "): its directories must be readable for all";
        }

        @Override
        public String remedy() {
            return "run chmod -R a+rX on the software from a pod that mounts it read-write as its owner";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * Writing to what is mounted read-only.
     *
     * @param path the path that was refused
     * @param symptom what gave it away
     */
    record ReadOnlyMount(String path, Symptom symptom) implements OwnershipCause {
        @Override
        public String explanation() {
            return "what is mounted at " + MessageText.quoted(path) + " is read-only for this pod";
        }

        @Override
        public String remedy() {
            return "for the software that is as it should be without a licence with ext_rw, and changes at the next start after one"
                    + " is added; its explanation tells what each licence does";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The init container may not change owners.
     *
     * @param path the path that was refused
     * @param symptom what gave it away
     */
    record ChownRefused(String path, Symptom symptom) implements OwnershipCause {
        @Override
        public String explanation() {
            return "root in the init container may not change the owner of " + MessageText.quoted(path)
                    + ": the server squashes root";
        }

        @Override
        public String remedy() {
            return "export with no_root_squash (StorageClass parameter rootSquash: \"false\"), or set fixPermissionsInit: false and"
                    + " let the server map everybody to 2001";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * No space, or no more files allowed.
     *
     * @param path the path that was refused
     * @param symptom what gave it away
     */
    record StorageFull(String path, Symptom symptom) implements OwnershipCause {
        @Override
        public String explanation() {
            return "the storage under " + MessageText.quoted(path) + " is full, or its quota is used up";
        }

        @Override
        public String remedy() {
            return "free space, or let the claim grow (a bound claim whose class allows expansion)";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }
}
