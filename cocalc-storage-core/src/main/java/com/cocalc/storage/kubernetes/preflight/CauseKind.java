package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.MessageText;
import java.util.Locale;

/**
 * The kinds of {@linkplain Cause causes}: one row each in {@code docs/diagnosis.md}. Their codes are stable; later
 * versions add kinds, so a {@code switch} over them needs a default branch.
 */
public enum CauseKind {
    /** The claim does not exist. */
    CLAIM_MISSING(
            About.CLAIM,
            "{subject} does not exist in the pod's namespace",
            "create the claim, or correct the name in values.yaml; the pod then starts by itself"),
    /** The claim does not exist, and no claim can have its name. */
    CLAIM_NAME_REFUSED(
            About.CLAIM,
            "{subject} does not exist in the pod's namespace",
            "no claim can have this name (a DNS-1123 subdomain in lower case); correct the name in values.yaml"),
    /** The claim exists, but no volume is bound to it. */
    CLAIM_PENDING(
            About.CLAIM,
            "{subject} is not bound to a volume",
            "look at the claim's events: its class may be missing or have no provisioner; a preflight check tells which"),
    /** The claim names no class, and the cluster has no default class. */
    NO_DEFAULT_CLASS(
            About.CLAIM,
            "{subject} names no class, the cluster has no default class, and no volume fits",
            "set storage.class (for example to \"nfs\") and create the claim again, or make a class the default"),
    /** The claim's class does not exist. The detail is the class. */
    CLASS_MISSING(
            About.CLAIM,
            "{subject} asks for a class that does not exist, {detail}",
            "install the class, or create the claim again with one that `kubectl get storageclass` lists"),
    /** The provisioner could not create a volume. */
    PROVISIONING_FAILED(
            About.CLAIM,
            "the provisioner could not make a volume for {subject}: {seen}",
            "read the log of the provisioner; a full disk under the NFS server is the most common reason"),
    /** The claim waits for a provisioner that does not answer. */
    WAITING_FOR_PROVISIONER(
            About.CLAIM,
            "{subject} waits for its provisioner",
            "if this lasts, see whether the provisioner's pod runs and its name is that of the StorageClass"),
    /** The claim is being deleted. */
    CLAIM_BEING_DELETED(
            About.CLAIM,
            "{subject} is being deleted; it goes away with the last pod that uses it",
            "set the volume's reclaim policy to Retain now, so that its files survive; then create the claim again"
                    + " and bind it to that volume"),
    /** The claim has lost its volume. */
    CLAIM_LOST(
            About.CLAIM,
            "{subject} has lost its volume, which somebody deleted",
            "find the storage first, it may still have the files; then create a volume for it, with reclaim policy"
                    + " Retain, and a claim that names it"),
    /** The claim names a volume that is bound to another claim. */
    CLAIM_MISBOUND(
            About.CLAIM,
            "{subject} names a volume that belongs to another claim",
            "create the claim again with another volume, or correct the claimRef of the volume"),
    /** The claim names a volume that does not fit. */
    VOLUME_MISMATCH(
            About.CLAIM,
            "{subject} cannot be bound to the volume that it names: {seen}",
            "compare size, access modes, volume mode, class and claimRef of the two; create the wrong one again"),
    /** The claim cannot grow. */
    RESIZE_FAILED(
            About.CLAIM,
            "{subject} cannot grow: {seen}",
            "read the log of the resizer; the storage may be full, or its driver cannot grow volumes"),
    /** The claim of an ephemeral volume was created for another owner. */
    EPHEMERAL_CLAIM_OF_ANOTHER(
            About.CLAIM,
            "{subject} has the name of an ephemeral volume's claim, but was not made for this pod",
            "rename the volume in the pod, or remove the claim if nothing on it is needed"),
    /** The node may not read the claim. */
    CLAIM_FORBIDDEN(
            About.CLAIM,
            "the node may not read {subject}",
            "look at the authorizer's reason in the message; a pod that was bound to the node by hand, or names a claim"
                    + " of another namespace, is refused so"),
    /** The claim is bound to a volume that does not exist. */
    VOLUME_MISSING(
            About.VOLUME,
            "{subject}, to which a claim is bound, does not exist",
            "find the storage first; then create a volume of this name that leads to it, with reclaim policy Retain"),
    /** The volume can only be used on nodes that the pod cannot run on. */
    OTHER_ZONE(
            About.NOTHING,
            "a volume can only be used on nodes that the pod cannot run on",
            "use a storage that all nodes reach (ReadWriteMany over the network), not a disk of one zone or node"),
    /** Only one pod may use the claim, and another pod uses it. */
    ONE_POD_ONLY(
            About.NOTHING,
            "a claim of the pod has access mode ReadWriteOncePod, and another pod uses it",
            "create a claim of access mode ReadWriteMany; the mode of a claim cannot be changed"),
    /** No node has the space that the claim asks for. */
    NO_SPACE_ON_NODES(
            About.NOTHING,
            "no node has enough free storage for a claim of the pod",
            "free space where the class makes its volumes, or create the claim again with a smaller size"),
    /** The nodes have as many volumes attached as their driver allows. */
    TOO_MANY_VOLUMES(
            About.NOTHING,
            "no further volume of this kind can be attached to a node",
            "use a storage over the network (NFS, CephFS, SMB), which has no such limit, or add nodes"),

