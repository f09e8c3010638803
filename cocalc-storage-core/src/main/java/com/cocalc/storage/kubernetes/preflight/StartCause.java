package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.MessageText;

/** The volume is mounted, but the container cannot be made. */
public sealed interface StartCause extends Cause {

    /**
     * The directory of a sub-path cannot be made or entered.
     *
     * @param volume the volume
     * @param symptom what gave it away
     */
    record SubPathRefused(String volume, Symptom symptom) implements StartCause {
        @Override
        public String explanation() {
            return "the kubelet cannot make or enter the sub-path of volume " + MessageText.quoted(volume)
                    + " (a symbolic link that leads out, a file on the way, a name of more than 255 bytes, or root that is"
                    + " squashed by the server)";
        }

        @Override
        public String remedy() {
            return "look at the path on the claim from a service's pod; remove the link or file, or let the server trust root";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * A missing sub-path on a read-only source.
     *
     * @param volume the volume
     * @param symptom what gave it away
     */
    record ReadOnlySource(String volume, Symptom symptom) implements StartCause {
        @Override
        public String explanation() {
            return "volume " + MessageText.quoted(volume)
                    + " is mounted read-only on the node, so the kubelet cannot make its missing sub-path";
        }

        @Override
        public String remedy() {
            return "put readOnly on the mount and not on the volume's claim source";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * A mount below another one that is read-only.
     *
     * @param container the container
     * @param symptom what gave it away
     */
    record MountPointMissing(String container, Symptom symptom) implements StartCause {
        @Override
        public String explanation() {
            return "container " + MessageText.quoted(container)
                    + " mounts something below a mount that is read-only and has no such directory";
        }

        @Override
        public String remedy() {
            return "mount it elsewhere, or make the directory on the volume once";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * A file where a directory is mounted, or the other way round.
     *
     * @param container the container
     * @param symptom what gave it away
     */
    record NotADirectory(String container, Symptom symptom) implements StartCause {
        @Override
        public String explanation() {
            return "container " + MessageText.quoted(container)
                    + " mounts a directory over a file, or a file over a directory";
        }

        @Override
        public String remedy() {
            return "see what the sub-path is on the claim; remove the file, or mount elsewhere";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The container is root, or may be, and must not.
     *
     * @param container the container
     * @param symptom what gave it away
     */
    record NonRootPolicy(String container, Symptom symptom) implements StartCause {
        @Override
        public String explanation() {
            return "container " + MessageText.quoted(container)
                    + " must not run as root (runAsNonRoot), but its user is root or has no number";
        }

        @Override
        public String remedy() {
            return "set runAsUser to the project's user; a root init container cannot be used beside runAsNonRoot,"
                    + " let the server own the files (server side ownership) instead";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The runtime does not know recursive read-only mounts.
     *
     * @param container the container
     * @param symptom what gave it away
     */
    record RecursiveReadOnlyUnsupported(String container, Symptom symptom) implements StartCause {
        @Override
        public String explanation() {
            return "container " + MessageText.quoted(container)
                    + " asks for recursiveReadOnly: Enabled, which the node's runtime does not have";
        }

        @Override
        public String remedy() {
            return "write IfPossible, or leave it away";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * A sub-path expression with a variable that has no value.
     *
     * @param container the container
     * @param symptom what gave it away
     */
    record MissingVariable(String container, Symptom symptom) implements StartCause {
        @Override
        public String explanation() {
            return "subPathExpr of container " + MessageText.quoted(container) + " uses a variable without a value";
        }

        @Override
        public String remedy() {
            return "write the path into subPath; nothing of it depends on variables";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The file system does not take user name spaces.
     *
     * @param container the container
     * @param symptom what gave it away
     */
    record IdMapRefused(String container, Symptom symptom) implements StartCause {
        @Override
        public String explanation() {
            return "the file system of a volume of container " + MessageText.quoted(container)
                    + " cannot be mounted with mapped users (hostUsers: false)";
        }

        @Override
        public String remedy() {
            return "remove hostUsers: false; NFS cannot do this, and CephFS and others only on newer kernels";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }

    /**
     * The runtime may not enter a directory of a volume.
     *
     * @param container the container
     * @param symptom what gave it away
     */
    record DirectoryDenied(String container, Symptom symptom) implements StartCause {
        @Override
        public String explanation() {
            return "the runtime may not enter a directory of a volume or the working directory of container "
                    + MessageText.quoted(container)
                    + ": root is squashed by the server, or the directory is not the user's";
        }

        @Override
        public String remedy() {
            return "let the server trust root (no_root_squash), or let the server map everybody to 2001; see that the"
                    + " directory has x for all";
        }

        @Override
        public String toString() {
            return explanation() + "; " + remedy();
        }
    }
}
