package com.cocalc.storage.kubernetes.audit;

import static com.cocalc.storage.kubernetes.audit.Severity.ERROR;
import static com.cocalc.storage.kubernetes.audit.Severity.HINT;
import static com.cocalc.storage.kubernetes.audit.Severity.WARNING;

/** The rules of {@link PodAudit}: one row each in {@code docs/audit-rules.md}. Their codes are stable. */
public enum AuditRule implements Rule {
    /** A value has a type that the field does not have. */
    WRONG_TYPE(ERROR, "the API server cannot read the object and answers 400", "write the type that is expected"),
    /** A field does not exist. */
    UNKNOWN_FIELD(
            ERROR,
            "refused with strict field validation; otherwise left out with a warning, as if it were not written",
            "correct the spelling (the case matters), or remove the field"),
    /** The API server refuses the object. */
    REFUSED_BY_SERVER(ERROR, "the API server answers 422 and no pod is made", "change the field as the message says"),

    /** A claim is mounted whole instead of one of its directories. */
    WHOLE_CLAIM(
            ERROR,
            "the container sees the files of all projects",
            "set subPath to the directory that is meant for this pod"),
    /** The directory is that of another project. */
    OTHER_PROJECT(ERROR, "the container sees another project's files", "set subPath to this project's own directory"),
    /** The directory contains more than what this pod may see. */
    PARENT_DIRECTORY(
            ERROR, "the container sees all that lies below, others' files too", "set subPath to the whole directory"),
    /** The directory is inside one that a project's user can change. */
    SUB_PATH_IN_HOME(
            ERROR,
            "the project's user can put a symbolic link there, which the kubelet follows within the volume: the next start"
                    + " mounts another project's files",
            "mount the project's whole directory, and use the directory inside it by its path"),
    /** The directory looks like the right one but is another. */
    LOOK_ALIKE_DIRECTORY(
            ERROR,
            "the kubelet makes another, empty directory of that name, and the user's files seem lost",
            "write the directory exactly, with the project's id in lower case and nothing after it"),
    /** The directory is not one that this pod uses. */
    OTHER_DIRECTORY(
            ERROR,
            "the container sees files that are not meant for it, or an empty directory in place of its own",
            "set subPath to the directory that is meant, or leave subPath out where the whole claim is meant"),
    /** The directory is the right one after its path is cleaned. */
    SUB_PATH_NOT_CLEAN(
            WARNING,
            "the kubelet cleans it to the right directory; a program that compares texts takes it for another",
            "write it without '.', '//' and a '/' at the end"),
    /** A claim of the installation that this pod must not mount. */
    CLAIM_NOT_EXPECTED(ERROR, "the container sees files that are not meant for it", "remove the mount"),
    /** A claim of the installation as a raw device. */
    CLAIM_AS_DEVICE(
            ERROR,
            "the claim is a file system, so the container does not start",
            "mount it with volumeMounts instead of volumeDevices"),

