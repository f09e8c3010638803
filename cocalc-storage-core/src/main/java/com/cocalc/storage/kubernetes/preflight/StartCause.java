package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.kubernetes.apiserver.OneLine;

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
            return "the kubelet cannot make or enter the sub-path of volume " + OneLine.quoted(volume)
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
            return "volume " + OneLine.quoted(volume)
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
            return "container " + OneLine.quoted(container)
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
            return "container " + OneLine.quoted(container)
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
            return "container " + OneLine.quoted(container)
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
            return "container " + OneLine.quoted(container)
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
            return "subPathExpr of container " + OneLine.quoted(container) + " uses a variable without a value";
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
}