    /** The server no longer knows a directory that the node has mounted. */
    STALE_HANDLE(
            About.NODE,
            "the node holds a directory that its server no longer knows (stale file handle)",
            "delete the pod so that the volume is mounted again; if many pods show this, the server came back with another"
                    + " file system: see whether its persistence is on"),
    /** The server does not let the node mount the export. */
    ACCESS_DENIED(
            About.NODE,
            "the NFS server does not let this node mount the export",
            "add the node's address to the export, and see that no firewall rewrites it"),
    /**
     * The node cannot reach the server. The detail is the kind of server, for example NFS, where the message tells it.
     */
    SERVER_UNREACHABLE(
            About.NODE,
            "the node cannot reach the {server} server",
            "see that the server runs, that nodes may reach {ports}, and that its name resolves on the node, which does not"
                    + " use the cluster's DNS"),
    /**
     * The server has no such export, share or directory. The detail is the kind of server, where the message tells it.
     */
    EXPORT_MISSING(
            About.NODE,
            "the {server} server has no such export",
            "see whether the server lost its data (persistence off), or the volume names another server's directory"),
    /** The storage does not let the kubelet give the volume to the pod's group. */
    FS_GROUP_REFUSED(
            About.NODE,
            "the kubelet may not change the group of the volume's files (fsGroup), as root is squashed by the server",
            "export with no_root_squash, or set fsGroupPolicy None in the CSIDriver"),
    /** The kubelet gives all files of a volume to the pod's group, and there are many. */
    FS_GROUP_SLOW(
            About.NODE,
            "the kubelet gives every file of a volume to the pod's group (fsGroup), and there are many",
            "wait; then set fsGroupChangePolicy: OnRootMismatch, so that it does not walk through all homes at each start"),
    /** Files were deleted while the kubelet changed their group. */
    FILES_WENT_AWAY(
            About.NODE,
            "a file went away while the kubelet changed the group of all files (fsGroup)",
            "the kubelet tries again by itself; if it lasts, set fsGroupChangePolicy: OnRootMismatch, so that it does not"
                    + " walk through homes in use"),
    /** The server refuses the node or its credentials. */
    PERMISSION_DENIED(
            About.NODE,
            "the server answers the mount with: Permission denied",
            "for NFS, add the node's address to the export and look at its sec= option; for SMB and CephFS, correct user"
                    + " and key in the secret"),
    /** The server or the kernel does not permit the mount. */
    NOT_PERMITTED(
            About.NODE,
            "the mount is answered with: Operation not permitted",
            "see whether the export asks for ports below 1024 or for another NFS version, and whether the node itself may"
                    + " mount"),
    /** The server does not offer the protocol. */
    PROTOCOL_UNAVAILABLE(
            About.NODE,
            "the server does not offer the version or transport that the node asks for",
            "write the version that it offers into mountOptions (for NFS vers=4.1 or vers=3, for SMB vers=3.0)"),
    /** CephFS has no metadata server. */
    NO_METADATA_SERVER(
            About.NODE,
            "CephFS has no metadata server that is up, or the key may not use it",
            "see what `ceph fs status` says, and whether the key of the secret is for this file system"),
    /** The storage fails. */
    INPUT_OUTPUT_ERROR(
            About.NODE,
            "the storage answers with: Input/output error",
            "read the kernel's log on the node and the log of the server; stop writing until the disk under it was looked"
                    + " at"),
    /** The server grants no locks. */
    NO_LOCKS(
            About.NODE,
            "the server gives no locks (No locks available)",
            "see that rpc.statd runs on node and server (NFS 3), or mount with vers=4.1, which needs none"),