    /** One claim behind two volumes. */
    TWO_VOLUMES_ONE_CLAIM(
            ERROR,
            "with kubelets before 1.35 the pod stays in ContainerCreating for ever; later ones mount it once, and the"
                    + " last entry's readOnly holds for both",
            "keep one volume for the claim, and put readOnly and subPath on its mounts"),
    /** No claim can have the name. */
    IMPOSSIBLE_CLAIM_NAME(
            ERROR,
            "FailedMount: persistentvolumeclaims not found, for ever",
            "write the claim's name: lower case, digits, '-' and '.', at most 253 characters"),
    /** A volume without a source. */
    VOLUME_WITHOUT_SOURCE(
            ERROR,
            "it becomes an empty directory that goes away with the pod, and all that was written to it",
            "name the claim, or write emptyDir: {} if that is meant"),
    /** Something else is mounted where storage of the installation belongs. */
    OVER_OUR_PATH(
            ERROR,
            "programs find other files there than they expect, and what they write is lost or goes elsewhere",
            "mount it somewhere else"),
    /** A directory of the node that leads to the volumes of all pods. */
    HOST_PATH_TO_VOLUMES(
            ERROR,
            "the kubelet, a runtime or a provisioner keeps volumes there: the container reaches the files of all projects on"
                    + " the node",
            "remove the volume"),
    /** A directory of the node that gives access to its processes, devices, programs or container runtime. */
    HOST_PATH_TO_NODE(
            ERROR,
            "the container reaches the node's processes, devices, programs or container runtime, and through them the files of"
                    + " all projects on the node",
            "remove the volume"),
    /** A directory of the node. */
    HOST_PATH(
            WARNING,
            "the files stay on one node and the pod may run on another; Pod Security refuses it from baseline on",
            "use a claim"),
    /** A volume that the kubelet clones from a repository. */
    GIT_REPO(
            ERROR,
            "a kubelet before 1.31 runs programs of the repository as root of the node, and reaches the files of all"
                    + " projects there; one of 1.33 or later does not mount it",
            "clone it in an init container, into an emptyDir"),
    /** Shared storage without a claim, read-only. */
    INLINE_STORAGE(
            WARNING,
            "if it is the storage behind the claims, the container reads the files of all projects; Pod Security"
                    + " restricted refuses most of these kinds",
            "use a claim, with the sub-path that is meant"),
    /** Shared storage without a claim, read-write. */
    INLINE_STORAGE_WRITABLE(
            ERROR,
            "if it is the storage behind the claims, the container reads and changes the files of all projects",
            "use a claim, with the sub-path that is meant; if it is other storage, mount it read-only"),
    /** A new claim that is filled with the content of one of the installation's claims. */
    CLONE_OF_CLAIM(
            ERROR,
            "the new volume is a copy of the claim, with the files of all projects",
            "remove dataSource and dataSourceRef"),
    /** Another claim of the storage behind one of the installation's claims. */
    CLAIM_OF_SAME_STORAGE(
            ERROR,
            "the container reaches files of the installation past the sub-paths and read-only flags of its claims",
            "remove the volume, and mount the claim of the installation with the sub-path that is meant"),
    /** A volume without a claim that is known to lead to the files of the installation. */
    VOLUME_OF_SAME_STORAGE(
            ERROR,
            "the container reaches files of the installation past the sub-paths and read-only flags of its claims",
            "remove the volume, and mount the claim of the installation with the sub-path that is meant"),
    /** A volume for which Kubernetes creates a claim with the name of one of the installation's claims. */
    EPHEMERAL_CLAIM_NAME(
            ERROR,
            "the pod does not start, as the claim of that name was not made for it; where it does not exist yet, it is"
                    + " made for this pod alone and goes away with it",
            "rename the volume"),

    /** Writable storage that must be read-only. */
    WRITABLE(ERROR, "the container can change what others run or read", "set readOnly: true on the mount"),
    /** Read-only storage that must be writable. */
    READ_ONLY(
            ERROR,
            "writing fails with: Read-only file system",
            "remove readOnly from the mount and from the volume's source, or set both to false"),
    /** A read-only source in which a directory has to be created. */
    READ_ONLY_SOURCE_WITH_SUB_PATH(
            ERROR,
            "the kubelet cannot make a missing directory: CreateContainerConfigError; and every mount of it is read-only",
            "remove readOnly from the volume's source and set it on the mounts that are to be read-only"),
    /** The two read-only flags differ. */
    FLAGS_DISAGREE(HINT, "the access is right: one read-only flag is enough", "write the same flag at both places"),