    /** The mount command refuses the options. */
    BAD_OPTION(
            About.NODE,
            "the mount command refuses the options of the StorageClass or the volume",
            "correct mountOptions of the StorageClass; volumes that exist keep theirs, change those in the volume itself"),
    /** The node has no NFS client. */
    NO_NFS_CLIENT(
            About.NODE,
            "the node has no NFS client",
            "install nfs-common (Debian, Ubuntu) or nfs-utils (RHEL, Amazon Linux) on every node, and see that the kernel has"
                    + " its module (modprobe nfs)"),
    /** The node has no program that mounts this kind of file system. The detail is the kind of file system. */
    NO_MOUNT_PROGRAM(
            About.NODE,
            "the node cannot mount {detail}, as its mount helper or kernel module is missing",
            "install cifs-utils, amazon-efs-utils or ceph-common on every node, or use the CSI driver, which brings its own"),
    /** The CSI driver does not run on the node. The detail is the driver. */
    NO_DRIVER(
            About.NODE,
            "CSI driver {detail} is not registered on the pod's node",
            "see that the driver's DaemonSet runs on this node, also with its taints"),
    /** The socket of a CSI driver on the node does not answer. */
    DRIVER_SILENT(
            About.NODE,
            "a CSI driver on the pod's node does not answer on its socket",
            "see whether the driver's pod runs on this node, and read its log; the storage itself was not asked"),
    /** The service for locks of NFS 3 does not run on the node. */
    STATD_MISSING(
            About.NODE,
            "rpc.statd does not run on the node, and NFS 3 needs it for locks",
            "start rpc-statd on every node (with rpcbind), or mount with vers=4.1; nolock would let two pods hold one lock"),
    /** The secret with the volume's credentials is missing. */
    VOLUME_SECRET_MISSING(
            About.NODE,
            "the secret that the volume names for its credentials is missing or lacks a key",
            "create the secret in the namespace that the volume names, or correct the volume's secret reference"),
    /** The driver refuses the attributes of the volume. */
    VOLUME_REFUSED(
            About.NODE,
            "the CSI driver refuses the volume: {seen}",
            "compare volumeHandle and volumeAttributes of the volume, and the parameters of its class, with the driver's"
                    + " documentation"),
    /** The driver does not find the storage behind the volume. */
    STORAGE_NOT_FOUND(
            About.NODE,
            "the CSI driver does not find the storage behind the volume: {seen}",
            "see whether somebody deleted it in the storage, or the volumeHandle is wrong; do not delete the claim"),
    /** A volume is a directory of the node, and the node does not have it. */
    NODE_DIRECTORY_MISSING(
            About.NODE,
            "the node does not have the directory that the volume names",
            "make the directory on every node that runs pods, or use a storage that all nodes reach"),
    /** What is behind a mount on the node is gone. */
    MOUNT_BROKEN(
            About.NODE,
            "the mount on the node is broken: the program or the server behind it is gone, or has shut the node out",
            "delete the pod so that the volume is mounted again; if it lasts, unmount the directory on the node"),
    /** The directory of the mount is in use. */
    BUSY(
            About.NODE,
            "the node says that the volume or the directory to mount it on is busy",
            "wait for the mount that is under way; if it lasts, look for mounts of an earlier pod on the node, or restart"
                    + " the node"),
    /** The node waits for volumes and reports no reason. The detail is the volumes, as the kubelet lists them. */
    TIMED_OUT(
            About.NODE,
            "the node waits for {volumes} and gives no reason",
            "look at the older events of the pod, and at the kubelet's log on its node"),
    /** The volume is in use on another node and allows only one node. */
    MULTI_ATTACH(
            About.NODE,
            "the volume is attached to another node, and its storage allows one node only",
            "use a claim of access mode ReadWriteMany on a storage that has it; if the other node is gone, delete its pods"),
    /** The attachment of the volume to the node is being deleted. */
    ATTACHMENT_BEING_DELETED(
            About.NODE,
            "the attachment of the volume to the node is being deleted",
            "wait until the driver has detached it; if it lasts, look at the VolumeAttachment and the driver's controller"),
    /** The pod has two volumes on one claim. The detail is the volumes. */
    TWO_VOLUMES_ON_ONE_CLAIM(
            About.CLAIM,
            "volumes {detail} of the pod are on one claim, {name}; kubelets before 1.35.6 and 1.36.3 then wait for ever",
            "use one volume for a claim, with readOnly and subPath on its mounts"),
    /** The claim is a raw device. */
    BLOCK_VOLUME(
            About.NODE,
            "the claim has volumeMode Block, and only Filesystem can be mounted",
            "create a claim of volumeMode Filesystem; the mode of a claim cannot be changed"),