    /** Storage that the pod needs is at another place of the container. */
    MOUNTED_ELSEWHERE(
            ERROR,
            "programs do not find it where they look, and write to the container's own disk",
            "correct mountPath"),
    /** Storage that the pod needs is in no container. */
    NOT_MOUNTED(
            ERROR,
            "what is written there is on the container's own disk and lost with it",
            "add the mount to the container that works with it"),
    /** Storage that the pod needs is in another container than the one that works with it. */
    MOUNTED_IN_SIDECAR(
            WARNING,
            "if the project runs in the first container, what it writes is on the container's own disk and lost with it",
            "add the mount to the container that works with it, or say that this container is the project's"),
    /** Two mounts at one place. */
    SAME_PLACE(ERROR, "both are mounted there, and the later one hides the first", "give each a place of its own"),
    /** A mount inside storage of the installation. */
    NESTED_IN_CLAIM(
            WARNING,
            "the runtime makes the mount point inside the claim, as root, and it stays there for ever",
            "mount it outside"),
    /** A mount inside a read-only mount. */
    NESTED_IN_READ_ONLY(
            ERROR,
            "the mount point cannot be made: StartError, read-only file system, unless the directory exists already",
            "mount it outside"),
    /** A directory of another claim that is needed and cannot be created. */
    DIRECTORY_MUST_EXIST(
            WARNING,
            "the container does not start unless the directory is there already: in a read-only volume nobody makes it",
            "make the directory in the volume, or mount the volume so that it can be made"),
    /** A working directory inside storage of the installation. */
    WORKING_DIRECTORY(
            WARNING,
            "where it is missing, the runtime makes it as root, and the user cannot write in it; in a read-only mount the"
                    + " container does not start",
            "set workingDir to the path of the mount, and change the directory in the program"),
    /** A working directory that does not start at the root. */
    WORKING_DIRECTORY_RELATIVE(
            ERROR,
            "runc does not start the container: StartError, Cwd must be an absolute path; other runtimes start it below /",
            "start it with '/'"),
    /** A mount path at the root. */
    MOUNT_PATH_ROOT(
            ERROR, "StartError, and the volume is left with dev/ and etc/ of the container", "mount it below /"),
    /** A mount path in the kernel's own file system. */
    MOUNT_PATH_IN_PROC(ERROR, "StartError: the runtime mounts nothing inside /proc", "mount it elsewhere"),
    /** A mount path that the runtime keeps for itself. */
    MOUNT_PATH_OF_RUNTIME(
            ERROR,
            "StartError: the runtime makes or mounts this itself and nothing can be mounted there",
            "mount it elsewhere"),
    /** A directory mounted over the file in which the runtime looks for users or groups. */
    MOUNT_PATH_OF_ACCOUNTS(
            ERROR,
            "StartError: runc reads users and groups from this file, and the volume is a directory",
            "mount it elsewhere, or mount a file of it by its sub-path"),
    /** A claim mounted over the container's settings. */
    MOUNT_PATH_ETC(
            WARNING,
            "the runtime leaves empty files hosts, hostname and resolv.conf in the claim, and hides the image's own /etc",
            "mount it elsewhere"),
    /** A mount path with a NUL character. */
    MOUNT_PATH_NUL(ERROR, "StartError: mount field contains null byte", "remove the character"),
    /** A mount path that is too long for Linux. */
    MOUNT_PATH_TOO_LONG(ERROR, "StartError: file name too long", "shorten it: 3970 bytes, 255 for each name"),
    /** A relative mount path. */
    MOUNT_PATH_RELATIVE(WARNING, "containerd puts a '/' before it; other runtimes may not", "start it with '/'"),
    /** A mount path with an element {@code ..}. */
    MOUNT_PATH_DOT_DOT(WARNING, "containerd cleans it; other runtimes may not", "write the path that is meant"),
    /** A mount path with a colon. */
    MOUNT_PATH_COLON(WARNING, "containerd takes it; Kubernetes' own description forbids it", "use another character"),
    /** A mount path with blanks or control characters. */
    MOUNT_PATH_BLANK(
            WARNING,
            "containerd takes it; scripts and other runtimes may not",
            "use letters, digits, '-', '_' and '.'"),
    /** A mount over a file that the kubelet writes. */
    MOUNT_PATH_OF_KUBELET(
            WARNING, "it replaces the file that the kubelet writes for the container", "mount it elsewhere"),

    /** A name in a sub-path is too long for a file system. */
    SUB_PATH_TOO_LONG(ERROR, "CreateContainerConfigError: failed to prepare subPath", "shorten it"),
    /** A reference to a variable in a field that does not expand it. */
    SUB_PATH_NOT_EXPANDED(
            WARNING, "it is taken literally: a directory named $(…)", "write the value; subPathExpr would expand it"),
    /** A sub-path that depends on a variable. */
    SUB_PATH_EXPR(
            WARNING,
            "who can change the variable (a patch, a config map) changes what is mounted",
            "write the value into subPath"),
    /** A sub-path that depends on a variable that is missing or empty. */
    SUB_PATH_EXPR_UNDEFINED(
            ERROR, "CreateContainerConfigError: missing value", "define the variable, or write the value into subPath"),
    /** A sub-path that a variable leads out of the volume. */
    SUB_PATH_EXPR_ESCAPES(
            ERROR,
            "CreateContainerConfigError: the kubelet refuses '..' and a leading '/'",
            "write the directory into subPath"),
    /** A sub-path that is unknown before the pod starts. */
    SUB_PATH_EXPR_UNKNOWN(
            ERROR, "the container sees whatever the variable says, also others' files", "write the value into subPath"),
    /** Mount propagation. */
    MOUNT_PROPAGATION(
            WARNING,
            "mounts that come and go on the node appear in the container, or the other way round",
            "remove mountPropagation"),
    /** A read-only mount that needs a recent runtime. */
    RECURSIVE_READ_ONLY(
            ERROR,
            "CreateContainerConfigError where the runtime cannot do it (containerd 1.7 and older)",
            "write IfPossible, or remove it: nothing is mounted below"),