    /** The claim is a file system, and the pod asks for a device. */
    FILESYSTEM_AS_DEVICE(
            About.NODE,
            "the claim has volumeMode Filesystem, and a container asks for it as a device",
            "mount it with volumeMounts instead of volumeDevices"),
    /** The kubelet has no plugin for this kind of volume. */
    NO_VOLUME_PLUGIN(
            About.NODE,
            "the kubelet does not know this kind of volume: CephFS, RBD, GlusterFS and others are no longer part of it",
            "create a volume of the storage's CSI driver, and bind the claim to that"),

    /** The directory of a sub-path cannot be created or entered. */
    SUB_PATH_REFUSED(
            About.VOLUME,
            "the kubelet cannot make or enter the sub-path of {subject} (a symbolic link that leads out, a file on the way,"
                    + " a name of more than 255 bytes, or root that is squashed by the server)",
            "look at the path on the claim from a service's pod; remove the link or file, or let the server trust root"),
    /** A sub-path is missing, and the node has the volume read-only. */
    READ_ONLY_SOURCE(
            About.VOLUME,
            "{subject} is mounted read-only on the node, so the kubelet cannot make its missing sub-path",
            "put readOnly on the mount and not on the volume's claim source"),
    /** A mount is below another one that is read-only. */
    MOUNT_POINT_MISSING(
            About.CONTAINER,
            "{subject} mounts something below a mount that is read-only and has no such directory",
            "mount it elsewhere, or make the directory on the volume once"),
    /** A directory is mounted over a file, or a file over a directory. */
    NOT_A_DIRECTORY(
            About.CONTAINER,
            "{subject} mounts a directory over a file, or a file over a directory",
            "see what the sub-path is on the claim; remove the file, or mount elsewhere"),
    /** The container runs as root, or may do so, and must not. */
    NON_ROOT_POLICY(
            About.CONTAINER,
            "{subject} must not run as root (runAsNonRoot), but its user is root or has no number",
            "set runAsUser to the project's user; a root init container cannot be used beside runAsNonRoot, so let the"
                    + " server map everybody to the project's user instead"),
    /** The runtime does not support recursive read-only mounts. */
    RECURSIVE_READ_ONLY_UNSUPPORTED(
            About.CONTAINER,
            "{subject} asks for recursiveReadOnly: Enabled, which the node's runtime does not have",
            "write IfPossible, or leave it away"),
    /** A sub-path expression has a variable without a value. */
    MISSING_VARIABLE(
            About.CONTAINER,
            "subPathExpr of {subject} uses a variable without a value",
            "write the path into subPath; nothing of it depends on variables"),
    /** The value of a sub-path expression is absolute or leads upwards. */
    SUB_PATH_NOT_ALLOWED(
            About.CONTAINER,
            "a sub-path of {subject} is absolute or contains '..': a variable of its subPathExpr has such a value",
            "write the path into subPath; nothing of it depends on variables"),
    /** A mount path cannot be used. */
    MOUNT_PATH_REFUSED(
            About.CONTAINER,
            "{subject} mounts a volume at a path where nothing can be mounted: at / or /dev, in /proc or another file"
                    + " system of the kernel, or with a name of more than 255 bytes",
            "mount it elsewhere"),
    /** The working directory cannot be made. */
    WORKING_DIRECTORY_REFUSED(
            About.CONTAINER,
            "the working directory of {subject} is missing and cannot be made: it is not absolute, a file or a link is in"
                    + " its way, or the mount is read-only",
            "set workingDir to a directory that exists"),
    /** The file system cannot be mounted in a user namespace. */
    ID_MAP_REFUSED(
            About.CONTAINER,
            "the file system of a volume of {subject} cannot be mounted with mapped users (hostUsers: false)",
            "remove hostUsers: false; NFS cannot do this, and CephFS and others only on newer kernels"),
    /** The runtime may not enter a directory of a volume, or may not create one there. */
    DIRECTORY_DENIED(
            About.CONTAINER,
            "the runtime may not enter a directory of a volume or the working directory of {subject}, or not make a mount"
                    + " point on a volume: root is squashed by the server, or the directory is not the user's",
            "let the server trust root (no_root_squash), or let the server map everybody to 2001; see that the directory"
                    + " has x for all"),