    /** The user of a container with our storage differs from the installation's. */
    RUN_AS_USER(
            ERROR,
            "files are made for another owner, and those that are there cannot be written",
            "set runAsUser of the pod to the installation's user"),
    /** The group of a container with our storage differs from the installation's. */
    RUN_AS_GROUP(
            ERROR,
            "files are made for another group, and those that are there may not be readable",
            "set runAsGroup of the pod to the installation's group"),
    /** The pod has a group and no user. */
    GROUP_WITHOUT_USER(
            ERROR,
            "containerd does not make the pod's sandbox: FailedCreatePodSandBox, user group is specified without user",
            "set runAsUser of the pod as well, or runAsGroup of each container instead"),
    /** Only the groups that the pod names count, which needs a recent runtime. */
    STRICT_GROUPS(
            WARNING,
            "containerd 1.7 and older cannot do it, and their kubelet refuses the pod: SupplementalGroupsPolicyNotSupported",
            "write Merge, or remove it"),
    /** A pod for Windows. */
    WINDOWS(
            ERROR,
            "the API server refuses the user and the groups of the pod, and a node with Windows cannot mount the storage"
                    + " for them",
            "remove os, or write linux"),
    /** The users of the pod are mapped to others of the node. */
    OWN_USERS(
            WARNING,
            "the pod does not start with containerd 1.7 and older, nor where the kernel cannot map users on the file"
                    + " system of a volume, as on NFS",
            "remove hostUsers, unless the nodes and the back end can do it"),
    /** The group of the pod's volumes differs from the installation's. */
    FS_GROUP(
            ERROR,
            "on a back end whose root belongs to root the home is not writable",
            "set fsGroup of the pod to the installation's group"),
    /** The kubelet may change the group of a volume's files at every start. */
    FS_GROUP_CHANGE_POLICY(
            WARNING,
            "the kubelet may walk over all files of all projects at each start",
            "set fsGroupChangePolicy: OnRootMismatch"),
    /** A container runs as root although the pod forbids it. */
    ROOT_BREAKS_NON_ROOT(
            ERROR,
            "CreateContainerConfigError: container's runAsUser breaks non-root policy",
            "set runAsUser to the installation's user"),
    /** A container with our storage runs as root. */
    ROOT_BESIDE_HOME(
            WARNING,
            "files that it makes belong to root and the user cannot change them; with root squash it reads only what"
                    + " everybody may read",
            "run it as the installation's user; if it repairs homes, the values must set"
                    + " manage.project.fixPermissionsInit: true"),
    /** The pod sees all processes of the node. */
    HOST_PID(
            ERROR,
            "all projects run as one user: a process reads and writes the homes of the other projects on the node through"
                    + " /proc/PID/root",
            "remove hostPID"),
    /** The pod shares memory and semaphores with the node. */
    HOST_IPC(
            ERROR,
            "all projects run as one user: a process reads and changes the shared memory of others on the node",
            "remove hostIPC"),
    /** The pod has the node's network. */
    HOST_NETWORK(
            ERROR,
            "it speaks to the NFS server with the node's address, which no network policy keeps away, and mounts or reads"
                    + " the export of all projects",
            "remove hostNetwork"),
    /** A capability that lets a process leave the container or bypass permissions. */
    DANGEROUS_CAPABILITY(
            ERROR,
            "with it a process leaves the container or the permissions of files, and reaches the files of other projects",
            "remove the capability"),
    /** A capability that containers do not have by default. */
    ADDED_CAPABILITY(WARNING, "the container may do more on the node than its work needs", "remove the capability"),
    /** No filter for system calls. */
    SECCOMP_UNCONFINED(
            WARNING,
            "every system call of the node's kernel is open to the container; Pod Security refuses it from baseline on",
            "write RuntimeDefault, or remove the profile"),
    /** No AppArmor profile. */
    APP_ARMOR_UNCONFINED(
            WARNING,
            "the container may mount and write below /proc where the runtime's profile forbids it; Pod Security refuses"
                    + " it from baseline on",
            "write RuntimeDefault, or remove the profile"),
    /** A type of SELinux that is not one for containers. */
    SE_LINUX_UNCONFINED(
            WARNING,
            "the container may do more on the node than SELinux allows to others; Pod Security refuses it from baseline on",
            "remove type, user and role from seLinuxOptions"),
    /** An unmasked {@code /proc}. */
    PROC_UNMASKED(
            WARNING,
            "parts of /proc that show and change the node are visible; Pod Security refuses it from baseline on",
            "remove procMount"),
    /** The init container that repairs the home is missing. */
    HOME_REPAIR_MISSING(
            ERROR,
            "a fresh home belongs to root, and writing to it fails with: Permission denied",
            "add the init container fix-permissions, or switch manage.project.fixPermissionsInit off"),
    /** The init container that repairs the home runs another command, as another user, or has other mounts. */
    HOME_REPAIR_CHANGED(
            ERROR,
            "it runs as root and sees the home: another command can damage the files, and homes are not repaired",
            "use the container as the installation makes it"),
    /** Where homes are repaired, another init container runs as root and sees the home. */
    ROOT_BESIDE_REPAIR(
            ERROR,
            "it runs as root and sees the home: it can damage the files, and what it leaves there after the repair cannot"
                    + " be written",
            "remove its mount, or run it as the installation's user: the init container fix-permissions repairs homes"),
    /** A privileged container in a pod with our storage. */
    PRIVILEGED(
            ERROR,
            "it reaches the node, and with it the mounted files of all projects there",
            "remove privileged: true"),

    /** A variable with the place of storage is missing. */
    VARIABLE_MISSING(WARNING, "programs do not find the directory", "add the variable"),
    /** A variable with the place of storage has another value. */
    VARIABLE_WRONG(WARNING, "programs look elsewhere", "set the variable to the value that is expected"),
    /** A variable names a place where the storage is not mounted. */
    VARIABLE_WITHOUT_MOUNT(WARNING, "programs find nothing there", "add the mount, or remove the variable"),
    /** A variable whose name some servers refuse. */
    VARIABLE_NAME(
            WARNING,
            "servers before 1.32 refuse the pod",
            "use letters, digits, '_', '-' and '.', and no digit at the start");

    @SuppressWarnings("ImmutableEnumChecker") // A record of an enum and two texts cannot change.
    private final Meaning meaning;

    AuditRule(Severity severity, String atRunTime, String remedy) {
        meaning = new Meaning(severity, atRunTime, remedy);
    }

    @Override
    public Meaning meaning() {
        return meaning;
    }
}