    /** The home does not belong to the user. */
    WRONG_OWNER_OF_HOME(
            About.PATH,
            "the project's user may not write to its home (at {subject}): the kubelet makes a missing home as root",
            "set manage.project.fixPermissionsInit: true, which needs a storage that trusts root (no_root_squash), or let"
                    + " the server map everybody to 2001"),
    /** The software is mounted read-write, but does not belong to the user. */
    WRONG_OWNER_OF_SOFTWARE(
            About.PATH,
            "the mount of the software is read-write, but its files are not (at {subject}): the root of a fresh claim is"
                    + " root's",
            "run the Job cocalc-claim-preparation once, which gives the root of the software claim to 2001 (cocalc-storage"
                    + " objects --software-owner-image IMAGE prints it)"),
    /** A service creates homes in the directory of all homes, which does not belong to the user. */
    WRONG_OWNER_OF_HOMES(
            About.PATH,
            "the service may not make homes (at {subject}): the kubelet makes the directory of all homes as root",
            "run the Job cocalc-claim-preparation once, which gives the directory of all homes to 2001 (cocalc-storage"
                    + " objects --software-owner-image IMAGE prints it)"),
    /** The shares are mounted read-write, but do not belong to the user. */
    WRONG_OWNER_OF_SHARES(
            About.PATH,
            "the service may not write to the shares (at {subject}): the kubelet makes their directory as root",
            "run the Job cocalc-claim-preparation once, which gives the directory of all shares to 2001 (cocalc-storage"
                    + " objects --software-owner-image IMAGE prints it)"),
    /** The software is read-only and cannot even be read. */
    SOFTWARE_NOT_READABLE(
            About.PATH,
            "the software cannot be read (at {subject}): its directories must be readable for all",
            "run chmod -R a+rX on the software from a pod that mounts it read-write as its owner"),
    /** A program writes to a read-only mount. */
    READ_ONLY_MOUNT(
            About.PATH,
            "what is mounted at {subject} is read-only for this pod",
            "for the software that is as it should be without a licence with ext_rw, and changes at the next start after"
                    + " one is added; its explanation tells what each licence does"),
    /** Root may not change owners. */
    CHOWN_REFUSED(
            About.PATH,
            "root may not change the owner of {subject}: the server squashes root",
            "export with no_root_squash (StorageClass parameter rootSquash: \"false\"), or set fixPermissionsInit: false and"
                    + " let the server map everybody to 2001"),
    /** The storage has no space left, or its quota is used up. */
    STORAGE_FULL(
            About.PATH,
            "the storage under {subject} is full, or its quota is used up",
            "free space, or let the claim grow (a bound claim whose class allows expansion)"),

    /** The pod has a group without a user. */
    GROUP_WITHOUT_USER(
            About.NOTHING,
            "the pod sets runAsGroup without runAsUser, and containerd does not make its sandbox",
            "set runAsUser as well: 2001 for the project's user"),
    /** The pod has a problem that is not about its storage. The detail names it. */
    NOT_STORAGE(
            About.NOTHING,
            "{what}, which is not a problem of the storage",
            "correct the pod or what it names; the storage need not be looked at"),
    /** The message is not known to this library. */
    UNKNOWN(
            About.NOTHING,
            "this is not a storage problem that is known here: {seen}",
            "read the message, and the log of the kubelet on the pod's node");

    /** The kind of object that a cause is about and that its {@link Cause#subject()} names. */
    public enum About {
        /** A claim of the pod's namespace. */
        CLAIM("claim ", "a claim of the pod"),
        /** A volume: of the cluster for {@code VOLUME_MISSING}, else of the pod. */
        VOLUME("volume ", "the volume"),
        /** A container of the pod. */
        CONTAINER("container ", "a container"),
        /** The node that the pod was scheduled to. */
        NODE("node ", "the node"),
        /** A path inside a container. */
        PATH("", "a path"),
        /** Nothing that has a name. */
        NOTHING("", "");

        private final String noun;
        private final String unnamed;

        About(String noun, String unnamed) {
            this.noun = noun;
            this.unnamed = unnamed;
        }

        String named(String name) {
            return name.isEmpty() ? unnamed : noun + MessageText.quoted(name);
        }
    }

    private final About about;
    private final String explanation;
    private final String remedy;

    CauseKind(About about, String explanation, String remedy) {
        this.about = about;
        this.explanation = explanation;
        this.remedy = remedy;
    }

    /**
     * Returns the kind of object that causes of this kind are about.
     *
     * @return the kind of object that {@link Cause#subject()} names
     */
    public About about() {
        return about;
    }

    /**
     * Returns the stable code of this kind.
     *
     * @return the code, for example {@code claim-missing}
     */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is wrong, with placeholders in braces. */
    String explanation() {
        return explanation;
    }

    /** What to do. */
    String remedy() {
        return remedy;
    }

    /** Whether the detail is the kind of server. */
    boolean namesServer() {
        return explanation.contains("{server}");
    }

    /** Whether the message itself is part of the explanation, so that another message is another cause. */
    boolean showsSymptom() {
        return explanation.contains("{seen}");
    }
}
